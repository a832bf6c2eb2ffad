"""FOCUS scores of categories, areas, offices and bureaux, each as a sign, a word and a number: never as colour alone."""

from __future__ import annotations

from math import floor

from reporting.aggregate.figures import Figure, Level
from reporting.report import numbers
from reporting.report.blocks import Block, Column, Row, Table
from reporting.report.cells import Cell
from reporting.report.chapters.categories import SIGNS
from reporting.report.material import Material, total
from reporting.schema.model import Area


def roll_ups(material: Material) -> list[Block]:
    """The scores by category, and, but for one office, by place and category."""
    blocks: list[Block] = [_by_category(material)]
    if material.level is not Level.OFFICE:
        blocks.append(_by_place(material))
    return blocks


def area_score(material: Material, area: Area) -> str:
    """The class and score of an area over the whole report, such as *● acceptable 0.88*."""
    return _in_words(material, material.figure("focus.score_by_area", *material.whole, impact_area=area.id))


def _by_category(material: Material) -> Table:
    say = material.say
    rows = []
    for category in material.schema.categories:
        heading = {"category": category.id}
        score = material.figure("focus.score_by_category", *material.whole, **heading)
        cells = _cells(material, score, material.figure("focus.achievement_by_category", *material.whole, **heading))
        rows.append(Row((Cell(category.label), *cells, Cell(_values(material, category.id)))))
    whole = material.figure("focus.score", *material.whole)
    cells = _cells(material, whole, material.figure("focus.achievement", *material.whole))
    rows.append(Row((Cell(say("All categories")), *cells, Cell(_values(material))), "total"))
    columns = (
        Column(say("Category"), 32),
        Column(say("Criticality"), 20),
        Column(say("Score"), 9, number=True),
        Column(say("Achievement of targets"), 14, number=True),
        Column(say("Offices"), 10, number=True),
        Column(say("Values"), 15, number=True),
    )
    notes = (
        say(
            "Score: 1 for each acceptable value, ½ for each that is not acceptable, 0 for each critical one, divided by their number; "
            "acceptable from 0.66, critical below 0.33. A missing value is left out: it is neither good nor critical."
        ),
        say(
            "Achievement: the mean over values with baseline, target and year end, each counted from 0 to 100 per cent."
        ),
    )
    title = say("FOCUS by category at the end of {year}", year=material.year)
    return Table(title, columns, tuple(rows), source=material.source("focus.score_by_category"), notes=notes)


def _cells(material: Material, score: Figure | None, achieved: Figure | None) -> tuple[Cell, ...]:
    """Class, score, achievement and number of offices."""
    if score is None or score.value is None:
        return (material.cell(score), Cell(""), Cell(""), Cell(numbers.NIL))
    percent = (
        "" if achieved is None or achieved.value is None else numbers.percent(round(achieved.value), material.language)
    )
    return (
        Cell(_class(material, score), tone=score.items[0]),
        Cell(_two_places(material, score.value)),
        Cell(percent or numbers.NOT_AVAILABLE),
        Cell(material.number(score.contributors)),
    )


def _values(material: Material, category: str = "") -> str:
    """The number of year-end values behind a score."""
    series = material.series("focus.values", *material.whole)
    counted = total(item for item in series if category in ("", item.dimensions["category"]))
    return material.number(counted.value or 0)


def _by_place(material: Material) -> Table:
    """A row an office, or in a global report a bureau; a column a category."""
    say = material.say
    categories = material.schema.categories
    share = 72 / (len(categories) + 1)
    columns = (
        Column(say("Bureau") if material.worldwide else say("Office"), 28),
        *(Column(category.label, share) for category in categories),
        Column(say("All categories"), share),
    )
    rows = [Row((Cell(label), *_scores(material, level, area))) for level, area, label in _places(material)]
    rows.append(
        Row(
            (
                Cell(say("All bureaux") if material.worldwide else say("All offices")),
                *_scores(material, *material.whole),
            ),
            "total",
        )
    )
    title = say("FOCUS scores by bureau, {year}", year=material.year)
    if not material.worldwide:
        title = say("FOCUS scores by office, {year}", year=material.year)
    note = say(
        "●\u00a0acceptable (from 0.66), ▲\u00a0not acceptable, ■\u00a0critical (below 0.33); na: the office does not use FOCUS."
    )
    return Table(title, columns, tuple(rows), source=material.source("focus.score"), notes=(note,), style="dense")


def _places(material: Material) -> list[tuple[str, str, str]]:
    if material.worldwide:
        return [(Level.BUREAU, code, material.bureau(code)) for code in material.bureaus]
    return [(Level.OFFICE, item.office, material.office(item.office)) for item in material.returns]


def _scores(material: Material, level: str, area: str) -> list[Cell]:
    found = [
        material.figure("focus.score_by_category", level, area, category=category.id)
        for category in material.schema.categories
    ]
    return [_score(material, item) for item in (*found, material.figure("focus.score", level, area))]


def _score(material: Material, figure: Figure | None) -> Cell:
    if figure is None or figure.value is None:
        return material.cell(figure)
    return Cell(f"{SIGNS[figure.items[0]]} {_two_places(material, figure.value)}", tone=figure.items[0])


def _in_words(material: Material, figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return material.printed(figure)
    return f"{_class(material, figure)} {_two_places(material, figure.value)}"


def _class(material: Material, figure: Figure) -> str:
    code = figure.items[0]
    return f"{SIGNS[code]} {material.label('situation', code).lower()}"


def _two_places(material: Material, score: float) -> str:
    """A score cut, not rounded, so that what is printed never stands on the other side of a threshold than its class."""
    return numbers.two_places(floor(score * 100 + 1e-9) / 100, material.language)

"""FOCUS impact indicators: where each stands against its thresholds, and how far targets were met."""

from __future__ import annotations

from collections import Counter
from statistics import median

from reporting.aggregate.focus import achievement, criticality
from reporting.report import numbers
from reporting.report.blocks import Block, Chapter, Column, Heading, Paragraph, Row, Table
from reporting.report.cells import Cell
from reporting.report.chapters.categories import SIGNS, SITUATIONS
from reporting.report.chapters.focus_scores import area_score, roll_ups
from reporting.report.chapters.focus_values import known, threshold, value_row, values_table
from reporting.report.charts import Series, bar_chart
from reporting.report.drawings import BarChart, Key
from reporting.report.material import Material
from reporting.schema.model import Area, Category, ImpactIndicator

_FILLS = ("#00B398", "#E1CC0D", "#EF4A60")


def chapter(material: Material) -> Chapter | None:
    """The impact indicators of the offices that use FOCUS; None where no office gives a value."""
    if not _values(material):
        return None
    say = material.say
    blocks: list[Block] = [Paragraph(_lead(material), "lead"), *roll_ups(material), _overview(material)]
    for category in material.schema.categories:
        rows = [row for area in category.areas for row in _area_rows(material, area)]
        if rows:
            table = (
                values_table(material, category, tuple(rows)) if material.single else _table(material, category, rows)
            )
            blocks += [Heading(category.label, 2, id=f"focus-{category.id}"), table]
    return Chapter("focus", say("FOCUS impact indicators"), tuple(blocks))


def _lead(material: Material) -> str:
    say = material.say
    if material.single:
        return say(
            "Each indicator is held against the standard's thresholds: ●\u00a0acceptable, ▲\u00a0not acceptable, ■\u00a0critical. "
            "Achievement is the part of the way from baseline to target that was gone by the end of the year."
        )
    users = sum(1 for returned in material.returns if _uses(returned.fields.get("cover.uses_focus")))
    return say(
        "Of {offices}, {users} use FOCUS. Each indicator is held against the standard's thresholds: ●\u00a0acceptable, ▲\u00a0not "
        "acceptable, ■\u00a0critical. Achievement is the part of the way from baseline to target that was gone by the end of the year.",
        users=users,
        offices=material.offices(len(material.returns)),
    )


def _uses(answer: object) -> bool:
    return getattr(answer, "value", None) == "yes"


def _values(material: Material) -> bool:
    """Whether there is anything to say: of one office whatever it wrote, of several what they have at the year's end."""
    if material.single:
        return any(value_row(material, item) for item in material.schema.impact_indicators.values())
    return any(
        values.year_end.value is not None for returned in material.returns for values in returned.impact.values()
    )


def _states(material: Material, indicator: ImpactIndicator) -> Counter[str]:
    counts: Counter[str] = Counter()
    for returned in material.returns:
        values = returned.impact.get(indicator.id)
        value = values.year_end.value if values else None
        if isinstance(value, int | float):
            counts[criticality(indicator, value)] += 1
    return counts


def _overview(material: Material) -> BarChart:
    say = material.say
    series = []
    for category in material.schema.categories:
        counts: Counter[str] = Counter()
        for area in category.areas:
            for indicator in area.indicators:
                if indicator.in_criticality:
                    counts += _states(material, indicator)
        values = tuple(float(counts[code]) for code in SITUATIONS)
        series.append(Series(category.label, values, tuple(material.number(value) for value in values)))
    labels = [f"{SIGNS[code]} {material.label('situation', code)}" for code in SITUATIONS]
    keys = tuple(Key(label, fill) for label, fill in zip(labels, _FILLS, strict=True))
    return bar_chart(
        say("Year-end values by criticality, {year}", year=material.year),
        (say("Category"), *labels),
        series,
        list(_FILLS),
        keys=keys,
        source=material.source(),
        label_width=42,
        value_width=11,
    )


def _area_rows(material: Material, area: Area) -> list[Row]:
    rows = [row for indicator in area.indicators for row in _indicator_row(material, indicator)]
    return (
        [
            Row((Cell(material.say("{area}: {score}", area=area.label, score=area_score(material, area))),), "group"),
            *rows,
        ]
        if rows
        else []
    )


def _indicator_row(material: Material, indicator: ImpactIndicator) -> list[Row]:
    if material.single:
        return [row] if (row := value_row(material, indicator)) else []
    counts = _states(material, indicator)
    if not counts:
        return []
    achieved = _achievements(material, indicator)
    middle = numbers.NOT_AVAILABLE if not achieved else numbers.percent(round(median(achieved)), material.language)
    cells = [
        Cell(f"{SIGNS[code]} {counts[code]}" if counts[code] else "–", tone=code if counts[code] else "")
        for code in SITUATIONS
    ]
    if not indicator.in_criticality:
        cells = [Cell(material.say("not judged"), tone="muted")] * 3
    from_here_on = Cell(threshold(material, indicator))
    return [
        Row((Cell(indicator.label), from_here_on, *cells, Cell(middle), Cell(material.number(sum(counts.values())))))
    ]


def _achievements(material: Material, indicator: ImpactIndicator) -> list[float]:
    found = []
    for returned in material.returns:
        values = returned.impact.get(indicator.id)
        if values is None:
            continue
        given = (known(answer) for answer in (values.baseline, values.target, values.year_end))
        percent = achievement(*given, less_is_better=indicator.reversed).percent
        if percent is not None:
            found.append(percent)
    return sorted(found)


def _table(material: Material, category: Category, rows: list[Row]) -> Table:
    say = material.say
    columns = (
        Column(say("Impact indicator"), 35),
        Column(say("Acceptable from"), 11, number=True),
        *(Column(material.label("situation", code), 12, number=True) for code in SITUATIONS),
        Column(say("Median achievement"), 11, number=True),
        Column(say("Offices"), 7, number=True),
    )
    title = say("{category}: offices by criticality at the end of {year}", category=category.label, year=material.year)
    return Table(title, columns, tuple(rows), source=material.source(), style="dense")

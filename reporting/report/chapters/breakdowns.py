"""Tables and charts of one indicator by one breakdown, with a column a bureau in a global report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reporting.report import numbers
from reporting.report.blocks import Block, Column, Paragraph, Row, Table
from reporting.report.cells import Cell
from reporting.report.charts import Series, bar_chart, panels
from reporting.report.colours import colour
from reporting.report.drawings import BarChart, Panels
from reporting.report.material import Material, known
from reporting.schema.model import FieldType, Indicator

_BARS = 25
"""The most bars of a chart."""
_PANELS = 6
"""Small charts in one figure, which fit a page."""
LONGEST_LIST = 60
"""A breakdown by a longer code list shows only the codes that have figures."""


def indicator_of(material: Material, identifier: str) -> Indicator | None:
    """The indicator called so, or None where this schema has none."""
    return next((item for item in material.schema.indicators if item.id == identifier), None)


def codes_of(material: Material, indicator: Indicator, dimension: str) -> list[tuple[str, str]]:
    """The codes of a breakdown with their labels, in the order of the form; of a long list those with figures."""
    listed = _code_list(material, indicator, dimension)
    used = {item.dimensions.get(dimension, "") for item in material.series(indicator.id) if item.value}
    if listed not in material.schema.codes:
        return [(code, code) for code in sorted(used)]
    entries = [(entry.code, entry.label) for entry in material.schema.codes[listed].codes]
    if len(entries) <= LONGEST_LIST and listed != "partner_bodies":
        return entries
    return [(code, label) for code, label in entries if code in used]


def breakdown(material: Material, identifier: str, dimension: str = "", title: str = "") -> Table | None:
    """The indicator's figures, a row a code, a column a place; None where nothing is known."""
    indicator = indicator_of(material, identifier)
    if indicator is None or not any(known(item) is not None for item in material.series(identifier, *material.whole)):
        return None
    dimension = dimension or (indicator.by[0] if indicator.by else "")
    lines = codes_of(material, indicator, dimension) if dimension else [("", indicator.label)]
    rows = [Row((Cell(label), *_cells(material, indicator, dimension, code))) for code, label in lines]
    if not rows:
        return None
    return Table(
        title or material.say("{indicator}, {year}", indicator=indicator.label, year=material.year),
        place_columns(material, material.say("Answer") if dimension == "answer" else ""),
        tuple(rows),
        source=material.source(indicator.id),
        notes=(indicator.caution,) if indicator.caution else (),
    )


def totals(material: Material, title: str, indicators: Sequence[Indicator]) -> Table | None:
    """A row an indicator that is not broken down; None where none of them has a figure."""
    shown = [item for item in indicators if material.series(item.id, *material.whole)]
    rows = [
        Row(
            (
                Cell(item.label),
                *(material.cell(material.figure(item.id, level, area)) for level, area, _ in material.places),
            )
        )
        for item in shown
    ]
    if not rows:
        return None
    cautions = tuple(dict.fromkeys(item.caution for item in indicators if item.caution))
    source = material.source(*(item.id for item in shown))
    return Table(title, place_columns(material), tuple(rows), source=source, notes=cautions)


def place_columns(material: Material, first: str = "", first_width: float = 34) -> tuple[Column, ...]:
    """The first column, and one a place."""
    places = material.places
    width = (100 - first_width) / len(places)
    return (Column(first, first_width), *(Column(label, width, number=True) for _, _, label in places))


def bars(material: Material, identifier: str, title: str = "") -> BarChart | None:
    """The indicator's figures for the whole report as bars, the largest first, and no more than a page holds."""
    indicator = indicator_of(material, identifier)
    if indicator is None or not indicator.by:
        return None
    dimension = indicator.by[0]
    rows = []
    for code, label in codes_of(material, indicator, dimension):
        figure = material.figure(identifier, *material.whole, **{dimension: code})
        if known(figure):
            rows.append(Series(label, (known(figure) or 0,), (material.printed(figure),)))
    if not rows:
        return None
    rows.sort(key=lambda row: -row.segments[0])
    drawn = material.say("The {count} largest are drawn.", count=_BARS) if len(rows) > _BARS else ""
    unit = indicator.unit.capitalize() or material.say("Number")
    return bar_chart(
        title or material.say("{indicator}, {year}", indicator=indicator.label, year=material.year),
        ("", unit),
        rows[:_BARS],
        [colour("Blue")],
        source=" ".join(filter(None, (drawn, material.source(indicator.id), indicator.caution))),
    )


def in_parts(material: Material, blocks: Sequence[Table | Panels | Paragraph]) -> list[Block]:
    """The blocks; where several of them share a title, each says which part it is."""
    titled = [block for block in blocks if not isinstance(block, Paragraph)]
    if len(titled) < 2:
        return list(blocks)
    say, parts = material.say, len(titled)
    parted = {
        id(block): replace(
            block, title=say("{title}, part {part} of {parts}", title=block.title, part=part, parts=parts)
        )
        for part, block in enumerate(titled, start=1)
    }
    return [parted.get(id(block), block) for block in blocks]


def bar_panels(material: Material, identifiers: Sequence[str], title: str) -> list[Block]:
    """Indicators for the whole report as small multiples, each by its first breakdown, at most six a figure.

    Where every number is one, bars tell nothing that the records do not.
    """
    parts = [
        (identifier, label, rows)
        for identifier in identifiers
        if (indicator := indicator_of(material, identifier)) is not None
        for label, rows in panel_rows(material, indicator)
        if any(row.segments[0] > 1 for row in rows)
    ]
    groups = [parts[at : at + _PANELS] for at in range(0, len(parts), _PANELS)]
    cautions = {item.id: item.caution for item in material.schema.indicators}
    drawn = [
        panels(
            title,
            [(label, rows) for _, label, rows in group],
            colour("Blue"),
            source=" ".join(
                [
                    material.source(*dict.fromkeys(identifier for identifier, _, _ in group)),
                    *dict.fromkeys(cautions[identifier] for identifier, _, _ in group if cautions[identifier]),
                ]
            ),
        )
        for group in groups
    ]
    return in_parts(material, drawn)


def panel_rows(material: Material, indicator: Indicator, most: int = _BARS) -> Iterator[tuple[str, list[Series]]]:
    """The heading and the rows of one breakdown, the largest where there are many; nothing where nothing is known."""
    pairs = [
        (label, material.figure(indicator.id, *material.whole, **{indicator.by[0]: code}))
        for code, label in codes_of(material, indicator, indicator.by[0])
    ]
    rows = [Series(label, (known(item) or 0,), (material.printed(item),)) for label, item in pairs if known(item)]
    if len(rows) > most:
        rows = sorted(rows, key=lambda row: -row.segments[0])[:most]
    if rows:
        yield indicator.label, rows


def present(blocks: Sequence[Block | None]) -> list[Block]:
    """The blocks there are."""
    return [block for block in blocks if block is not None]


def nothing(material: Material, text: str) -> Paragraph:
    """A sentence where a table would be empty."""
    return Paragraph(material.say(text), "small")


def _cells(material: Material, indicator: Indicator, dimension: str, code: str) -> list[Cell]:
    dimensions = {dimension: code} if dimension else {}
    return [
        material.cell(
            material.figure(indicator.id, level, area, **dimensions), _absent(material, indicator.id, level, area)
        )
        for level, area, _ in material.places
    ]


def _absent(material: Material, indicator: str, level: str, area: str) -> str:
    """What stands where a place has no figure under a heading: nil only where it gave other figures."""
    given = material.series(indicator, level, area)
    if any(known(item) is not None for item in given):
        return numbers.NIL
    return material.printed(given[0]) if given else material.say("not answered")


def _code_list(material: Material, indicator: Indicator, dimension: str) -> str:
    drawn = indicator.draws_on or (indicator.parts[0].draws_on if indicator.parts else "")
    if dimension == "answer":
        field = material.schema.question(drawn)
        if field is None:
            return ""
        return field.codes or ("yes_no" if field.type is FieldType.YES_NO else "yes_no_unknown")
    table = drawn.partition(".")[0]
    column = material.schema.question(f"{table}.{dimension}")
    if column is None:
        return ""
    return column.codes or ("yes_no" if column.type is FieldType.YES_NO else "yes_no_unknown")

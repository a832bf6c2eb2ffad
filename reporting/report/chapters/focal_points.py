"""Focal points for trafficking: which offices have one, which countries are covered (¶38-52)."""

from __future__ import annotations

from reporting.report.answers import value_cell
from reporting.report.blocks import Block, Chapter, Column, Paragraph, Row, Table
from reporting.report.cells import Cell
from reporting.report.chapters.breakdowns import bars, breakdown, present
from reporting.report.material import Material
from reporting.report.wording import alphabetical
from reporting.workbook.answers import Return

_COLUMNS = ("post", "unit", "share_of_time", "also_sgbv", "duties_shared", "trained", "countries")
_FIELD = "security.trafficking.focal_point"


def chapter(material: Material) -> Chapter | None:
    """Focal points by office and by country, posts only, never names; of one office they stand in the chapter on trafficking."""
    say = material.say
    if material.single:
        return None
    counted = (
        breakdown(material, "focal_points.offices") if material.worldwide else bars(material, "focal_points.offices")
    )
    blocks: list[Block] = present([counted])
    blocks.append(_posts(material))
    blocks.append(_by_office(material))
    return Chapter("focal-points", say("Focal points for trafficking"), tuple(blocks))


def posts_and_gaps(material: Material) -> list[Block]:
    """The posts of one office, and the countries for which it names none."""
    (returned,) = material.returns
    missing = sorted(map(material.country, set(returned.countries) - _covered(returned)), key=alphabetical)
    if not missing:
        return [_posts(material)]
    said = material.say("No focal point reported for: {countries}.", countries=material.listed(missing))
    return [_posts(material), Paragraph(said, "small")]


def _posts(material: Material) -> Table | Paragraph:
    say = material.say
    form = material.schema.tables_by_id.get("focal_points")
    if form is None:
        return Paragraph(say("This form does not ask for focal points."))
    rows: list[Row] = []
    for bureau in material.bureaus:
        lines = [
            Row(
                (
                    Cell(material.office(returned.office)),
                    *(value_cell(material, row.answers.get(name), form.by_name[name]) for name in _COLUMNS),
                )
            )
            for returned in material.returns_of(bureau)
            for row in returned.tables.get("focal_points", ())
        ]
        if lines and material.worldwide:
            rows.append(Row((Cell(material.bureau(bureau)),), "group"))
        rows += lines
    if not rows:
        return Paragraph(say("No office names a focal point."))
    widths = (19.0, 13.0, 9.0, 10.0, 9.0, 9.0, 18.0)
    labels = [form.by_name[name].label for name in _COLUMNS]
    columns = [
        Column(label, width, number=name == "share_of_time")
        for name, label, width in zip(_COLUMNS, labels, widths, strict=True)
    ]
    return Table(
        say("Focal points by office, {year}", year=material.year),
        (Column(say("Office"), 13), *columns),
        tuple(rows),
        source=material.source(),
        style="dense",
    )


def _by_office(material: Material) -> Table:
    """Countries with and without a focal point, a row a bureau."""
    say = material.say
    rows = []
    for bureau in material.bureaus:
        returns = material.returns_of(bureau)
        covered = {country for returned in returns for country in _covered(returned)}
        asked = {country for returned in returns for country in returned.countries}
        missing = sorted((material.country(code) for code in asked - covered), key=alphabetical)
        rows.append(
            Row(
                (
                    Cell(material.bureau(bureau)),
                    Cell(material.number(len(asked))),
                    Cell(material.number(len(asked & covered))),
                    Cell(material.listed(missing) or "–"),
                )
            )
        )
    columns = (
        Column(say("Bureau"), 20),
        Column(say("Countries in the returns"), 14, number=True),
        Column(say("With a focal point"), 14, number=True),
        Column(say("No focal point reported for"), 52),
    )
    return Table(
        say("Coverage by focal points, {year}", year=material.year),
        columns,
        tuple(rows),
        source=material.source(),
        notes=(
            say(
                "A country counts as covered where a focal point's row names it, or where the office has a focal point and "
                "names no countries. No focal point reported does not mean that there is none."
            ),
        ),
    )


def _covered(returned: Return) -> set[str]:
    covered: set[str] = set()
    for row in returned.tables.get("focal_points", ()):
        named = row.answers["countries"].value if "countries" in row.answers else None
        covered.update(named if isinstance(named, tuple) else returned.countries)
    answer = returned.fields.get(_FIELD)
    if answer is not None and answer.value in {"yes", "shared"} and not covered:
        covered.update(returned.countries)
    return covered

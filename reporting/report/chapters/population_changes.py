"""What changed in the populations during the year: from its start to its end, and by what."""

from __future__ import annotations

from typing import Final

from reporting.report import numbers
from reporting.report.blocks import Block, Column, Paragraph, Row, Table
from reporting.report.cells import Cell
from reporting.report.chapters.breakdowns import present
from reporting.report.charts import dot_plot
from reporting.report.colours import colour
from reporting.report.drawings import DotPlot, Key
from reporting.report.material import FLOWS, GROUPS, Material, Total, known, total

_PLACES: Final = 15


def blocks(material: Material) -> list[Block]:
    """The start and the end of the year by place, then the changes by group."""
    return present([_start_and_end(material), _changes(material)])


def _start_and_end(material: Material) -> DotPlot | None:
    """Stocks at the start and the end of the year by country, the largest; None where no country has both."""
    say = material.say
    stocks = [group for group in GROUPS if group not in FLOWS]
    places = {item.area for item in material.series("populations.closing", "country")}
    rows = [(place, *pair) for place in sorted(places) if (pair := _both(material, place, stocks)) is not None]
    rows.sort(key=lambda row: -(row[2].value or 0))
    if not rows or (material.single and len(rows) == 1):
        return None
    language = material.language
    return dot_plot(
        say("Persons of concern at the start and at the end of {year}, by country", year=material.year),
        (say("Country"), say("End of year"), say("Change")),
        [
            (
                material.country(place),
                start.value or 0,
                end.value or 0,
                (material.printed_total(end), numbers.change(start.value, end.value, language)),
            )
            for place, start, end in rows[:_PLACES]
        ],
        colour("Blue"),
        keys=(Key(say("Start of year"), colour("Blue")), Key(say("End of year"), colour("Blue"))),
        source=f"{say('Groups that are counted at both dates, where both figures are known; the largest countries.')} "
        f"{material.source('populations.opening', 'populations.closing')}",
    )


def _both(material: Material, country: str, groups: list[str]) -> tuple[Total, Total] | None:
    """The sums at the start and the end of those groups of which both figures are known; None where they are nil."""
    names = ("populations.opening", "populations.closing")
    pairs = [[material.figure(name, "country", country, group=group) for name in names] for group in groups]
    both = [pair for pair in pairs if all(known(figure) is not None for figure in pair)]
    start, end = total(pair[0] for pair in both), total(pair[1] for pair in both)
    return (start, end) if start.value or end.value else None


def _changes(material: Material) -> Table | Paragraph:
    say = material.say
    found = [item for item in material.series("populations.changes", *material.whole) if item.value]
    rows: list[Row] = []
    for group in GROUPS:
        lines = [item for item in found if item.dimensions.get("group") == group]
        if lines:
            rows.append(Row((Cell(material.label("groups", group)),), "group"))
        for item in lines:
            entry = material.schema.codes["population_changes"].by_code.get(item.dimensions.get("change", ""))
            sign = entry.attributes.get("sign", "") if entry else ""
            label = entry.label if entry else item.dimensions.get("change", "")
            rows.append(Row((Cell(label), Cell("−" if sign == "-" else sign), material.cell(item))))
    if not rows:
        return Paragraph(say("No return says what changed."))
    columns = (Column(say("Change"), 62), Column(say("Sign"), 10), Column(say("Persons"), 28, number=True))
    return Table(
        say("What changed in the populations during {year}", year=material.year),
        columns,
        tuple(rows),
        source=material.source("populations.changes"),
        width=70,
    )

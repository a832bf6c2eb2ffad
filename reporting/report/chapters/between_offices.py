"""Where the returns of two offices do not agree: both figures stand, and the difference is for the bureau to resolve."""

from __future__ import annotations

from reporting.findings import Finding, Severity
from reporting.languages import to_say
from reporting.report.blocks import Block, Column, Heading, Paragraph, Row, Table
from reporting.report.cells import Cell
from reporting.report.material import Material

_SEVERITIES = {Severity.QUERY: to_say("Query"), Severity.NOTE: to_say("Note")}


def between_offices(material: Material) -> list[Block]:
    """The differences between returns of the report's scope, each with the cells of both sides."""
    say = material.say
    heading = Heading(say("Between offices"), id="quality-between-offices")
    rows = tuple(_row(material, finding) for finding in material.between)
    if not rows:
        return [
            heading,
            Paragraph(say("No two returns contradict each other on movements, and no country is covered twice.")),
        ]
    columns = (
        Column(say("Code"), 10),
        Column(say("Severity"), 10),
        Column(say("What the returns say"), 56),
        Column(say("Cells"), 24),
    )
    title = say("Differences between offices, {year}", year=material.year)
    note = say(
        "Neither side is corrected: each figure stands as its office gave it, and departures and arrivals are never added up."
    )
    return [heading, Table(title, columns, rows, source=material.source(), notes=(note,), style="dense")]


def _row(material: Material, finding: Finding) -> Row:
    return Row(
        (
            Cell(finding.code),
            Cell(material.say(_SEVERITIES[finding.severity])),
            Cell(material.finding(finding).message),
            Cell(material.listed(finding.cells)),
        )
    )

"""Data quality: what the checks found, how complete the answers are, what is approximate, what offices explained."""

from __future__ import annotations

from collections import Counter

from reporting.findings import Finding, Severity
from reporting.languages import to_say
from reporting.personal_data import masked
from reporting.report.blocks import Block, Chapter, Column, Heading, Paragraph, Row, Table
from reporting.report.cells import Cell
from reporting.report.chapters.between_offices import between_offices
from reporting.report.chapters.coverage import offices_table
from reporting.report.chapters.office_answers import answers
from reporting.report.material import Material
from reporting.report.request import Kind
from reporting.schema.model import FieldType
from reporting.workbook.answers import Missing, Return

_SEVERITIES = {
    Severity.ERROR: to_say("Error"),
    Severity.QUERY: to_say("Query"),
    Severity.NOTE: to_say("Note"),
}


def chapter(material: Material) -> Chapter:
    """How far the figures can be trusted."""
    say = material.say
    blocks: list[Block] = [
        Paragraph(_lead(material), "lead"),
        *(_return(material) if material.kind is Kind.OFFICE else ()),
        Heading(say("What the checks found"), id="quality-findings"),
        _by_code(material),
        *between_offices(material),
        Heading(say("Completeness"), id="quality-completeness"),
        _completeness(material),
        Heading(say("Explanations given by offices"), id="quality-explanations"),
        _explanations(material),
    ]
    return Chapter("quality", say("Data quality"), tuple(blocks))


def _return(material: Material) -> list[Block]:
    """When one office's return came, and what it says of itself."""
    schema = material.schema
    fields = [*schema.cover.fields, *(field for field in schema.summary.fields if field.type is not FieldType.TEXT)]
    asked = [field for field in fields if "trafficking" not in field.themes]
    return [
        Heading(material.say("The return"), id="quality-return"),
        offices_table(material),
        *answers(material, material.say("The return"), asked),
    ]


def _lead(material: Material) -> str:
    findings = [finding for file in material.files for finding in file.findings]
    counts = Counter(finding.severity for finding in findings)
    return material.say(
        "The checks found {errors}, {queries} and {notes} in {files}. Figures rest on returns "
        "without an error; queries are for the bureau to resolve with the office.",
        errors=material.found(Severity.ERROR, counts[Severity.ERROR]),
        queries=material.found(Severity.QUERY, counts[Severity.QUERY]),
        notes=material.found(Severity.NOTE, counts[Severity.NOTE]),
        files=material.say_many("{count} file", "{count} files", len(material.files)),
    )


def _by_code(material: Material) -> Table | Paragraph:
    say = material.say
    offices: dict[tuple[str, Severity], list[str]] = {}
    examples: dict[tuple[str, Severity], Finding] = {}
    for file in material.files:
        for finding in file.findings:
            key = (finding.code, finding.severity)
            offices.setdefault(key, []).append(file.office or file.path.rpartition("/")[2])
            examples.setdefault(key, finding)
    if not offices:
        return Paragraph(say("No findings."))
    order = sorted(offices, key=lambda key: (list(Severity).index(key[1]), -len(offices[key]), key[0]))
    rows = tuple(_code_row(material, key, offices[key], examples[key]) for key in order)
    columns = (
        Column(say("Code"), 9),
        Column(say("Severity"), 9),
        Column(say("Findings"), 9, number=True),
        Column(say("Files"), 7, number=True),
        Column(say("For example"), 42),
        Column(say("Offices"), 24),
    )
    return Table(
        say("Findings by code, {year}", year=material.year), columns, rows, source=material.source(), style="dense"
    )


def _code_row(material: Material, key: tuple[str, Severity], offices: list[str], example: Finding) -> Row:
    code, severity = key
    named = list(dict.fromkeys(offices))
    message = material.finding(example).message
    listed = material.listed(named[:10]) + (f" +{len(named) - 10}" if len(named) > 10 else "")
    return Row(
        (
            Cell(code),
            Cell(material.say(_SEVERITIES[severity]), tone="critical" if severity is Severity.ERROR else ""),
            Cell(material.number(len(offices))),
            Cell(material.number(len(named))),
            Cell(message[:240], direction=material.direction(message)),
            Cell(listed),
        )
    )


def _completeness(material: Material) -> Table:
    say = material.say
    rows: list[Row] = []
    for bureau in material.bureaus:
        lines = [_completeness_row(material, returned) for returned in material.returns_of(bureau)]
        if lines and material.worldwide:
            rows.append(Row((Cell(material.bureau(bureau)),), "group"))
        rows += lines
    columns = (
        Column(say("Office"), 28),
        Column(say("Questions answered"), 15, number=True),
        Column(say("Not available"), 14, number=True),
        Column(say("Rows in tables"), 14, number=True),
        Column(say("Approximate figures"), 15, number=True),
        Column(say("Findings"), 14, number=True),
    )
    return Table(
        say("Completeness of the returns, {year}", year=material.year),
        columns,
        tuple(rows),
        source=material.source(),
        notes=(
            say(
                "“Not available” (..) is an answer: the office looked and has no figure. Approximate figures print with “about”."
            ),
        ),
        style="dense",
    )


def _completeness_row(material: Material, returned: Return) -> Row:
    answered = sum(1 for answer in returned.fields.values() if answer.answered)
    everything = [answer for _, answer in returned.answers()]
    unavailable = sum(1 for answer in everything if answer.missing is Missing.NOT_AVAILABLE)
    rows = [row for table in returned.tables.values() for row in table]
    about = sum(1 for row in rows if "approximate" in row.answers and row.answers["approximate"].value == "yes")
    findings = next((file.findings for file in material.files if file.sha256 == returned.sha256), ())
    return Row(
        (
            Cell(material.office(returned.office)),
            Cell(material.number(answered)),
            Cell(material.number(unavailable)),
            Cell(material.number(len(rows))),
            Cell(material.number(about)),
            Cell(material.number(len(findings))),
        )
    )


def _explanations(material: Material) -> Table | Paragraph:
    say = material.say
    given = sorted(
        {
            (file.office, finding.code, finding.explanation)
            for file in material.files
            for finding in file.findings
            if finding.explanation
        }
    )
    rows = [Row((Cell(material.office(office)), Cell(code), Cell(masked(text)))) for office, code, text in given]
    rows += [
        Row((Cell(material.office(file.office)), Cell(finding.code), Cell(finding.waiver)))
        for file in material.files
        for finding in file.findings
        if finding.waiver
    ]
    if not rows:
        return Paragraph(say("No office explained a finding on its Checks sheet."))
    columns = (Column(say("Office"), 24), Column(say("Rule"), 12), Column(say("Explanation or waiver"), 64))
    return Table(
        say("Explanations, {year}", year=material.year), columns, tuple(rows), source=material.source(), style="dense"
    )

"""Personal data that an office has written, wherever in its workbook, stands in nothing that this program writes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.comments import Comment

from reporting.cli import main
from reporting.findings import Severity, Verdict
from reporting.outputs.formats import FORMATS
from reporting.pipeline import validate_file
from reporting.schema.compiled import load_schema
from reporting.schema.model import NUMERIC, Field, FieldType, GivenBy, Schema
from reporting.workbook.filling import Entry, Filling
from reporting.workbook.layout import FINDINGS_SHEET
from reporting.workbook.template import write_return
from sample_submissions.conformance.cases import CLEAN_2008, POPULATION

PERSONAL = ("Hiddenname", "hidden@example.org", "7946 0958", "45C67890")
WRITTEN = "Ask Ms Hiddenname, hidden@example.org or +44 20 7946 0958, on 123-45C67890."
TITLE = "Ms Hiddenname"
CODES = frozenset({"PRV001", "PRV002", "PRV003", "PRV004"})


def _entry(question: Field, schema: Schema) -> Entry:
    if question.codes:
        first = schema.codes[question.codes].codes[0].code
        return (first,) if question.type is FieldType.CHOICES else first
    if question.type in NUMERIC:
        return 1
    simple: Mapping[FieldType, Entry] = {
        FieldType.TEXT: WRITTEN,
        FieldType.DATE: date(2008, 6, 1),
        FieldType.YEAR: 2008,
        FieldType.YES_NO: "yes",
        FieldType.YES_NO_UNKNOWN: "yes",
    }
    return simple.get(question.type)


def _filling(schema: Schema) -> Filling:
    asked = [item for item in schema.fields.values() if not item.computed and item.given_by is GivenBy.OFFICE]
    rows = {
        table.id: [{item.name: _entry(item, schema) for item in table.columns if not item.computed}]
        for table in schema.tables
        if table.id != "populations"
    }
    return Filling(
        office="KEN",
        year=2008,
        fields={item.id: WRITTEN for item in asked if item.type is FieldType.TEXT} | CLEAN_2008,
        tables={"populations": [POPULATION], **rows},
        explanations={rule.code: WRITTEN for rule in schema.rules if rule.severity is Severity.QUERY},
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one return that is full of personal data, and a waiver for each of its errors."""
    path = tmp_path_factory.mktemp("returns") / "KEN-2008.xlsx"
    write_return(load_schema("apr-2008"), _filling(load_schema("apr-2008")), path)
    workbook = load_workbook(path)
    workbook.create_sheet(TITLE)["B2"] = WRITTEN
    workbook["Populations"]["C6"].comment = Comment(WRITTEN, WRITTEN)
    workbook["Populations"]["AZ9"] = WRITTEN
    workbook.properties.keywords = WRITTEN
    workbook.save(path)
    findings = validate_file(path)[0].findings
    waived = sorted({item.code for item in findings if item.severity is Severity.ERROR})
    lines = [f"KEN,2008,{code},{WRITTEN.replace(',', ' ')},Head,2009-03-01" for code in waived]
    (path.parent / "waivers.csv").write_text("\n".join(["office,year,code,reason,post,date", *lines]), encoding="utf-8")
    register = (
        "office,label,year,bureau,countries,due,received,cleared_on,fictional,note\n"
        "KEN,Kenya,2008,africa,KEN,2009-03-01,2009-03-01,2009-03-02,no,\n"
    )
    (path.parent / "register.csv").write_text(register, encoding="utf-8")
    return path.parent


def run(arguments: Sequence[Any]) -> str:
    result = CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)
    assert result.exit_code in (0, 1), result.output
    return result.output


def shown_in(text: str) -> list[str]:
    return [one for one in PERSONAL if one in text]


def test_every_place_of_the_workbook_is_searched(folder: Path) -> None:
    result = validate_file(folder / "KEN-2008.xlsx")[0]
    found = [item for item in result.findings if item.code in CODES]
    assert {item.code for item in found} == CODES
    messages = "\n".join(item.message for item in found)
    for where in ("cell", "comment", "title of a sheet", "document property “keywords”"):
        assert f"The {where} holds" in messages
    assert {"Populations", "1 Environment", "Good practices"} <= {item.sheet for item in found}


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_of_findings_shows_it(folder: Path, form: str) -> None:
    text = run(["validate", folder, "--format", form, "--show-values", *(["--all"] if form == "text" else [])])
    assert "PRV001" in text
    assert shown_in(text) == []


def test_what_is_said_of_a_file_that_cannot_be_read_does_not_show_it(folder: Path, tmp_path: Path) -> None:
    workbook = load_workbook(folder / "KEN-2008.xlsx")
    workbook[TITLE]["XFD1048576"] = 1
    workbook.save(tmp_path / "far.xlsx")
    result = validate_file(tmp_path / "far.xlsx")[0]
    assert result.verdict is Verdict.UNREADABLE
    assert shown_in(str(result.findings)) == []


def test_annotated_copies_show_it_only_where_the_office_wrote_it(folder: Path, tmp_path: Path) -> None:
    run(["validate", folder, "--annotate", tmp_path, "--fail-on", "never"])
    workbook = load_workbook(tmp_path / "KEN-2008.xlsx")
    listed = "\n".join(str(value) for row in workbook[FINDINGS_SHEET].iter_rows(values_only=True) for value in row)
    assert "PRV001" in listed
    assert shown_in(listed) == []
    notes = list(_notes(workbook))
    assert notes
    assert [shown_in(note) for note in notes if shown_in(note)] == [list(PERSONAL)]  # the office's own comment, kept


def _notes(workbook: Any) -> Iterator[str]:
    for sheet in workbook.worksheets:
        yield from (cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment)


@pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["aggregate", "--by", "office", "--format", "json"],
        ["aggregate", "--by", "country", "--format", "csv"],
        ["trace", "populations.closing", "--by", "office"],
    ],
)  # fmt: skip
def test_figures_do_not_show_it(folder: Path, command: list[str]) -> None:
    name, *options = command
    place = [options.pop(0), folder] if name == "trace" else [folder]
    text = run([name, *place, *options])
    assert "2008" in text or "KEN" in text
    assert shown_in(text) == []


@pytest.mark.parametrize("kind", [["office", "--office", "KEN"], ["global"]])
def test_reports_do_not_show_it(folder: Path, tmp_path: Path, kind: list[str]) -> None:
    run(["report", kind[0], folder, *kind[1:], "--format", "html", "-o", tmp_path])
    (page,) = tmp_path.glob("*.html")
    text = page.read_text(encoding="utf-8")
    assert "[name]" in text
    assert shown_in(text) == []

"""The workbook in other languages: what it says is translated, and what is read from it is the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from reporting.checks.run import check_return
from reporting.cli import main
from reporting.languages import form_languages
from reporting.schema.compiled import load_schema
from reporting.schema.identifiers import schema_ids
from reporting.schema.model import Field, FieldType
from reporting.workbook.answers import Return
from reporting.workbook.codes import CodeBook, folded, form_in
from reporting.workbook.filling import Filling
from reporting.workbook.layout import MACHINE_SHEET, RULES_SHEET
from reporting.workbook.reader import read_return
from reporting.workbook.template import write_return
from tests.agreement.random_returns import filled_returns

SCHEMA = load_schema("apr-2008")
TRANSLATED = form_languages(SCHEMA.id)[1:]


@pytest.fixture(scope="module")
def fillings() -> list[Filling]:
    return filled_returns(SCHEMA, "XAA", seed_number=2008, count=4)


def _read(filling: Filling, language: str, folder: Path) -> Return:
    path = folder / f"{language}.xlsx"
    write_return(SCHEMA, replace(filling, language=language, workbook_language=language), path)
    returned = read_return(Path("X.xlsx"), path.read_bytes())
    return replace(returned, sha256="")


def _told(returned: Return) -> list[tuple[Any, ...]]:
    found = check_return(replace(returned, language="en"), SCHEMA)
    return [(item.code, item.severity, item.field, item.cells, item.difference, item.explanation) for item in found]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_filled_return_has_the_same_answers_and_findings_in_every_language(
    language: str, fillings: list[Filling], tmp_path: Path
) -> None:
    for filling in fillings:
        english, other = _read(filling, "en", tmp_path), _read(filling, language, tmp_path)
        assert _values(other) == _values(english)
        assert _told(other) == _told(english)
        assert len(_values(english)) > 300


def _values(returned: Return) -> list[tuple[Any, ...]]:
    """Every answer but that of the language, with its place."""
    return [
        (name, answer.cells, answer.value, answer.missing)
        for name, answer in returned.answers()
        if name != "cover.language"
    ]


@pytest.mark.parametrize("schema", schema_ids())
def test_a_label_of_any_language_means_one_code(schema: str) -> None:
    book, english = CodeBook(load_schema(schema)), load_schema(schema)
    for language in form_languages(schema)[1:]:
        for codes in form_in(schema, language).code_lists:
            question = Field(id="x", type=FieldType.CHOICE, label="x", codes=codes.id)
            labels = {folded(item.label): item.code for item in codes.codes}
            assert len(labels) == len(codes.codes), (language, codes.id)
            assert not any(set(";；؛\n") & set(label) for label in labels), (language, codes.id)
            for item in codes.codes:
                assert book.of(question).code(item.label) == item.code, (language, codes.id, item.label)
                assert book.of(question).code(english.codes[codes.id].label_of(item.code)) == item.code


def test_a_slip_in_a_french_label_is_met_with_the_french_one() -> None:
    question = SCHEMA.fields["cover.classification"]
    label = form_in(SCHEMA.id, "fr").codes[question.codes].label_of("confidential")
    assert CodeBook(SCHEMA).of(question).nearest(f"{label}s") == label


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_that_is_translated_is_left_in_english(language: str, tmp_path: Path) -> None:
    for code in ("en", language):
        filling = Filling(office="KEN", year=2008, language=code, workbook_language=code)
        write_return(SCHEMA, filling, tmp_path / f"{code}.xlsx")
    english, other = (load_workbook(tmp_path / f"{code}.xlsx") for code in ("en", language))
    assert other.sheetnames == english.sheetnames
    for sheet in (name for name in english.sheetnames if name not in {MACHINE_SHEET, RULES_SHEET}):
        same = _same_words(english[sheet], other[sheet])
        assert not same, (sheet, sorted(same))
    assert {bool(sheet.sheet_view.rightToLeft) for sheet in other.worksheets} == {language == "ar"}


def _same_words(english: Any, other: Any) -> set[str]:
    """Words of several letters that stand in both sheets, but ids, which are hidden."""
    hidden = {cell.coordinate for row in english.iter_rows(max_row=1) for cell in row}
    return {
        str(cell.value)
        for row in english.iter_rows(min_col=2)
        for cell in row
        if cell.coordinate not in hidden
        and isinstance(cell.value, str)
        and len(cell.value) > 25
        and not cell.value.startswith(("=", "¶"))  # formulas, and the paragraphs of the review
        and other[cell.coordinate].value == cell.value
    }


def test_the_command_writes_a_return_in_french_and_says_where_it_cannot(tmp_path: Path) -> None:
    path = tmp_path / "COD-2008.xlsx"
    done = CliRunner().invoke(main, ["template", "--office", "COD", "--year", "2008", "--lang", "fr", "-o", str(path)])
    assert done.exit_code == 0, done.output
    returned = read_return(path, path.read_bytes())
    assert returned.language == "fr"
    assert "République démocratique du Congo" in str(load_workbook(path)["Cover"]["B2"].value)
    path.unlink()
    done = CliRunner().invoke(main, ["template", "--office", "COD", "--year", "2008", "--lang", "pt", "-o", str(path)])
    assert done.exit_code == 0
    assert "not translated into “pt”" in done.stderr

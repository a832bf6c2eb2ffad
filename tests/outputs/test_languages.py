"""Findings in the reader's language: everything said changes, and nothing that a program reads."""

from __future__ import annotations

import json
import shutil
import string
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from reporting import languages
from reporting.checks.catalogue import catalogue
from reporting.cli import main
from reporting.findings import FileResult, Finding, FindingKind, Severity, Text, Verdict
from reporting.languages import at_hand, form_words
from reporting.outputs.formats import FORMATS, Told
from reporting.outputs.masking import masked
from reporting.paths import schemas_folder
from reporting.pipeline import annotate_files, between, validate_file
from reporting.schema.compiled import load_schema
from reporting.translator import Translator, translator
from sample_submissions.conformance.cases import cases, findings

SAMPLES = schemas_folder().parent / "sample_submissions"
FICTIONAL = SAMPLES / "fictional" / "2008"
ALBANIA = SAMPLES / "2008" / "ALB-2008.xlsx"
TRANSLATED = [language for language in at_hand("findings") if language != "en"]
KIND = FindingKind(
    code="CEL900", severity=Severity.ERROR, message="“{label}” is {found}, not {expected}: {reason}.", documentation="."
)


@pytest.fixture(scope="module")
def found() -> list[tuple[Finding, str]]:
    """Findings of every code that has a case, and some between offices, with the form of each."""
    made = [(finding, case.schema) for case in cases() if case.must_fail for finding in findings(case)]
    results = [validate_file(path)[0] for path in sorted(FICTIONAL.glob("*.xlsx"))[:6]]
    return made + [(finding, "apr-2008") for finding in between(results, None)]


def _out(*arguments: str) -> str:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code in {0, 1}, done.output
    return done.stdout


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_finding_says_something_else_and_means_the_same(language: str, found: list[tuple[Finding, str]]) -> None:
    assert len({finding.code for finding, _ in found}) > 100
    for finding, form in found:
        said = Translator(language).finding(finding, form)
        assert said.message != finding.message
        assert bool(said.hint) == bool(finding.hint)
        assert said.hint != finding.hint or not finding.hint
        assert "{" not in said.message
        assert replace(said, message=finding.message, hint=finding.hint) == finding


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_kind_of_finding_is_translated(language: str) -> None:
    schema = load_schema("apr-2008")
    for kind in catalogue(schema).values():
        said = Translator(language).kind(kind, schema.id)
        assert said.message != kind.message
        assert _places(said.message) == _places(kind.message)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_numbers_and_dates_are_written_as_the_language_does_and_years_are_not_grouped() -> None:
    french = Translator("fr")
    finding = KIND.finding(
        field="populations.closing", found=12345.5, expected=-1200, label="On 31 December", reason="x"
    )
    assert finding.message == "“On 31 December” is 12,345.5, not -1,200: x."
    assert dict(finding.words) == {"found": 12345.5, "expected": -1200, "label": "On 31 December", "reason": "x"}
    assert [french.shown(value) for value in (12345.5, "2008-05-31", "1990", None, "2008-02-31", "200,000")] == [
        "12\u202f345,5",
        "31 mai 2008",
        "1990",
        "..",
        "2008-02-31",
        "200\u202f000",
    ]
    assert Translator("ar").shown(-1200) == "\u2066-1,200\u2069"


def test_a_label_is_that_of_the_form_and_a_reason_is_said_with_its_own_words() -> None:
    reason = Text("the part “{part}” stands in it twice")
    finding = KIND.finding(field="populations.closing", label="On 31 December", part="a{b}.xml", reason=reason)
    assert finding.message == "“On 31 December” is .., not ..: the part “a{b}.xml” stands in it twice."
    said = Translator("fr").finding(finding, "apr-2008").message
    assert form_words("fr", "apr-2008").pgettext("populations.closing.label", "On 31 December") in said
    assert "l’élément «\u00a0a{b}.xml\u00a0» y figure deux fois" in said


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", TRANSLATED)
def test_codes_ids_cells_and_values_are_the_same_in_every_language(form: str, language: str) -> None:
    english, said = (_out("validate", str(ALBANIA), "--format", form, "--lang", code) for code in ("en", language))
    assert english != said
    if form == "json":
        assert _without_words(json.loads(english)) == _without_words(json.loads(said))
    elif form == "junit":
        cases = [
            [(case.get("name"), case.get("classname")) for case in ET.fromstring(text).iter("testcase")]  # noqa: S314
            for text in (english, said)
        ]
        assert cases[0] == cases[1]
    elif form == "sarif":
        run = json.loads(said)["runs"][0]
        assert run["language"] == language
        prints = [
            [item["partialFingerprints"] for item in json.loads(text)["runs"][0]["results"]] for text in (english, said)
        ]
        assert prints[0] == prints[1]
    for finding in validate_file(ALBANIA)[0].findings:
        assert finding.code in said
        assert finding.message not in said


def _without_words(document: Any) -> Any:
    for finding in document["files"][0]["findings"]:
        assert finding.pop("message")
        finding.pop("hint")
    return document


def test_arabic_pages_run_from_right_to_left() -> None:
    page = _out("validate", str(ALBANIA), "--format", "html", "--lang", "ar")
    assert '<html lang="ar" dir="rtl">' in page
    assert "<h1>الملاحظات</h1>" in page


def test_arabic_annotations_run_from_right_to_left(tmp_path: Path) -> None:
    result = validate_file(ALBANIA)[0]
    copies, _ = annotate_files([result], tmp_path, language="ar")
    content = copies[0].read_bytes()
    sheet = load_workbook(BytesIO(content))["الملاحظات"]
    assert sheet.sheet_view.rightToLeft
    assert [cell.value for cell in sheet[3]][:2] == ["الرمز", "الدرجة"]
    first = result.findings[0]
    comment = load_workbook(BytesIO(content))[first.sheet][first.cells[0]].comment
    assert comment is not None
    assert Translator("ar").finding(first, result.form).message in comment.text
    assert [finding.message for finding in validate_file(copies[0])[0].findings] == [
        finding.message for finding in result.findings
    ]


def test_a_verdict_that_is_kept_serves_every_language(tmp_path: Path) -> None:
    common = ("validate", str(ALBANIA), "--cache", str(tmp_path), "--format", "json")
    first, again = _out(*common), _out(*common, "--lang", "fr")
    assert again == _out("validate", str(ALBANIA), "--no-cache", "--format", "json", "--lang", "fr")
    assert _out(*common) == first


def test_what_is_hidden_stays_hidden_in_another_language() -> None:
    schema = load_schema("apr-2008")
    finding = replace(
        KIND.finding(
            field="trafficked_persons.persons", sheet="Trafficked persons", found=4711, label="Persons", reason=""
        ),
        code="CEL005",
    )
    result = FileResult(path="X.xlsx", sha256="ab", form=schema.id, verdict=Verdict.REJECTED, findings=(finding,))
    hidden = masked([result], [schema])
    said = Translator("fr").result(hidden[0]).findings[0]
    assert "4711" not in repr(hidden)
    assert "(masqué)" in said.message


def test_personal_data_is_masked_in_the_words_too() -> None:
    from reporting.checks.masking import without_personal_data

    finding = KIND.finding(field="cover.office", found="someone@example.org", label="Office", reason="")
    assert "example" not in repr(without_personal_data(finding))


def test_findings_like_one_another_are_counted_in_the_language() -> None:
    finding = Finding(code="CEL005", severity=Severity.ERROR, message="x (12 more)", template="x", alike=12)
    assert Translator("fr").finding(finding, "").message == "x (12 constats semblables, de même cause.)"


def test_explain_speaks_french_and_names_the_languages_there_are() -> None:
    said = _out("explain", "TOT001", "--lang", "fr")
    assert "Que faire" in said
    assert "Corrigez le total" in said
    assert "In each row" not in said
    done = CliRunner().invoke(main, ["explain", "TOT001", "--lang", "tlh"])
    assert done.exit_code == 2
    assert "no findings in the language “tlh”; there are en, ar, fr" in done.stderr


def test_another_language_is_a_catalogue_without_a_change_of_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = languages.templates_folder() / "languages" / "fr" / "findings.po"
    target = tmp_path / "languages" / "es" / "findings.po"
    target.parent.mkdir(parents=True)
    shutil.copy(source, target)
    target.write_text(target.read_text(encoding="utf-8").replace("Constats", "Hallazgos"), encoding="utf-8")
    monkeypatch.setattr(languages, "templates_folder", lambda: tmp_path)
    assert translator("es").say("Findings") == "Hallazgos"
    assert told_in("es").files[0].findings[0].message != told_in("en").files[0].findings[0].message


def told_in(language: str) -> Told:
    finding = next(iter(catalogue().values())).finding(label="x", count=2, found=1, expected=2)
    result = FileResult(path="X.xlsx", sha256="ab", verdict=Verdict.REJECTED, findings=(finding,))
    return Told([result], words=Translator(language))

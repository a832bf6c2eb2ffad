"""What the formats promise to the programs and people that read them: the standards, the width, one file."""

from __future__ import annotations

import json
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from reporting.findings import FileResult, Finding, Severity, Verdict
from reporting.outputs.formats import WRITERS, Told
from reporting.outputs.text import text_report
from reporting.pipeline import validate_files

SARIF = Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json"
"""The schema of the standard, as SchemaStore publishes it (Apache-2.0)."""
SAMPLES = Path(__file__).parents[2] / "sample_submissions"
RETURNS = [*sorted((SAMPLES / "2008").glob("*.xlsx")), *sorted((SAMPLES / "2007").glob("B*.xlsx"))]
ODD = Finding(
    code="CEL900",
    severity=Severity.ERROR,
    message='<b>"A" & B</b> ]]> \U0001f600 ' + "x" * 200,
    hint="Do.",
    sheet="A & B",
    cells=("C3", "Other!D4"),
    found="\u0661",
    suggestion="&amp;",
    waiver="Agreed <1>",
)
PLAIN = Finding(code="FIL999", severity=Severity.NOTE, message="On the file.")
EXTREMES = [
    FileResult(
        path="a/../b \u00e9\u4e2d<&>'\".xlsx", sha256="0" * 64, verdict=Verdict.REJECTED, findings=(ODD, ODD, PLAIN)
    ),
    FileResult(path="empty.xlsx", sha256="", verdict=Verdict.ACCEPTED),
    FileResult(path="bytes-\udcff-\x1b[2J\u202e.xlsx", sha256="", verdict=Verdict.UNREADABLE, findings=(PLAIN,)),
]


@pytest.fixture(scope="module")
def results() -> list[FileResult]:
    found = [result for result, _ in validate_files(RETURNS, jobs=1)]
    assert any(result.findings for result in found)
    return [*found, *EXTREMES]


def test_sarif_is_valid_by_the_schema_of_the_standard(results: list[FileResult]) -> None:
    schema = json.loads(SARIF.read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    for chosen in (results, EXTREMES, []):
        document = json.loads(WRITERS["sarif"](Told(chosen, schema="apr-2008")))
        assert [error.message for error in validator.iter_errors(document)] == []


def test_junit_is_what_its_readers_know(results: list[FileResult]) -> None:
    """The common subset of Jenkins, GitLab and GitHub: known elements and attributes, and counts that are true."""
    known = {
        "testsuites": {"name", "tests", "failures", "errors"},
        "testsuite": {"name", "tests", "failures", "errors"},
        "testcase": {"classname", "name"},
        "failure": {"message", "type"},
        "system-out": set(),
    }
    root = ET.fromstring(WRITERS["junit"](Told(results)).encode())  # noqa: S314 - our own text
    for element in root.iter():
        assert set(element.attrib) == known[element.tag]
    assert int(root.get("tests", "")) == len(list(root.iter("testcase")))
    assert int(root.get("failures", "")) == len(list(root.iter("failure")))
    for suite in root:
        names = [(case.get("classname"), case.get("name")) for case in suite]
        assert len(names) == len(set(names)) == int(suite.get("tests", ""))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))


class _Page(HTMLParser):
    """What a page loads and where its links go; elements must end in the order in which they began."""

    VOID = frozenset({"meta", "br", "hr", "img", "input", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                assert value not in self.anchors
                self.anchors.add(value or "")
            elif name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in ("src", "href", "srcset", "data", "action") or name.startswith("on"):
                self.loaded.append(f"{tag} {name}")
        if tag in ("script", "iframe", "object", "embed", "form", "base"):
            self.loaded.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_one_file_that_loads_nothing_and_whose_links_lead_somewhere(results: list[FileResult]) -> None:
    text = WRITERS["html"](Told(results, schema="apr-2008", show=True))
    page = _Page()
    page.feed(text)
    page.close()
    assert page.open == []
    assert page.loaded == []
    assert "url(" not in text
    assert "@import" not in text
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= page.anchors


def _columns(line: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in line if not unicodedata.combining(mark)
    )


@pytest.mark.parametrize("everything", [False, True])
def test_text_keeps_within_eighty_columns(results: list[FileResult], everything: bool) -> None:
    lines = text_report(results, everything=everything).splitlines()
    assert len(lines) > 50
    paths = {result.shown_path for result in results}
    assert [line for line in lines if _columns(line) > 80 and line not in paths] == []


@pytest.mark.parametrize("form", ["text", *WRITERS])
def test_no_format_stumbles_over_a_file_name_or_steers_a_terminal(form: str) -> None:
    text = text_report(EXTREMES) if form == "text" else WRITERS[form](Told(EXTREMES, show=True))
    assert text.encode().decode() == text
    assert not any(mark in text for mark in ("\x1b", "\u202e", "\udcff"))
    assert "bytes-" in text


@pytest.mark.parametrize("form", [form for form in WRITERS if form != "github"])
def test_nothing_to_tell_is_a_document_too(form: str) -> None:
    document: Any = WRITERS[form](Told([]))
    assert document.strip()

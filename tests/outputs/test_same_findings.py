"""One run over the fictional returns: each format tells the same findings, by file, code and cells."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from reporting.findings import FileResult, Finding
from reporting.outputs.formats import WRITERS, Told
from reporting.pipeline import validate_files

RETURNS = sorted((Path(__file__).parents[2] / "sample_submissions" / "fictional" / "2008").glob("*.xlsx"))


@pytest.fixture(scope="module")
def results() -> list[FileResult]:
    found = [result for result, _ in validate_files(RETURNS, jobs=1)]
    assert sum(len(result.findings) for result in found) > 20
    return found


def _place(finding: Finding) -> str:
    return " ".join(filter(None, (finding.sheet, ", ".join(finding.cells))))


def _expected(results: list[FileResult]) -> Counter[tuple[str, str, str]]:
    return Counter((result.path, finding.code, _place(finding)) for result in results for finding in result.findings)


def _missing(results: list[FileResult], texts: dict[tuple[str, str], str]) -> list[tuple[str, str, str]]:
    """Findings whose place is not told under their file and code, as often as it should be."""
    return [
        (path, code, place)
        for (path, code, place), times in _expected(results).items()
        if f"\n{texts[path, code]}".count(place) < times
    ]


def test_sarif_has_the_findings_cell_for_cell(results: list[FileResult]) -> None:
    run = json.loads(WRITERS["sarif"](Told(results, schema="apr-2008")))["runs"][0]
    found: Counter[tuple[str, str, frozenset[str]]] = Counter()
    for item in run["results"]:
        where = item["locations"][0]
        names = frozenset(name["fullyQualifiedName"] for name in where.get("logicalLocations", ()))
        found[unquote(where["physicalLocation"]["artifactLocation"]["uri"]), item["ruleId"], names] += 1
    wanted: Counter[tuple[str, str, frozenset[str]]] = Counter()
    for result in results:
        for finding in result.findings:
            cells = [cell if "!" in cell else f"{finding.sheet}!{cell}" for cell in finding.cells]
            wanted[result.path, finding.code, frozenset(cells or filter(None, [finding.sheet]))] += 1
    assert found == wanted


def test_junit_has_the_findings(results: list[FileResult]) -> None:
    root = ET.fromstring(WRITERS["junit"](Told(results, schema="apr-2008")))  # noqa: S314 - our own text
    texts = {(c.get("classname", ""), c.get("name", "")): "".join(c.itertext()) for c in root.iter("testcase")}
    with_findings = {key for key, text in texts.items() if text.strip()}
    assert with_findings == {(path, code) for path, code, _ in _expected(results)}
    assert not _missing(results, texts)


def test_github_has_the_findings(results: list[FileResult]) -> None:
    texts: dict[tuple[str, str], str] = {}
    for command in WRITERS["github"](Told(results, schema="apr-2008")).splitlines():
        if re.match(r"::\w+ title=and \d+ more::", command):
            continue
        match = re.match(r"::\w+ file=([^,]*),title=(\w+)[^:]*::(.*)", command)
        assert match, command
        key = (unquote(match[1]), match[2])
        texts[key] = texts.get(key, "") + unquote(match[3])
    assert set(texts) == {(path, code) for path, code, _ in _expected(results)}
    assert not _missing(results, texts)


def test_html_has_the_findings(results: list[FileResult]) -> None:
    text = WRITERS["html"](Told(results, schema="apr-2008"))
    found: Counter[tuple[str, str, str]] = Counter()
    for section in text.split("<section ")[1:]:
        path = html.unescape(re.findall(r"<h2[^>]*>(.*?)</h2>", section)[0])
        for article in section.split("<article ")[1:]:
            code = re.findall(r"<h3><a[^>]*>(\w+)</a>", article)[0]
            place = re.findall(r"<b>Where:</b> (.*?)</p>", article)
            found[path, code, html.unescape(place[0]) if place else ""] += 1
    assert found == _expected(results)

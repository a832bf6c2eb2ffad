"""The same findings in every format, and nothing sensitive where CI systems publish it."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from reporting.findings import FileResult, Finding, Severity, Verdict
from reporting.outputs.formats import WRITERS, Told
from reporting.outputs.masking import masked
from reporting.schema.compiled import load_schema

ERROR = Finding(
    code="TOT001", severity=Severity.ERROR, message="100% <wrong>\nhere", sheet="Populations", cells=("E5", "F5")
)
QUERY = Finding(code="CEL900", severity=Severity.QUERY, message="Odd \x01 & long", sheet="Cover", cells=("C3",))
RESULT = FileResult(
    path="in, out/A:1.xlsx", sha256="ab", year=2008, verdict=Verdict.REJECTED, findings=(ERROR, ERROR, QUERY)
)

_DESCRIBED = ("shortDescription", "fullDescription", "help")


@pytest.mark.parametrize("form", WRITERS)
def test_each_format_names_every_code_and_cell(form: str) -> None:
    text = WRITERS[form](Told([RESULT], schema="apr-2008", show=True))
    for word in ("TOT001", "CEL900", "E5", "F5", "C3", "Populations", "Cover"):
        assert word in text


def test_junit_is_well_formed_and_only_errors_fail() -> None:
    root = ET.fromstring(WRITERS["junit"](Told([RESULT], show=True)))  # noqa: S314 - our own text
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    assert [case.get("name") for case in root.iter("testcase") if case.find("failure") is not None] == ["TOT001"]


def test_github_commands_are_one_line_each_and_escaped() -> None:
    lines = WRITERS["github"](Told([RESULT], show=True)).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("::error file=in%2C out/A%3A1.xlsx,title=TOT001 (2 times)::")
    assert "100%25 <wrong>%0Ahere" in lines[0]
    assert lines[1].startswith("::warning ")


def test_github_tells_the_worst_first_and_counts_what_it_will_not_show() -> None:
    note = Finding(code="ROW009", severity=Severity.NOTE, message="of no weight")
    results = [
        FileResult(path=f"{number}.xlsx", sha256="ab", verdict=Verdict.REJECTED, findings=(note, QUERY, ERROR))
        for number in range(12)
    ]
    lines = WRITERS["github"](Told(results, show=True)).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 13 + ["::warning"] * 13 + ["::notice"] * 13
    for level in range(3):
        ours = lines[13 * level : 13 * (level + 1)]
        assert [line.split("file=")[1].split(",")[0] for line in ours[:9]] == [f"{number}.xlsx" for number in range(9)]
        assert ours[9].endswith("::3 more of this level stand in the log of this step.")
        assert [line.split("file=")[1].split(",")[0] for line in ours[10:]] == ["9.xlsx", "10.xlsx", "11.xlsx"]


def test_sarif_describes_a_rule_without_the_words_of_one_finding() -> None:
    document = json.loads(WRITERS["sarif"](Told([RESULT], schema="apr-2008", show=True)))
    rules = {rule["id"]: rule for rule in document["runs"][0]["tool"]["driver"]["rules"]}
    described = rules["TOT001"]["shortDescription"]["text"]
    assert described.startswith("The figure on 31 December is …, but")
    assert not any("{" in rules[code][part]["text"] for code in rules for part in _DESCRIBED if part in rules[code])


def test_sarif_has_what_the_standard_requires() -> None:
    document = json.loads(WRITERS["sarif"](Told([RESULT], show=True)))
    assert document["version"] == "2.1.0"
    run = document["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "apr"
    for item in run["results"]:
        assert rules[item["ruleIndex"]]["id"] == item["ruleId"]
        assert item["message"]["text"]
    assert [item["level"] for item in run["results"]] == ["error", "error", "warning"]
    where = run["results"][0]["locations"][0]
    assert where["physicalLocation"]["artifactLocation"]["uri"] == "in%2C%20out/A%3A1.xlsx"
    assert [place["fullyQualifiedName"] for place in where["logicalLocations"]] == ["Populations!E5", "Populations!F5"]
    assert len({item["partialFingerprints"]["place/v1"] for item in run["results"]}) == 3


def test_html_escapes_and_loads_nothing() -> None:
    text = WRITERS["html"](Told([RESULT], show=True))
    assert "&lt;wrong&gt;" in text
    assert "<script" not in text
    assert "http" not in text


def test_values_of_sensitive_fields_are_not_published() -> None:
    schema = load_schema("apr-2008")
    field = next(f for c in schema.categories for a in c.areas for f in a.fields if f.sensitive)
    secret = Finding(
        code="CEL900",
        severity=Severity.QUERY,
        message="4711 is odd",
        field=field.id,
        sheet="S",
        cells=("C3",),
        found=4711,
    )
    result = FileResult(path="a.xlsx", sha256="", verdict=Verdict.QUERIES, findings=(secret, QUERY))
    for form in ("junit", "sarif", "github"):
        assert "4711" not in WRITERS[form](Told([result]))
        assert "4711" in WRITERS[form](Told([result], show=True))
    hidden, other = masked([result], [schema])[0].findings
    assert (hidden.found, hidden.cells) == (None, ("C3",))
    assert other == QUERY

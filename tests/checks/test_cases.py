"""Every code a finding can have fails where it must, and passes the near miss."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reporting.checks.catalogue import catalogue
from reporting.findings import Finding, Severity
from reporting.schema.compiled import load_schema
from reporting.schema.identifiers import schema_ids
from reporting.workbook.checks_sheet import OTHER_QUERIES
from sample_submissions.conformance.cases import CASES as FOLDER
from sample_submissions.conformance.cases import Case, cases, findings

CASES = cases()
TESTED_ELSEWHERE = {
    "FIL016": "tests/test_isolation.py",  # a worker that dies is no edit of a workbook
    "FIL032": "tests/test_isolation.py",
    "FIL033": "tests/test_isolation.py",
    "FIL034": "tests/test_isolation.py",
    "FIL025": "tests/workbook/hostile.py",  # edits of bytes are small, and these files are not
    "FIL027": "tests/workbook/hostile.py",
    "FIL028": "tests/workbook/hostile.py",
    "FIL030": "tests/workbook/hostile.py",
    "STR012": "tests/workbook/test_reader.py",  # formulas and hidden rows are not in a grid's cells
    "CEL018": "tests/workbook/test_reader.py",
    **{f"NET00{number}": "tests/checks/test_network.py" for number in range(1, 7)},  # of several returns
    "FIL018": "tests/test_pipeline.py",  # nor is a file that is not there
}
NARROWED = ("field", "found", "expected", "difference", "suggestion", "sheet", "explanation", "waiver")


def matching(case: Case, found: Sequence[Finding]) -> list[Finding]:
    """The findings of the case's code that have everything the case says of them."""
    wanted = {name: case.edits[name] for name in NARROWED if name in case.edits}
    return [
        finding
        for finding in found
        if finding.code == case.code
        and all(getattr(finding, name) == value for name, value in wanted.items())
        and ("at" not in case.edits or list(finding.cells) == case.edits["at"])
    ]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_code_comes_where_it_must_and_only_there(case: Case) -> None:
    found = findings(case)
    told = "\n".join(map(str, found))
    assert bool(matching(case, found)) is case.must_fail, f"{case}\n{told}"


@pytest.mark.parametrize("schema", schema_ids())
def test_the_clean_return_has_no_error_and_no_query(schema: str) -> None:
    found = findings(Case("", schema, False, "unedited", {}))
    assert [finding for finding in found if finding.severity is not Severity.NOTE] == []


def test_every_code_has_a_failing_and_a_passing_case_and_every_case_a_code() -> None:
    codes = set(catalogue(*map(load_schema, schema_ids()))) - set(TESTED_ELSEWHERE)
    assert {case.code for case in CASES if case.must_fail} == codes
    assert {case.code for case in CASES if not case.must_fail} == codes


def test_codes_tested_elsewhere_are_named_there() -> None:
    for code, path in TESTED_ELSEWHERE.items():
        assert code in (FOLDER.parents[1] / path).read_text(encoding="utf-8")


def test_no_message_leaves_a_place_unfilled() -> None:
    for case in CASES:
        for finding in matching(case, findings(case)) if case.must_fail else ():
            assert "{" not in finding.message
            assert finding.message[-1] in ".!)"


def test_every_query_can_be_explained_in_the_workbook() -> None:
    schemas = [load_schema(identifier) for identifier in schema_ids()]
    rules = {rule.code for schema in schemas for rule in schema.rules}
    queries = {code for code, kind in catalogue(*schemas).items() if kind.severity is Severity.QUERY}
    assert queries - rules - {code for code in queries if code.startswith("NET")} == set(OTHER_QUERIES)

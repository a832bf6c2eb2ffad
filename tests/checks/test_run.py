"""Putting findings together: silence, groups, explanations, order; and the catalogue as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from reporting.checks.catalogue import CHECKS, catalogue
from reporting.checks.grouping import MOST_APART, grouped
from reporting.findings import Finding, Severity
from reporting.schema.compiled import load_schema
from reporting.schema.identifiers import schema_ids
from reporting.schema.model import Rule
from reporting.schema.rules import in_force
from reporting.workbook.faults import FAULTS
from sample_submissions.conformance.cases import Case, findings


def found(**edits: Any) -> list[Finding]:
    return list(findings(Case("", "apr-2008", must_fail=False, name="", edits=edits)))


def finding(cell: str, message: str = "Wrong.", code: str = "CEL009") -> Finding:
    return Finding(code=code, severity=Severity.ERROR, message=message, field="a.b.c", sheet="Sheet", cells=(cell,))


def test_the_same_fault_in_many_cells_is_one_finding_with_all_cells() -> None:
    (one,) = grouped([finding(f"C{row}") for row in range(1, 413)])
    assert len(one.cells) == 412
    assert one.message == "Wrong."


def test_a_few_different_faults_stand_apart_and_many_are_one() -> None:
    few = [finding(f"C{row}", f"Wrong: {row}.") for row in range(MOST_APART)]
    assert grouped(few) == few
    (one,) = grouped([*few, finding("D1", "Wrong: x.")])
    assert one.message == f"Wrong: 0. ({MOST_APART + 1} findings like this one, same cause.)"
    assert one.cells == (*(f"C{row}" for row in range(MOST_APART)), "D1")


def test_faults_of_different_codes_and_sheets_never_fall_together() -> None:
    apart = [
        finding("C1"),
        finding("C1", code="CEL008"),
        Finding(code="CEL009", severity=Severity.ERROR, message="Wrong."),
    ]
    assert grouped(apart) == apart


def test_what_follows_from_another_finding_is_silent() -> None:
    wrong = found(rows={"populations": [{"country": "Kenia", "group": "REF", "closing": 5}]})
    codes = Counter(item.code for item in wrong)
    assert (codes["CEL008"], codes["ROW001"]) == (1, 0)


def test_an_explanation_answers_a_query_and_nothing_else() -> None:
    rows = {"populations": [{"country": "KEN", "group": "REF", "closing": 100, "f_18_59": 101}]}
    by_code = {item.code: item for item in found(rows=rows, explain={"TOT007": "Not recorded.", "TOT001": "So be it."})}
    assert by_code["TOT007"].explanation == "Not recorded."
    assert not by_code["TOT001"].explanation


def test_errors_come_first_and_notes_last() -> None:
    severities = [item.severity for item in found(set={"cover.uses_focus": None, "cover.cleared_on": "soon"})]
    assert severities == sorted(severities, key=list(Severity).index)


def test_cells_of_another_sheet_are_named_with_it() -> None:
    (wrong,) = (
        item for item in found(rows={"origins": [{"country": "UGA", "group": "REF", "other_country": "SOM", "persons": 5}]})
        if item.code == "XSH003"
    )  # fmt: skip
    assert wrong.sheet == "Origins"
    assert [cell.partition("!")[0] for cell in wrong.cells if "!" in cell] == ["Cover"]


@pytest.mark.parametrize(
    ("years", "holds"),
    [({}, True), ({"first_year": 2008}, True), ({"first_year": 2009}, False), ({"last_year": 2007}, False)],
)
def test_a_rule_is_in_force_from_its_first_to_its_last_year(years: Mapping[str, int], holds: bool) -> None:
    rule = Rule(code="TOT900", severity=Severity.ERROR, holds="1 == 1", message=".", cells=(), **years)
    assert in_force(rule, 2008) is holds


def test_codes_are_three_letters_and_a_number_and_each_is_one_thing() -> None:
    schemas = [load_schema(identifier) for identifier in schema_ids()]
    in_python = [kind.code for kind in (*FAULTS, *(check.kind for check in CHECKS))]
    assert len(in_python) == len(set(in_python))
    assert not {rule.code for schema in schemas for rule in schema.rules} & set(in_python)
    for code in catalogue(*schemas):
        assert re.fullmatch(r"(FIL|STR|CEL|ROW|TOT|XSH|HIS|NET|PRV|QUA)\d{3}", code)


def test_every_code_is_documented_and_every_error_and_query_says_what_to_do() -> None:
    for kind in catalogue(*map(load_schema, schema_ids())).values():
        assert kind.documentation[-1] in ".`)", kind.code
        assert kind.hint or kind.severity is Severity.NOTE, kind.code
        assert set(kind.requires) <= set(catalogue(*map(load_schema, schema_ids())))

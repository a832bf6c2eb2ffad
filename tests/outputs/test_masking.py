"""What is sensitive is kept out of what CI systems publish, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from reporting.findings import FileResult, Finding, Severity, Verdict
from reporting.outputs.masking import HIDDEN, masked, with_computed
from reporting.schema.compiled import load_schema
from reporting.schema.model import Field, FieldType
from reporting.schema.rules import fields_read

COMPUTED = "security.trafficking.child_victims"
"""Computed from the table of trafficked persons, whose column “persons” is sensitive."""


def published(**words: Any) -> Finding:
    finding = Finding(**{"severity": Severity.QUERY, "message": "4711 persons", "found": 4711} | words)
    result = FileResult(path="a.xlsx", sha256="", verdict=Verdict.QUERIES, findings=(finding,))
    return masked([result], [load_schema("apr-2008")])[0].findings[0]


@pytest.mark.parametrize(
    ("expression", "table", "read"),
    [
        ("closing > opening", "populations", {"populations.closing", "populations.opening"}),
        ("a.b.c == 'yes' and sum(t.x, y == 1) > 2", "", {"a.b.c", "t.x", "t.y"}),
        ("sum(t.x, this.y == y)", "u", {"t.x", "t.y", "u.y"}),
        ("any(t, y == 1)", "u", {"t.y"}),
        ("last_year(x) + a.b.c", "t", {"t.x", "a.b.c"}),
        ("", "t", set()),
    ],
)
def test_an_expression_reads_its_fields_also_in_filters(expression: str, table: str, read: set[str]) -> None:
    assert fields_read(expression, table) == read


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("CEL900", "trafficked_persons.persons"),
        ("CEL900", COMPUTED),
        ("TOT010", "asylum_claims.pending_end"),
        ("XSH020", "cover.trafficking_assessment"),
    ],
)
def test_a_sensitive_value_is_hidden_and_the_place_stays(code: str, field: str) -> None:
    hidden = published(code=code, field=field, sheet="S", cells=("C3",), expected=1, difference=4710, suggestion="4711")
    assert (hidden.code, hidden.field, hidden.sheet, hidden.cells) == (code, field, "S", ("C3",))
    assert (hidden.found, hidden.expected, hidden.difference, hidden.suggestion) == (None, None, None, "")
    assert "4711" not in hidden.message


def test_what_is_computed_from_a_sensitive_field_is_sensitive_however_far() -> None:
    fields = [
        Field(id="t.x", type=FieldType.COUNT, label="", sensitive=True),
        Field(id="a.b.twice", type=FieldType.COUNT, label="", computed="2 * a.b.sum"),
        Field(id="a.b.sum", type=FieldType.COUNT, label="", computed="sum(t.x, y == 1)"),
        Field(id="a.b.other", type=FieldType.COUNT, label="", computed="sum(t.y)"),
    ]
    assert with_computed(fields) == {"t.x", "a.b.sum", "a.b.twice"}
    assert published(code="CEL900", field="security.trafficking.staff_trained").found == 4711


def test_the_message_keeps_what_is_no_value() -> None:
    hidden = published(code="CEL009", field="trafficked_persons.persons", sheet="Trafficked persons", cells=("T7",))
    assert hidden.message == f"“Persons” needs a number, but the cell says “{HIDDEN}”."
    doubled = published(code="ROW001", field="movements.persons", sheet="Movements", cells=("E7",))
    assert doubled.message.startswith("Row 7 of “Movements”")


@pytest.mark.parametrize(
    ("code", "field", "sheet"),
    [
        ("CEL900", "populations.closing", "Populations"),
        ("CEL900", "origins.persons", "Origins"),
        ("TOT001", "populations.closing", "Populations"),
        ("CEL002", "security", "3 Security"),
        ("ROW004", "trafficked_persons", "Trafficked persons"),
        ("CEL900", "participation.awareness.persons_reached", "5 Participation"),
    ],
)
def test_what_is_not_sensitive_is_published_whole(code: str, field: str, sheet: str) -> None:
    words = {"code": code, "field": field, "sheet": sheet, "explanation": "A count of the camp."}
    assert published(**words) == Finding(severity=Severity.QUERY, message="4711 persons", found=4711, **words)


def test_what_stands_beside_the_form_may_be_sensitive() -> None:
    assert "4711" not in str(published(code="STR005", sheet="Trafficked persons", cells=("AA7",), found="“4711”"))
    assert published(code="STR005", sheet="Populations", cells=("AZ7",)).found == 4711


def test_a_rule_that_judges_a_sensitive_value_without_printing_it_keeps_its_message() -> None:
    shown = published(code="XSH012", field="solutions.resettlement.proactive", found="no", explanation="All 4711 left.")
    assert (shown.message, shown.found, shown.explanation) == ("4711 persons", "no", HIDDEN)

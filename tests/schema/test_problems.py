"""Faults of a schema beyond the shape of its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporting.errors import SchemaError
from reporting.schema.load import read_schema
from tests.schema.small import write_small

FAULTS = [
    ("a double field", "{id: year, type: year, label: Year}", "{id: office, type: year, label: Year}",
     "cover.office: this field is defined 2 times"),
    ("a double sheet", "sheet: Persons", "sheet: Cover", "Cover: this sheet is defined 2 times"),
    ("a choice without codes", "type: choice, codes: offices", "type: choice", "cover.office: a choice needs a code list"),
    ("an unknown code list", "codes: offices, label", "codes: ofices, label",
     "cover.office: there is no code list “ofices”; do you mean “offices”?"),
    ("an unknown theme", "themes: [trafficking]}", "themes: [traficking]}",
     "security.sgbv.incidents: there is no theme “traficking”; do you mean “trafficking”?"),
    ("an unknown theme of an indicator", "by: [country]\n    themes: [trafficking]", "by: [country]\n    themes: [x]",
     "persons.total: there is no theme “x”"),
    ("an unknown name in skip logic", "asked_if: security.sgbv.incidents", "asked_if: security.sgbv.incident",
     "there is no field or column “security.sgbv.incident”; do you mean “security.sgbv.incidents”?"),
    ("an expression outside the language", "holds: women <= total", "holds: women ** total",
     "TOT001: “women ** total”: BinOp at column 1"),
    ("an unknown key column", "key: [country]", "key: [land]", "persons: there is no column “land”"),
    ("an unknown table of a rule", "table: persons", "table: person",
     "TOT001: there is no table “person”; do you mean “persons”?"),
    ("an unknown cell of a rule", "cells: [total, women]", "cells: [totl]", "there is no field “totl”; do you mean “total”?"),
    ("an unknown rule that is required", "severity: error\n", "severity: error\n    requires: [TOT002]\n",
     "TOT001: there is no rule “TOT002”; do you mean “TOT001”?"),
    ("an unknown table in a filter", "holds: women <= total", "holds: sum(people.total) <= total",
     "TOT001: there is no table “people”"),
    ("an unknown column in a filter", "holds: women <= total", "holds: sum(persons.men) <= total",
     "TOT001: there is no column “men”; do you mean “women”?"),
    ("an unknown name in a filter's condition", "holds: women <= total", "holds: any(persons, men > 1) or women > 1",
     "TOT001: there is no field or column “men”"),
    ("an unknown name in arithmetic", "holds: women <= total", "holds: not abs(women + men) > total",
     "TOT001: there is no field or column “men”"),
    ("a value to print that is not given", "    expected: women\n", "",
     "TOT001: the message prints {expected}, which the rule does not give"),
    ("a value to print that does not exist", "by {difference}.", "by {surplus}.",
     "TOT001: the message prints {surplus}, which the rule does not give"),
    ("an indicator without a place", "    draws_on: persons.total\n", "",
     "persons.total: an indicator has either draws_on or parts"),
    ("an unknown place of an indicator", "draws_on: persons.total", "draws_on: persons.totl",
     "there is no field “persons.totl”; do you mean “persons.total”?"),
    ("an unknown breakdown", "by: [country]", "by: [land]", "persons.total: there is no column “land”"),
    ("an unknown column in an indicator's filter", "by: [country]", "where: men > 1",
     "persons.total: there is no field or column “men”"),
    ("a title too long for a sheet", "sheet: Persons", "sheet: Persons of concern and their families",
     "cannot be the title of a sheet"),
    ("a character that a sheet cannot have", "sheet: Persons", "sheet: Men/women", "cannot be the title of a sheet"),
    ("a prompt that a cell cannot hold", "label: Total}", f"label: Total, guidance: {'long ' * 60}}}",
     "persons.total: the guidance has 299 characters; a cell's prompt takes 255"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_found_and_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(SchemaError) as caught:
        read_schema(write_small(tmp_path, (old, new)))
    assert message in str(caught.value)


def test_a_recommendation_is_evidenced_by_indicators_that_exist(tmp_path: Path) -> None:
    rows = "id,section,text,addressed_to,source,evidence\nR01,Policy,Do it.,offices,¶1,persons.women\n"
    with pytest.raises(SchemaError, match=r"R01: there is no indicator “persons\.women”"):
        read_schema(write_small(tmp_path, recommendations=rows))


@pytest.mark.parametrize(
    "holds",
    [
        "women <= security.sgbv.reported.year_end",
        "sum(persons.women, country == this.country) <= security.sgbv.incidents",
        "not any(persons) or count(persons.total) > 0",
    ],
)
def test_names_of_fields_rows_and_impact_values_are_known(tmp_path: Path, holds: str) -> None:
    schema = read_schema(write_small(tmp_path, ("holds: women <= total", f"holds: {holds}")))
    assert schema.rules[0].holds == holds


ROW_RULE = """\
    table: persons
    cells: [total, women]
    holds: women <= total
    found: total
    expected: women
"""
RETURN_RULE = """\
    cells: [persons.total]
    holds: sum(persons.total) > 0
    found: sum(persons.total)
    expected: "1"
"""


def test_a_rule_on_the_return_may_point_at_a_column(tmp_path: Path) -> None:
    schema = read_schema(write_small(tmp_path, (ROW_RULE, RETURN_RULE)))
    assert schema.rules[0].cells == ("persons.total",)


def test_an_indicator_may_stand_in_parts_and_on_rows(tmp_path: Path) -> None:
    parts = "parts:\n      - {draws_on: persons.women, dimensions: {sex: f}}\n"
    assert read_schema(write_small(tmp_path, ("draws_on: persons.total\n", parts))).indicators[0].parts
    assert read_schema(write_small(tmp_path, ("draws_on: persons.total\n", "draws_on: persons\n"))).indicators

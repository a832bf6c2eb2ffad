"""The language's meaning: missing is never zero, and what cannot be known is never broken."""

from __future__ import annotations

from datetime import date

import pytest

from reporting.schema.evaluate import UNKNOWN, evaluate, is_false, is_true
from reporting.schema.expressions import Call, Constant, Name, parse
from tests.schema.scopes import BLANK, NOT_AVAILABLE, Answers

ROWS = [
    {"country": "AAA", "group": "REF", "persons": 10, "note": "x"},
    {"country": "AAA", "group": "ASY", "persons": NOT_AVAILABLE, "note": BLANK},
    {"country": "BBB", "group": "REF", "persons": 5, "note": "y"},
    {"country": "BBB", "group": BLANK, "persons": BLANK, "note": BLANK},
]
ANSWERS = Answers(
    {
        "five": 5,
        "half": 0.5,
        "zero": 0,
        "blank_one": BLANK,
        "not_available": NOT_AVAILABLE,
        "text": "Draft",
        "several": ("Source", "internal"),
        "day": date(2008, 5, 1),
        "country": "AAA",
    },
    {"t": ROWS},
    before=Answers({"five": 4}),
)


def value(text: str) -> object:
    return evaluate(parse(text), ANSWERS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("five + 2 * half", 6),
        ("five - zero", 5),
        ("five / 2", 2.5),
        ("five > 4", True),
        ("five != 5", False),
        ("half <= 0.5", True),
        ("text == 'draft'", True),
        ("text in ('DRAFT', 'none')", True),
        ("text not in ('in_force', 'none')", True),
        ("'internal' in several", True),
        ("'transit' in several", False),
        ("'draft' in text", True),
        ("five in (5, 6)", True),
        ("five == '5'", False),
        ("five != '5'", True),
        ("day >= date('2008-01-01')", True),
        ("day < date('2000-12-12')", False),
        ("year(day)", 2008),
        ("abs(zero - five)", 5),
        ("last_year(five)", 4),
        ("True", True),
    ],
)
def test_known_values_give_known_results(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize("name", ["blank_one", "not_available"])
@pytest.mark.parametrize(
    "text",
    ["{} + 1", "1 - {}", "{} > 0", "{} == 0", "{} != 0", "{} in ('a', 'b')", "not {} == 0", "abs({})", "year({})"],
)
def test_arithmetic_and_comparison_with_what_is_missing_are_unknown(name: str, text: str) -> None:
    assert value(text.format(name)) is UNKNOWN


@pytest.mark.parametrize(
    "text",
    ["five / zero", "text + 1", "text < 5", "day < 5", "last_year(text)", "year(five)", "abs(text)", "max(blank_one)"],
)
def test_what_has_no_meaning_is_unknown(text: str) -> None:
    assert value(text) is UNKNOWN


def test_an_unknown_rule_is_neither_true_nor_false() -> None:
    rule = parse("not_available <= 5")
    assert not is_true(rule, ANSWERS)
    assert not is_false(rule, ANSWERS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("five > 9 and blank_one > 0", False),
        ("blank_one > 0 and five > 9", False),
        ("five > 1 and blank_one > 0", UNKNOWN),
        ("five > 1 or blank_one > 0", True),
        ("blank_one > 0 or five > 1", True),
        ("five > 9 or blank_one > 0", UNKNOWN),
        ("five > 1 and zero == 0", True),
        ("five > 9 or zero > 0", False),
        ("not five > 9", True),
    ],
)
def test_one_false_decides_and_one_true_decides_or(text: str, expected: object) -> None:
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("blank(blank_one)", True),
        ("blank(not_available)", False),
        ("blank(five)", False),
        ("known(five)", True),
        ("known(not_available)", False),
        ("known(blank_one)", False),
        ("known(five / zero)", False),
    ],
)
def test_only_blank_and_known_see_that_a_value_is_missing(text: str, expected: object) -> None:
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sum(t.persons)", 15),
        ("sum(t.persons, group == 'REF')", 15),
        ("sum(t.persons, group == 'ref' and country == 'BBB')", 5),
        ("sum(t.persons, country == 'CCC')", 0),
        ("count(t.persons)", 3),
        ("count(t.note, group == 'REF')", 2),
        ("any(t)", True),
        ("any(t, persons > 9)", True),
        ("any(t, persons > 99)", False),
        ("any(t, not known(persons))", True),
        ("any(nothing)", False),
        ("sum(t.persons, country == this.country)", 10),
        ("max(five, not_available, 7)", 7),
        ("min(five, blank_one)", 5),
        ("max(blank_one, 0)", 0),
        ("total(five, not_available, 7)", 12),
        ("total(blank_one, not_available)", 0),
    ],
)
def test_sums_counts_and_extremes_skip_what_is_missing(text: str, expected: object) -> None:
    assert value(text) == expected


def test_without_a_return_of_last_year_what_it_said_is_unknown() -> None:
    assert evaluate(parse("last_year(five)"), Answers({"five": 5})) is UNKNOWN


def test_a_call_that_the_parser_would_not_make_is_unknown() -> None:
    assert evaluate(Call("blank", (Constant(1),)), ANSWERS) is UNKNOWN
    assert evaluate(Call("sum", (Constant(1),)), ANSWERS) is UNKNOWN


def test_the_unknown_value_says_so() -> None:
    assert repr(evaluate(Name("blank_one"), ANSWERS)) == "UNKNOWN"

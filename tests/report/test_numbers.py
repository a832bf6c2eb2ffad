"""Numbers as they are printed (FORM 7)."""

from datetime import date

import pytest

from reporting.report import numbers


@pytest.mark.parametrize(
    ("value", "language", "printed"),
    [
        (0, "en", "–"),
        (1234567, "en", "1,234,567"),
        (-78058, "en", "−78,058"),
        (0.75, "en", "0.75"),
        (1234567, "fr", "1\u202f234\u202f567"),
        (12.5, "fr", "12,5"),
    ],
)
def test_a_number_has_the_separators_of_its_language_and_nil_is_a_dash(
    value: float, language: str, printed: str
) -> None:
    assert numbers.number(value, language) == printed


def test_an_approximate_number_says_so() -> None:
    assert numbers.number(100000, "en", approximate=True) == "about 100,000"


@pytest.mark.parametrize(
    ("before", "after", "printed"),
    [
        (462002, 540060, "+16.9%"),
        (6924017, 6576419, "−5.0%"),
        (1095916, 4726766, "+331%"),
        (100000, 100001, "0.0%"),
        (0, 12, "na"),
        (0, 0, "–"),
        (None, 12, ".."),
        (12, None, ".."),
    ],
)
def test_a_change_has_a_sign_and_an_unknown_side_makes_it_unknown(
    before: float | None, after: float | None, printed: str
) -> None:
    assert numbers.change(before, after, "en") == printed


def test_a_difference_is_signed() -> None:
    assert [numbers.difference(*pair, "en") for pair in ((5, 7), (7, 5), (7, 7), (None, 1))] == ["+2", "−2", "–", ".."]


def test_a_share_of_nothing_does_not_apply() -> None:
    assert [numbers.share(*pair, "en") for pair in ((1, 8), (1, 0), (None, 3))] == ["12.5%", "na", ".."]


def test_a_percentage_carries_its_sign() -> None:
    assert [numbers.number(value, "en", unit="%") for value in (31.25, 40, 0)] == ["31.25%", "40%", "–"]
    assert numbers.number(31.25, "fr", unit="%") == "31,25\xa0%"
    assert numbers.number(12.5, "en", unit="%", approximate=True) == "about 12.5%"


def test_headlines_are_short_above_a_hundred_thousand_only() -> None:
    assert [numbers.short(value, "en") for value in (99999, 404000, 22498136)] == [
        "99,999",
        "404 thousand",
        "22.5 million",
    ]


def test_a_day_is_written_out() -> None:
    assert numbers.day(date(2009, 2, 13), "en") == "13 February 2009"
    assert numbers.day(date(2009, 2, 13), "en", abridged=True) == "13 Feb 2009"


def test_arabic_runs_from_right_to_left() -> None:
    assert (numbers.direction_of("ar"), numbers.direction_of("fr")) == ("rtl", "ltr")

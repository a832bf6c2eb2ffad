"""Telephone numbers of the whole world are found, and no figure, date, place or symbol of a document is taken for one."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from reporting.personal_data import Kind, hits

TINY = {"NU", "TA", "TK"}
"""Niue, Tristan da Cunha, Tokelau: four digits, which could be a year."""


def _figure(draw: Random) -> str:
    number = f"{draw.choice([draw.randrange(1000, 10**5), draw.randrange(10**5, 10**8)]):,}"
    return draw.choice(["{}", "({})", "+{}", "USD {}"]).format(number.replace(",", draw.choice(" ,.\u00a0")))


def _range(draw: Random) -> str:
    numbers = (f"{draw.randrange(100, 99999):,}".replace(",", mark) for mark in (" ", " "))
    return draw.choice([" - ", "-", "–", " to ", "/"]).join(numbers)


def _date(draw: Random) -> str:
    day, month, year, mark = (
        draw.randrange(1, 29),
        draw.randrange(1, 13),
        draw.randrange(1990, 2012),
        draw.choice("./-"),
    )
    return draw.choice(
        [f"{day:02}{mark}{month:02}{mark}{year}", f"{day}{mark}{month}{mark}{year}", f"{year}-{month:02}-{day:02}"]
    )


def _years(draw: Random) -> str:
    year = draw.randrange(1990, 2009)
    return draw.choice(
        [f"{year}-{year + 2}", f"{year}/{year + 1}", f"{year} {year + 1} {year + 2}", f"{year}, {year + 1}"]
    )


def _place(draw: Random) -> str:
    north, east = draw.uniform(-90, 90), draw.uniform(-180, 180)
    return draw.choice(
        [f"{north:.6f}, {east:.6f}", f"{north:.5f} {east:.5f}", f"{abs(north):02.0f} 17 31 N {abs(east):03.0f} 49 19 E"]
    )


def _symbol(draw: Random) -> str:
    number, year = draw.randrange(10, 999), draw.randrange(1990, 2009)
    symbols = [
        "A/RES/55/{n}",
        "EC/58/SC/CRP.{n}",
        "A/AC.96/1{n}",
        "S/{y}/{n}",
        "Law {n}/{y}",
        "No. {n} (LV) - {y}",
        "KEN-{y}",
        "{n}/15/{y}",
    ]
    return draw.choice(symbols).format(n=number, y=year)


def _share(draw: Random) -> str:
    return draw.choice(["{}.5 %", "{} f / 2 345 m", "0-4 5-11 12-17 18-{}", "15 000 (2007) {} 000 (2008)"]).format(
        draw.randrange(10, 60)
    )


DRAWN: tuple[Callable[[Random], str], ...] = (_figure, _range, _date, _years, _place, _symbol, _share)
WORDS = (
    "persons",
    "of whom",
    "from",
    "and",
    "total:",
    "no.",
    "(est.)",
    "the phone survey of",
    "mobile teams",
    "call for",
)


@pytest.mark.parametrize("seed", range(5))
def test_figures_dates_places_and_symbols_are_never_taken_for_numbers_of_telephones_or_cases(seed: int) -> None:
    draw = Random(seed)
    lines = [
        " ".join(f"{draw.choice(WORDS)} {draw.choice(DRAWN)(draw)}" for _ in range(draw.randrange(1, 5)))
        for _ in range(2000)
    ]
    assert [(line, hit) for line in lines for hit in hits(line)] == []


@pytest.mark.parametrize("kind", [PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE])
@pytest.mark.parametrize("written", ["{}", "tel. {}"])
def test_the_international_numbers_of_every_country_are_found(kind: int, written: str) -> None:
    missed = []
    for region in phonenumbers.SUPPORTED_REGIONS - TINY:
        if example := phonenumbers.example_number_for_type(region, kind):
            shown = phonenumbers.format_number(example, PhoneNumberFormat.INTERNATIONAL)
            plain = phonenumbers.format_number(example, PhoneNumberFormat.E164)
            ways = [shown, plain, shown.replace(" ", "."), f"00{shown[1:]}", f"00 {shown[1:]}", f"00{plain[1:]}"]
            texts = [f"Ask {written.format(way)} in the morning" for way in ways]
            missed += [text for text in texts if [hit.kind for hit in hits(text)] != [Kind.TELEPHONE]]
    assert missed == []


def test_the_numbers_of_nearly_every_country_are_found_as_they_are_written_at_home() -> None:
    missed = []
    for region in phonenumbers.SUPPORTED_REGIONS:
        example = phonenumbers.example_number(region)
        assert example is not None
        at_home = phonenumbers.format_number(example, PhoneNumberFormat.NATIONAL)
        found = hits(f"Ask (telephone: {at_home}) in the morning")
        missed += [region] if [hit.kind for hit in found] != [Kind.TELEPHONE] else []
    assert all(
        len(str(example.national_number)) <= 5 for example in map(phonenumbers.example_number, missed) if example
    )

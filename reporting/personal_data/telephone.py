"""Telephone numbers in a text that is full of figures, years, dates, symbols of documents and coordinates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from reporting.words import words

_RUN: Final = re.compile(r"(?<![A-Za-z0-9,/])(?<!\d\.)(?:\+ ?)?\(?\d(?:[ .()/-]{0,3}\d){5,}(?![A-Za-z0-9])")
"""At least six digits such as telephone numbers are written in; no commas, which stand in figures."""
_THOUSANDS: Final = re.compile(r"\+? ?\(?\d{1,3}(?:[ .]\d{3})+\)?")
_NATIONAL: Final = re.compile(
    r"\(?0[1-9]\d{0,3}\)?[ ./-]{1,2}\d{2,4}(?:([ .-])\d{2,4}(?:\1\d{2,4}){0,2})?"  # 020 7946 0958, 01 99 00 12 34
    r"|\(?0[1-9]\d{1,3}\)?[ /-]\d{6,7}"  # 01632 960001
    r"|(?:\d[ -]?)?\((?!19\d\d|20\d\d)\d{3,5}\)[ -]?\d{2,4}(?:-\d{2,4}){1,2}"  # (202) 555-0123, 8 (495) 555-01-23
    r"|(?:1[ .-])?\d{3}([.-])\d{3}\2\d{4}"  # 202-555-0123
)
"""Shapes in which a number for use at home is plainly one: its trunk prefix, or the brackets around its area code."""
_YEARS_OR_DAYS: Final = re.compile(
    r"(?:(?:19|20)\d\d(?:[ ./-]+(?:\d\d){0,2}\d{1,2})*|.*?(?<!\d)\d{1,2}[./ -]\d{1,2}[./ -](?:19|20)\d\d(?!\d).*)"
)
_FEWEST_AT_HOME: Final = 9
_FEWEST: Final = 6
_FEWEST_ABROAD: Final = 8
_FAR_FROM_WORD: Final = 44
"""Characters between the word “telephone” and the number, a remark in brackets included."""


def telephones(text: str) -> Iterator[tuple[int, int]]:
    """Where telephone numbers begin and end; ``text`` has plain dashes and spaces.

    Such are numbers in the international form that could be dialled, numbers in an unmistakable national form, and any
    number after a word for telephone, unless it is a figure, a year or a date.
    """
    for found in _RUN.finditer(text):
        beside = text[max(0, found.start() - _FAR_FROM_WORD) : found.start()]
        if _is_telephone(found[0], beside):
            yield found.span()


def _is_telephone(written: str, beside: str) -> bool:
    digits = sum(character.isdigit() for character in written)
    if _is_international(written, digits):
        return True
    if digits < _FEWEST or _YEARS_OR_DAYS.fullmatch(written.strip("()")):
        return False
    if digits >= _FEWEST_AT_HOME and _NATIONAL.fullmatch(written):
        return True
    return _telephone_word().search(beside) is not None and not _is_figure(written, digits, beside)


def _is_figure(written: str, digits: int, beside: str) -> bool:
    """Whether digits in threes after a word for telephone still are a figure: “hotline 12 500 calls”, not “tel.: 612 345 678”."""
    is_announced = beside.rstrip().endswith((":", "."))
    return _THOUSANDS.fullmatch(written) is not None and digits < _FEWEST_AT_HOME and not is_announced


def _is_international(written: str, digits: int) -> bool:
    """Whether a number begins with + or 00 and could be dialled."""
    number = written.lstrip("(")
    if digits < _FEWEST_ABROAD or not number.startswith(("+", "00")):
        return False
    import phonenumbers

    try:
        parsed = phonenumbers.parse("+" + number.removeprefix("+").removeprefix("00"), None)
    except phonenumbers.NumberParseException:
        return False
    if _THOUSANDS.fullmatch(number):  # “+12 500 000 persons”
        return digits >= _FEWEST_AT_HOME and phonenumbers.is_valid_number(parsed)
    return (phonenumbers.is_valid_number if number.isdigit() else phonenumbers.is_possible_number)(parsed)


@cache
def _telephone_word() -> re.Pattern[str]:
    """A word for telephone at the end of a text, perhaps with “no.”, a remark in brackets and marks after it.

    Scripts that write no spaces may have it after another word.
    """
    spaced: list[str] = []
    joined: list[str] = []
    for word in words("telephone"):
        (spaced if word[0] < "\u2e80" else joined).append(re.escape(word))
    number = r"(?:\s?\.?\s?(?:no|nr|n°|nº|num|number|numbers|numéro|número|номер|号码|号|رقم)\b\.?)?"
    alternatives = rf"(?<!\w)(?:{'|'.join(spaced)})|(?:{'|'.join(joined)})"
    return re.compile(rf"(?:{alternatives}){number}(?:\s?\([^()]{{0,20}}\))?[^\w\n]{{0,6}}$", re.IGNORECASE)

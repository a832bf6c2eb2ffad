"""The content of one cell, read as the type of its question.

Read exactly or refused, never guessed (DESIGN 5): what can be read in two ways comes with a suggestion, not with a value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Final, NamedTuple

from reporting.findings import FindingKind
from reporting.schema.model import NUMERIC, Field, FieldType, Requirement
from reporting.workbook import form_faults
from reporting.workbook.answers import Missing, Value
from reporting.workbook.codes import CodeBook, clean, folded


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell whose formula failed (``text`` is the error shown, such as ``#REF!``) or was never calculated."""

    kind: FindingKind
    text: str


Raw = int | float | str | bool | date | datetime | time | timedelta | Broken
"""What a cell can hold; an empty cell is the empty text."""

_TOKENS: Final = {"..": Missing.NOT_AVAILABLE, "na": Missing.NOT_APPLICABLE}
_MEANT: Final = {
    **dict.fromkeys(("n/a", "n.a.", "n.a", "#n/a", "not applicable", "does not apply"), "na"),
    **dict.fromkeys(("...", "…", ".", "n/k", "not available", "not known", "unknown", "?"), ".."),
    **dict.fromkeys(("nil", "none", "zero"), "0"),
}
"""Spellings that are refused, with what they most likely mean."""
MAY_BE_UNKNOWN: Final = NUMERIC | {FieldType.DATE}
"""Types of required questions that ``..`` answers: a number or a date may not be on record (FORM 7)."""
LARGEST: Final = 10**15
LONGEST_NUMBER: Final = 400
"""Characters; Python refuses to read a number of some thousand digits."""
"""A spreadsheet keeps 15 digits."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell. ``found`` is what it shows."""

    kind: FindingKind
    found: str
    suggestion: str = ""


class Parsed(NamedTuple):
    """Either ``value`` is not None, or ``missing`` says why."""

    value: Value | None = None
    missing: Missing | None = None
    text: str = ""
    fault: Fault | None = None


BLANK: Final = Parsed(missing=Missing.BLANK)


def parse(raw: Raw, question: Field, book: CodeBook) -> Parsed:
    """What ``raw`` answers to ``question``."""
    text = shown(raw)
    if isinstance(raw, Broken):
        return _refused(raw.kind, text)
    if isinstance(raw, float) and not isfinite(raw):
        return _refused(form_faults.NOT_A_SPREADSHEETS_NUMBER, text)
    if not text:
        return BLANK
    if (token := _TOKENS.get(text.casefold())) and isinstance(raw, str) and not _is_code(text, question, book):
        if question.requirement is Requirement.REQUIRED and question.type not in MAY_BE_UNKNOWN:
            return _refused(form_faults.MUST_BE_GIVEN, text)
        return Parsed(missing=token, text=text)
    return _READERS[question.type](raw, text, question, book)


def shown(raw: Raw) -> str:
    """``raw`` as a person sees it in the cell, more or less: numbers in full, dates as year-month-day."""
    match raw:
        case str():
            return clean(raw)
        case bool():
            return str(raw).upper()
        case float():
            return str(int(raw)) if raw.is_integer() and abs(raw) < LARGEST else f"{raw:.15g}"
        case datetime():
            return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ", "minutes")
        case date() | time():
            return raw.isoformat()
        case Broken():
            return raw.text
    return str(raw)


def _is_code(text: str, question: Field, book: CodeBook) -> bool:
    """Whether a code list has ``na`` among its own codes."""
    return question.type in (FieldType.CHOICE, FieldType.CHOICES) and folded(text) in book.of(question).by_label


def _refused(kind: FindingKind, text: str, suggestion: str = "") -> Parsed:
    return Parsed(missing=Missing.INVALID, text=text, fault=Fault(kind, text, suggestion))


# -- numbers -----------------------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_THOUSANDS_OR_DECIMALS = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?P<mark>[ .,'’\u00a0\u202f\u066c])[ ]?[0-9]{3}(?:(?P=mark)[ ]?[0-9]{3})*")
_DECIMAL_COMMA = re.compile(r"-?[0-9]+[,\u066b][0-9]{1,2}")
_BOTH_MARKS = re.compile(
    r"-?[0-9]{1,3}(?P<mark>[ .,'’\u00a0\u202f\u066c])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?!(?P=mark))[.,\u066b][0-9]+"
)
"""Thousands and decimals marked differently, so that it is plain which is which."""


_WESTERN: Final = str.maketrans("\u2212\uff0d\uff0c\uff0e\u2007\u2009\u3000", "--,.   ")
_WHOLE: Final = (FieldType.COUNT, FieldType.YEAR)


def _number(raw: Raw, text: str, question: Field, _book: CodeBook) -> Parsed:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _sized(raw, text, question)
    if not isinstance(raw, str):
        return _refused(form_faults.NOT_A_NUMBER, text)
    if _PLAIN.fullmatch(text) and not _THOUSANDS_OR_DECIMALS.fullmatch(text):
        if len(text) > LONGEST_NUMBER:
            return _refused(form_faults.TOO_MANY_DIGITS, text)
        parsed = _sized(float(text) if "." in text else int(text), text, question)
        return (
            parsed if parsed.fault else Parsed(parsed.value, None, text, Fault(form_faults.NUMBER_AS_TEXT, text, text))
        )
    meant = _meant(text)
    return _refused(form_faults.NOT_A_NUMBER, text, _as_whole(meant) if question.type in _WHOLE else meant)


def _sized(number: float, text: str, question: Field) -> Parsed:
    """A number, whole where it can be, within what a spreadsheet keeps."""
    if not abs(number) < LARGEST:
        return _refused(form_faults.TOO_MANY_DIGITS, text)
    if float(number).is_integer():
        return Parsed(int(number), None, text)
    if question.type in _WHOLE:
        return _refused(form_faults.NOT_WHOLE, text)
    return Parsed(float(number), None, text)


def _meant(text: str) -> str:
    """What the office most likely meant; nothing where that is open."""
    if meant := _MEANT.get(folded(text)):
        return meant
    digits = _in_western_digits(text)
    if _PLAIN.fullmatch(digits) and not _THOUSANDS_OR_DECIMALS.fullmatch(digits):
        return digits
    if _GROUPED.fullmatch(digits):
        return re.sub(r"[^0-9-]", "", digits)
    if _BOTH_MARKS.fullmatch(digits):
        whole, decimals = re.split(r"[.,\u066b](?=[0-9]+$)", digits)
        return f"{re.sub(r'[^0-9-]', '', whole)}.{decimals}"
    if _DECIMAL_COMMA.fullmatch(digits):
        return re.sub(r"[,\u066b]", ".", digits)
    return ""


def _as_whole(meant: str) -> str:
    """A suggestion for a question that wants a whole number; none where decimals are left."""
    whole, _, decimals = meant.partition(".")
    return meant if meant in _TOKENS else "" if decimals.strip("0") else whole


def _in_western_digits(text: str) -> str:
    """Digits of any script, and the marks of full width and of other blanks, as they stand on a western keyboard."""
    return "".join(str(unicodedata.decimal(mark, mark)) for mark in text.translate(_WESTERN))


# -- choices -----------------------------------------------------------------------------------------------------------


def _choice(raw: Raw, text: str, question: Field, book: CodeBook) -> Parsed:
    codes = book.of(question)
    if isinstance(raw, bool):
        text = "yes" if raw else "no"
    code = codes.code(text)
    return _refused(form_faults.UNKNOWN_CODE, text, codes.nearest(text)) if code is None else Parsed(code, None, text)


def _choices(_raw: Raw, text: str, question: Field, book: CodeBook) -> Parsed:
    """Codes or labels separated by semicolons or line breaks; a code given twice counts once."""
    codes = book.of(question)
    if (whole := codes.by_label.get(folded(text))) is not None:  # no label of another language has a separator in it
        return Parsed((whole,), None, text)
    found: dict[str, None] = {}
    for part in filter(None, map(clean, re.split(r"[;\n؛；]", text))):
        code = codes.code(part)
        if code is None:
            return Parsed(None, Missing.INVALID, text, Fault(form_faults.UNKNOWN_CODE, part, codes.nearest(part)))
        found[code] = None
    return Parsed(tuple(found), None, text)


# -- texts and dates ---------------------------------------------------------------------------------------------------


def _text(_raw: Raw, text: str, _question: Field, _book: CodeBook) -> Parsed:
    return Parsed(text, None, text)


_DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
FIRST_SURE_DAY: Final = date(1900, 3, 1)
"""Spreadsheets count 29 February 1900, which never was: days before this one are off by one in some programs."""
_EPOCH: Final = date(1899, 12, 30)


def _date(raw: Raw, text: str, _question: Field, _book: CodeBook) -> Parsed:
    match raw:
        case datetime():
            return _sure(raw.date(), text)
        case date():
            return _sure(raw, text)
        case str():
            return _date_text(text)
        case bool():
            return _refused(form_faults.NOT_A_DATE, text)
        case int() | float() if 0 < raw < 80_000:
            return _refused(form_faults.NOT_A_DATE, text, _serial(raw))
    return _refused(form_faults.NOT_A_DATE, text)


def _sure(day: date, text: str) -> Parsed:
    return _refused(form_faults.NOT_A_DATE, text) if day < FIRST_SURE_DAY else Parsed(day, None, text)


def _date_text(text: str) -> Parsed:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return _sure(date.fromisoformat(text), text)
        if written := _DAY_MONTH_YEAR.fullmatch(text):
            return _refused(form_faults.NOT_A_DATE, text, _only_reading(*map(int, written.groups())))
    except ValueError:
        pass  # the text has the shape of a date, but there is no such day
    return _refused(form_faults.NOT_A_DATE, text)


def _only_reading(first: int, second: int, year: int) -> str:
    """The date that two numbers and a year mean if they can mean only one."""
    if first > 12:
        return date(year, second, first).isoformat()
    return date(year, first, second).isoformat() if second > 12 or first == second else ""


def _serial(number: float) -> str:
    """A bare number is a day number, if it lies in the 20th or 21st century, else perhaps a year."""
    day = _EPOCH + timedelta(days=int(number))
    return day.isoformat() if number >= 10_000 else ""


_READERS: Final[dict[FieldType, Callable[[Raw, str, Field, CodeBook], Parsed]]] = {
    FieldType.YES_NO: _choice,
    FieldType.YES_NO_UNKNOWN: _choice,
    FieldType.COUNT: _number,
    FieldType.NUMBER: _number,
    FieldType.PERCENT: _number,
    FieldType.YEAR: _number,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.TEXT: _text,
    FieldType.DATE: _date,
}

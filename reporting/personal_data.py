"""Personal data in a text: where it is, and the text without it (FORM 6).

Found are e-mail addresses, telephone numbers, case numbers of the two shapes in use, and names after a title. A return has
hundreds of texts, nearly all of them innocent: a cheap look comes first, and only what it stops at is looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from reporting.words import words


class Kind(StrEnum):
    """A kind of personal data; the value is what is printed in its place."""

    EMAIL = "[e-mail address]"
    TELEPHONE = "[telephone number]"
    CASE = "[case number]"
    NAME = "[name]"


@dataclass(frozen=True, slots=True)
class Hit:
    """Characters ``start`` to ``end`` of a text are personal data."""

    kind: Kind
    start: int
    end: int


_EMAIL: Final = re.compile(r"[\w.+%-]+\s?(?:@|\((?:at|@)\)|\[(?:at|@)\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_CASE: Final = re.compile(r"(?<![\w-])(?:\d{3}-\d{2}[A-Z]\d{5}|[A-Z]{3}-\d{8})(?![\w-])")
_SUSPICIOUS: Final = re.compile(r"\d(?:[^\w,]{0,2}\d){5}|\d{3}-\d{2}[A-Z]|[(\[]at[)\]]")
_DIGITS: Final = re.compile(r"(?<![\w.,/])(?:\+|\()?\d(?:[ \u00a0\u202f.()/-]{0,2}\d){5,}(?![\w])")
"""A run of at least six digits such as telephone numbers are written in; no commas, which stand in figures."""
_THOUSANDS: Final = re.compile(r"\+?\d{1,3}(?:[ \u00a0\u202f.]\d{3})+")
_FEWEST_DIGITS: Final = 6
_FAR_FROM_WORD: Final = 24
"""Characters between the word “telephone” and the number."""


def may_hold(text: str) -> bool:
    """Whether a close look is worth while; false for nearly every text."""
    return (
        "@" in text
        or _SUSPICIOUS.search(text) is not None
        or not _title_words().isdisjoint(text.replace("(", " ").split())
    )


def hits(text: str) -> list[Hit]:
    """The personal data in a text, from left to right, none within another."""
    if not may_hold(text):
        return []
    found: list[Hit] = []
    for hit in (*_of(Kind.EMAIL, _EMAIL, text), *_of(Kind.CASE, _CASE, text), *_telephones(text), *_names(text)):
        if not any(hit.start < other.end and other.start < hit.end for other in found):
            found.append(hit)
    return sorted(found, key=lambda hit: hit.start)


def masked(text: str) -> str:
    """The text with a word for each piece of personal data in its place."""
    for hit in reversed(hits(text)):
        text = text[: hit.start] + hit.kind + text[hit.end :]
    return text


@cache
def _title_words() -> frozenset[str]:
    """The first word of each title, with and without its full stop."""
    first = {title.split()[0].rstrip(".") for title in words("title")}
    return frozenset(first | {f"{word}." for word in first})


def _of(kind: Kind, pattern: re.Pattern[str], text: str) -> Iterator[Hit]:
    for found in pattern.finditer(text):
        yield Hit(kind, found.start(), found.end())


def _telephones(text: str) -> Iterator[Hit]:
    """Numbers that stand in the international form and are possible, and any after a word for telephone."""
    for found in _DIGITS.finditer(text):
        written = found[0]
        beside = text[max(0, found.start() - _FAR_FROM_WORD) : found.start()]
        if _is_international(written) or (_telephone_word().search(beside) and _long_enough(written)):
            yield Hit(Kind.TELEPHONE, found.start(), found.end())


def _long_enough(written: str) -> bool:
    return sum(character.isdigit() for character in written) >= _FEWEST_DIGITS


def _is_international(written: str) -> bool:
    """Whether a number begins with + or 00 and could be dialled."""
    number = written.lstrip("(")
    if not number.startswith(("+", "00")):
        return False
    import phonenumbers

    try:
        parsed = phonenumbers.parse("+" + number.removeprefix("+").removeprefix("00"), None)
    except phonenumbers.NumberParseException:
        return False
    looks_like_a_figure = _THOUSANDS.fullmatch(number)  # “+12 500 persons”
    return (phonenumbers.is_valid_number if looks_like_a_figure else phonenumbers.is_possible_number)(parsed)


@cache
def _telephone_word() -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in words("telephone"))
    return re.compile(rf"(?<!\w)(?:{listed})(?:[^\w\n]|no|nr|n°|number|:){{0,12}}$", re.IGNORECASE)


def _names(text: str) -> Iterator[Hit]:
    """What follows a title: one to three capitalised words, or in a script without capitals the next two words."""
    for found in _title_and_name().finditer(text):
        yield Hit(Kind.NAME, found.start("name"), found.end("name"))


@cache
def _title_and_name() -> re.Pattern[str]:
    titles = "|".join(re.escape(title.rstrip(".")) for title in sorted(words("title"), key=len, reverse=True))
    capitalised = r"[^\W\d_a-zа-яё\u0600-\u06ff][\w'’.-]*"
    arabic = r"[\u0620-\u064a]{2,}"
    name = rf"{capitalised}(?:\s{capitalised}){{0,2}}|{arabic}(?:\s{arabic})?"
    return re.compile(rf"(?<![\w-])(?:{titles})\.?\s(?P<name>{name})")

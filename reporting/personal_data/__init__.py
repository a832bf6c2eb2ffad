"""Personal data in a text: where it is, and the text without it (FORM 6).

Found are e-mail addresses, telephone numbers, case numbers of the two shapes in use, and names beside a title. A return has
hundreds of texts, nearly all of them innocent: a cheap look comes first, and only what it stops at is looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from reporting.personal_data.names import may_hold_name, names
from reporting.personal_data.telephone import telephones

__all__ = ["Hit", "Kind", "hits", "masked", "may_hold"]


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


_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_ALIKE: Final = str.maketrans(
    dict.fromkeys(_DASHES, "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " ")
    | dict(zip("＠﹫＋．／（）：", "@@+./():", strict=True))
)
"""What word processors and keyboards of other languages write for a plain character, each for one: places stay."""

_EMAIL: Final = re.compile(
    r"[\w.+%-]+\s?(?:@|[(\[]\s?(?:at|@|arobase|arroba)\s?[)\]])\s?[\w-]+(?:\s?(?:\.|[(\[](?:dot|point|punto)[)\]])\s?[\w-]+)+"
    r"|\b[\w.+%-]+ (?:at|arobase|arroba) [\w-]+(?: (?:dot|point|punto) \w+)+",
    re.IGNORECASE,
)
_CASE: Final = re.compile(
    r"(?<![A-Za-z0-9_-])"
    r"(?:\d{3}-\d{2}[A-Za-z]-?\d{5}|[A-Za-z]{3}-(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d)\d{8}|[A-Z]{3}[ /]?00\d{6})"
    r"(?:[-/]\d{1,3})?(?![A-Za-z0-9-])"
)
"""Of the shapes 999-99X99999 and XXX-99999999; three letters before a day, such as 20081231, are a document's symbol."""
_FIVE_DIGITS: Final = re.compile(r"\d(?:[^\w,]{0,3}\d){4}")
_AT: Final = ("@", "＠", "﹫", "(at", "[at", "(AT", "[AT", " dot ", "arobase", "arroba")


@lru_cache(maxsize=8192)
def may_hold(text: str) -> bool:
    """Whether a close look is worth while; false for nearly every text.

    Remembered, because the forms of one folder say the same to every office.
    """
    return _FIVE_DIGITS.search(text) is not None or any(sign in text for sign in _AT) or may_hold_name(text)


def hits(text: str) -> list[Hit]:
    """The personal data in a text, from left to right, none within another."""
    return _hits(text.translate(_ALIKE)) if may_hold(text) else []


def _hits(plain: str) -> list[Hit]:
    found: list[Hit] = []
    for hit in _all(plain):
        if not any(hit.start < other.end and other.start < hit.end for other in found):
            found.append(hit)
    return sorted(found, key=lambda hit: hit.start)


def _all(plain: str) -> Iterator[Hit]:
    """What each kind finds; where two find the same characters, the first counts."""
    for kind, pattern in ((Kind.EMAIL, _EMAIL), (Kind.CASE, _CASE)):
        yield from (Hit(kind, *found.span()) for found in pattern.finditer(plain))
    yield from (Hit(Kind.TELEPHONE, start, end) for start, end in telephones(plain))
    yield from (Hit(Kind.NAME, start, end) for start, end in names(plain))


def masked(text: str) -> str:
    """The text with a word for each piece of personal data in its place."""
    for hit in reversed(hits(text)):
        text = text[: hit.start] + hit.kind + text[hit.end :]
    return text

"""Numbers, dates and answers as they are printed (FORM 7).

Nil prints as ``–``, not available as ``..``, does not apply as ``na``; what was not answered or not submitted is said in
words, what is approximate with *about*. Separators, signs of per cent and dates follow CLDR (Babel); digits are the Western ones in
Arabic, too (decision 20).
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from reporting.languages import locale_of

NIL: Final = "–"
NOT_AVAILABLE: Final = ".."
NOT_APPLICABLE: Final = "na"
MINUS: Final = "−"
LARGE: Final = 100_000
"""From here on a headline gives a number in words, such as ``31.4 million``."""

_ISOLATE: Final = "\u2066{}\u2069"
"""Keeps a text running from left to right within one that runs the other way (Unicode's bidirectional algorithm)."""


def direction_of(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return str(locale_of(language).text_direction)


def from_left(text: str, language: str) -> str:
    """``text``, kept running from left to right: a sign before a number, a range, a part of a whole."""
    return _ISOLATE.format(text) if direction_of(language) == "rtl" else text


def part_of(part: float, whole: float, language: str) -> str:
    """Two counts as ``37 / 45``."""
    return from_left(f"{_decimal(part, language)} / {_decimal(whole, language)}", language)


def number(
    value: float, language: str, *, unit: str = "", approximate: bool = False, about: str = "about {number}"
) -> str:
    """A number with the separators of ``language``; nil as a dash, the unit ``%`` with its sign."""
    if value == 0:
        return NIL
    printed = (
        _percent_text(abs(value), "", language, digits="#,##0.##") if unit == "%" else _decimal(abs(value), language)
    )
    signed = from_left(f"{MINUS}{printed}", language) if value < 0 else printed
    return about.format(number=signed) if approximate else signed


def change(before: float | None, after: float | None, language: str) -> str:
    """The change as a signed percentage; ``..`` where one side is unknown, ``na`` where there was nothing before."""
    if before is None or after is None:
        return NOT_AVAILABLE
    if before == 0:
        return NIL if after == 0 else NOT_APPLICABLE
    part = 100 * (after - before) / before
    if round(part, 1) == 0:
        return _percent_text(0.0, "", language)
    return _percent_text(abs(part), "+" if part > 0 else MINUS, language)


def difference(before: float | None, after: float | None, language: str) -> str:
    """``after - before`` with its sign; ``..`` where one side is unknown."""
    if before is None or after is None:
        return NOT_AVAILABLE
    gap = after - before
    if gap == 0:
        return NIL
    return from_left(f"{'+' if gap > 0 else MINUS}{_decimal(abs(gap), language)}", language)


def share(part: float | None, whole: float | None, language: str) -> str:
    """``part`` in per cent of ``whole``; ``na`` where the whole is nil."""
    if part is None or whole is None:
        return NOT_AVAILABLE
    if whole == 0:
        return NOT_APPLICABLE
    return _percent_text(100 * part / whole, "", language)


def percent(value: float, language: str) -> str:
    """A percentage without decimals."""
    return _percent_text(value, "", language, digits="#,##0")


def two_places(value: float, language: str) -> str:
    """A score with two decimals."""
    from babel.numbers import format_decimal

    return format_decimal(value, format="0.00", locale=locale_of(language))


def short(value: float, language: str) -> str:
    """A large number in a few characters for headlines, such as ``31.4 million``; exact below 100,000."""
    from babel.numbers import format_compact_decimal

    if abs(value) < LARGE:
        return number(value, language)
    locale = locale_of(language)
    digits = 1 if abs(value) >= 999_500 else 0  # which would round to a thousand thousands
    kind: Literal["long", "short"] = "long" if "long" in locale.compact_decimal_formats else "short"
    return format_compact_decimal(value, format_type=kind, locale=locale, fraction_digits=digits)


def day(value: date, language: str, *, abridged: bool = False) -> str:
    """A date in words; ``abridged`` shortens the month, for tables."""
    from babel.dates import format_date, format_skeleton

    locale = locale_of(language)
    return format_skeleton("yMMMd", value, locale=locale) if abridged else format_date(value, "long", locale=locale)


def _decimal(value: float, language: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, format="#,##0.##", locale=locale_of(language))


def _percent_text(value: float, sign: str, language: str, *, digits: str = "") -> str:
    from babel.numbers import format_percent

    locale = locale_of(language)
    digits = digits or ("#,##0" if value >= 100 else "#,##0.0")
    pattern = locale.percent_formats[None].pattern.replace("#,##0", digits)
    printed = f"{sign}{format_percent(value / 100, format=pattern, locale=locale)}"
    return from_left(printed, language) if sign else printed

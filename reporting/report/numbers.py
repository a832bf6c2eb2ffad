"""Numbers, dates and answers as they are printed (FORM 7).

Nil prints as ``–``, not available as ``..``, does not apply as ``na``; what was not answered or not submitted is said in
words, what is approximate with *about*. Separators and dates follow CLDR (Babel).
"""

from __future__ import annotations

from datetime import date
from typing import Final

NIL: Final = "–"
NOT_AVAILABLE: Final = ".."
NOT_APPLICABLE: Final = "na"
MINUS: Final = "−"

_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})


def direction_of(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if language.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT else "ltr"


def number(value: float, language: str, *, approximate: bool = False, about: str = "about {number}") -> str:
    """A number with the separators of ``language``; nil as a dash."""
    if value == 0:
        return NIL
    printed = _decimal(abs(value), language)
    signed = f"{MINUS}{printed}" if value < 0 else printed
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
    return f"{'+' if gap > 0 else MINUS}{_decimal(abs(gap), language)}"


def share(part: float | None, whole: float | None, language: str) -> str:
    """``part`` in per cent of ``whole``; ``na`` where the whole is nil."""
    if part is None or whole is None:
        return NOT_AVAILABLE
    if whole == 0:
        return NOT_APPLICABLE
    return _percent_text(100 * part / whole, "", language)


def short(value: float, language: str) -> str:
    """A large number in a few characters for headlines, such as ``31.4 million``; exact below 100,000."""
    from babel.numbers import format_compact_decimal

    if abs(value) < 100_000:
        return number(value, language)
    digits = 1 if abs(value) >= 1_000_000 else 0
    return format_compact_decimal(value, format_type="long", locale=language, fraction_digits=digits)


def day(value: date, language: str, *, abridged: bool = False) -> str:
    """A date in words; ``abridged`` shortens the month, for tables."""
    from babel.dates import format_date

    return format_date(value, format="d MMM y" if abridged else "d MMMM y", locale=language)


def _decimal(value: float, language: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, format="#,##0.##", locale=language)


def _percent_text(value: float, sign: str, language: str) -> str:
    from babel.numbers import format_decimal

    pattern = "#,##0" if value >= 100 else "#,##0.0"
    return f"{sign}{format_decimal(value, format=pattern, locale=language)}%"

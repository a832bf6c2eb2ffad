"""The language of a text, where it is plain. Offline, and for the six languages of the form only (docs/decisions/0014)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from reporting.words import words

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

SHORTEST: Final = 60
"""Letters below which a text is not judged: names of laws and bodies would decide."""
SUREST: Final = 0.99
"""The probability from which a language written in Latin letters is taken as plain."""
_BY_SCRIPT: Final = {"ARABIC": "ar", "CYRILLIC": "ru", "CJK": "zh"}
_LATIN: Final = ("en", "fr", "es")
_COMMON: Final = 0.12
"""The share of common words from which a text is plainly in their language: most are, and need no closer look."""
_MAJORITY: Final = 0.8
"""The share of a text's letters that one script must have."""


def language_of(text: str) -> str | None:
    """The code of the language, or None where the text is short, mixed, or in doubt.

    Arabic, Russian and Chinese are the only languages of the form in their scripts; English, French and Spanish are told
    apart by their trigrams.
    """
    letters = [character for character in text if character.isalpha()]
    if len(letters) < SHORTEST and not _dense(letters):
        return None
    script, times = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in letters).most_common(1)[0]
    if times < _MAJORITY * len(letters):
        return None
    return _latin(text) if script == "LATIN" else _BY_SCRIPT.get(script)


def is_plainly(text: str, language: str) -> bool:
    """Whether a text has so many of a language's commonest words that it is in that language."""
    common = _common(language)
    spoken = text.casefold().split()
    return bool(common) and sum(word in common for word in spoken) >= max(1, _COMMON * len(spoken))


@cache
def _common(language: str) -> frozenset[str]:
    return frozenset(words("common", language))


def _dense(letters: list[str]) -> bool:
    """Whether a short text still says enough: a Chinese sign is a word."""
    return len(letters) >= SHORTEST // 4 and all(unicodedata.name(letter, "").startswith("CJK") for letter in letters)


def _latin(text: str) -> str | None:
    detector = _detectors().create()
    detector.append(text)
    best = max(detector.get_probabilities(), key=lambda found: found.prob, default=None)
    return str(best.lang) if best is not None and best.prob >= SUREST else None


@cache
def _detectors() -> DetectorFactory:
    from langdetect.detector_factory import DetectorFactory

    profiles = files("langdetect") / "profiles"
    factory = DetectorFactory()
    factory.set_seed(0)  # the library draws samples; the same text must always get the same answer
    factory.load_json_profile([(profiles / name).read_text(encoding="utf-8") for name in _LATIN])
    return factory

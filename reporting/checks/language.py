"""The language of a text, where it is plain. Offline; told apart are the six languages of the form (docs/decisions/0014)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from reporting.words import words

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

OTHER: Final = "other"
"""Stands for a language that the form does not have."""
SHORTEST: Final = {"LATIN": 60, "ARABIC": 20, "CYRILLIC": 20, "CJK": 12}
"""Letters below which a text is not judged, by script: in Latin letters names of laws and bodies would decide."""
SUREST: Final = 0.99
"""The probability from which a language written in Latin letters is taken as plain."""
_BY_SCRIPT: Final = {"ARABIC": "ar", "CYRILLIC": "ru", "CJK": "zh"}
_NEIGHBOURS: Final = {"ar": frozenset("پچژگکیےھ"), "ru": frozenset("іїєґјљњћђџўІЇЄ")}
"""Letters of other languages in the same script: Persian, Dari, Urdu; Ukrainian, Belarusian, Serbian."""
_FEW: Final = 0.01
_LATIN: Final = ("en", "fr", "es")
_NO_LANGUAGE_OF_THE_FORM: Final = ("pt", "it", "de", "sw", "so")
"""Offices write in these, too, and without them such a text would be taken for one of the three."""
_COMMON: Final = 0.12
"""The share of common words from which a text is plainly in their language: most are, and need no closer look."""
_MAJORITY: Final = 0.8
"""The share of a text's letters that one script must have."""
_SENTENCES: Final = 0.5
"""The share of words that begin with a small letter; with fewer, a text is a list of names."""


def language_of(text: str) -> str | None:
    """The code of the language, :data:`OTHER`, or None where the text is short, mixed, or in doubt.

    Arabic, Russian and Chinese are told by their scripts; English, French and Spanish by their trigrams.
    """
    letters = [character for character in text if character.isalpha()]
    if len(letters) < min(SHORTEST.values()):
        return None
    script, times = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in letters).most_common(1)[0]
    if times < _MAJORITY * len(letters) or len(letters) < SHORTEST.get(script, 0):
        return None
    return _latin(text) if script == "LATIN" else _by_script(script, letters)


def is_plainly(text: str, language: str) -> bool:
    """Whether a text has so many of a language's commonest words that it is in that language."""
    common = _common(language)
    spoken = text.casefold().split()
    return bool(common) and sum(word in common for word in spoken) >= max(1, _COMMON * len(spoken))


@cache
def _common(language: str) -> frozenset[str]:
    return frozenset(words("common", language))


def _by_script(script: str, letters: Sequence[str]) -> str | None:
    language = _BY_SCRIPT.get(script)
    foreign = _NEIGHBOURS.get(language or "", frozenset())
    return OTHER if sum(letter in foreign for letter in letters) > _FEW * len(letters) else language


def _latin(text: str) -> str | None:
    spoken = [word for word in text.split() if word[0].isalpha()]
    if sum(word[0].islower() for word in spoken) < _SENTENCES * len(spoken):
        return None
    detector = _detectors().create()
    detector.append(text)
    best = max(detector.get_probabilities(), key=lambda found: found.prob, default=None)
    if best is None or best.prob < SUREST:
        return None
    return str(best.lang) if best.lang in _LATIN else OTHER


@cache
def _detectors() -> DetectorFactory:
    from langdetect.detector_factory import DetectorFactory

    profiles = files("langdetect") / "profiles"
    factory = DetectorFactory()
    factory.set_seed(0)  # the library draws samples; the same text must always get the same answer
    names = (*_LATIN, *_NO_LANGUAGE_OF_THE_FORM)
    factory.load_json_profile([(profiles / name).read_text(encoding="utf-8") for name in names])
    return factory

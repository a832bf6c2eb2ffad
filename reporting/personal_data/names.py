"""Names in a text, looked for beside titles only: a list of names would be personal data, and would miss most of the world."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from reporting.words import words

_PARTICLES: Final = frozenset(
    ("de", "del", "da", "dos", "du", "la", "van", "der", "von", "bin", "bint", "ibn", "el", "al", "ould")
)
_WORD: Final = re.compile(r"[\w-]+")
_MOST_WORDS: Final = 5
_INITIAL: Final = 2
"""Characters of an initial with its full stop, which ends no sentence."""
_MOST_UNCASED: Final = 2
"""Words of a name in a script without capitals, where nothing shows its end."""
_COUNTING: Final = frozenset("名位个该这那各些等们多几两每请")
"""Chinese signs before a title that make it a word for any person: “a lady”, “each gentleman”."""


def may_hold_name(text: str) -> bool:
    """Whether a title stands in the text, or a word that looks like one."""
    return not _title_words().isdisjoint(_WORD.findall(text)) or any(title in text for title in words("title after"))


def names(text: str) -> Iterator[tuple[int, int]]:
    """Where names begin and end.

    Capitalised words after a title, in scripts without capitals two words, in Chinese those before it; but a post after
    a title, such as that of a minister, is no name.
    """
    for found in _title_and_words().finditer(text):
        if end := _end_of_name(found["words"]):
            start = found.start("words")
            yield start, start + end
    for found in _words_and_title().finditer(text):
        if found["name"][-1] not in _COUNTING:
            yield found.span("name")


def _end_of_name(following: str) -> int:
    """How many characters of what follows a title are a name; 0 if it is none."""
    taken = list(_words_of_name(following))
    if not taken or any(_is_post(word[0]) for word in taken):
        return 0
    ends_a_sentence = taken[-1][0].endswith(".") and len(taken[-1][0]) > _INITIAL
    return taken[-1].end() - ends_a_sentence


def _words_of_name(following: str) -> Iterator[re.Match[str]]:
    """Capitalised words, and particles between them, up to the end of the sentence; or the first words without case."""
    waiting: list[re.Match[str]] = []
    for number, word in enumerate(re.finditer(r"\S+", following)):
        first = word[0][0]
        is_uncased = first.lower() == first.upper()
        if first.isupper() or (is_uncased and number < _MOST_UNCASED):
            yield from (*waiting, word)
            waiting.clear()
        elif number and word[0] in _PARTICLES:
            waiting.append(word)
        else:
            return
        if word[0].endswith(".") and len(word[0]) > _INITIAL:
            return


def _is_post(word: str) -> bool:
    return word.casefold().startswith(_posts())


@cache
def _posts() -> tuple[str, ...]:
    return tuple(word.casefold() for word in words("post"))


@cache
def _title_words() -> frozenset[str]:
    """Each title without its full stop."""
    return frozenset(title.rstrip(".") for title in words("title"))


@cache
def _title_and_words() -> re.Pattern[str]:
    """A title and the words after it. A title listed with its full stop needs it, and is no unit after a number."""
    plain = "|".join(re.escape(title) for title in _longest_first() if not title.endswith("."))
    dotted = "|".join(re.escape(title) for title in _longest_first() if title.endswith("."))
    title = (
        rf"(?:{plain})(?:\.\s{{0,3}}|\s{{1,3}})"
        rf"|(?:(?<!\d\s)|(?<=\b(?:19|20)\d\d\s))(?:{dotted})\s{{1,3}}"
    )
    word = r"[^\W\d_][\w'’.-]*"
    return re.compile(rf"(?<![\w-])(?:{title})(?=(?P<words>{word}(?:[ \t]{{1,3}}{word}){{0,{_MOST_WORDS - 1}}}))")


@cache
def _words_and_title() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>[\u4e00-\u9fff]{{1,3}})(?:{'|'.join(words('title after'))})")


def _longest_first() -> list[str]:
    return sorted(words("title"), key=len, reverse=True)

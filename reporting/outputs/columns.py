"""Text set in lines of so many columns, as terminals and mail programs count them: Chinese letters take two each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def columns(text: str) -> int:
    """The columns that ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def wrapped(text: str, width: int, first: str = "", others: str = "") -> Iterator[str]:
    """The lines of ``text``, at most ``width`` columns each, the first beginning with ``first``; too long words are broken."""
    line, begin = first, first
    for word in _words(text, width - max(len(first), len(others))):
        gap = " " if line != begin else ""
        if columns(line) + len(gap) + columns(word) > width:
            yield line
            line = begin = others
            gap = ""
        line += gap + word
    if line != begin:
        yield line


def _words(text: str, most: int) -> Iterator[str]:
    for word in text.split():
        if columns(word) <= most:
            yield word
        else:
            yield from _pieces(word, most)


def _pieces(word: str, most: int) -> Iterator[str]:
    """A word, or Chinese text without spaces, in pieces of at most so many columns."""
    piece, used = "", 0
    for mark in word:
        if used + _width(mark) > most:
            yield piece
            piece, used = "", 0
        piece, used = piece + mark, used + _width(mark)
    yield piece


def _width(mark: str) -> int:
    if unicodedata.combining(mark) or unicodedata.category(mark) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(mark) in "WF" else 1

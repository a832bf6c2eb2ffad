"""Widths of columns by what stands in them, so that no word breaks and long texts get the room there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_LONGEST_WORD: Final = 16
_LONG_TEXT: Final = 34
_PADDING: Final = 1.6
"""Room beside a text, in characters."""


def fitted(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """The share of each column in per cent, for columns headed ``labels`` over ``rows`` of texts."""
    weights = [_weight(label, [row[place] for row in rows]) for place, label in enumerate(labels)]
    return [100 * weight / sum(weights) for weight in weights]


def _weight(label: str, texts: Sequence[str]) -> float:
    """The characters a column wants: its longest word, and a good part of its longer texts."""
    words = max((_longest_word(text) for text in (label, *texts)), default=1)
    lengths = sorted(len(text) for text in (*texts, label[: len(label) // 2]))
    usual = lengths[(9 * len(lengths)) // 10]
    return max(min(words, _LONGEST_WORD), min(0.45 * usual, _LONG_TEXT), 3) + _PADDING


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.replace("-", "- ").split()), default=0)

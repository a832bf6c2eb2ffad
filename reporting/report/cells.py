"""A cell of a table, or of a grid of tiles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    ``tone`` names a class of the style sheet that gives the cell its sign and colour; ``note`` becomes a footnote;
    ``direction`` is ``rtl`` where the text runs from right to left.
    """

    text: str
    note: str = ""
    tone: str = ""
    direction: str = ""

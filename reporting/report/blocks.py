"""What a report is made of: blocks that the templates draw as they stand.

Every text is final: formatted in the report's language, nothing left to compute. ``draw`` names the macro of
``templates/macros/blocks.html.j2`` that draws the block. Charts and maps stand in :mod:`reporting.report.drawings`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from reporting.report.cells import Cell
from reporting.report.drawings import Drawing, MapPicture

_WHOLE_ROWS = 12
_WHOLE_TEXT = 2500
"""Characters; a table with more may fill a page."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a chapter; ``level`` is 2, 3 or 4."""

    draw: ClassVar[str] = "heading"
    text: str
    level: int = 2
    id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``style`` is empty, ``lead`` or ``small``."""

    draw: ClassVar[str] = "paragraph"
    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short statements."""

    draw: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """What leads to a table or figure: its id, and its number as printed."""

    id: str
    number: str


@dataclass(frozen=True, slots=True)
class CallOut:
    """A framed remark. ``style`` is empty, ``caution`` or ``fictional``; ``see`` names where the statements come from."""

    draw: ClassVar[str] = "call_out"
    title: str
    items: tuple[str, ...]
    style: str = ""
    see: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """A headline figure with its unit and what it is compared with; ``see`` names where it comes from."""

    value: str
    label: str
    detail: str = ""
    see: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Tiles:
    """Headline figures side by side, at most four a row."""

    draw: ClassVar[str] = "tiles"
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``width`` is its share of the table's width in per cent."""

    label: str
    width: float
    number: bool = False
    label_id: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``kind`` is empty, ``total`` or ``group`` (one cell over the whole width)."""

    cells: tuple[Cell, ...]
    kind: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with repeated head. The first column names the row. ``style`` is empty, ``dense`` or ``wide``."""

    draw: ClassVar[str] = "table"
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    source: str = ""
    notes: tuple[str, ...] = ()
    style: str = ""
    width: int = 100
    """In per cent of the page's width."""
    number: str = ""
    id: str = ""

    @property
    def whole(self) -> bool:
        """Whether the table is small enough to be kept on one page."""
        return (
            len(self.rows) <= _WHOLE_ROWS
            and sum(len(cell.text) for row in self.rows for cell in row.cells) < _WHOLE_TEXT
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """What an office wrote, in full."""

    office: str
    text: tuple[str, ...]
    """Paragraphs."""
    language: str = ""
    direction: str = ""
    remark: str = ""
    offices: tuple[str, ...] = ()
    """The codes of the offices, for the index."""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statements:
    """Narratives one after the other."""

    draw: ClassVar[str] = "statements"
    entries: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One good practice."""

    title: str
    office: str
    text: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    direction: str = ""
    offices: tuple[str, ...] = ()
    """The codes of the offices, for the index."""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """Good practices one after the other."""

    draw: ClassVar[str] = "cards"
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a new page."""

    draw: ClassVar[str] = "page_break"


Block = Heading | Paragraph | Bullets | CallOut | Tiles | Table | Statements | Cards | PageBreak | Drawing


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter. ``landscape`` turns its pages; ``continues`` makes it the end of the chapter before."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    landscape: bool = False
    continues: bool = False
    introduction: str = ""
    kicker: str = ""
    """Stands over the title, in the place of *Chapter* and its number."""
    opening: bool = False
    """Stands before the contents, without a number: what a reader sees who turns one page."""
    bound: bool = False
    """Is an office's own part: the lists of tables and figures leave it out, and the index names where it begins."""


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """A place that an index leads to: its id, and the title of its chapter."""

    id: str
    chapter: str


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of an index: its places stand in the order of the report."""

    label: str
    places: tuple[IndexPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The first page."""

    title: str
    place: str
    year: str
    organization: str
    label: str
    coverage: tuple[str, ...]
    remark: str = ""
    """Such as *fictional data*; printed large."""
    explanation: str = ""
    artwork: MapPicture | None = None
    tiles: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report, ready to be drawn.

    ``label`` stands at the foot of every page, ``banner`` (*fictional data*) at its head. ``date`` is ISO 8601.
    """

    title: str
    short_title: str
    language: str
    direction: str
    label: str
    banner: str
    cover: Cover
    chapters: tuple[Chapter, ...]
    words: dict[str, str] = field(default_factory=dict)
    """The fixed words of the templates, such as *Contents*, by English text."""
    date: str = ""
    keywords: str = ""
    description: str = ""
    index: tuple[IndexEntry, ...] = ()
    """Where each office is told of; empty where there is one office only."""

    @property
    def opening(self) -> tuple[Chapter, ...]:
        """The chapters before the contents."""
        return tuple(chapter for chapter in self.chapters if chapter.opening)

    @property
    def body(self) -> tuple[Chapter, ...]:
        """The chapters behind the contents."""
        return tuple(chapter for chapter in self.chapters if not chapter.opening)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the report's own chapters, as the list of tables has them."""
        return tuple(block for block in self._own_blocks() if isinstance(block, Table))

    @property
    def figures(self) -> tuple[Drawing, ...]:
        """The charts and maps of the report's own chapters, as the list of figures has them."""
        return tuple(block for block in self._own_blocks() if isinstance(block, Drawing))

    def _own_blocks(self) -> Iterator[Block]:
        return (block for chapter in self.chapters if not chapter.bound for block in chapter.blocks)

"""What a report is made of: blocks that the templates draw as they stand.

Every text is final: formatted in the report's language, nothing left to compute. ``draw`` names the macro of
``templates/macros/blocks.html.j2`` that draws the block. Lengths of charts are in thousandths of the chart's width.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

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
class CallOut:
    """A framed remark. ``style`` is empty, ``caution`` or ``fictional``."""

    draw: ClassVar[str] = "call_out"
    title: str
    items: tuple[str, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A headline figure with its unit and what it is compared with."""

    value: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Headline figures side by side, at most four a row."""

    draw: ClassVar[str] = "tiles"
    tiles: tuple[Tile, ...]


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
class Mark:
    """A rectangle of a chart. ``fill`` is a colour or ``url(#…)`` of a hatching."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a legend."""

    label: str
    fill: str


@dataclass(frozen=True, slots=True)
class Hatching:
    """A pattern of stripes, so that a chart can be read without colour."""

    id: str
    colour: str
    ground: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a bar chart: its label, and the values printed beside it."""

    label: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars with their labels and values, readable as a table.

    ``alternative`` says in words what the chart shows. ``height`` is in millimetres, of the viewBox ``depth``.
    """

    draw: ClassVar[str] = "bar_chart"
    title: str
    alternative: str
    heads: tuple[str, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    height: float
    depth: float
    row_height: float
    keys: tuple[Key, ...] = ()
    hatchings: tuple[Hatching, ...] = ()
    source: str = ""
    number: str = ""
    id: str = ""
    label_width: float = 30
    value_width: float = 13


@dataclass(frozen=True, slots=True)
class Pyramid:
    """Two series back to back, such as women and men by age."""

    draw: ClassVar[str] = "pyramid"
    title: str
    alternative_left: str
    alternative_right: str
    head_left: str
    head_right: str
    head_middle: str
    rows: tuple[tuple[str, str, str], ...]
    """Value at left, label, value at right."""
    left: tuple[Mark, ...]
    right: tuple[Mark, ...]
    height: float
    depth: float
    row_height: float
    source: str = ""
    number: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A label on a map; ``left`` and ``top`` in per cent of the map."""

    text: str
    left: str
    top: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A country's outline as an SVG path."""

    path: str
    fill: str


@dataclass(frozen=True, slots=True)
class Circle:
    """A proportional symbol of a map: its area stands for the number of persons."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A map in the units of its own viewBox."""

    view_box: str
    ratio: str
    """Height in per cent of the width."""
    shapes: tuple[Shape, ...]
    borders: str
    circles: tuple[Circle, ...] = ()
    places: tuple[Place, ...] = ()
    hatchings: tuple[Hatching, ...] = ()
    stripe: float = 12
    """Width of a stripe and its gap, in units of the viewBox."""


@dataclass(frozen=True, slots=True)
class MapFigure:
    """A map with title, legend and the disclaimer of the United Nations."""

    draw: ClassVar[str] = "map_figure"
    title: str
    alternative: str
    picture: MapPicture
    keys: tuple[Key, ...]
    disclaimer: str
    source: str = ""
    number: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class TileGrid:
    """A grid of tiles in the place of a map: rows of tiles, each with code, value and the class that shades it."""

    draw: ClassVar[str] = "tile_grid"
    title: str
    groups: tuple[tuple[str, tuple[tuple[Cell, ...], ...]], ...]
    """Label of a group, and its rows of tiles; a tile's ``note`` is its value."""
    keys: tuple[Key, ...]
    source: str = ""
    number: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What an office wrote, in full."""

    office: str
    text: tuple[str, ...]
    """Paragraphs."""
    language: str = ""
    direction: str = ""
    remark: str = ""


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


@dataclass(frozen=True, slots=True)
class Cards:
    """Good practices one after the other."""

    draw: ClassVar[str] = "cards"
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a new page."""

    draw: ClassVar[str] = "page_break"


Block = (
    Heading
    | Paragraph
    | Bullets
    | CallOut
    | Tiles
    | Table
    | BarChart
    | Pyramid
    | MapFigure
    | TileGrid
    | Statements
    | Cards
    | PageBreak
)


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

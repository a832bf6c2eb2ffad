"""Charts and maps: what a macro draws as it stands.

Lengths of charts are in thousandths of the chart's width. ``draw`` names the macro of
``templates/macros/blocks.html.j2`` that draws the figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from reporting.report.cells import Cell


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
    across: bool = False
    """Whether the stripes lie; they stand otherwise."""


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
    alternative: str
    groups: tuple[tuple[str, tuple[tuple[Cell, ...], ...]], ...]
    """Label of a group, and its rows of tiles; a tile's ``note`` is its value."""
    keys: tuple[Key, ...]
    source: str = ""
    number: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several small charts: its heading, its bars on the scale that all panels share, and what it shows in words."""

    title: str
    alternative: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    height: float
    depth: float
    row_height: float
    label_width: float = 50


@dataclass(frozen=True, slots=True)
class Panels:
    """Small multiples: bar charts side by side, on one scale."""

    draw: ClassVar[str] = "panels"
    title: str
    panels: tuple[Panel, ...]
    source: str = ""
    number: str = ""
    id: str = ""
    value_width: float = 14


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot of a dot plot; ``hollow`` ones are the earlier of two."""

    x: float
    y: float
    fill: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class DotPlot:
    """Two values a row on one scale, joined by a line: from the hollow dot to the full one."""

    draw: ClassVar[str] = "dot_plot"
    title: str
    alternative: str
    heads: tuple[str, ...]
    bars: tuple[Bar, ...]
    dots: tuple[Dot, ...]
    lines: tuple[Mark, ...]
    height: float
    depth: float
    row_height: float
    keys: tuple[Key, ...] = ()
    source: str = ""
    number: str = ""
    id: str = ""
    label_width: float = 30
    value_width: float = 13


@dataclass(frozen=True, slots=True)
class End:
    """An end of flows: its label, its value as printed, and where it stands, in per cent of the height."""

    label: str
    value: str
    top: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A flow between two ends, as an SVG path."""

    path: str
    fill: str


@dataclass(frozen=True, slots=True)
class FlowChart:
    """Flows from the places at the start of the line to those at its end; the width of a ribbon stands for its size."""

    draw: ClassVar[str] = "flow_chart"
    title: str
    alternative: str
    head_from: str
    head_to: str
    origins: tuple[End, ...]
    destinations: tuple[End, ...]
    ribbons: tuple[Ribbon, ...]
    marks: tuple[Mark, ...]
    height: float
    depth: float
    source: str = ""
    number: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines from one year to another, named at both ends; ``ribbons`` are the lines as thin shapes, ``marks`` their points."""

    draw: ClassVar[str] = "line_chart"
    title: str
    alternative: str
    head_from: str
    head_to: str
    origins: tuple[End, ...]
    destinations: tuple[End, ...]
    ribbons: tuple[Ribbon, ...]
    marks: tuple[Mark, ...]
    height: float
    depth: float
    source: str = ""
    number: str = ""
    id: str = ""


Drawing = BarChart | Panels | DotPlot | FlowChart | LineChart | Pyramid | MapFigure | TileGrid
"""What is numbered as a figure."""

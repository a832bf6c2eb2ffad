"""The look of the workbook: named cell styles, widths and heights."""

from __future__ import annotations

import math
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.dimensions import ColumnDimension
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Arial"
BLUE = "0072BC"
"""UNHCR's blue; headings."""
NAVY = "18375F"
TEAL = "00705F"
"""Marks trafficking."""
WHITE = "FFFFFF"
INK = "1A1A1A"
GREY = "5F6B76"
LINE = "AEBBC7"
HAIRLINE = "D9E0E6"
ANSWER_FILL = "FFF9DB"
HEADQUARTERS_FILL = "DCEBF7"
COMPUTED_FILL = "EEF0F2"
NOT_ASKED_FILL = "E4E7EA"
NOT_ASKED_INK = "8A949E"
BROKEN_FILL = "F8D7D3"
BROKEN_INK = "9C1B0B"
QUERIED_FILL = "FCE3C3"
QUERIED_INK = "8A4B00"
NOTED_FILL = "E6E0F3"
NOTED_INK = "4B3A86"
HEAD_FILL = "E3EAF1"
TRAFFICKING_FILL = "DDF0EC"
OUTSIDE_FILL = "F4F6F8"
FICTIONAL = "B3261E"

DATE_FORMAT = "yyyy-mm-dd"
COUNT_FORMAT = "#,##0"
LETTER = 0.94
"""The average width of a letter in running text, in characters of a column's width (the width of a nought)."""
POINTS_A_LINE = 13.2
TALLEST = 408.0
"""Points; Excel allows 409."""


class Look(StrEnum):
    """The named styles."""

    TITLE = "apr title"
    GUIDANCE = "apr guidance"
    HEADING = "apr heading"
    QUESTION = "apr question"
    OPTION = "apr option"
    NOTE = "apr note"
    ANSWER = "apr answer"
    ANSWER_LONG = "apr answer long"
    ANSWER_NUMBER = "apr answer number"
    ANSWER_DECIMAL = "apr answer decimal"
    ANSWER_DATE = "apr answer date"
    HEADQUARTERS = "apr headquarters"
    HEADQUARTERS_DATE = "apr headquarters date"
    COMPUTED = "apr computed"
    INDICATOR_HEAD = "apr indicator head"
    INDICATOR_COLUMN = "apr indicator column"
    REFERENCE = "apr reference"
    AT_LEAST = "apr at least"
    BELOW = "apr below"
    AT_MOST = "apr at most"
    ABOVE = "apr above"
    MARK = "apr mark"
    MARK_TRAFFICKING = "apr mark trafficking"
    LINK = "apr link"
    TABLE_HEAD = "apr table head"
    TABLE_HEAD_TRAFFICKING = "apr table head trafficking"
    RECORD = "apr record"
    RECORD_NUMBER = "apr record number"
    RECORD_DECIMAL = "apr record decimal"
    RECORD_DATE = "apr record date"
    BESIDE = "apr beside"
    TEXT = "apr text"
    STRONG = "apr strong"
    SOURCE = "apr source"
    SAMPLE = "apr sample"
    NOT_ASKED = "apr not asked"
    BROKEN = "apr broken"
    FICTIONAL = "apr fictional"
    PLAIN = "apr plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """The parts of a named style, colours as RRGGBB."""

    size: float = 10
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = INK
    fill: str = ""
    border: str = ""
    below: str = ""
    horizontal: str = "left"
    vertical: str = "center"
    indent: int = 0
    wrap: bool = True
    unlocked: bool = False
    number_format: str = "General"


_STYLES: dict[Look, _Style] = {
    Look.TITLE: _Style(size=16, bold=True, colour=WHITE, fill=NAVY, indent=1, wrap=False),
    Look.GUIDANCE: _Style(colour=GREY, italic=True, indent=1, vertical="top"),
    Look.HEADING: _Style(size=11, bold=True, colour=WHITE, fill=BLUE, indent=1),
    Look.QUESTION: _Style(below=HAIRLINE, indent=1),
    Look.OPTION: _Style(below=HAIRLINE, indent=3, colour=GREY),
    Look.NOTE: _Style(size=9, colour=GREY, italic=True, indent=1, below=HAIRLINE),
    Look.ANSWER: _Style(fill=ANSWER_FILL, border=LINE, unlocked=True, indent=1),
    Look.ANSWER_LONG: _Style(fill=ANSWER_FILL, border=LINE, unlocked=True, indent=1, vertical="top"),
    Look.ANSWER_NUMBER: _Style(
        fill=ANSWER_FILL, border=LINE, unlocked=True, horizontal="right", number_format=COUNT_FORMAT
    ),
    Look.ANSWER_DECIMAL: _Style(fill=ANSWER_FILL, border=LINE, unlocked=True, horizontal="right"),
    Look.ANSWER_DATE: _Style(
        fill=ANSWER_FILL, border=LINE, unlocked=True, horizontal="right", number_format=DATE_FORMAT
    ),
    Look.HEADQUARTERS: _Style(fill=HEADQUARTERS_FILL, border=LINE, indent=1),
    Look.HEADQUARTERS_DATE: _Style(fill=HEADQUARTERS_FILL, border=LINE, horizontal="right", number_format=DATE_FORMAT),
    Look.COMPUTED: _Style(fill=COMPUTED_FILL, border=LINE, horizontal="right", colour=GREY),
    Look.INDICATOR_HEAD: _Style(size=9, bold=True, colour=NAVY, fill=HEAD_FILL, below=LINE, indent=1),
    Look.INDICATOR_COLUMN: _Style(size=9, bold=True, colour=NAVY, fill=HEAD_FILL, below=LINE, horizontal="right"),
    Look.REFERENCE: _Style(size=9, colour=GREY, horizontal="right", below=HAIRLINE),
    Look.AT_LEAST: _Style(size=9, colour=GREY, horizontal="right", below=HAIRLINE, number_format='"≥ "General'),
    Look.BELOW: _Style(size=9, colour=GREY, horizontal="right", below=HAIRLINE, number_format='"< "General'),
    Look.AT_MOST: _Style(size=9, colour=GREY, horizontal="right", below=HAIRLINE, number_format='"≤ "General'),
    Look.ABOVE: _Style(size=9, colour=GREY, horizontal="right", below=HAIRLINE, number_format='"> "General'),
    Look.MARK: _Style(size=8, bold=True, colour=BLUE, horizontal="center", wrap=False, below=HAIRLINE),
    Look.MARK_TRAFFICKING: _Style(bold=True, colour=TEAL, horizontal="center", wrap=False, below=HAIRLINE),
    Look.LINK: _Style(colour=BLUE, underline=True, indent=1, below=HAIRLINE),
    Look.TABLE_HEAD: _Style(size=9, bold=True, colour=WHITE, fill=BLUE, border=WHITE, horizontal="center"),
    Look.TABLE_HEAD_TRAFFICKING: _Style(size=9, bold=True, colour=WHITE, fill=TEAL, border=WHITE, horizontal="center"),
    Look.RECORD: _Style(fill=ANSWER_FILL, border=LINE, unlocked=True, indent=1, vertical="top"),
    Look.RECORD_NUMBER: _Style(
        fill=ANSWER_FILL,
        border=LINE,
        unlocked=True,
        horizontal="right",
        vertical="top",
        wrap=False,
        number_format=COUNT_FORMAT,
    ),
    Look.RECORD_DECIMAL: _Style(
        fill=ANSWER_FILL, border=LINE, unlocked=True, horizontal="right", vertical="top", wrap=False
    ),
    Look.RECORD_DATE: _Style(
        fill=ANSWER_FILL,
        border=LINE,
        unlocked=True,
        horizontal="right",
        vertical="top",
        wrap=False,
        number_format=DATE_FORMAT,
    ),
    Look.BESIDE: _Style(fill=OUTSIDE_FILL, unlocked=True, wrap=False),
    Look.TEXT: _Style(vertical="top", below=HAIRLINE),
    Look.STRONG: _Style(bold=True, colour=NAVY, vertical="top", below=HAIRLINE),
    Look.SOURCE: _Style(size=8, colour=GREY, vertical="top", below=HAIRLINE),
    Look.SAMPLE: _Style(fill=ANSWER_FILL, border=LINE, indent=1),
    Look.NOT_ASKED: _Style(fill=NOT_ASKED_FILL, border=LINE, colour=NOT_ASKED_INK, indent=1),
    Look.BROKEN: _Style(fill=BROKEN_FILL, border=BROKEN_INK, colour=BROKEN_INK, bold=True, indent=1),
    Look.FICTIONAL: _Style(bold=True, colour=FICTIONAL, indent=1),
    Look.PLAIN: _Style(wrap=False),
}
_RECORD_LOOKS = {
    Look.ANSWER: Look.RECORD,
    Look.ANSWER_LONG: Look.RECORD,
    Look.ANSWER_NUMBER: Look.RECORD_NUMBER,
    Look.ANSWER_DECIMAL: Look.RECORD_DECIMAL,
    Look.ANSWER_DATE: Look.RECORD_DATE,
}


_MIRRORED: Final = {"left": "right", "right": "left"}
_RIGHT_TO_LEFT: Final = 2
"""The reading order of a cell whose text may begin with a number or a sign (ECMA-376, part 1, 18.8.1)."""


def add_styles(workbook: Workbook, *, mirrored: bool = False) -> None:
    """Give the workbook its named styles, ``mirrored`` where it runs from right to left; unstyled cells are in the same type face."""
    from openpyxl.styles import Font

    workbook._named_styles["Normal"].font = Font(name=FONT, size=10)  # type: ignore[attr-defined]  # noqa: SLF001
    for look, style in _STYLES.items():
        workbook.add_named_style(_named(look, style, mirrored=mirrored))


def style_column(sheet: Worksheet, dimension: ColumnDimension, look: Look) -> None:
    """Give a whole column, empty cells included, a look; openpyxl sets named styles on cells only."""
    style = sheet.parent._named_styles[look.value]  # type: ignore[union-attr]  # noqa: SLF001
    dimension._style = copy(style.as_tuple())  # type: ignore[attr-defined]  # noqa: SLF001


def record_look(answer: Look) -> Look:
    """The look of a table's cell whose content a form would show as ``answer``."""
    return _RECORD_LOOKS[answer]


def lines(text: str, width: float) -> int:
    """How many lines ``text`` takes, wrapped in a column ``width`` characters wide; an estimate on the safe side."""
    return sum(max(1, math.ceil((len(part) * LETTER + 2) / max(width - 2, 1))) for part in text.split("\n"))


def height(count: int) -> float:
    """The height in points of a row that shows ``count`` lines."""
    return min(count * POINTS_A_LINE + 6, TALLEST)


def _named(look: Look, style: _Style, *, mirrored: bool) -> NamedStyle:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    every = Side(style="thin", color=style.border) if style.border else Side()
    bottom = Side(style="thin", color=style.below) if style.below else every
    return NamedStyle(
        name=look.value,
        font=Font(
            name=FONT,
            size=style.size,
            bold=style.bold,
            italic=style.italic,
            underline="single" if style.underline else None,
            color=style.colour,
        ),
        fill=PatternFill("solid", fgColor=style.fill) if style.fill else PatternFill(),
        border=Border(left=every, right=every, top=every, bottom=bottom),
        alignment=Alignment(
            horizontal=_MIRRORED.get(style.horizontal, style.horizontal) if mirrored else style.horizontal,
            vertical=style.vertical,
            indent=style.indent,
            wrap_text=style.wrap,
            readingOrder=_RIGHT_TO_LEFT if mirrored else 0,
        ),
        protection=Protection(locked=not style.unlocked),
        number_format=style.number_format,
    )

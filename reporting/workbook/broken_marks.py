"""Marking the cells of broken rules while the office types: by colour, and by a sign for those who do not see the colour.

The sign is part of a number format, so that the answer itself stays as it is. An empty cell shows none; its frame is
broken instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporting.findings import Severity
from reporting.workbook.addresses import letters_of
from reporting.workbook.annotate_marks import number_format_with
from reporting.workbook.layout import WorkbookLayout
from reporting.workbook.live import LiveRules, Mark, marks
from reporting.workbook.styles import BROKEN_FILL, BROKEN_INK, NOTED_FILL, NOTED_INK, QUERIED_FILL, QUERIED_INK
from reporting.workbook.texts import text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.worksheet.worksheet import Worksheet

    from reporting.schema.model import Schema

_COLOURS = {
    Severity.ERROR: (BROKEN_FILL, BROKEN_INK),
    Severity.QUERY: (QUERIED_FILL, QUERIED_INK),
    Severity.NOTE: (NOTED_FILL, NOTED_INK),
}
_FIRST_OWN_FORMAT = 200
"""Number formats of a workbook's own have numbers from 164 on; those of conditional formats stand in these alone."""


def mark_broken(workbook: Workbook, live: LiveRules, layout: WorkbookLayout, schema: Schema) -> None:
    """Add the marks to the sheets, before all other conditional formats: what is broken is never greyed."""
    by_sheet: dict[str, list[Mark]] = {}
    for mark in marks(live, layout, schema):
        by_sheet.setdefault(mark.sheet, []).append(mark)
    tables = {sheet.title for sheet in layout.tables}
    formats: dict[str, int] = {}
    for title, of_sheet in by_sheet.items():
        sheet = workbook[title]
        _make_room(sheet, len(of_sheet))
        for place, mark in enumerate(of_sheet, start=1):
            given = _number_format(sheet, mark, in_column=title in tables)
            signed = number_format_with(f"{text('state.sign')} ", given)
            number = formats.setdefault(signed, _FIRST_OWN_FORMAT + len(formats))
            _add(sheet, mark, _look(mark.severity, number, signed), place)


def _make_room(sheet: Worksheet, count: int) -> None:
    """Let the formats that the sheet has come after ``count`` others."""
    for cells in sheet.conditional_formatting:
        for rule in cells.rules:
            rule.priority += count


def _number_format(sheet: Worksheet, mark: Mark, *, in_column: bool) -> str:
    """How the marked cells show numbers: records have the look of their column, so that no cell need be written."""
    first = mark.cells.partition(":")[0]
    shown = sheet.column_dimensions[letters_of(first)] if in_column else sheet[first]
    return str(shown.number_format)


def _look(severity: Severity, number: int, signed: str) -> DifferentialStyle:
    from openpyxl.styles import Border, Font, PatternFill, Side
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.styles.numbers import NumberFormat

    fill, ink = _COLOURS[severity]
    side = Side(style="dashed", color=ink)
    return DifferentialStyle(
        font=Font(color=ink, bold=True),
        numFmt=NumberFormat(numFmtId=number, formatCode=signed),
        fill=PatternFill(bgColor=fill),
        border=Border(left=side, right=side, top=side, bottom=side),
    )


def _add(sheet: Worksheet, mark: Mark, look: DifferentialStyle, priority: int) -> None:
    from openpyxl.formatting.rule import Rule

    rule = Rule(type="expression", dxf=look, formula=[mark.formula], stopIfTrue=True, priority=priority)
    sheet.conditional_formatting.add(mark.cells, rule)

"""The office's own file with its findings in it: cells marked, a comment at each, a sheet that lists them all.

A mark is a border (its colour and its line say the severity) and a sign before the value, by the number format; the value,
the fill and the protection stay. What the cells looked like before stands as formats on a very hidden record sheet, so
that a later annotation takes all marks away again, also from cells that the office has moved since. Annotating a copy once
more with the same findings gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Literal

from reporting.findings import Finding, Severity
from reporting.translator import ENGLISH_WORDS, Translator
from reporting.workbook.annotate_losses import with_cached_values
from reporting.workbook.annotate_marks import commented, number_format_with, own_comment
from reporting.workbook.annotate_merges import Side, area_of, edges, merge_again, without_merges
from reporting.workbook.annotate_sheet import MOST_CELLS, add_findings_sheet
from reporting.workbook.annotate_styles import renumber_styles
from reporting.workbook.container import reproducible
from reporting.workbook.layout import FINDINGS_MARK, MARK_CELL, RECORD_MARK, RECORD_SHEET

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.dimensions import Dimension
    from openpyxl.worksheet.worksheet import Worksheet

    AnyCell = Cell | MergedCell

SIGNS = {Severity.ERROR: "✗ ", Severity.QUERY: "? ", Severity.NOTE: "i "}
COLOURS = {Severity.ERROR: "B3261E", Severity.QUERY: "B25E00", Severity.NOTE: "1F5FA8"}
LINES: dict[Severity, Literal["thick", "mediumDashed", "dotted"]] = {
    Severity.ERROR: "thick",
    Severity.QUERY: "mediumDashed",
    Severity.NOTE: "dotted",
}
_ALL_SIDES: tuple[Side, ...] = ("left", "right", "top", "bottom")
_COVER_ID = "cover.office"


@dataclass(frozen=True, slots=True)
class Marked:
    """What one cell is marked for."""

    sheet: str
    cell: str
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        """The gravest of its findings'."""
        return min((finding.severity for finding in self.findings), key=list(Severity).index)


def annotated(content: bytes, findings: Sequence[Finding], dated: date, words: Translator = ENGLISH_WORDS) -> bytes:
    """The workbook in ``content`` with ``findings`` in it, in place of those of an earlier annotation.

    The findings are in the language of ``words`` already.
    """
    from openpyxl import load_workbook

    bare, merges = without_merges(content)
    workbook = load_workbook(BytesIO(bare), rich_text=True)
    values = load_workbook(BytesIO(bare), data_only=True)
    merge_again(workbook, merges)
    active = workbook.active
    _restore(workbook)
    if findings:
        _mark(workbook, findings, words)
        add_findings_sheet(workbook, findings, _after_cover(workbook), SIGNS, COLOURS, words=words)
    if active is not None and active.title in workbook.sheetnames:
        workbook.active = workbook.index(active)
    for sheet in workbook.worksheets:
        _drop_empty_cells(sheet)
    renumber_styles(workbook)
    written = BytesIO()
    workbook.save(written)
    titles = [sheet.title for sheet in workbook.worksheets]
    return reproducible(with_cached_values(written.getvalue(), titles, values), dated)


def marks_of(findings: Sequence[Finding]) -> Iterator[Marked]:
    """The cells of the findings with what is said of each, by sheet and in the order of the findings."""
    at: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        for cell in finding.cells[:MOST_CELLS]:
            sheet, _, address = cell.rpartition("!")
            at.setdefault((sheet.strip("'") or finding.sheet, address), []).append(finding)
    for (sheet, address), said in at.items():
        yield Marked(sheet, address, tuple(said))


def _mark(workbook: Workbook, findings: Sequence[Finding], words: Translator) -> None:
    from openpyxl.utils.exceptions import CellCoordinatesException

    record = workbook.create_sheet(RECORD_SHEET)
    record.sheet_state = "veryHidden"
    record[MARK_CELL] = RECORD_MARK
    rows = count(2)
    for marked in marks_of(findings):
        if marked.sheet not in workbook.sheetnames:
            continue
        sheet = workbook[marked.sheet]
        try:
            area = area_of(sheet, marked.cell)
        except (CellCoordinatesException, ValueError):
            continue
        for number, (cell, sides) in enumerate(edges(sheet, area)):
            _mark_cell(cell, sides, marked, record, next(rows), words=words if number == 0 else None)


def _mark_cell(
    cell: Cell, sides: Sequence[Side], marked: Marked, record: Worksheet, row: int, *, words: Translator | None
) -> None:
    """Mark a cell; the record gets a row with its sheet and address, and two cells formatted as before and as marked.

    Of merged cells the first, which alone gets ``words``, shows value, sign and comment, and each its part of the border; LibreOffice takes the whole
    border from the first.
    """
    from openpyxl.styles import Border
    from openpyxl.styles import Side as Line

    record.cell(row, 1, marked.sheet)
    record.cell(row, 2, cell.coordinate)
    _restyle(record.cell(row, 3), cell)
    if not cell.has_style:
        _take_look_of_column(cell)
    line = Line(style=LINES[marked.severity], color=COLOURS[marked.severity])
    drawn = dict.fromkeys(_ALL_SIDES if words else sides, line)
    left, right, top, bottom = (drawn.get(side) or getattr(cell.border, side) for side in _ALL_SIDES)
    cell.border = Border(left=left, right=right, top=top, bottom=bottom)
    if words:
        cell.number_format = number_format_with(SIGNS[marked.severity], cell.number_format)
        cell.comment = commented(cell.comment, marked.findings, SIGNS, words)
    _restyle(record.cell(row, 4), cell)


def _take_look_of_column(cell: Cell) -> None:
    """Give a cell that the file does not hold the format that shows there: its row's, else its column's."""
    sheet: Worksheet = cell.parent  # type: ignore[assignment]
    columns = (one for one in sheet.column_dimensions.values() if (one.min or 0) <= cell.column <= (one.max or 0))
    for dimension in (sheet.row_dimensions[cell.row], *columns):
        if dimension.has_style:
            _restyle(cell, dimension)
            return


def _restore(workbook: Workbook) -> None:
    """Take marks, comments and sheets of an earlier annotation out of the workbook."""
    for sheet in [sheet for sheet in workbook.worksheets if sheet[MARK_CELL].value == FINDINGS_MARK]:
        workbook.remove(sheet)
    if RECORD_SHEET not in workbook.sheetnames:
        return
    record = workbook[RECORD_SHEET]
    before: dict[tuple[int, ...], AnyCell] = {}
    for where, address, old, new in record.iter_rows(min_row=2, max_col=4):
        before.setdefault(_style(new), old)
        if str(where.value) in workbook.sheetnames:
            cell = workbook[str(where.value)][str(address.value)]
            if _style(cell) == _style(new):
                _restyle(cell, old)
    workbook.remove(record)
    for sheet in workbook.worksheets:
        _restore_sheet(sheet, before)


def _restore_sheet(sheet: Worksheet, before: dict[tuple[int, ...], AnyCell]) -> None:
    for cell in list(_cells(sheet).values()):
        if cell.comment:
            cell.comment = own_comment(cell.comment)
        if cell.has_style and (old := before.get(_style(cell))) is not None:
            _restyle(cell, old)


def _drop_empty_cells(sheet: Worksheet) -> None:
    """Leave out the cells without anything in them: they were made by looking at them, or to be marked."""
    cells = _cells(sheet)
    for place, cell in list(cells.items()):
        if cell.value is None and not (cell.has_style or cell.comment or cell.hyperlink):
            del cells[place]


def _cells(sheet: Worksheet) -> dict[tuple[int, int], AnyCell]:
    """Every cell that there is, none made by looking."""
    return getattr(sheet, "_cells")  # type: ignore[no-any-return]  # noqa: B009 - openpyxl gives no public name


def _after_cover(workbook: Workbook) -> int:
    for position, sheet in enumerate(workbook.worksheets):
        if any(value == _COVER_ID for row in sheet.iter_rows(max_row=80, max_col=6, values_only=True) for value in row):
            return position + 1
    return 1


def _style(cell: AnyCell) -> tuple[int, ...]:
    """The places of a cell's font, fill, border and so on in the workbook's lists of them."""
    return tuple(getattr(cell, "_style") or ())  # noqa: B009 - openpyxl gives no public name


def _restyle(cell: AnyCell, model: AnyCell | Dimension) -> None:
    """Give ``cell`` the whole format of ``model``."""
    setattr(cell, "_style", copy(getattr(model, "_style")))  # noqa: B009, B010 - openpyxl gives no public name

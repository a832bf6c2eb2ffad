"""The sheets of a workbook as grids of cells, read with calamine behind the guard."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from reporting.workbook import faults, form_faults
from reporting.workbook.addresses import column_of, letter_of, letters_of, number_of
from reporting.workbook.faults import UnreadableFile
from reporting.workbook.guard import Inspection, SheetMarks, inspect
from reporting.workbook.layout import LIST_SHEET, RULES_SHEET
from reporting.workbook.values import Broken, Raw, shown

_NO_MARKS: Final = SheetMarks()
_NOT_READ: Final = frozenset({RULES_SHEET, LIST_SHEET})
"""Sheets of the form that hold no answer: what they say is worked out anew, or stands in the schema."""


@dataclass(frozen=True)
class Grid:
    """A sheet, whose rows do not change any more. Rows and columns count from 1; beyond its end every cell is empty."""

    title: str
    rows: list[list[Raw]]
    formulas: frozenset[str] = frozenset()
    """Addresses of the cells whose content is the result of a formula."""
    hidden: frozenset[int] = frozenset()
    """The numbers of hidden rows."""
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    """Whether the whole sheet is hidden."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Comments by the address of their cell."""

    @property
    def height(self) -> int:
        """The number of the last row with anything in it."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """The number of the last column with anything in it."""
        return len(self.rows[0]) if self.rows else 0

    def cell(self, row: int, column: int) -> Raw:
        """The content of a cell; the empty text where there is none."""
        if row < 1 or column < 1:
            return ""
        try:
            return self.rows[row - 1][column - 1]
        except IndexError:
            return ""

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        return shown(self.cell(row, column))

    def filled(self, row: int) -> Sequence[int]:
        """The columns of the cells in ``row`` that are not empty."""
        return self._filled[row - 1]

    @cached_property
    def _filled(self) -> list[list[int]]:
        return [[place for place, raw in enumerate(line, start=1) if raw != "" and _shows(raw)] for line in self.rows]


def _shows(raw: Raw) -> bool:
    """Whether a cell that is not empty shows anything; a text that begins with a letter or digit does."""
    return not isinstance(raw, str) or raw[0].isalnum() or shown(raw) != ""


def address(row: int, column: int) -> str:
    """The address of a cell, such as ``C12``."""
    return f"{letter_of(column)}{row}"


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook: its sheets in their order, and what the document says of itself, by the name of the property."""

    grids: Sequence[Grid]
    properties: Mapping[str, str]


def read_grids(content: bytes) -> Sequence[Grid]:
    """The sheets of a workbook.

    Raises:
        UnreadableFile: the file is not a workbook that can be read.
    """
    return open_workbook(content).grids


def open_workbook(content: bytes) -> Opened:
    """All worksheets of the workbook, in their order; but not those of :data:`_NOT_READ` that are still hidden.

    Raises:
        UnreadableFile: the file is not a workbook that can be read.
    """
    from python_calamine import CalamineError

    inspection = inspect(content)
    try:
        with _silence():
            return Opened(list(_sheets(content, inspection)), inspection.properties)
    except BaseException as error:
        if not isinstance(error, CalamineError) and type(error).__name__ != "PanicException":
            raise  # a panic of the library is no Exception, and cannot be imported
        raise UnreadableFile(faults.NOT_READ.finding(reason=str(error))) from error


def _sheets(content: bytes, inspection: Inspection) -> Iterator[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for sheet in workbook.sheets_metadata:
        is_ours = sheet.name in _NOT_READ and sheet.visible != SheetVisibleEnum.Visible
        if sheet.typ != SheetTypeEnum.WorkSheet or is_ours:
            continue
        try:
            values = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        except CalamineError as error:
            raise CalamineError(f"{error}, on the sheet “{sheet.name}”") from error
        grid = _grid(sheet.name, values, inspection.marks.get(sheet.name, _NO_MARKS))
        is_hidden = sheet.visible != SheetVisibleEnum.Visible
        yield replace(grid, is_hidden=is_hidden, notes=inspection.notes.get(sheet.name, {}))


@contextmanager
def _silence() -> Iterator[None]:
    """Nothing goes to the standard error stream: the library tells a trace there when it panics, beside the exception."""
    try:
        stream = os.dup(2)
    except OSError:  # there is none
        yield
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(stream, 2)
        os.close(stream)
        os.close(nothing)


def _grid(title: str, values: Sequence[Sequence[Raw]], marks: SheetMarks) -> Grid:
    """The sheet, with the errors and missing results that the values alone do not tell."""
    rows = [list(line) for line in values]
    broken = {cell: Broken(form_faults.ERROR_VALUE, text) for cell, text in marks.errors.items()}
    broken |= {cell: Broken(form_faults.FORMULA_WITHOUT_VALUE, "=") for cell in marks.uncalculated}
    places = {cell: (number_of(cell), column_of(letters_of(cell).upper())) for cell in broken}
    _reach(rows, places.values())
    for cell, (row, column) in places.items():
        rows[row - 1][column - 1] = broken[cell]
    return Grid(title, rows, marks.formulas - broken.keys(), marks.hidden, marks.hidden_columns)


def _reach(rows: list[list[Raw]], places: Iterable[tuple[int, int]]) -> None:
    """Make the sheet large enough for some cells: those that hold only an error are outside what calamine returns."""
    width = len(rows[0]) if rows else 0
    height, wanted = (max(numbers, default=0) for numbers in zip(*places, (len(rows), width), strict=True))
    if height > len(rows) or wanted > width:
        rows.extend([] for _ in range(height - len(rows)))
        for line in rows:
            line.extend([""] * (wanted - len(line)))

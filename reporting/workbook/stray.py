"""Content that stands in a form sheet or a table's sheet, but in no cell of the form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from reporting.findings import Finding
from reporting.workbook import form_faults
from reporting.workbook.grids import Grid, address
from reporting.workbook.layout import LABELS_MARK, Role, WorkbookLayout
from reporting.workbook.locate import FormPlace, Located, TablePlace

_ANSWERED = (Role.TARGET, Role.YEAR_END)
"""Columns that only the rows of impact indicators use."""


def stray_content(located: Located, layout: WorkbookLayout) -> Iterator[Finding]:
    """One finding a sheet with something beside the form: nothing is passed over in silence."""
    for form in located.forms:
        yield from _finding(form.grid, list(_beside_form(form, layout)))
    sheets: dict[str, list[TablePlace]] = {}
    for table in located.tables.values():
        sheets.setdefault(table.grid.title, []).append(table)
    for tables in sheets.values():
        yield from _finding(tables[0].grid, list(_beside_tables(tables)))


def _finding(grid: Grid, cells: list[tuple[int, int]]) -> Iterator[Finding]:
    if cells:
        first = "; ".join(f"“{grid.text(row, column)[:40]}”" for row, column in islice(cells, 3))
        yield form_faults.STRAY_CONTENT.finding(
            sheet=grid.title, cells=tuple(address(row, column) for row, column in cells), found=first
        )


def _rows(grid: Grid, header: int) -> Iterator[int]:
    """All rows but the hidden one, which is the form's own."""
    return (row for row in range(1, grid.height + 1) if row != header)


def _beside_form(form: FormPlace, layout: WorkbookLayout) -> Iterator[tuple[int, int]]:
    known = set(form.columns.values())
    impact_only = {form.columns[role] for role in _ANSWERED if role in form.columns}
    for row in _rows(form.grid, form.header):
        found = layout.rows_by_id.get(form.ids.get(row, ""))
        question = found[1].field if found else None
        is_question = question is not None and not (question.computed or question.unit)  # which stand in these columns
        for column in form.grid.filled(row):
            if column not in known or (is_question and column in impact_only):
                yield row, column


def _beside_tables(tables: list[TablePlace]) -> Iterator[tuple[int, int]]:
    grid = tables[0].grid
    known = {column for table in tables for column in table.columns.values()}
    for row in _rows(grid, tables[0].header):
        for column in grid.filled(row):
            if column not in known and grid.text(row, column) != LABELS_MARK:
                yield row, column

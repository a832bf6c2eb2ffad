"""What the office may not see: answers that are hidden, and answers that are results of formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reporting.findings import Finding, Text
from reporting.workbook import form_faults
from reporting.workbook.addresses import column_of, letters_of, number_of
from reporting.workbook.answers import Answer
from reporting.workbook.grids import Grid
from reporting.workbook.layout import Role
from reporting.workbook.locate import FormPlace, Located, TablePlace


def unseen(located: Located, answers: Iterable[Answer]) -> Iterator[Finding]:
    """One finding a sheet with answers that are hidden, and one a sheet with formulas in place of answers."""
    places: list[FormPlace | TablePlace] = [*located.forms, *located.tables.values()]
    marked = {place.grid.title: place.grid for place in places if _may_hide(place)}
    if not marked:
        return
    cells: dict[str, list[str]] = {title: [] for title in marked}
    for answer in answers:
        if answer.answered and answer.sheet in cells:
            cells[answer.sheet] += answer.cells
    for title, grid in marked.items():
        yield from _of(grid, cells[title])


def _may_hide(place: FormPlace | TablePlace) -> bool:
    """Whether more of a sheet is hidden than the row and the column of its ids, or anything on it is worked out."""
    grid = place.grid
    columns = {column for name, column in place.columns.items() if name is not Role.ID}
    return bool(grid.formulas or len(grid.hidden) > 1 or grid.is_hidden or not grid.hidden_columns.isdisjoint(columns))


def _of(grid: Grid, cells: list[str]) -> Iterator[Finding]:
    if grid.is_hidden:
        where, hidden = Text("and is hidden"), cells
    else:
        where = Text("in rows or columns that are hidden")
        hidden = [cell for cell in cells if _is_hidden(cell, grid)]
    if hidden:
        yield form_faults.HIDDEN_ANSWERS.finding(sheet=grid.title, cells=tuple(hidden), where=where)
    if computed := tuple(cell for cell in cells if cell in grid.formulas):
        yield form_faults.FORMULA_IN_ANSWER.finding(sheet=grid.title, cells=computed)


def _is_hidden(cell: str, grid: Grid) -> bool:
    return number_of(cell) in grid.hidden or column_of(letters_of(cell)) in grid.hidden_columns

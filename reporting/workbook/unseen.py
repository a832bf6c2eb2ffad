"""What the office may not see: answers in hidden rows, and answers that are results of formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reporting.findings import Finding
from reporting.workbook import form_faults
from reporting.workbook.addresses import number_of
from reporting.workbook.answers import Answer
from reporting.workbook.grids import Grid
from reporting.workbook.locate import Located


def unseen(located: Located, answers: Iterable[Answer]) -> Iterator[Finding]:
    """One finding a sheet with answers in hidden rows, and one a sheet with formulas in place of answers."""
    grids = [place.grid for place in located.forms] + [place.grid for place in located.tables.values()]
    marked = {grid.title: grid for grid in grids if grid.formulas or len(grid.hidden) > 1}
    if not marked:
        return
    cells: dict[str, list[str]] = {title: [] for title in marked}
    for answer in answers:
        if answer.answered and answer.sheet in cells:
            cells[answer.sheet] += answer.cells
    for title, grid in marked.items():
        yield from _of(grid, cells[title])


def _of(grid: Grid, cells: list[str]) -> Iterator[Finding]:
    if hidden := tuple(cell for cell in cells if number_of(cell) in grid.hidden):
        yield form_faults.HIDDEN_ROWS.finding(sheet=grid.title, cells=hidden)
    if computed := tuple(cell for cell in cells if cell in grid.formulas):
        yield form_faults.FORMULA_IN_ANSWER.finding(sheet=grid.title, cells=computed)

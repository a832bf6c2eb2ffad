"""Greying what an earlier answer rules out, by conditional formats.

A conditional format may refer only to its own sheet; what a form sheet needs from another one it repeats in its hidden
first row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from reporting.schema.expressions import Expression, Logic, parse
from reporting.workbook.addresses import column_of, letter_of, letters_of, number_of
from reporting.workbook.formulas import Words, ruled_out
from reporting.workbook.layout import FIRST_MIRROR, FORM_COLUMNS, ID_ROW, FormRow, FormSheet, Role, WorkbookLayout
from reporting.workbook.sheets import Making
from reporting.workbook.styles import NOT_ASKED_FILL, NOT_ASKED_INK

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

USES_FOCUS = "cover.uses_focus"
"""Impact indicators are asked only of offices that use FOCUS (FORM 1)."""


@dataclass(slots=True)
class Mirrors:
    """The answers of other sheets that a form sheet repeats, by field id, with their formula."""

    form: FormSheet
    layout: WorkbookLayout
    cells: dict[str, str] = field(default_factory=dict)

    def refer(self, path: str) -> str | None:
        """The cell of this sheet in which the answer to ``path`` stands or is repeated."""
        if path in self.form.by_id:
            return _absolute(self.form.by_id[path].cell(Role.ANSWER))
        if path not in self.layout.rows_by_id:
            return None
        if path not in self.cells:
            self.cells[path] = f"{letter_of(column_of(FIRST_MIRROR) + len(self.cells))}{ID_ROW}"
        return _absolute(self.cells[path])

    def write(self, sheet: Worksheet) -> None:
        """Put the repeating formulas on the sheet; a blank answer stays blank."""
        for path, cell in self.cells.items():
            answer = self.layout.answer(path).absolute()
            sheet[cell] = f'=IF({answer}="","",{answer})'


def grey_out(sheet: Worksheet, making: Making, form: FormSheet) -> None:
    """Add the conditional formats of a form sheet."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    look = DifferentialStyle(font=Font(color=NOT_ASKED_INK), fill=PatternFill(bgColor=NOT_ASKED_FILL))
    mirrors = Mirrors(form, making.layout)
    formulas = [(row, _formula(making, row, mirrors)) for row in form.rows]
    for formula, cells in _ranges(formulas):
        rule = Rule(type="expression", dxf=look, formula=[formula], stopIfTrue=False)
        sheet.conditional_formatting.add(cells, rule)
    mirrors.write(sheet)


def _formula(making: Making, row: FormRow, mirrors: Mirrors) -> str | None:
    condition = asked_if(making, row)
    return ruled_out(condition, Words(making.schema), mirrors.refer) if condition else None


def asked_if(making: Making, row: FormRow) -> Expression | None:
    """When what stands in ``row`` is asked, or None for always."""
    if row.field:
        return parse(row.field.asked_if) if row.field.asked_if else None
    if row.indicator is None or row.area is None:
        return None
    conditions = [name for name in (f"{row.area.id}.applicable", USES_FOCUS) if name in making.schema.fields]
    parts = tuple(parse(f"{name} == 'yes'") for name in conditions)
    return Logic("and", parts) if parts else None


def _ranges(formulas: list[tuple[FormRow, str | None]]) -> Iterator[tuple[str, str]]:
    """Each formula with its cells: neighbouring rows of one formula together."""
    first, last = FORM_COLUMNS[Role.QUESTION], FORM_COLUMNS[Role.MARK]
    cells: dict[str, list[str]] = {}
    for formula, group in groupby(formulas, key=lambda pair: pair[1]):
        if formula:
            numbers = [row.number for row, _ in group]
            cells.setdefault(formula, []).append(f"{first}{numbers[0]}:{last}{numbers[-1]}")
    return ((formula, " ".join(ranges)) for formula, ranges in cells.items())


def _absolute(cell: str) -> str:
    return f"${letters_of(cell)}${number_of(cell)}"

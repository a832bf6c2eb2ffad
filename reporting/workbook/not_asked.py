"""Greying what an earlier answer rules out, by conditional formats.

A conditional format may refer only to its own sheet. So each condition of a form sheet stands in its hidden first row: 1
where the question is asked, 0 where it is not, 0.5 where that is not known yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from reporting.errors import NotInExcel
from reporting.schema.expressions import Expression, Logic, parse
from reporting.workbook.addresses import column_of, letter_of
from reporting.workbook.layout import FIRST_CONDITION, FORM_COLUMNS, ID_ROW, FormRow, FormSheet, Role
from reporting.workbook.rule_formulas import truth_formula
from reporting.workbook.sheets import Making
from reporting.workbook.sight import Sight, workbook_sight
from reporting.workbook.styles import NOT_ASKED_FILL, NOT_ASKED_INK

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

USES_FOCUS = "cover.uses_focus"
"""Impact indicators are asked only of offices that use FOCUS (FORM 1)."""


@dataclass(frozen=True, slots=True)
class _Conditions:
    """The conditions of one form sheet: the column of each formula in the hidden first row."""

    sight: Sight
    columns: dict[str, str] = field(default_factory=dict)

    def fails(self, condition: Expression) -> str | None:
        """Whether the condition is known to fail, as a formula on this sheet; None if no formula says it."""
        try:
            formula = truth_formula(condition, self.sight)
        except NotInExcel:
            return None
        column = self.columns.setdefault(formula, letter_of(column_of(FIRST_CONDITION) + len(self.columns)))
        return f"${column}${ID_ROW}=0"

    def write(self, sheet: Worksheet) -> None:
        for formula, column in self.columns.items():
            sheet[f"{column}{ID_ROW}"] = f"={formula}"


def grey_out(sheet: Worksheet, making: Making, form: FormSheet) -> None:
    """Add the conditional formats of a form sheet."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    look = DifferentialStyle(font=Font(color=NOT_ASKED_INK), fill=PatternFill(bgColor=NOT_ASKED_FILL))
    conditions = _Conditions(workbook_sight(making.schema, making.layout))
    formulas = [(row, _fails(making, row, conditions)) for row in form.rows]
    for formula, cells in _ranges(formulas):
        rule = Rule(type="expression", dxf=look, formula=[formula], stopIfTrue=False)
        sheet.conditional_formatting.add(cells, rule)
    conditions.write(sheet)


def _fails(making: Making, row: FormRow, conditions: _Conditions) -> str | None:
    condition = asked_if(making, row)
    return conditions.fails(condition) if condition else None


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

"""The value of a computed field as an Excel formula.

It says what :mod:`reporting.workbook.computed` works out on reading: nothing while the tables are empty or the question
is not asked, ``..`` where nothing but ``..`` would be added up, else the value. What it cannot say is left to the
validator. English function names, nothing volatile, no array formulas.
"""

from __future__ import annotations

from dataclasses import dataclass

from reporting.errors import NotInExcel
from reporting.schema.expressions import Arithmetic, Call, Constant, Expression, Logic, Name, parse
from reporting.schema.model import Field, Schema
from reporting.workbook.layout import WorkbookLayout
from reporting.workbook.row_filters import over_rows
from reporting.workbook.rule_formulas import truth_formula
from reporting.workbook.sight import workbook_sight


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum over the rows of a table, as parts of a formula. ``none_known`` is true where rows count but none is known."""

    table: str
    formula: str
    none_known: str


def computed(question: Field, schema: Schema, layout: WorkbookLayout) -> str | None:
    """The formula of a computed field, or None where there is none."""
    sums: list[_Sum] = []
    try:
        value = _number(parse(question.computed), schema, layout, sums)
    except NotInExcel:
        return None
    if not sums:
        return None
    empty = "+".join(
        f"COUNTA({layout.tables_by_id[table].area.absolute()})" for table in dict.fromkeys(item.table for item in sums)
    )
    unknown = ",".join(item.none_known for item in sums)
    shown = f'IF(AND({value}=0,OR({unknown})),"..",{value})'
    return f'=IFERROR(IF({_silent(question, schema, layout, f"{empty}=0")},"",{shown}),"")'


def _silent(question: Field, schema: Schema, layout: WorkbookLayout, empty: str) -> str:
    """Whether nothing is to be shown."""
    if not question.asked_if:
        return empty
    return f"OR({empty},{truth_formula(parse(question.asked_if), workbook_sight(schema, layout))}=0)"


def _number(expression: Expression, schema: Schema, layout: WorkbookLayout, sums: list[_Sum]) -> str:
    """``expression`` as a formula; the sums it consists of are added to ``sums``."""
    match expression:
        case Constant(int() | float() as value):
            return repr(value)
        case Arithmetic(operator, left, right):
            return f"({_number(left, schema, layout, sums)}{operator}{_number(right, schema, layout, sums)})"
        case Name(path) if path in layout.rows_by_id:
            cell = layout.answer(path).absolute()
            return f"IF(ISNUMBER({cell}),{cell},NA())"
        case Call("sum", (Name(), *_)):
            sums.append(_sum(expression, layout, schema))
            return sums[-1].formula
    raise NotInExcel("it is no sum")


def _sum(call: Call, layout: WorkbookLayout, schema: Schema) -> _Sum:
    """The sum of known numbers over the rows that meet the filter: SUM passes over texts, as the language does."""
    path, *condition = call.arguments
    assert isinstance(path, Name)  # noqa: S101 - the grammar of sum
    table = path.path.partition(".")[0]
    sight = workbook_sight(schema, layout)
    if not condition:
        added = layout.answer(path.path).absolute()
        return _Sum(
            table, f"SUM({added})", f"AND(COUNTA({layout.tables_by_id[table].area.absolute()})>0,COUNT({added})=0)"
        )
    is_known = Call("known", (Name(path.path.partition(".")[2]),))
    rows = over_rows(Call("any", (Name(table), *condition)), sight)
    known = over_rows(Call("any", (Name(table), _both(condition[0], is_known))), sight)
    return _Sum(table, over_rows(call, sight), f"AND({rows}>0,{known}=0)")


def _both(first: Expression, second: Expression) -> Logic:
    """Both, as one ``and``."""
    parts = first.operands if isinstance(first, Logic) and first.operator == "and" else (first,)
    return Logic("and", (*parts, second))

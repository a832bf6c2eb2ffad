"""The language of rules as a filter over facts: a fourth back end, for the ``where`` of indicators.

The meaning is that of :mod:`reporting.schema.evaluate`: Polars' null is *unknown*, its logic is Kleene's, and a row for
which the filter is unknown does not meet it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from typing import TYPE_CHECKING

from reporting.errors import ExpressionError
from reporting.schema.expressions import (
    Arithmetic,
    Call,
    Compare,
    Constant,
    Expression,
    Items,
    Literal,
    Logic,
    Name,
    Not,
    names,
)
from reporting.schema.model import NUMERIC, Table

if TYPE_CHECKING:
    import polars as pl


def columns_of(expression: Expression) -> Iterator[str]:
    """The table's columns that a filter looks at."""
    return names(expression)


def polars_filter(expression: Expression, table: Table) -> pl.Expr:
    """The filter as a Polars expression over rows with columns ``number.<column>`` and ``text.<column>``.

    Raises:
        ExpressionError: the filter uses more than comparisons and logic over the table's own columns.
    """
    import polars as pl

    match expression:
        case Logic(operator, operands):
            parts = [polars_filter(operand, table) for operand in operands]
            return reduce((lambda a, b: a & b) if operator == "and" else (lambda a, b: a | b), parts)
        case Not(operand):
            return ~polars_filter(operand, table)
        case Compare(operator, left, Items(values)) if operator in {"in", "not in"}:
            found = _operand(left, table).is_in([_folded(value) for value in values])
            return found if operator == "in" else ~found
        case Compare("in", Constant(str() as code), Name(path)):
            return _operand(Name(path), table).str.split(";").list.contains(code.casefold())
        case Compare(operator, left, right) if operator in _COMPARE:
            return _COMPARE[operator](_operand(left, table), _operand(right, table))
        case Call("known", (Name(path),)):
            return _operand(Name(path), table).is_not_null()
        case Constant(bool() as truth):
            return pl.lit(truth)
    raise ExpressionError(f"a figure's filter can compare a table's columns, and no more: {expression}")


def _folded(value: Literal) -> str | float:
    return value.casefold() if isinstance(value, str) else float(value)


_COMPARE: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def _operand(expression: Expression, table: Table) -> pl.Expr:
    import polars as pl

    match expression:
        case Name(path) if path in table.by_name:
            if table.by_name[path].type in NUMERIC:
                return pl.col(f"number.{path}")
            return pl.col(f"text.{path}").str.to_lowercase()
        case Constant(str() as text):
            return pl.lit(text.casefold())
        case Constant(value):
            return pl.lit(value)
        case Arithmetic(operator, left, right):
            a, b = _operand(left, table), _operand(right, table)
            return {"+": a + b, "-": a - b, "*": a * b, "/": a / b}[operator]
    raise ExpressionError(f"a figure's filter can compare a table's columns, and no more: {expression}")

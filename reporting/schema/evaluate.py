"""The language of rules: evaluation.

The meaning is strict (DESIGN 3). Arithmetic or comparison with something that has no value is *unknown*; an unknown
rule cannot be evaluated, it is never broken. Only ``blank`` and ``known`` see that a value is missing; ``sum``, ``max``
and ``min`` skip it. Division by zero is unknown. Nothing is rounded.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, Protocol

from reporting.schema.expressions import Arithmetic, Call, Compare, Constant, Expression, Items, Logic, Name, Not


class Unknown:
    """The value of what cannot be known; there is one, :data:`UNKNOWN`."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()
Result = int | float | str | bool | date | tuple[str, ...] | Unknown


class Scope(Protocol):
    """Where names get their values: a return, or a row of one of its tables."""

    def value(self, path: str) -> Result:
        """The value of a field or column, UNKNOWN where there is none."""

    def is_blank(self, path: str) -> bool:
        """Whether nothing was written."""

    def rows(self, table: str) -> Iterable[Scope]:
        """A scope for each row of a table, in which bare names are its columns and ``this.`` this scope's."""

    def last_year(self) -> Scope | None:
        """The same place in last year's return, or None where there is no such return or row."""


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_NUMBER: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def evaluate(expression: Expression, scope: Scope) -> Result:
    """The value of ``expression`` in ``scope``; UNKNOWN where it cannot be known."""
    match expression:
        case Constant(value):
            return value
        case Name(path):
            return scope.value(path)
        case Items(values):
            return tuple(str(value) for value in values)
        case Not(operand):
            truth = evaluate(operand, scope)
            return UNKNOWN if isinstance(truth, Unknown) else not truth
        case Logic(kind, operands):
            return _logic(kind, operands, scope)
        case Compare(kind, left, right):
            return _compare(kind, evaluate(left, scope), evaluate(right, scope))
        case Arithmetic(kind, left, right):
            return _arithmetic(kind, evaluate(left, scope), evaluate(right, scope))
        case Call():
            return _call(expression, scope)


def is_true(expression: Expression, scope: Scope) -> bool:
    """Whether the expression is known to be true."""
    return evaluate(expression, scope) is True


def is_false(expression: Expression, scope: Scope) -> bool:
    """Whether the expression is known to be false."""
    return evaluate(expression, scope) is False


def _logic(kind: str, operands: tuple[Expression, ...], scope: Scope) -> Result:
    """Kleene's three values: one false decides ``and``, one true decides ``or``, else unknown wins."""
    decisive = kind == "or"
    unknown = False
    for operand in operands:
        value = evaluate(operand, scope)
        if isinstance(value, Unknown):
            unknown = True
        elif bool(value) is decisive:
            return decisive
    return UNKNOWN if unknown else not decisive


def _compare(kind: str, left: Result, right: Result) -> Result:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return UNKNOWN
    left, right = _folded(left), _folded(right)
    if kind in ("in", "not in"):
        return (left in right if isinstance(right, tuple) else left == right) is (kind == "in")
    if _comparable(left, right):
        return _COMPARE[kind](left, right)
    return {"==": False, "!=": True}.get(kind, UNKNOWN)


def _folded(value: Result) -> Result:
    if isinstance(value, str):
        return value.casefold()
    return tuple(item.casefold() for item in value) if isinstance(value, tuple) else value


def _comparable(left: Result, right: Result) -> bool:
    numbers = isinstance(left, int | float) and isinstance(right, int | float)
    return numbers or type(left) is type(right)


def _arithmetic(kind: str, left: Result, right: Result) -> Result:
    if not (isinstance(left, int | float) and isinstance(right, int | float)):
        return UNKNOWN
    if kind == "/" and right == 0:
        return UNKNOWN
    return _NUMBER[kind](left, right)


def _call(call: Call, scope: Scope) -> Result:
    match call:
        case Call("blank", (Name(path),)):
            return scope.is_blank(path)
        case Call("known", (operand,)):
            return not isinstance(evaluate(operand, scope), Unknown)
        case Call("last_year", (operand,)):
            before = scope.last_year()
            return UNKNOWN if before is None else evaluate(operand, before)
        case Call("sum" | "count" | "any", (Name(path), *condition)):
            return _over_rows(call.function, path, condition[0] if condition else None, scope)
        case Call("date", (Constant(str(day)),)):
            return date.fromisoformat(day)
        case Call("year", (operand,)):
            value = evaluate(operand, scope)
            return value.year if isinstance(value, date) else UNKNOWN
        case Call("abs", (operand,)):
            value = evaluate(operand, scope)
            return abs(value) if isinstance(value, int | float) else UNKNOWN
        case Call("total", operands):
            return sum(value for item in operands if isinstance(value := evaluate(item, scope), int | float))
        case Call("max" | "min", operands):
            values = [value for item in operands if isinstance(value := evaluate(item, scope), int | float)]
            return (max if call.function == "max" else min)(values) if values else UNKNOWN
    return UNKNOWN


def _over_rows(function: str, path: str, condition: Expression | None, scope: Scope) -> Result:
    table, _, column = path.partition(".")
    rows = [row for row in scope.rows(table) if condition is None or is_true(condition, row)]
    if function == "any":
        return bool(rows)
    if function == "count":
        return sum(not row.is_blank(column) for row in rows)
    return sum(value for row in rows if isinstance(value := row.value(column), int | float))

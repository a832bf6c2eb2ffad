"""The language of rules: evaluation.

The meaning is strict (DESIGN 3). Arithmetic or comparison with something that has no value is *unknown*; an unknown
rule cannot be evaluated, it is never broken. Only ``blank`` and ``known`` see that a value is missing; ``sum``, ``max``
and ``min`` skip it. Division by zero is unknown. Nothing is rounded.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any, Final, Protocol

from reporting.schema.expressions import Arithmetic, Call, Compare, Constant, Expression, Items, Logic, Name, Not, parse


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
_UNLIKE: dict[str, Result] = {"==": False, "!=": True}
"""What comparing values of different kinds comes to; which of them is larger is unknown."""
_NUMBER: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


Meaning = Callable[[Scope], Result]
"""An expression made ready: what it comes to in a scope."""


def evaluate(expression: str | Expression, scope: Scope) -> Result:
    """The value of ``expression`` in ``scope``; UNKNOWN where it cannot be known."""
    return meaning(expression)(scope)


def is_true(expression: str | Expression, scope: Scope) -> bool:
    """Whether the expression is known to be true."""
    return meaning(expression)(scope) is True


def is_false(expression: str | Expression, scope: Scope) -> bool:
    """Whether the expression is known to be false."""
    return meaning(expression)(scope) is False


def meaning(expression: str | Expression) -> Meaning:
    """The expression made ready, once for each text: a rule is asked for every row of every return.

    Raises:
        ExpressionError: a text is outside the language.
    """
    return _meaning_of_text(expression) if isinstance(expression, str) else _meaning(expression)


@cache
def _meaning_of_text(text: str) -> Meaning:
    return _meaning(parse(text))


def _meaning(expression: Expression) -> Meaning:
    match expression:
        case Constant(value):
            return lambda _scope: value
        case Name(path):
            return lambda scope: scope.value(path)
        case Items(values):
            return lambda _scope: tuple(str(value) for value in values)
        case Not(operand):
            return _negation(_meaning(operand))
        case Logic(kind, operands):
            return _logic(tuple(map(_meaning, operands)), decisive=kind == "or")
        case Compare("in" | "not in" as kind, left, right):
            return _membership(_meaning(left), right, wanted=kind == "in")
        case Compare(kind, left, right):
            return _comparison(kind, _meaning(left), _meaning(right))
        case Arithmetic(kind, left, right):
            return _arithmetic(kind, _meaning(left), _meaning(right))
        case Call():
            return _call(expression)


def _negation(operand: Meaning) -> Meaning:
    def value(scope: Scope) -> Result:
        truth = operand(scope)
        return UNKNOWN if truth is UNKNOWN else not truth

    return value


def _logic(operands: tuple[Meaning, ...], *, decisive: bool) -> Meaning:
    """Kleene's three values: one false decides ``and``, one true decides ``or``, else unknown wins."""

    def value(scope: Scope) -> Result:
        unknown = False
        for operand in operands:
            truth = operand(scope)
            if truth is UNKNOWN:
                unknown = True
            elif bool(truth) is decisive:
                return decisive
        return UNKNOWN if unknown else not decisive

    return value


def _membership(left: Meaning, right: Expression, *, wanted: bool) -> Meaning:
    """Whether a value is in a written list, or in the answer to a question with several choices."""
    written = frozenset(map(_folded, right.values)) if isinstance(right, Items) else None
    answered = _meaning(right)

    def value(scope: Scope) -> Result:
        item = left(scope)
        if item is UNKNOWN:
            return UNKNOWN
        if written is not None:
            return (_folded(item) in written) is wanted
        among = answered(scope)
        if among is UNKNOWN:
            return UNKNOWN
        item, among = _folded(item), _folded(among)
        return (item in among if isinstance(among, tuple) else item == among) is wanted

    return value


def _comparison(kind: str, left: Meaning, right: Meaning) -> Meaning:
    compare, otherwise = _COMPARE[kind], _UNLIKE.get(kind, UNKNOWN)

    def value(scope: Scope) -> Result:
        a, b = left(scope), right(scope)
        if a is UNKNOWN or b is UNKNOWN:
            return UNKNOWN
        a, b = _folded(a), _folded(b)
        return compare(a, b) if _comparable(a, b) else otherwise

    return value


def _folded(value: Result) -> Result:
    if isinstance(value, str):
        return value.casefold()
    return tuple(item.casefold() for item in value) if isinstance(value, tuple) else value


def _comparable(left: Result, right: Result) -> bool:
    numbers = isinstance(left, int | float) and isinstance(right, int | float)
    return numbers or type(left) is type(right)


def _arithmetic(kind: str, left: Meaning, right: Meaning) -> Meaning:
    compute = _NUMBER[kind]

    def value(scope: Scope) -> Result:
        a, b = left(scope), right(scope)
        if not (isinstance(a, int | float) and isinstance(b, int | float)) or (kind == "/" and b == 0):
            return UNKNOWN
        return compute(a, b)

    return value


def _call(call: Call) -> Meaning:
    match call:
        case Call("blank", (Name(path),)):
            return lambda scope: scope.is_blank(path)
        case Call("sum" | "count" | "any" as function, (Name(path), *condition)):
            return _over_rows(function, path, _meaning(condition[0]) if condition else None)
        case Call("date", (Constant(str(day)),)):
            parsed = date.fromisoformat(day)
            return lambda _scope: parsed
        case Call("total" | "max" | "min" as function, operands):
            return _over_numbers(function, tuple(map(_meaning, operands)))
        case Call("known" | "last_year" | "year" | "abs" as function, (operand,)):
            return _of_one(function, _meaning(operand))
    return lambda _scope: UNKNOWN


def _of_one(function: str, operand: Meaning) -> Meaning:
    def known(scope: Scope) -> Result:
        return operand(scope) is not UNKNOWN

    def last_year(scope: Scope) -> Result:
        before = scope.last_year()
        return UNKNOWN if before is None else operand(before)

    def year(scope: Scope) -> Result:
        value = operand(scope)
        return value.year if isinstance(value, date) else UNKNOWN

    def size(scope: Scope) -> Result:
        value = operand(scope)
        return abs(value) if isinstance(value, int | float) else UNKNOWN

    return {"known": known, "last_year": last_year, "year": year, "abs": size}[function]


def _over_numbers(function: str, operands: tuple[Meaning, ...]) -> Meaning:
    """``total``, ``max`` and ``min`` of the known numbers among some; of none, a total is zero."""
    combine: Callable[[list[float]], float] = sum if function == "total" else max if function == "max" else min

    def value(scope: Scope) -> Result:
        values = [number for operand in operands if isinstance(number := operand(scope), int | float)]
        return combine(values) if values or function == "total" else UNKNOWN

    return value


def _over_rows(function: str, path: str, condition: Meaning | None) -> Meaning:
    table, _, column = path.partition(".")

    def value(scope: Scope) -> Result:
        rows = (row for row in scope.rows(table) if condition is None or condition(row) is True)
        if function == "any":
            return any(True for _ in rows)
        if function == "count":
            return sum(not row.is_blank(column) for row in rows)
        return sum(number for row in rows if isinstance(number := row.value(column), int | float))

    return value

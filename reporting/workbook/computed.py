"""Questions whose answer is computed from the tables: worked out anew, never read from the cell (DESIGN 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reporting.schema.evaluate import Scope, Unknown, evaluate, is_false, meaning
from reporting.schema.expressions import OVER_ROWS, Arithmetic, Call, Compare, Expression, Logic, Name, Not, parse
from reporting.schema.model import Field
from reporting.workbook.answers import Answer, Missing


def computed_answer(question: Field, scope: Scope, place: Answer) -> Answer:
    """The answer to ``question``, standing where ``place`` stands.

    Missing is not zero (FORM 7): from tables without any row nothing follows, and a sum of nothing but ``..`` is ``..``.
    """
    expression = parse(question.computed)
    if question.asked_if and is_false(question.asked_if, scope):
        return replace(place, value=None, missing=Missing.BLANK, text="")
    calls = list(_over_rows(expression))
    if calls and not any(list(scope.rows(_table(call))) for call in calls):
        return replace(place, value=None, missing=Missing.BLANK, text="")
    value = evaluate(question.computed, scope)
    if isinstance(value, Unknown | bool) or (value == 0 and any(_nothing_known(call, scope) for call in calls)):
        return replace(place, value=None, missing=Missing.NOT_AVAILABLE, text=Missing.NOT_AVAILABLE.value)
    return replace(place, value=value, missing=None, text=str(value))


def _nothing_known(call: Call, scope: Scope) -> bool:
    """Whether a sum runs over rows, but none of them has a value."""
    if call.function != "sum":
        return False
    condition = meaning(call.arguments[1]) if len(call.arguments) > 1 else None
    rows = [row for row in scope.rows(_table(call)) if condition is None or condition(row) is True]
    column = _path(call).partition(".")[2]
    return bool(rows) and all(isinstance(row.value(column), Unknown) for row in rows)


def _table(call: Call) -> str:
    return _path(call).partition(".")[0]


def _path(call: Call) -> str:
    first = call.arguments[0]
    return first.path if isinstance(first, Name) else ""


def _over_rows(expression: Expression) -> Iterator[Call]:
    match expression:
        case Call(function) if function in OVER_ROWS:
            yield expression
        case Call(_, operands) | Logic(_, operands):
            for operand in operands:
                yield from _over_rows(operand)
        case Not(operand):
            yield from _over_rows(operand)
        case Arithmetic(_, left, right) | Compare(_, left, right):
            yield from _over_rows(left)
            yield from _over_rows(right)

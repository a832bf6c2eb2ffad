"""The language of rules, skip logic, totals and indicators: parsing.

A subset of Python's own syntax, parsed with :mod:`ast` and white-listed; nothing is ever passed to ``eval``.

=============================  =====================================================================================
written                        meaning
=============================  =====================================================================================
``12`` ``'text'`` ``True``     a number, a text, a truth value
``security.sgbv.applicable``   the answer to a field of the form
``opening``                    in a rule about a table's rows: the column in this row
``this.opening``               the same, inside a filter, where bare names mean the row that is being filtered
``== != < <= > >=``            comparison; texts compare without regard to case
``in``, ``not in``             membership of a list ``('a', 'b')``, or of a field with several choices
``and or not``                 logic with *unknown*
``+ - * /``                    arithmetic
``blank(x)``                   whether nothing was written; ``..`` and ``na`` are something
``known(x)``                   whether there is a value
``sum(t.column, filter)``      the sum of known values over the rows of table ``t`` that meet the filter
``count(t.column, filter)``    the number of rows with something written in the column
``any(t, filter)``             whether any row meets the filter
``total(a, b, …)``             the sum of the known values among those written; of none, zero
``max(a, b)`` ``min`` ``abs``  of known values
``date('2000-12-12')``         a day, to compare dates with
``year(x)``                    the year of a date
``last_year(x)``               the field or column in last year's return
=============================  =====================================================================================
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from reporting.errors import ExpressionError

Literal = int | float | str | bool
FUNCTIONS = {
    "blank": (1, 1),
    "known": (1, 1),
    "sum": (1, 2),
    "count": (1, 2),
    "any": (1, 2),
    "total": (2, 30),
    "max": (1, 9),
    "min": (1, 9),
    "abs": (1, 1),
    "date": (1, 1),
    "year": (1, 1),
    "last_year": (1, 1),
}
"""Functions with their least and greatest number of arguments."""
OVER_ROWS = frozenset({"sum", "count", "any"})

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text or a truth value."""

    value: Literal


@dataclass(frozen=True, slots=True)
class Name:
    """A field, a column, or ``this.column``."""

    path: str


@dataclass(frozen=True, slots=True)
class Items:
    """A written list, to the right of ``in``."""

    values: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Logic:
    """``and`` or ``or`` over two or more operands."""

    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison; ``a < b < c`` is written with ``and``."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``+ - * /`` of two numbers."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the table above."""

    function: str
    arguments: tuple[Expression, ...]


Expression = Constant | Name | Items | Not | Logic | Compare | Arithmetic | Call


@cache
def parse(text: str) -> Expression:
    """The tree of ``text``.

    Raises:
        ExpressionError: the text is outside the language; the message gives the column.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        column = getattr(error, "offset", None) or 1
        raise ExpressionError(f"cannot read “{text}” at column {column}: {error.args[0]}") from error
    return _convert(tree.body, text)


def names(expression: Expression) -> Iterator[str]:
    """Every name that the expression mentions, in reading order; names inside filters included."""
    match expression:
        case Name(path):
            yield path
        case Not(operand):
            yield from names(operand)
        case Logic(_, operands) | Call(_, operands):
            for operand in operands:
                yield from names(operand)
        case Compare(_, left, right) | Arithmetic(_, left, right):
            yield from names(left)
            yield from names(right)


def _convert(node: ast.expr, text: str) -> Expression:
    match node:
        case ast.Constant(value=bool() | int() | float() | str() as value):
            return Constant(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return Constant(-value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_convert(operand, text))
        case ast.Name() | ast.Attribute():
            return Name(_path(node, text))
        case ast.Tuple() | ast.List():
            return Items(tuple(_literal(item, text) for item in node.elts))
        case ast.BoolOp():
            operator = "and" if isinstance(node.op, ast.And) else "or"
            return Logic(operator, tuple(_convert(value, text) for value in node.values))
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARISONS:
            return Compare(_COMPARISONS[type(op)], _convert(left, text), _convert(right, text))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
            return Arithmetic(_ARITHMETIC[type(op)], _convert(left, text), _convert(right, text))
        case ast.Call(func=ast.Name(id=function), keywords=[]):
            return _call(function, node, text)
    raise _outside(node, text)


def _call(function: str, node: ast.Call, text: str) -> Call:
    if function not in FUNCTIONS:
        raise ExpressionError(f"“{text}”: there is no function “{function}”; there are {', '.join(FUNCTIONS)}")
    least, most = FUNCTIONS[function]
    if not least <= len(node.args) <= most:
        raise ExpressionError(f"“{text}”: {function}() takes {least} to {most} arguments, not {len(node.args)}")
    call = Call(function, tuple(_convert(argument, text) for argument in node.args))
    if function == "date" and not _is_day(call.arguments[0]):
        raise ExpressionError(f"“{text}”: date() takes a day written as '2008-12-31'")
    return call


def _is_day(argument: Expression) -> bool:
    try:
        return isinstance(argument, Constant) and bool(date.fromisoformat(str(argument.value)))
    except ValueError:
        return False


def _path(node: ast.expr, text: str) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{_path(value, text)}.{name}"
    raise _outside(node, text)


def _literal(node: ast.expr, text: str) -> Literal:
    converted = _convert(node, text)
    if not isinstance(converted, Constant):
        raise ExpressionError(f"“{text}”: a list may hold only numbers and texts (column {node.col_offset + 1})")
    return converted.value


def _outside(node: ast.expr, text: str) -> ExpressionError:
    return ExpressionError(
        f"“{text}”: {type(node).__name__} at column {node.col_offset + 1} is not part of the language"
    )

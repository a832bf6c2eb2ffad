"""What is plain from a rule without any return."""

from __future__ import annotations

from collections.abc import Iterator

from reporting.findings import Severity
from reporting.schema.expressions import OVER_ROWS, Arithmetic, Call, Compare, Expression, Logic, Name, Not, parse
from reporting.schema.model import Rule

_THIS = "this."


def in_force(rule: Rule, year: int) -> bool:
    """Whether the rule holds for returns of ``year``."""
    return (rule.first_year or year) <= year <= (rule.last_year or year)


def severity_of(rule: Rule) -> Severity:
    """The severity of its findings: a beta rule makes notes."""
    return Severity.NOTE if rule.beta else rule.severity


def fields_read(expression: str, table: str = "") -> frozenset[str]:
    """The ids of the fields and columns (``table.column``) that an expression reads, filters included.

    ``table`` is the one whose rows the expression is for. What is only asked for with ``any(table)`` is no column.
    """
    return frozenset(_read(parse(expression), table, "")) if expression else frozenset()


def _read(expression: Expression, table: str, around: str) -> Iterator[str]:
    match expression:
        case Name(path) if path.startswith(_THIS):
            yield f"{around or table}.{path.removeprefix(_THIS)}"
        case Name(path):
            yield f"{table}.{path}" if table and "." not in path else path
        case Call(function, (Name(path), *filters)) if function in OVER_ROWS:
            if "." in path:
                yield path
            for condition in filters:
                yield from _read(condition, path.partition(".")[0], table)
        case Logic(_, operands) | Call(_, operands):
            for operand in operands:
                yield from _read(operand, table, around)
        case Not(operand):
            yield from _read(operand, table, around)
        case Arithmetic(_, left, right) | Compare(_, left, right):
            yield from _read(left, table, around)
            yield from _read(right, table, around)

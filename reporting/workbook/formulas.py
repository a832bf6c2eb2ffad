"""Expressions of the schema as Excel formulas: whether a question is ruled out by an earlier answer.

What a formula cannot say is None. English function names, nothing volatile, no array formulas.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reporting.schema.expressions import Compare, Constant, Expression, Items, Literal, Logic, Name
from reporting.schema.model import Field, Schema
from reporting.workbook.choices import code_list_of

Refer = Callable[[str], str | None]
"""Where the answer to a field stands, as a formula writes it; None for what the formula cannot see."""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the cells of a workbook: the labels of codes, not the codes."""

    schema: Schema

    def shown(self, question: Field | None, value: Literal) -> str:
        """``value`` as the cell of ``question`` holds it, written as a constant of a formula."""
        return constant(self.label(question, value))

    def label(self, question: Field | None, value: Literal) -> Literal:
        """The label of a code, or the value itself where the question has no list."""
        codes = code_list_of(self.schema, question) if question else None
        return codes.label_of(str(value)) if codes else value


def constant(value: Literal) -> str:
    """A number or a text as a formula writes it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f'"{doubled(value)}"' if isinstance(value, str) else repr(value)


def ruled_out(expression: Expression, words: Words, refer: Refer) -> str | None:
    """A formula that is true where ``expression`` is known to be false; None if the sheet cannot tell."""
    match expression:
        case Logic("and", operands):
            parts = [part for operand in operands if (part := ruled_out(operand, words, refer))]
            return _either(parts)
        case Logic("or", operands):
            every = [ruled_out(operand, words, refer) for operand in operands]
            return f"AND({','.join(part for part in every if part)})" if all(every) else None
        case Compare(comparison, Name(path), Constant() | Items() as right):
            cell = refer(path)
            return _comparison_fails(comparison, cell, words, words.schema.question(path), right) if cell else None
    return None


def _either(parts: list[str]) -> str | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return f"OR({','.join(parts)})"


def _comparison_fails(
    comparison: str, cell: str, words: Words, question: Field | None, right: Constant | Items
) -> str | None:
    values = right.values if isinstance(right, Items) else (right.value,)
    if comparison in ("==", "in"):
        return f'AND({cell}<>"",{",".join(f"{cell}<>{words.shown(question, value)}" for value in values)})'
    if comparison in ("!=", "not in"):
        return _either([f"{cell}={words.shown(question, value)}" for value in values])
    if isinstance(values[0], int | float):
        return f"AND(ISNUMBER({cell}),NOT({cell}{comparison}{values[0]!r}))"
    return None


def doubled(value: str) -> str:
    """A text between quotation marks of a formula."""
    return value.replace('"', '""')

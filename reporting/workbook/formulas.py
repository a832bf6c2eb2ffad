"""Words of the schema as constants of Excel formulas."""

from __future__ import annotations

from dataclasses import dataclass

from reporting.schema.expressions import Literal
from reporting.schema.model import Field, Schema
from reporting.workbook.choices import code_list_of


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


def doubled(value: str) -> str:
    """A text between quotation marks of a formula."""
    return value.replace('"', '""')

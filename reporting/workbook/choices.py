"""The answers that a question offers, and how several of them stand in the workbook."""

from __future__ import annotations

from reporting.schema.model import Code, CodeList, Field, FieldType, Schema

LONGEST_LIST_IN_ROWS = 40
"""A field of several choices from a longer list is answered in one cell."""
CHOICE_SEPARATOR = "; "
"""Between several choices in one cell; the reader also takes a semicolon without space."""


def code_list_of(schema: Schema, field: Field) -> CodeList | None:
    """The list that a field is answered from; yes/no questions have one of their type's name."""
    if field.type in (FieldType.YES_NO, FieldType.YES_NO_UNKNOWN):
        return schema.codes.get(field.type.value)
    return schema.codes.get(field.codes) if field.codes else None


def answered_in_rows(schema: Schema, field: Field) -> bool:
    """Whether a form field is answered with one row a code."""
    codes = code_list_of(schema, field)
    return field.type is FieldType.CHOICES and codes is not None and len(codes.codes) <= LONGEST_LIST_IN_ROWS


def option_id(field: str, code: str) -> str:
    """The id of the row in which one of several choices is ticked."""
    return f"{field}#{code}"


def split_option_id(identifier: str) -> tuple[str, str]:
    """Field and code of an option's row id; the code is empty for other ids."""
    field, _, code = identifier.partition("#")
    return field, code


def offered(codes: CodeList, *, fictional: bool) -> tuple[Code, ...]:
    """The codes a return may use: fictional places are for fictional offices, real places for real ones."""
    return tuple(code for code in codes.codes if "fictional" not in code.attributes or is_fictional(code) is fictional)


def is_fictional(code: Code) -> bool:
    """Whether a code stands for something of the made-up world."""
    return code.attributes.get("fictional", "") == "yes"


def list_name(codes: CodeList) -> str:
    """The defined name over a code list."""
    return f"list_{codes.id}"

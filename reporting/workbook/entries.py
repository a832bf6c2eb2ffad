"""Answers as the cells hold them: labels for codes, figures and dates as such, texts never as formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporting.schema.model import Field, FieldType, Schema
from reporting.workbook.choices import CHOICE_SEPARATOR, code_list_of
from reporting.workbook.filling import Entry
from reporting.workbook.styles import Look

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONG_TEXT = 250
"""Characters; an answer that may be as long is written from the top of its cell."""
_LOOKS = {
    FieldType.COUNT: Look.ANSWER_NUMBER,
    FieldType.NUMBER: Look.ANSWER_DECIMAL,
    FieldType.PERCENT: Look.ANSWER_DECIMAL,
    FieldType.YEAR: Look.ANSWER_DECIMAL,
    FieldType.DATE: Look.ANSWER_DATE,
}


def look_of(question: Field) -> Look:
    """The look of the cell in which ``question`` is answered."""
    if question.type is FieldType.TEXT and (question.max_length or LONG_TEXT) >= LONG_TEXT:
        return Look.ANSWER_LONG
    return _LOOKS.get(question.type, Look.ANSWER)


def shown(schema: Schema, question: Field, entry: Entry) -> Entry:
    """``entry`` as the cell holds it: the labels of codes, several of them separated."""
    codes = code_list_of(schema, question)
    if isinstance(entry, tuple):
        return CHOICE_SEPARATOR.join(codes.label_of(code) if codes else code for code in entry) or None
    if codes is not None and isinstance(entry, str):
        return codes.label_of(entry)
    return entry


def put(sheet: Worksheet, cell: str, entry: Entry, look: Look) -> None:
    """Write an answer. A text that begins with an equals sign stays a text."""
    target = sheet[cell]
    if entry is not None:
        target.value = entry
        if isinstance(entry, str):
            target.data_type = "s"
    target.style = look.value

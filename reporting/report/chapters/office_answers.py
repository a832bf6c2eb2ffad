"""The answers of one office, question by question: what a report on many offices counts, one on a single office says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from reporting.languages import to_say
from reporting.report.answers import answer_cell, statements, texts
from reporting.report.blocks import Block, Column, Heading, Paragraph, Row, Statements, Table
from reporting.report.cells import Cell
from reporting.report.material import Material
from reporting.schema.model import Field, FieldType, GivenBy

LONG: Final = 300
"""Characters; questions for shorter texts want a name or a title."""
NOT_ANSWERED, NOT_ASKED = to_say("not answered"), to_say("not asked")


def question_label(field: Field) -> str:
    """The question, marked where headquarters answers it."""
    return f"{field.label} ◆" if field.given_by is GivenBy.HEADQUARTERS else field.label


def answers(material: Material, label: str, fields: Sequence[Field]) -> list[Block]:
    """A table of the short answers, the texts below it, and at the end which questions have no answer."""
    say = material.say
    (returned,) = material.returns
    cells = {field.id: answer_cell(material, returned, field) for field in fields}
    written = {field.id: statements(material, texts(material, field)) for field in fields if _is_text(field)}
    short = [
        (field, cell)
        for field in fields
        if (cell := cells[field.id]).text not in {say(NOT_ANSWERED), say(NOT_ASKED), ""} and not written.get(field.id)
    ]
    blocks: list[Block] = [_table(material, label, short)] if short else []
    for field in fields:
        if said := written.get(field.id):
            blocks += [Heading(question_label(field), 4), Statements(said)]
    silent = [field for field in fields if cells[field.id].text == say(NOT_ANSWERED)]
    if silent:
        named = material.listed_apart(question_label(field) for field in silent)
        blocks.append(Paragraph(say("Not answered: {questions}", questions=named), "small"))
    return blocks


def _is_text(field: Field) -> bool:
    """Whether the answer is a text of its own, and not a word or two that a table can hold."""
    return field.type is FieldType.TEXT and (field.max_length or LONG) >= LONG


def _table(material: Material, label: str, answered: Sequence[tuple[Field, Cell]]) -> Table:
    say = material.say
    rows = [
        Row((Cell(question_label(field), note=_note(material, field)), cell, Cell(field.source, tone="muted")))
        for field, cell in answered
    ]
    return Table(
        say("{area}: answers", area=label),
        (Column(say("Question"), 56), Column(say("Answer"), 30), Column(say("Source"), 14)),
        tuple(rows),
        source=say("Fields: {fields}.", fields=material.listed(_ids(field for field, _ in answered))),
        style="dense",
    )


def _note(material: Material, field: Field) -> str:
    (returned,) = material.returns
    return material.explanation(returned.office, {field.id})


def _ids(fields: Iterable[Field]) -> list[str]:
    """The ids of the fields; what several in a row begin with is said once."""
    said: list[str] = []
    last = ""
    for field in fields:
        place = field.id.rpartition(".")[0]
        said.append(field.name if place == last else field.id)
        last = place
    return said

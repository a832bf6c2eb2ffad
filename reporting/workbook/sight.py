"""How a formula sees the return: where answers and records stand, and what their cells can hold.

One formula is written for two readers: the workbook, where names stand for cells (:func:`workbook_sight`), and the
documentation, where they stand for themselves (:func:`plain_sight`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reporting.schema.model import CodeList, Field, FieldType, Schema, Table
from reporting.workbook.addresses import Place
from reporting.workbook.choices import answered_in_rows, code_list_of, list_name, option_id
from reporting.workbook.layout import RECORD_NUMBER, Role, WorkbookLayout

THIS = "this."
"""Before the name of a column: that of the record around a filter."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer: the question, and the reference to the cell, or to the rows of its options."""

    question: Field
    cell: str


@dataclass(frozen=True, slots=True)
class Sight:
    """What names mean in a formula about the return or, with ``table``, about one of its records."""

    schema: Schema
    table: Table | None
    refer: Callable[[str], str]
    """The cell of a field; the rows of its options; of ``table.column`` the cell in the record."""
    spread: Callable[[str], str]
    """All records of ``table.column`` or of a whole ``table``."""
    chosen: Callable[[str], str]
    """The several choices of a field that is answered in one cell: all of them between semicolons, nothing if unknown."""

    def answer(self, path: str) -> Seen | None:
        """What the name ``path`` stands for, or None where there is no such question."""
        name = path.removeprefix(THIS)
        if self.table and name in self.table.by_name:
            column = self.table.by_name[name]
            return Seen(column, self.refer(column.id))
        question = self.schema.fields.get(name)
        return Seen(question, self.refer(name)) if question else None

    def column(self, path: str) -> Seen | None:
        """All records of ``table.column``, or None where there is no such column."""
        table, _, name = path.partition(".")
        held = self.schema.tables_by_id.get(table)
        return Seen(held.by_name[name], self.spread(path)) if held and name in held.by_name else None

    def in_rows(self, question: Field) -> bool:
        """Whether the answer to a field of the form stands in one row a code."""
        return question.id in self.schema.fields and answered_in_rows(self.schema, question)

    def option(self, question: Field, code: str) -> str | None:
        """The cell in which ``code`` is ticked, or None where the form has no such row."""
        codes = code_list_of(self.schema, question)
        return self.refer(option_id(question.id, code)) if codes and code in codes.by_code else None

    def labels(self, question: Field) -> str | None:
        """The labels a choice can be answered with, as the second argument of ``MATCH``; None for other questions."""
        if question.type not in CHOSEN:
            return None
        codes = code_list_of(self.schema, question)
        if codes:
            return list_name(codes)
        return '{"Yes","No","Unknown"}' if question.type is FieldType.YES_NO_UNKNOWN else '{"Yes","No"}'

    def codes(self, question: Field) -> CodeList | None:
        """The code list of a question."""
        return code_list_of(self.schema, question)


CHOSEN = frozenset({FieldType.CHOICE, FieldType.YES_NO, FieldType.YES_NO_UNKNOWN})
"""Types that are answered with one label."""


def workbook_sight(schema: Schema, layout: WorkbookLayout, table: str = "") -> Sight:
    """The sight of a formula in the workbook; of a record, by its number, which stands in :data:`RECORD_NUMBER`."""

    def refer(path: str) -> str:
        if path in layout.rows_by_id:
            return _own_cell(path)
        return f"INDEX({layout.answer(path).absolute()},{RECORD_NUMBER})"

    def _own_cell(path: str) -> str:
        form, row = layout.rows_by_id[path]
        if row.field and not row.code and answered_in_rows(schema, row.field):
            options = [form.by_id[key] for key in form.by_id if key.startswith(option_id(path, ""))]
            cells = f"{options[0].cell(Role.ANSWER)}:{options[-1].cell(Role.ANSWER)}"
            return Place(form.title, cells).absolute()
        return layout.answer(path).absolute()

    def spread(path: str) -> str:
        return (layout.answer(path) if "." in path else layout.tables_by_id[path].area).absolute()

    return Sight(schema, schema.tables_by_id.get(table), refer, spread, chosen_name)


def plain_sight(schema: Schema, table: str = "") -> Sight:
    """The sight of a formula in the documentation: ids in place of cells."""

    def refer(path: str) -> str:
        return path.removeprefix(f"{table}.") if table else path

    return Sight(schema, schema.tables_by_id.get(table), refer, str, str)


def chosen_name(field: str) -> str:
    """The defined name of a field's several choices."""
    return f"chosen_{field.replace('.', '_')}"

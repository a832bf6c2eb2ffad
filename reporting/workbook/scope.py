"""A return, and a row of one of its tables, as the scope in which expressions are evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reporting.schema.evaluate import UNKNOWN, Result
from reporting.schema.model import Schema
from reporting.workbook.answers import Answer, ImpactValues, Return, Row


@dataclass(frozen=True, slots=True)
class ReturnScope:
    """The answers of a whole return: names are field ids and values of impact indicators.

    ``before`` is the scope of the same office's return of the year before, ``keys`` the columns that tell the rows of a
    table apart, by table.
    """

    fields: Mapping[str, Answer]
    impact: Mapping[str, ImpactValues]
    tables: Mapping[str, tuple[Row, ...]]
    before: ReturnScope | None = None
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, returned: Return, before: ReturnScope | None = None, schema: Schema | None = None) -> ReturnScope:
        """The scope of ``returned``; rows find themselves in ``before`` by the keys of ``schema``."""
        keys = {table.id: table.key for table in schema.tables} if schema and before else {}
        return cls(returned.fields, returned.impact, returned.tables, before, keys)

    def answer(self, path: str) -> Answer | None:
        """The answer called ``path``, or None where the form has no such question."""
        if path in self.fields:
            return self.fields[path]
        indicator, _, name = path.rpartition(".")
        values = self.impact.get(indicator)
        if values is None:
            return None
        return {"baseline": values.baseline, "target": values.target, "year_end": values.year_end}.get(name)

    def value(self, path: str) -> Result:
        """The value of a field, UNKNOWN where there is none."""
        return _value(self.answer(path))

    def is_blank(self, path: str) -> bool:
        """Whether nothing was written; of a table, whether it has no rows."""
        if path in self.tables:
            return not self.tables[path]
        answer = self.answer(path)
        return answer is None or not answer.answered

    def rows(self, table: str) -> Iterable[RowScope]:
        """A scope for each row of ``table``."""
        return (RowScope(row, self, self, table) for row in self.tables.get(table, ()))

    def last_year(self) -> ReturnScope | None:
        """The return of the year before, or None where it is not at hand."""
        return self.before


@dataclass(frozen=True, slots=True)
class RowScope:
    """A row: bare names are its columns, ``this.`` those of the row around it, dotted names fields of the return."""

    row: Row
    whole: ReturnScope
    outer: ReturnScope | RowScope
    table: str

    def answer(self, path: str) -> Answer | None:
        """The answer called ``path``, or None where there is no such column or question."""
        if path.startswith("this."):
            return self.outer.answer(path.removeprefix("this."))
        return self.row.answers.get(path) or self.whole.answer(path)

    def value(self, path: str) -> Result:
        """The value of a column or field, UNKNOWN where there is none."""
        return _value(self.answer(path))

    def is_blank(self, path: str) -> bool:
        """Whether nothing was written."""
        answer = self.answer(path)
        return self.whole.is_blank(path) if answer is None else not answer.answered

    def rows(self, table: str) -> Iterable[RowScope]:
        """A scope for each row of ``table``, in which ``this.`` means this row."""
        return (RowScope(row, self.whole, self, table) for row in self.whole.tables.get(table, ()))

    def last_year(self) -> RowScope | None:
        """The row of the same key in the return of the year before; one without answers where that has no such row.

        None where there is no such return, where its form has no such table, or where the key is not known or not
        of one row alone.
        """
        before, keys = self.whole.before, self.whole.keys.get(self.table, ())
        if before is None or self.table not in before.tables or not keys:
            return None
        key = [self.value(name) for name in keys]
        rows = [row for row in before.rows(self.table) if [row.value(name) for name in keys] == key]
        if UNKNOWN in key or len(rows) > 1:
            return None
        return rows[0] if rows else RowScope(Row(self.row.sheet, 0, {}), before, before, self.table)


def _value(answer: Answer | None) -> Result:
    return UNKNOWN if answer is None or answer.value is None else answer.value

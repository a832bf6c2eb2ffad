"""A return, and a row of one of its tables, as the scope in which expressions are evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reporting.schema.evaluate import UNKNOWN, Result
from reporting.workbook.answers import Answer, ImpactValues, Return, Row


@dataclass(frozen=True, slots=True)
class ReturnScope:
    """The answers of a whole return: names are field ids and values of impact indicators."""

    fields: Mapping[str, Answer]
    impact: Mapping[str, ImpactValues]
    tables: Mapping[str, tuple[Row, ...]]

    @classmethod
    def of(cls, returned: Return) -> ReturnScope:
        """The scope of ``returned``."""
        return cls(returned.fields, returned.impact, returned.tables)

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
        return (RowScope(row, self, self) for row in self.tables.get(table, ()))

    def last_year(self) -> None:
        """Last year's return is not at hand here."""
        return


@dataclass(frozen=True, slots=True)
class RowScope:
    """A row: bare names are its columns, ``this.`` those of the row around it, dotted names fields of the return."""

    row: Row
    whole: ReturnScope
    outer: ReturnScope | RowScope

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
        return (RowScope(row, self.whole, self) for row in self.whole.tables.get(table, ()))

    def last_year(self) -> None:
        """Last year's return is not at hand here."""
        return


def _value(answer: Answer | None) -> Result:
    return UNKNOWN if answer is None or answer.value is None else answer.value

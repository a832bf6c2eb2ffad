"""Answers written as plain data, for tests of expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reporting.schema.evaluate import UNKNOWN, Result

BLANK = None
NOT_AVAILABLE = ".."
NOT_APPLICABLE = "na"

Cell = int | float | str | object | None


@dataclass(frozen=True)
class Answers:
    """A scope: ``cells`` by name, None for blank, ``..`` for not available, ``na``; ``tables`` hold rows of the same kind."""

    cells: Mapping[str, Cell]
    tables: Mapping[str, Sequence[Mapping[str, Cell]]] = field(default_factory=dict)
    outer: Answers | None = None
    before: Answers | None = None

    def value(self, path: str) -> Result:
        if path.startswith("this.") and self.outer:
            return self.outer.value(path.removeprefix("this."))
        cell = self.cells.get(path)
        if cell is None and path not in self.cells and self.outer:
            return self.outer.value(path)
        return UNKNOWN if cell in (BLANK, NOT_AVAILABLE, NOT_APPLICABLE) else cell  # type: ignore[return-value]

    def is_blank(self, path: str) -> bool:
        if path not in self.cells and self.outer:
            return self.outer.is_blank(path)
        return self.cells.get(path) is BLANK

    def rows(self, table: str) -> Iterable[Answers]:
        tables = self.outer.tables if self.outer else self.tables
        return [Answers(row, outer=self) for row in tables.get(table, ())]

    def last_year(self) -> Answers | None:
        return self.before

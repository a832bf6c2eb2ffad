"""The formats that figures are exported in, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reporting.aggregate.collection import Collection
from reporting.aggregate.exports.annex import annex
from reporting.aggregate.exports.csv_file import csv_text
from reporting.aggregate.exports.documents import document, json_text
from reporting.aggregate.exports.package import package_files
from reporting.aggregate.exports.parquet import parquet_bytes
from reporting.aggregate.exports.tables import ExportTable, coverage_table, figures_table, indicators_table, trace_table
from reporting.aggregate.figures import Figures, Level
from reporting.schema.model import Indicator


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported: the figures of ``indicators`` at one level, of the returns of a collection."""

    collection: Collection
    level: Level
    indicators: Sequence[Indicator]
    edition: str

    @property
    def figures(self) -> Figures:
        """The figures, with one for each place of which nothing is known."""
        return self.collection.figures_at(self.level, self.indicators)

    def tables(self) -> list[ExportTable]:
        """Figures, coverage, the values behind the figures, and the methods."""
        made = self.figures
        return [
            figures_table(made),
            coverage_table(self.collection.coverage, self.collection.folder),
            trace_table(self.collection.traced(made, self.level), self.collection.folder),
            indicators_table(self.indicators),
        ]

    @property
    def title(self) -> str:
        """What the export is called."""
        banner = " (fictional data)" if self.collection.fictional else ""
        return f"Figures of the returns of {self.collection.year} by {self.level}{banner}"

    @property
    def name(self) -> str:
        """The name of the export for machines."""
        world = "fictional-" if self.collection.fictional else ""
        return f"{world}figures-{self.collection.year}-{self.level}"

    @property
    def dated(self) -> date:
        """The date an export bears: the last clearance, else the end of the year reported on; never the clock's."""
        cleared = (row.cleared_on for row in self.collection.coverage.rows if row.cleared_on)
        return max(cleared, default=date(self.collection.year, 12, 31))


FILES: Final[Mapping[str, Callable[[Export], bytes]]] = {
    "json": lambda made: json_text(document(made.figures, made.collection.coverage, made.edition)).encode(),
    "csv": lambda made: csv_text(figures_table(made.figures)).encode(),
    "hxl": lambda made: csv_text(figures_table(made.figures), hxl=True).encode(),
    "xlsx": lambda made: annex(made.tables(), made.title, made.dated),
}
"""Formats of one file."""
FOLDERS: Final[Mapping[str, Callable[[Export], Mapping[str, bytes]]]] = {
    "parquet": lambda made: {f"{table.name}.parquet": parquet_bytes(table) for table in made.tables()},
    "package": lambda made: package_files(made.name, made.title, made.tables(), made.collection.schema),
}
"""Formats of several files: their contents by name."""

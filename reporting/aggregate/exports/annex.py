"""Tables as the sheets of a data annex."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reporting.aggregate.exports.tables import ExportTable
from reporting.workbook.annex_book import AnnexSheet, annex_bytes


def annex(tables: Sequence[ExportTable], title: str, dated: date) -> bytes:
    """The data annex as a workbook, a sheet a table.

    Raises:
        UsageError: a table has more rows than a sheet can hold.
    """
    sheets = [
        AnnexSheet(
            table.name.capitalize(),
            f"{title}: {table.title}",
            [(column.name, column.width) for column in table.columns],
            table.rows,
        )
        for table in tables
    ]
    return annex_bytes(sheets, title, dated)

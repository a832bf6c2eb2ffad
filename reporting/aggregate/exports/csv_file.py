"""Tables as CSV, plain or with the hashtags of the Humanitarian Exchange Language (hxlstandard.org)."""

from __future__ import annotations

import csv
import io
from typing import Final

from reporting.aggregate.exports.tables import ExportTable

TRUE, FALSE = "yes", "no"
_STARTS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_text(table: ExportTable, *, hxl: bool = False) -> str:
    """The table in UTF-8; with ``hxl`` the row under the names holds the hashtags.

    A text that a spreadsheet would take for a formula is written behind an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    if hxl:
        writer.writerow(column.tag for column in table.columns)
    writer.writerows([inert(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def inert(cell: object) -> object:
    """The cell, so that no spreadsheet runs it as a formula; numbers stay what they are, nothing is an empty text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return TRUE if cell else FALSE
    if isinstance(cell, int | float):
        return cell
    text = str(cell)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text

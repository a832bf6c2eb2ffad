"""The data annex of a report: tables as sheets of a workbook, for reading and filtering."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Final

from reporting.errors import UsageError
from reporting.workbook.addresses import letter_of
from reporting.workbook.container import reproducible

LARGEST: Final = 1_048_576
"""The rows that a sheet can have."""
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD_ROW: Final = 2
"""Above it stands what the sheet is about, below it the records."""
_HEAD: Final = "18375F"
_GROUND: Final = "EEF4F9"


@dataclass(frozen=True, slots=True)
class AnnexSheet:
    """A sheet: its tab, a line that says what it is, and columns of a name and a width in characters."""

    title: str
    about: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[object]]


def annex_bytes(sheets: Sequence[AnnexSheet], title: str, dated: date) -> bytes:
    """The workbook as bytes: the same sheets give the same bytes. Texts are texts, whatever they begin with.

    Raises:
        UsageError: a table has more rows than a sheet can hold.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = "Annual protection reporting"
    for sheet in sheets:
        if len(sheet.rows) + _HEAD_ROW > LARGEST:
            raise UsageError(
                f"the table “{sheet.title}” has {len(sheet.rows):,} rows, more than a workbook can hold: choose indicators "
                "with --indicator, or write --format parquet or package"
            )
        _write(book.create_sheet(sheet.title), sheet)
    written = BytesIO()
    book.save(written)
    return reproducible(written.getvalue(), dated)


def _write(made: Any, sheet: AnnexSheet) -> None:
    """Fill a write-only sheet; openpyxl's types do not know most of what it has."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    for place, (_, width) in enumerate(sheet.columns, start=1):
        made.column_dimensions[letter_of(place)].width = width
    last = letter_of(len(sheet.columns))
    made.freeze_panes = f"{letter_of(2)}{_HEAD_ROW + 1}"
    made.auto_filter.ref = f"{letter_of(1)}{_HEAD_ROW}:{last}{len(sheet.rows) + _HEAD_ROW}"
    made.print_title_rows = f"1:{_HEAD_ROW}"
    made.page_setup.orientation = "landscape"
    made.page_setup.fitToHeight = 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    about = WriteOnlyCell(made, value=sheet.about)
    about.font = Font(bold=True, color=_HEAD, size=12)
    made.append([about])
    heads = []
    for name, _ in sheet.columns:
        head = WriteOnlyCell(made, value=name)
        head.font, head.fill = Font(bold=True, color=_HEAD), PatternFill("solid", fgColor=_GROUND)
        head.alignment = Alignment(vertical="bottom", wrap_text=True)
        heads.append(head)
    made.append(heads)
    for row in sheet.rows:
        made.append([_cell(made, value) for value in row])


def _cell(made: Any, value: Any) -> Any:
    """A number as a number, all else as text: openpyxl takes a text that begins with = for a formula."""
    from openpyxl.cell import WriteOnlyCell

    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        cell = WriteOnlyCell(made, value=value)
        cell.number_format = "#,##0" if isinstance(value, int) else "#,##0.##"
        return cell
    text = _NOT_IN_XML.sub("\ufffd", str(value))
    if not text.startswith("="):
        return text
    cell = WriteOnlyCell(made, value=text)
    cell.data_type = "s"
    return cell

"""Merged cells through openpyxl and back, each with its own format.

openpyxl empties the cells of a merge but the first when it reads them: what stood on a column's own format before would show
that format in their place. So merges are taken out of the sheets before openpyxl reads them, and given back to it after.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal

from reporting.workbook.guard import inspect
from reporting.workbook.parts import folded

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.cell_range import CellRange
    from openpyxl.worksheet.worksheet import Worksheet

Side = Literal["left", "right", "top", "bottom"]
_MERGES: Final = re.compile(rb"<((?:[^\s<>/:]+:)?)mergeCells(?:\s[^>]*)?(?:/>|>(.*?)</\1mergeCells\s*>)", re.DOTALL)
_REFERENCE: Final = re.compile(rb"""mergeCell\s[^>]*?ref\s*=\s*["']([A-Za-z0-9:$]*)["']""")


def without_merges(content: bytes) -> tuple[bytes, Mapping[str, tuple[str, ...]]]:
    """The workbook without its merges, and the merges by the titles of their sheets."""
    titles = {part: title for title, part in inspect(content).parts.items()}
    merges: dict[str, tuple[str, ...]] = {}
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            part = source.read(name)
            if (title := titles.get(folded(name))) and (found := _MERGES.search(part)):
                merges[title] = tuple(text.decode() for text in _REFERENCE.findall(found[2] or b""))
                part = part[: found.start()] + part[found.end() :]
            target.writestr(name, part)
    return written.getvalue(), merges


def merge_again(workbook: Workbook, merges: Mapping[str, tuple[str, ...]]) -> None:
    """Give the merges back, the cells keeping their formats."""
    from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

    for title, areas in merges.items():
        workbook[title].merged_cells = MultiCellRange([CellRange(area) for area in areas])


def area_of(sheet: Worksheet, address: str) -> CellRange:
    """The merge that shows at ``address``, or the cell alone.

    Raises:
        ValueError: there is no such cell.
    """
    from openpyxl.worksheet.cell_range import CellRange

    merges: Iterable[CellRange] = sheet.merged_cells.ranges
    return next((merged for merged in merges if address in merged), None) or CellRange(address)


def edges(sheet: Worksheet, area: CellRange) -> Iterator[tuple[Cell, tuple[Side, ...]]]:
    """The cells around ``area``, its first before all others, with the sides on which each of them is at its edge."""
    for row, column in area.cells:
        at = {
            "left": column == area.min_col,
            "right": column == area.max_col,
            "top": row == area.min_row,
            "bottom": row == area.max_row,
        }
        if any(at.values()):
            yield sheet.cell(row, column), tuple(side for side, is_edge in at.items() if is_edge)  # type: ignore[misc]

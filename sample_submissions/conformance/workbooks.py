"""The cases as workbooks: the edits of the clean return, written into its file cell by cell."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reporting.workbook.form_faults import FORMULA_WITHOUT_VALUE
from reporting.workbook.grids import Grid, address
from reporting.workbook.values import Broken, Raw
from sample_submissions.conformance.cases import Editor, clean, clean_grids
from sample_submissions.conformance.files import edited

CellEdits = dict[str, Any]
"""What stands in a cell in place of what the clean return has there, by ``Sheet!B9``; None for nothing."""


def content_of(schema: str, edits: Mapping[str, Any]) -> bytes:
    """The bytes of the workbook that a case's edits make of the clean return."""
    base = edited(clean(schema), edits["file"]) if "file" in edits else clean(schema)
    others = edits.keys() - {"file", "waive", "previous"}
    return _written(base, schema, edits) if others & _EDITS else base


def _written(base: bytes, schema: str, edits: Mapping[str, Any]) -> bytes:
    before = clean_grids(schema)
    copies = [Grid(grid.title, [list(row) for row in grid.rows]) for grid in before]
    after = Editor(copies, schema).apply(edits)
    workbook = openpyxl.load_workbook(io.BytesIO(base))
    rewrite(workbook, before, after)
    for place, text in edits.get("notes", {}).items():
        title, _, cell = place.rpartition("!")
        workbook[title][cell].comment = Comment(text, "Protection Officer")
    for name, text in edits.get("properties", {}).items():
        setattr(workbook.properties, name, text)
    return saved(workbook)


def rewrite(workbook: Workbook, before: Sequence[Grid], after: Sequence[Grid]) -> None:
    """Bring a workbook that reads as ``before`` to read as ``after``."""
    old = {grid.title: grid for grid in before}
    for title in old.keys() - {grid.title for grid in after}:
        del workbook[title]
    for grid in after:
        sheet = workbook[grid.title] if grid.title in old else workbook.create_sheet(grid.title)
        for place, raw in _changed(old.get(grid.title), grid):
            _put(sheet, place, raw)


def _changed(before: Grid | None, after: Grid) -> Iterator[tuple[str, Raw]]:
    """The cells that differ, with what stands there now."""
    old = before or Grid(after.title, [])
    for row in range(1, max(old.height, after.height) + 1):
        for column in range(1, max(old.width, after.width) + 1):
            raw = after.cell(row, column)
            if raw != old.cell(row, column) or type(raw) is not type(old.cell(row, column)):
                yield address(row, column), raw


def _put(sheet: Worksheet, place: str, raw: Raw) -> None:
    if isinstance(sheet[place], MergedCell):
        for area in [area for area in sheet.merged_cells.ranges if place in area]:
            sheet.unmerge_cells(area.coord)
    cell = sheet[place]
    if isinstance(raw, Broken):
        cell.value = "=SUM(1)" if raw.kind is FORMULA_WITHOUT_VALUE else raw.text
        cell.data_type = "f" if raw.kind is FORMULA_WITHOUT_VALUE else "e"
        return
    cell.value = None if raw == "" else raw
    if isinstance(raw, int | float):
        cell.number_format = "General"  # as a date it would be read as one
    if isinstance(raw, str) and raw:
        cell.data_type = "s"  # a text that begins with an equals sign stays a text


def saved(workbook: Workbook) -> bytes:
    """The workbook as bytes."""
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


@cache
def _edit_names() -> frozenset[str]:
    methods = {name.removeprefix("_") for name in dir(Editor) if not name.startswith("__")}
    return frozenset(methods | {"notes", "properties"})


_EDITS = _edit_names()

"""The formats of a workbook numbered anew, so that what an annotation took away leaves no trace in the file.

openpyxl keeps every font, fill and border that it has ever met; a copy annotated again and again would grow each time, and
two annotations of the same return would differ in numbers that nobody sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles.cell_style import StyleArray

_LISTS: Final = {
    "fontId": ("_fonts", 1),
    "fillId": ("_fills", 2),
    "borderId": ("_borders", 1),
    "alignmentId": ("_alignments", 1),
    "protectionId": ("_protections", 1),
}
"""The lists of a workbook that a format refers to, and how many at their beginning are fixed by the file format."""
_FIRST_OWN_NUMBER_FORMAT: Final = 164
"""Number formats below are built in (ECMA-376, part 1, 18.8.30)."""


def renumber_styles(workbook: Workbook) -> None:
    """Keep the formats that are in use, in the order of their first use."""
    from openpyxl.utils.indexed_list import IndexedList

    styles = list(_styles(workbook))
    for identifier, (name, fixed) in _LISTS.items():
        old = list(getattr(workbook, name))
        new = IndexedList(old[:fixed])
        for style in styles:
            setattr(style, identifier, new.add(old[getattr(style, identifier)]))
        setattr(workbook, name, new)
    formats: IndexedList[str] = IndexedList()
    for style in styles:
        if style.numFmtId >= _FIRST_OWN_NUMBER_FORMAT:
            text = _part(workbook, "_number_formats")[style.numFmtId - _FIRST_OWN_NUMBER_FORMAT]
            style.numFmtId = _FIRST_OWN_NUMBER_FORMAT + formats.add(text)
    setattr(workbook, "_number_formats", formats)  # noqa: B010 - openpyxl gives no public name
    first = _part(workbook, "_cell_styles")[0]
    setattr(workbook, "_cell_styles", IndexedList([first]))  # noqa: B010 - filled by openpyxl as it writes the cells


def _styles(workbook: Workbook) -> Iterator[StyleArray]:
    """Every format that stands anywhere: each once, though cells may share it."""
    seen: set[int] = set()
    for style in _all_styles(workbook):
        if style is not None and id(style) not in seen:
            seen.add(id(style))
            yield style


def _all_styles(workbook: Workbook) -> Iterator[StyleArray | None]:
    yield _part(workbook, "_cell_styles")[0]
    for named in _part(workbook, "_named_styles"):
        yield _part(named, "_style")
    for sheet in workbook.worksheets:
        for dimensions in (sheet.column_dimensions, sheet.row_dimensions):
            for _, dimension in sorted(dimensions.items()):
                if _part(dimension, "_style") is None:  # which openpyxl would write as a format of its own
                    setattr(dimension, "_style", copy(_part(workbook, "_cell_styles")[0]))  # noqa: B010
                yield _part(dimension, "_style")
        for _, cell in sorted(_part(sheet, "_cells").items()):
            yield _part(cell, "_style")


def _part(owner: object, name: str) -> Any:
    """What openpyxl keeps under a private name."""
    return getattr(owner, name)

"""What openpyxl does not carry from a workbook to its copy: results of formulas, put back here, and the rest, named."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f[ >].*?</f>|<f[^>]*/>)<v\s*(?:/>|></v>)</c>', re.DOTALL)
_TYPE = re.compile(rb'\s+t="[^"]*"')
_LOST = (
    ("xl/media/", "pictures"),
    ("xl/charts/", "charts"),
    ("xl/threadedComments/", "threads of comments"),
    ("xl/embeddings/", "embedded files"),
    ("xl/slicers/", "slicers"),
    ("xl/ctrlProps/", "form controls"),
    ("customXml/", "custom data"),
)

_LOST_IN_SHEETS = (
    (b"extLst", "extensions of newer spreadsheet programs (such as sparklines)"),
    (b"protectedRanges", "permissions for single ranges"),
)


def losses(content: bytes) -> tuple[str, ...]:
    """The kinds of content that a copy made by openpyxl may lack, in plain words."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        lost = [words for start, words in _LOST if any(name.startswith(start) for name in names)]
        drawings = (name for name in names if name.startswith("xl/drawings/drawing"))
        if any(b"Anchor" in archive.read(name) for name in drawings):  # LibreOffice writes empty ones
            lost.append("drawings")
        sheets = [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        parts = [archive.read(name) for name in sheets]
        lost += [words for mark, words in _LOST_IN_SHEETS if any(mark in part for part in parts)]
    return tuple(lost)


def with_cached_values(content: bytes, titles: Sequence[str], values: Workbook) -> bytes:
    """The saved workbook with the last results of its formulas, which a reader would else take for blanks.

    ``titles`` are its sheets in the order saved, ``values`` the original opened for its results.
    """
    written = BytesIO()
    parts = {f"xl/worksheets/sheet{number}.xml": title for number, title in enumerate(titles, start=1)}
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if parts.get(name) in values.sheetnames:
                part = _FORMULA.sub(partial(_result, values[parts[name]]), part)
            target.writestr(name, part)
    return written.getvalue()


def _result(sheet: Worksheet, found: re.Match[bytes]) -> bytes:
    address, attributes, formula = found.groups()
    cell = sheet[address.decode()]
    value = cell.internal_value
    if value is None:
        return found.group(0)
    if isinstance(value, bool):
        kind, text = b' t="b"', str(int(value))
    elif isinstance(value, int | float):
        kind, text = b"", repr(value)
    elif isinstance(value, str):
        kind, text = (b' t="e"' if cell.data_type == "e" else b' t="str"'), value
    else:
        from openpyxl.utils.datetime import to_excel

        kind, text = b"", repr(to_excel(value, sheet.parent.epoch))  # type: ignore[union-attr,no-untyped-call]
    plain = _TYPE.sub(b"", attributes)
    return b'<c r="%s"%s%s>%s<v>%s</v></c>' % (address, plain, kind, formula, escape(text).encode())

"""Saving a workbook so that the same content gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.whole_files import write_whole

if TYPE_CHECKING:
    from openpyxl import Workbook

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a ZIP entry can carry."""
_MERGES = re.compile(rb"(<mergeCells[^>]*>)(.*?)(</mergeCells>)")
"""openpyxl writes merges in the order of a set."""
_TIME_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def save_reproducibly(workbook: Workbook, path: Path, dated: date) -> None:
    """Write the workbook, its documents' time stamps set to ``dated`` instead of the clock."""
    write_whole(path, reproducible(_saved(workbook), dated))


def reproducible(content: bytes, dated: date) -> bytes:
    """The same workbook file without a trace of when it was made."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            part = _MERGES.sub(_in_order, source.read(name)) if "worksheets/" in name else source.read(name)
            target.writestr(entry, _undated(name, part, dated))
    return written.getvalue()


def _saved(workbook: Workbook) -> bytes:
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def _in_order(merges: re.Match[bytes]) -> bytes:
    return merges[1] + b"".join(sorted(re.findall(rb"<mergeCell .*?(?:/>|</mergeCell>)", merges[2]))) + merges[3]


def _undated(name: str, part: bytes, dated: date) -> bytes:
    if name != "docProps/core.xml":
        return part
    return _TIME_STAMP.sub(rb"\g<1>" + f"{dated.isoformat()}T00:00:00Z".encode() + rb"\g<3>", part)

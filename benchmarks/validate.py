"""Validation, against the bound and against reading alone with openpyxl.

The bound is what any reader must do: inflate every part and have expat parse its XML, without looking at anything.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from benchmarks.timing import best_of, line
from reporting.pipeline import validate_file


def results(folder: Path) -> Iterator[str]:
    """Ratios over the returns of ``folder``."""
    paths = sorted(folder.glob("*.xlsx"))[:12]
    contents = [path.read_bytes() for path in paths]
    spent = best_of(
        3,
        {
            "validate": lambda: [validate_file(path, narratives=False) for path in paths],
            "narratives": lambda: [validate_file(path) for path in paths],
            "bound": lambda: [_inflate_and_parse(content) for content in contents],
            "openpyxl": lambda: [_read_with_openpyxl(content) for content in contents],
        },
    )
    yield line("with personal data and narratives", spent["narratives"] / spent["validate"], "the same without")
    per_return = 1000 * spent["validate"] / len(paths)
    yield line(
        "validate a return: read and check", spent["validate"] / spent["bound"], "the time to inflate and parse it"
    )
    yield line("openpyxl, read-only, reading alone", spent["openpyxl"] / spent["validate"], "our reading and checking")
    yield f"{'':44} ({per_return:.0f} ms CPU a return, mean of {len(paths)})"


def _inflate_and_parse(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                expat.ParserCreate().Parse(archive.read(name), True)


def _read_with_openpyxl(content: bytes) -> int:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        count = sum(1 for sheet in workbook.worksheets for row in sheet.iter_rows(values_only=True) for _ in row)
        workbook.close()
    return count

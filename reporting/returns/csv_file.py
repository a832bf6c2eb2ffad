"""CSV files that people keep by hand: the register, the waivers, the register of follow-up.

Spreadsheet programs write such files in their own ways: with commas, semicolons or tabs, with a byte order mark, with Windows
line ends, with empty rows at the end. All of these are read; what could be read in two ways is refused with its row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reporting.errors import RegisterError

_SEPARATORS: Final = (",", ";", "\t")
Row = dict[str, str]
"""The text of each cell by column, without blanks around it; empty where the row ends before."""


def read_rows(path: Path, columns: Sequence[str], what: str) -> list[tuple[int, Row]]:
    """The rows below the head with the number that a spreadsheet program shows for each; empty ones are passed over.

    ``columns`` must be there, others may; ``what`` the file is, such as *a register*, is said where one is missing.

    Raises:
        RegisterError: the file cannot be read, is not UTF-8, its head lacks a column or repeats one, quotes are not closed,
            or a row has more cells than the head; the message names the row.
    """
    cells = _cells(path)
    head = [name.strip() for name in cells[0]] if cells else []
    if missing := [name for name in columns if name not in head]:
        raise RegisterError(f"{path}, row 1: the column “{missing[0]}” is missing; {what} has {', '.join(columns)}")
    if doubled := [name for name in columns if head.count(name) > 1]:
        raise RegisterError(f"{path}, row 1: the column “{doubled[0]}” stands twice; keep one")
    rows = []
    for number, row in enumerate(cells[1:], start=2):
        texts = [text.strip() for text in row]
        if any(texts[len(head) :]):
            raise RegisterError(
                f"{path}, row {number}: there are {len(row)} cells below {len(head)} columns; "
                "put a text that holds a separator between quotation marks"
            )
        if any(texts):
            rows.append((number, dict.fromkeys(head, "") | dict(zip(head, texts, strict=False))))
    return rows


def _cells(path: Path) -> list[list[str]]:
    """Every row of the file, the head first.

    Raises:
        RegisterError: the file cannot be read, or is no CSV in UTF-8.
    """
    text = _text(path)
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        raise RegisterError(
            f"{path}, row {len(rows) + 1}: cannot be read ({error}); see that quotation marks stand in pairs around a cell"
        ) from error
    return rows


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RegisterError(f"{path}: cannot be read ({error.strerror})") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RegisterError(f"{path}, line {line}: a character is not in UTF-8; save it as CSV in UTF-8") from error
    if "\0" in text:
        raise RegisterError(f"{path}: this is no text; save it as CSV in UTF-8")
    return text

"""CSV files as spreadsheet programs write them, and as clumsy hands leave them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporting.errors import RegisterError
from reporting.returns.csv_file import read_rows

COLUMNS = ("office", "label")
TIDY = [(2, {"office": "KEN", "label": "Kenya"}), (3, {"office": "CIV", "label": "Côte d’Ivoire"})]


def written(folder: Path, content: bytes) -> Path:
    path = folder / "register.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_ways_of_spreadsheet_programs_are_all_read(separator: str, end: str, mark: str, tmp_path: Path) -> None:
    lines = ["office,label", "KEN,Kenya", "CIV, Côte d’Ivoire "]
    text = mark + end.join(lines).replace(",", separator) + end
    assert read_rows(written(tmp_path, text.encode()), COLUMNS, "a register") == TIDY


def test_rows_are_numbered_as_a_spreadsheet_program_shows_them(tmp_path: Path) -> None:
    content = b'office,label\n\nKEN,"Kenya,\nand more"\n,,\nCIV,x\n,\n'
    assert [number for number, _ in read_rows(written(tmp_path, content), COLUMNS, "a register")] == [3, 5]


def test_short_rows_and_further_columns_are_taken(tmp_path: Path) -> None:
    rows = read_rows(written(tmp_path, b"label,office,more\nKenya,KEN\n"), COLUMNS, "a register")
    assert rows == [(2, {"office": "KEN", "label": "Kenya", "more": ""})]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "row 1: the column “office” is missing; a register has office, label"),
        (b"office,label,office\nKEN,Kenya,CIV\n", "row 1: the column “office” stands twice; keep one"),
        (b"office,label\nKEN,Kenya, Republic of\n", "row 2: there are 3 cells below 2 columns"),
        (b'office,label\nKEN,"Kenya\nCIV,x\n', "row 2: cannot be read"),
        ("office,label\nCIV,Côte\n".encode("latin-1"), "line 2: a character is not in UTF-8; save it as CSV in UTF-8"),
        ("office,label\nCIV,x\n".encode("utf-16"), "line 1: a character is not in UTF-8"),
        ("office,label\nCIV,x\n".encode("utf-16-le"), "this is no text; save it as CSV in UTF-8"),
    ],
)
def test_what_cannot_be_read_for_sure_is_refused_with_its_row(content: bytes, message: str, tmp_path: Path) -> None:
    path = written(tmp_path, content)
    with pytest.raises(RegisterError) as raised:
        read_rows(path, COLUMNS, "a register")
    assert str(path) in str(raised.value)
    assert message in str(raised.value)


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="cannot be read"):
        read_rows(tmp_path, COLUMNS, "a register")

"""The register of expected returns, and the files of a folder."""

from datetime import date
from pathlib import Path

import pytest

from reporting.errors import RegisterError
from reporting.returns.folder import find_workbooks
from reporting.returns.register import find_register, read_register

HEAD = "office,label,year,bureau,countries,due,received,cleared_on,fictional,note\n"


def register(folder: Path, *rows: str) -> Path:
    path = folder / "register.csv"
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_row_is_read_with_its_dates_and_countries(tmp_path: Path) -> None:
    read = read_register(register(tmp_path, "HUN,Hungary,2008,europe,HUN SVN,2009-03-31,,,,regional office"))
    (item,) = read
    assert (item.office, item.year, item.countries) == ("HUN", 2008, ("HUN", "SVN"))
    assert (item.due, item.received, item.rebuilt, item.note) == (date(2009, 3, 31), None, False, "regional office")
    assert read.years == (2008,)


def test_an_office_without_countries_covers_its_own(tmp_path: Path) -> None:
    (item,) = read_register(register(tmp_path, "KEN,Kenya,2008,africa,,,,,,"))
    assert item.countries == ("KEN",)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",Kenya,2008,africa,,,,,,", "row 2: “office” is empty"),
        ("KEN,Kenya,two,africa,,,,,,", "row 2: “two” is not a year"),
        ("KEN,Kenya,2008,africa,,31.3.2009,,,,", "row 2, due: “31.3.2009” is not a date; write it as 2009-03-31"),
        ("KEN,Kenya,2008,africa,,,,,,\nKEN,Kenya,2008,africa,,,,,,", "row 3: KEN already owes a return for 2008"),
    ],
)
def test_faults_name_the_row_and_the_cure(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(RegisterError) as caught:
        read_register(register(tmp_path, row))
    assert message in str(caught.value)


def test_an_office_may_stand_in_small_letters(tmp_path: Path) -> None:
    (item,) = read_register(register(tmp_path, "hun,Hungary,2008,europe,hun svn,,,,,"))
    assert (item.office, item.countries) == ("HUN", ("HUN", "SVN"))


def test_an_empty_file_is_no_register(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(b"")
    with pytest.raises(RegisterError, match="row 1: the column “office” is missing; a register has office, label"):
        read_register(path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("office,label,year\nKEN,Kenya,2008\n", encoding="utf-8")
    with pytest.raises(RegisterError, match="the column “bureau” is missing"):
        read_register(path)


def test_a_register_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(RegisterError, match="save it as CSV in UTF-8"):
        read_register(path)


def test_the_register_stands_in_the_folder_or_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "2008"
    folder.mkdir()
    assert find_register(folder) is None
    beside = register(tmp_path)
    assert find_register(folder) == beside
    inside = register(folder)
    assert find_register(folder) == inside


def test_lock_files_and_hidden_files_are_passed_over_but_a_named_file_is_taken(tmp_path: Path) -> None:
    for name in ("b.xlsx", "A.XLSX", "~$b.xlsx", ".~lock.b.xlsx#", ".hidden.xlsx", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "c.xlsx").touch()
    notes = tmp_path / "notes.txt"
    found = find_workbooks([tmp_path, notes, tmp_path / "b.xlsx"])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "A.XLSX",
        "b.xlsx",
        "inner/c.xlsx",
        "notes.txt",
    ]

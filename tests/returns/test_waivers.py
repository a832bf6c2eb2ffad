"""Waivers: what a bureau accepts, with reason, post and date."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporting.errors import RegisterError
from reporting.returns.waivers import read_waivers, waivers_beside, waivers_for

HEAD = "office,year,code,field,reason,post,date\n"


def written(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "waivers.csv"
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_a_waiver_prints_its_reason_post_and_date(tmp_path: Path) -> None:
    path = written(tmp_path, "KEN,2008,TOT004,,Totals only,Desk Officer,2009-02-19")
    assert read_waivers(path) == {("KEN", 2008): {("TOT004", ""): "Totals only (Desk Officer, 2009-02-19)"}}


def test_a_waiver_may_be_for_one_field(tmp_path: Path) -> None:
    path = written(tmp_path, "KEN,2008,TOT004,populations.closing,Totals only,Desk Officer,2009-02-19")
    assert list(read_waivers(path)["KEN", 2008]) == [("TOT004", "populations.closing")]


def test_office_and_code_may_stand_in_small_letters(tmp_path: Path) -> None:
    path = written(tmp_path, "ken,2008,tot004,,Totals only,Desk Officer,2009-02-19")
    assert list(read_waivers(path)["KEN", 2008]) == [("TOT004", "")]


def test_a_file_with_other_columns_is_no_file_of_waivers(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="row 1: the column “office” is missing; a file of waivers has office"):
        read_waivers(written(tmp_path, head="a,b\n"))


def test_waivers_are_found_beside_the_register_of_a_folder(tmp_path: Path) -> None:
    assert waivers_beside(tmp_path / "register.csv") == {}
    (tmp_path / "register.csv").write_text("", encoding="utf-8")
    written(tmp_path, "KEN,2008,TOT004,,Totals only,Desk Officer,2009-02-19")
    (tmp_path / "2008").mkdir()
    assert list(waivers_for([tmp_path / "2008"])) == [("KEN", 2008)]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("KEN,2008,TOT004,,,Desk Officer,2009-02-19", "row 2: “reason” is missing"),
        ("KEN,last,TOT004,,Totals only,Desk Officer,2009-02-19", "row 2: “last” is not a year"),
        ("KEN,2008,TOT4,,Totals only,Desk Officer,2009-02-19", "row 2: “TOT4” is not the code of a finding"),
        ("KEN,2008,TOT004,,Totals only,Desk Officer,19.2.2009", "row 2: “19.2.2009” is not a date"),
    ],
)
def test_a_waiver_that_is_incomplete_or_not_understood_is_refused_with_its_row(
    tmp_path: Path, row: str, message: str
) -> None:
    with pytest.raises(RegisterError, match=message):
        read_waivers(written(tmp_path, row))

"""The register of follow-up: what headquarters decided on the recommendations."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reporting.errors import RegisterError
from reporting.returns.follow_up import Decision, Endorsement, Status, empty_follow_up, find_follow_up, read_follow_up

HEAD = "recommendation,endorsed,responsible,timeframe,status,as_of,note\n"
KNOWN = ("R01", "R02", "R03")


def written(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "follow_up.csv"
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_a_decision_is_read_whole(tmp_path: Path) -> None:
    path = written(tmp_path, "R02,Partly,Policy unit,second half of 2009,under way,2009-03-31,Draft circulated")
    assert read_follow_up(path, KNOWN) == {
        "R02": Decision(
            recommendation="R02",
            endorsed=Endorsement.PARTLY,
            responsible="Policy unit",
            timeframe="second half of 2009",
            status=Status.UNDER_WAY,
            as_of=date(2009, 3, 31),
            note="Draft circulated",
        )
    }


def test_what_is_open_stays_empty(tmp_path: Path) -> None:
    decision = read_follow_up(written(tmp_path, "R01,,,,,,"), KNOWN)["R01"]
    assert decision == Decision(recommendation="R01")


def test_an_empty_register_can_be_read_back(tmp_path: Path) -> None:
    path = tmp_path / "follow_up.csv"
    path.write_text(empty_follow_up(KNOWN), encoding="utf-8")
    assert list(read_follow_up(path, KNOWN)) == list(KNOWN)


def test_personal_data_is_masked(tmp_path: Path) -> None:
    path = written(tmp_path, "R01,yes,write to desk@example.org,,done,,")
    assert "desk@example.org" not in read_follow_up(path, KNOWN)["R01"].responsible


def test_the_register_is_found_in_the_folder_or_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "2008"
    folder.mkdir()
    assert find_follow_up(folder) is None
    beside = written(tmp_path)
    assert find_follow_up(folder) == beside
    inside = written(folder)
    assert find_follow_up(folder) == inside


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("R09,yes,,,,,", "row 2: there is no recommendation “R09”"),
        (",yes,,,,,", "row 2: “recommendation” is empty"),
        ("R01,maybe,,,,,", "row 2, endorsed: “maybe” is none of yes, partly, no, pending"),
        ("R01,,,,begun,,", "row 2, status: “begun” is none of not_started"),
        ("R01,,,,,31.3.2009,", "row 2, as_of: “31.3.2009” is not a date"),
        ("R01,,,,,,\nR01,,,,,,", "row 3: “R01” stands here a second time"),
    ],
)
def test_a_fault_is_told_with_its_row(row: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"follow_up\.csv") as raised:
        read_follow_up(written(tmp_path, row), KNOWN)
    assert message in str(raised.value)


def test_a_missing_column_and_another_encoding_are_told(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="the column “as_of” is missing"):
        read_follow_up(written(tmp_path, head="recommendation,endorsed,responsible,timeframe,status\n"), KNOWN)
    path = tmp_path / "follow_up.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RegisterError, match="UTF-8"):
        read_follow_up(path, KNOWN)

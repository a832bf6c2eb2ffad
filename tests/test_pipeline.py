"""Validating files: every one gets a verdict, in the order asked, whatever the number of processes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from reporting.findings import Verdict
from reporting.pipeline import newest_schema, validate_file, validate_files
from reporting.workbook.guard import LARGEST_INFLATED
from tests.checks.cases import clean


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.xlsx").write_bytes(clean("apr-2008"))
    (tmp_path / "a.xlsx").write_bytes(b"")
    (tmp_path / "c.xlsx").write_bytes(clean("apr-2007"))
    return tmp_path


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_get_their_verdicts_in_the_order_asked(folder: Path, jobs: int) -> None:
    paths = [folder / name for name in ("b.xlsx", "a.xlsx", "c.xlsx")]
    told: list[tuple[int, int]] = []
    checked = validate_files(paths, jobs=jobs, progress=lambda done, total: told.append((done, total)))
    assert [result.path for result, _ in checked] == [str(path) for path in paths]
    assert [result.verdict for result, _ in checked] == [Verdict.ACCEPTED, Verdict.UNREADABLE, Verdict.ACCEPTED]
    assert [returned.year if returned else None for _, returned in checked] == [2008, None, 2007]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert newest_schema(result for result, _ in checked) == "apr-2008"


def test_a_result_names_the_hash_of_the_exact_bytes_and_who_reports(folder: Path) -> None:
    result, returned = validate_file(folder / "b.xlsx")
    assert result.sha256 == hashlib.sha256(clean("apr-2008")).hexdigest()
    assert (result.office, result.year) == ("KEN", 2008)
    assert returned is not None
    assert returned.sha256 == result.sha256


def test_fil018_a_file_that_is_not_there_or_is_a_folder_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.xlsx", tmp_path):
        result, returned = validate_file(path)
        assert (returned, result.verdict, result.sha256) == (None, Verdict.UNREADABLE, "")
        assert [finding.code for finding in result.findings] == ["FIL018"]


def test_fil009_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(LARGEST_INFLATED + 1)
    assert [finding.code for finding in validate_file(path)[0].findings] == ["FIL009"]


def test_a_waived_error_no_longer_rejects_the_return(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "KEN.xlsx"
    path.write_bytes(clean("apr-2008"))
    workbook = openpyxl.load_workbook(path)
    workbook["Populations"]["J5"] = 100_000
    workbook.save(path)
    assert validate_file(path)[0].verdict is Verdict.REJECTED
    waivers = {("KEN", 2008): {("TOT001", ""): "Agreed. (Senior Officer, 2009-03-01)"}}
    ((waived, _),) = validate_files([path], waivers=waivers)
    assert waived.verdict is Verdict.QUERIES
    assert [finding.waiver for finding in waived.findings if finding.code == "TOT001"] == [
        "Agreed. (Senior Officer, 2009-03-01)"
    ]

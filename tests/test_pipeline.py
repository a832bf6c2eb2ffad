"""Validating files: every one gets a verdict, in the order asked, whatever the number of processes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from reporting.cache import Cache
from reporting.findings import Verdict
from reporting.pipeline import last_years, newest_schema, validate_file, validate_files
from reporting.schema.compiled import load_schema
from reporting.workbook.filling import Filling
from reporting.workbook.guard import LARGEST_INFLATED
from reporting.workbook.template import write_return
from sample_submissions.conformance.cases import clean


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
    for path, reason in ((tmp_path / "nowhere.xlsx", "there is no such file"), (tmp_path, "it is no ordinary file")):
        result, returned = validate_file(path)
        assert (returned, result.verdict, result.sha256) == (None, Verdict.UNREADABLE, "")
        assert [finding.code for finding in result.findings] == ["FIL018"]
        assert reason in result.findings[0].message


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


def returned_persons(closing: int, opening: int, year: int, path: Path) -> Path:
    row = {"country": "KEN", "group": "REF", "opening": opening, "closing": closing}
    fields = {"cover.office": "KEN", "cover.year": year, "cover.language": "en", "cover.countries": ("KEN",)}
    filling = Filling(office="KEN", year=year, fields=fields, tables={"populations": [row]})
    write_return(load_schema("apr-2008"), filling, path)
    return path


def test_a_return_is_held_against_its_own_of_the_year_before(tmp_path: Path) -> None:
    last = returned_persons(900, 800, 2007, tmp_path / "KEN-2007.xlsx")
    this = returned_persons(1000, 1000, 2008, tmp_path / "KEN-2008.xlsx")
    previous, remarks = last_years([last])
    assert (previous, remarks) == ({("KEN", 2007): last}, [])
    ((alone, _),) = validate_files([this])
    ((against, _),) = validate_files([this], previous=previous)
    assert "HIS001" not in {finding.code for finding in alone.findings}
    (finding,) = [finding for finding in against.findings if finding.code == "HIS001"]
    assert (finding.found, finding.expected, finding.difference) == (1000, 900, 100)


def test_a_changed_return_of_last_year_is_not_missed_by_the_cache(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "kept")
    this = returned_persons(1000, 1000, 2008, tmp_path / "KEN-2008.xlsx")
    found = []
    for closing in (900, 1000, 900):
        last = returned_persons(closing, 800, 2007, tmp_path / "KEN-2007.xlsx")
        ((result, _),) = validate_files([this], cache=cache, previous=last_years([last], cache=cache)[0])
        found.append("HIS001" in {finding.code for finding in result.findings})
    assert found == [True, False, True]


def test_a_return_of_last_year_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "KEN-2007.xlsx").write_bytes(b"")
    previous, remarks = last_years([tmp_path])
    assert previous == {}
    assert remarks == [f"{tmp_path / 'KEN-2007.xlsx'}: not held against this year's return, because it cannot be read"]


def test_personal_data_in_a_comment_and_a_property_is_found_and_never_shown(tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.comments import Comment

    path = tmp_path / "KEN.xlsx"
    path.write_bytes(clean("apr-2008"))
    workbook = openpyxl.load_workbook(path)
    workbook["Populations"]["E5"].comment = Comment("Ask desk@example.org", "Protection Officer")
    workbook.properties.lastModifiedBy = "desk@example.org"
    workbook["Summary"]["C5"] = "Hotline +44 20 7946 0958"
    workbook.save(path)
    result, _ = validate_file(path)
    found = {(finding.code, finding.sheet, finding.cells) for finding in result.findings if finding.code[:3] == "PRV"}
    assert found == {
        ("PRV001", "Populations", ("E5",)),
        ("PRV001", "", ()),
        ("PRV002", "Summary", ("C5",)),
    }
    assert "example.org" not in repr(result)
    assert "7946" not in repr(result)


def test_what_an_office_typed_is_masked_in_the_findings_of_other_checks_too(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "KEN.xlsx"
    path.write_bytes(clean("apr-2008"))
    workbook = openpyxl.load_workbook(path)
    workbook["Populations"]["E5"] = "ask desk@example.org"
    workbook.save(path)
    result, _ = validate_file(path)
    assert {"CEL010", "PRV001"} & {finding.code for finding in result.findings} >= {"PRV001"}
    assert "desk@" not in repr(result)

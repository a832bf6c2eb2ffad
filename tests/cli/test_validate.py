"""``apr validate``: what is read, what is printed, and the exit code."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from reporting.cli import main
from sample_submissions.conformance.cases import clean


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["validate", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "KEN-2008.xlsx"
    path.write_bytes(clean("apr-2008"))
    return path


def edited(path: Path, **cells: object) -> Path:
    """The workbook with cells of ``Populations`` changed."""
    workbook = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        workbook["Populations"][cell] = value
    workbook.save(path)
    return path


def test_an_accepted_return_ends_with_zero(good: Path) -> None:
    code, out, err = run(good)
    assert (code, err) == (0, "")
    assert "KEN 2008, accepted" in out


def test_an_error_ends_with_one_unless_nothing_shall_fail(good: Path) -> None:
    edited(good, J5=100_000)
    assert run(good)[0] == 1
    assert run(good, "--fail-on", "never")[0] == 0


def test_a_query_fails_only_where_asked(good: Path) -> None:
    edited(good, I5=None, O5=None)
    assert run(good)[0] == 0
    assert run(good, "--fail-on", "query")[0] == 1


def test_json_goes_to_stdout_and_to_a_file(good: Path, tmp_path: Path) -> None:
    code, out, _ = run(good, "--format", "json")
    document = json.loads(out)
    assert (code, document["schema"], document["files"][0]["verdict"]) == (0, "apr-2008", "accepted")
    assert run(good, "--format", "json", "-o", tmp_path / "out.json") == (0, "", "")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == document


def test_a_folder_is_read_without_lock_files_and_others(good: Path) -> None:
    folder = good.parent
    for name in ("~$KEN-2008.xlsx", ".~lock.KEN-2008.xlsx#", ".hidden.xlsx", "notes.txt"):
        (folder / name).write_bytes(b"x")
    (folder / "THA-2008.xlsx").write_bytes(clean("apr-2008"))
    _, out, _ = run(folder, "--format", "json", "--jobs", "1")
    assert [Path(file["path"]).name for file in json.loads(out)["files"]] == ["KEN-2008.xlsx", "THA-2008.xlsx"]


def test_a_file_named_directly_always_gets_a_verdict(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a workbook", encoding="utf-8")
    code, out, _ = run(path, "--format", "json")
    file = json.loads(out)["files"][0]
    assert (code, file["verdict"], [finding["code"] for finding in file["findings"]]) == (1, "unreadable", ["FIL003"])


def test_an_empty_folder_and_a_path_that_leads_nowhere_are_wrong_use(tmp_path: Path) -> None:
    assert run(tmp_path) == (2, "", f"apr: no workbook (.xlsx) to read in {tmp_path}\n")
    nowhere = tmp_path / "nowhere"
    assert run(nowhere) == (2, "", f"apr: {nowhere}: there is no such file or folder\n")
    assert run()[0] == 2


def test_a_year_chooses_from_folders_but_not_from_files_named(good: Path) -> None:
    folder = good.parent
    (folder / "KEN-2007.xlsx").write_bytes(clean("apr-2007"))
    years = [file["year"] for file in json.loads(run(folder, "--year", "2007", "--format", "json")[1])["files"]]
    assert years == [2007]
    assert json.loads(run(good, "--year", "2007", "--format", "json")[1])["files"][0]["year"] == 2008
    assert run(folder, "--year", "1999")[0] == 2


def test_waivers_beside_the_register_are_applied(good: Path) -> None:
    edited(good, J5=100_000)
    assert run(good)[0] == 1
    register = good.parent / "register.csv"
    register.write_text("office,label,year,bureau,countries,due,received,cleared_on,fictional,note\n", encoding="utf-8")
    (good.parent / "waivers.csv").write_text(
        "office,year,code,reason,post,date\nKEN,2008,TOT001,Agreed.,Senior Officer,2009-03-01\n", encoding="utf-8"
    )
    assert run(good)[0] == 0
    assert run(good.parent)[0] == 0
    code, out, _ = run(good, "--register", register)
    assert code == 0
    assert "Waived by the bureau: Agreed. (Senior Officer, 2009-03-01)" in " ".join(out.split())


def test_an_output_that_cannot_be_written_is_told(good: Path, tmp_path: Path) -> None:
    code, _, err = run(good, "-o", tmp_path / "no" / "where.txt")
    assert code == 2
    assert "cannot be written" in err


def test_annotated_copies_are_written_beside_nothing_else(good: Path, tmp_path: Path) -> None:
    edited(good, J5=100_000)
    code, out, err = run(good, "--annotate", tmp_path / "marked")
    assert (code, err) == (1, "")
    copy = tmp_path / "marked" / good.name
    assert openpyxl.load_workbook(copy).sheetnames[1] == "Findings"
    assert run(copy)[1].replace("marked/", "").splitlines()[1:] == out.splitlines()[1:]


def test_annotating_into_the_folder_of_the_original_is_refused(good: Path) -> None:
    before = good.read_bytes()
    assert run(good, "--annotate", good.parent)[0] == 2
    assert good.read_bytes() == before


def test_a_file_name_that_is_no_text_is_printed_with_a_mark_and_its_file_is_read(good: Path, tmp_path: Path) -> None:
    odd = "KEN-\udcff\x1b[2J.xlsx" if sys.platform == "linux" else "KEN-\u202e.xlsx"
    folder = tmp_path / "returns"
    folder.mkdir()
    good.rename(folder / odd)
    for form in ("text", "json", "sarif", "junit", "github", "html"):
        for cache in ("--no-cache", f"--cache={tmp_path / 'kept'}"):
            code, out, _ = run(folder, "--format", form, cache)
            assert code == 0
            assert not {"\x1b", "\u202e", "\udcff"} & set(out)
    assert "accepted" in out

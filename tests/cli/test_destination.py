"""Where results go: nothing that is read is written over, and what cannot be written is told in one line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from reporting.cli import main
from reporting.schema.compiled import load_schema
from reporting.workbook.filling import Filling
from reporting.workbook.template import write_return

REGISTER = "office,label,year,bureau,countries,due,received,cleared_on,fictional,note\nKEN,Kenya,2008,africa,KEN,,,,,\n"


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    return result.exit_code, result.stdout, result.stderr


def apr(shell: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``apr`` in a shell, where stdout can be closed, full, or of another encoding."""
    program = f"{sys.executable} -c 'from reporting.cli import main; main()' {shell}"
    return subprocess.run(
        ["bash", "-c", program], check=False, capture_output=True, env=os.environ | environment, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "KEN-2008.xlsx"
    write_return(load_schema("apr-2008"), Filling(office="KEN", year=2008), path)
    return path


@pytest.fixture
def returns(blank: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "2008"
    folder.mkdir()
    shutil.copy(blank, folder)
    (folder / "register.csv").write_text(REGISTER, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("command", "output", "message"),
    [
        ("validate {0}/KEN-2008.xlsx", "KEN-2008.xlsx", "is read by this command, and would be lost"),
        ("validate {0}", "KEN-2008.xlsx", "would be read as a return the next time"),
        ("aggregate {0} --by world --format xlsx", "annex.xlsx", "would be read as a return the next time"),
        ("aggregate {0} --by world --format csv", "register.csv", "is read by this command, and would be lost"),
        ("status {0}/KEN-2008.xlsx", "register.csv", "is read by this command, and would be lost"),
        ("trace populations.closing {0}", "KEN-2008.xlsx", "would be read as a return the next time"),
        ("compare {0} --previous {0} --by world", "KEN-2008.xlsx", "would be read as a return the next time"),
    ],
)
def test_an_output_takes_the_place_of_no_input(command: str, output: str, message: str, returns: Path) -> None:
    before = {path.name: path.read_bytes() for path in returns.iterdir()}
    code, out, err = run(*command.format(returns).split(), "-o", returns / output)
    assert (code, out) == (2, "")
    assert err.startswith(f"apr: {returns / output} {message}")
    assert {path.name: path.read_bytes() for path in returns.iterdir()} == before


def test_another_output_beside_the_returns_is_written(returns: Path) -> None:
    assert run("status", returns, "-o", returns / "status.txt") == (0, "", "")
    assert (returns / "status.txt").is_file()


def test_annotated_copies_do_not_lie_among_the_returns_unless_hidden(returns: Path) -> None:
    code, _, err = run("validate", returns, "--annotate", returns / "marked")
    assert code == 2
    assert "would be read as returns the next time that" in err
    assert not (returns / "marked").exists()
    run("validate", returns, "--annotate", returns / ".marked")
    assert (returns / ".marked" / "KEN-2008.xlsx").is_file()


def test_a_template_takes_the_place_of_no_return(returns: Path) -> None:
    before = (returns / "KEN-2008.xlsx").read_bytes()
    code, _, err = run("template", "--office", "KEN", "--year", "2008", "-o", returns / "KEN-2008.xlsx")
    assert (code, err.partition(": name")[0]) == (2, f"apr: {returns / 'KEN-2008.xlsx'} is there already")
    register = returns / "register.csv"
    assert run("template", "--year", "2008", "--register", register, "--all", "-o", returns)[0] == 2
    assert (returns / "KEN-2008.xlsx").read_bytes() == before


def test_a_template_is_begun_from_an_earlier_year(returns: Path, tmp_path: Path) -> None:
    last = returns / "KEN-2008.xlsx"
    code, _, err = run("template", "--year", "2008", "--prefill", last, "-o", tmp_path / "new.xlsx")
    assert (code, err) == (2, f"apr: {last} is the return of 2008: begin that of 2008 from an earlier one\n")


def test_a_report_that_cannot_be_written_is_told_in_one_line(returns: Path) -> None:
    file = returns / "register.csv"
    code, _, err = run("report", "coverage", returns, "--format", "html", "-o", file / "x.html")
    assert (code, err) == (2, f"apr: {file}: File exists\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("command", ["explain", "schema list"])
def test_a_full_disk_is_told_in_one_line(command: str) -> None:
    done = apr(f"{command} > /dev/full")
    assert (done.returncode, done.stderr) == (2, "apr: the output: No space left on device\n")


def test_a_closed_stdout_is_told(returns: Path) -> None:
    done = apr(f"validate {returns} >&-")
    assert (done.returncode, done.stderr) == (2, "apr: stdout is closed: name a file to write to with -o\n")


def test_stdout_of_another_encoding_loses_nothing(returns: Path) -> None:
    shutil.move(returns / "KEN-2008.xlsx", returns / "كينيا.xlsx")
    found = apr(f"validate --fail-on never --format json {returns}", PYTHONIOENCODING="cp1252")
    assert (found.returncode, "كينيا.xlsx" in found.stdout) == (0, True)
    told = apr("explain TOT001 --lang ar", PYTHONIOENCODING="cp1252")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("TOT001  خطأ: يجب تصحيحه")


def test_a_year_that_nobody_owes_is_told_with_those_there_are(returns: Path) -> None:
    code, _, err = run("status", returns, "--year", "1999")
    assert (code, err) == (2, "apr: there is no return of 1999 here, and none is owed: --year is 2008\n")


def test_a_bureau_that_nobody_knows_is_told(returns: Path) -> None:
    (returns / "register.csv").write_text(REGISTER.replace("africa", "afrika"), encoding="utf-8")
    code, _, err = run("status", returns)
    assert (code, err.partition(";")[0]) == (2, "apr: the register puts KEN into “afrika”, which is no bureau")
    (returns / "register.csv").write_text(REGISTER.replace("africa", "Africa"), encoding="utf-8")
    assert run("status", returns)[0] == 0


def test_a_date_of_the_environment_that_is_none_is_told(returns: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    code, _, err = run("report", "coverage", returns, "--format", "html", "-o", returns.parent / "out")
    assert (code, err.partition(",")[0]) == (2, "apr: SOURCE_DATE_EPOCH is “yesterday”")


def test_a_file_whose_name_steers_a_terminal_is_told_and_counted(returns: Path) -> None:
    shutil.move(returns / "KEN-2008.xlsx", returns / "a\n\x1b[31m.xlsx")
    shutil.copy(returns / "a\n\x1b[31m.xlsx", returns / "b.xlsx")
    for command in ("validate --fail-on never", "status", "trace populations.closing"):
        code, out, _ = run(*command.split(), returns)
        assert (code, "\x1b" in out) == (0, False)
    annex = returns.parent / "annex.xlsx"
    assert run("aggregate", returns, "--by", "world", "--format", "xlsx", "-o", annex) == (0, "", "")
    assert annex.is_file()


def test_returns_of_last_year_that_fit_nothing_are_told(returns: Path) -> None:
    code, _, err = run("validate", "--fail-on", "never", returns / "KEN-2008.xlsx", "--previous", returns)
    assert (code, err.partition(",")[0]) == (0, f"{returns}: nothing was held against it")

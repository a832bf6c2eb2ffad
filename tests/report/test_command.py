"""``apr report`` and ``apr demo`` on the command line."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from reporting.cli import main
from reporting.cli.demo import command as demo
from reporting.cli.report import KINDS
from reporting.report.request import Kind

KENYA = Path(__file__).parents[2] / "sample_submissions" / "2008" / "KEN-2008.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    returns = tmp_path / "returns"
    returns.mkdir()
    shutil.copy(KENYA, returns)
    return returns


def test_a_report_is_written_and_named_on_stdout(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "reports"
    asked = [
        "report",
        "regional",
        str(folder),
        "--bureau",
        "africa",
        "--format",
        "html",
        "--as-of",
        "2009-03-31",
        "-o",
        str(out),
    ]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    assert done.stdout.split() == [str(out / "regional-africa-2008.html"), str(out / "manifest.json")]
    text = (out / "regional-africa-2008.html").read_text(encoding="utf-8")
    assert "320,598" in text
    assert "31 March 2009" in text


def test_a_report_may_be_given_its_file(folder: Path, tmp_path: Path) -> None:
    asked = ["report", "coverage", str(folder), "-o", str(tmp_path / "coverage.html")]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    assert done.stdout.split() == [str(tmp_path / "coverage.html"), str(tmp_path / "manifest.json")]


def test_all_writes_a_report_of_each_place_that_has_returns(folder: Path, tmp_path: Path) -> None:
    for kind, place, name in (("regional", "--bureau", "regional-africa"), ("office", "--office", "office-KEN")):
        asked = ["report", kind, str(folder), place, "all", "--format", "html", "-o", str(tmp_path / kind)]
        done = CliRunner().invoke(main, asked)
        assert done.exit_code == 0, done.output
        assert done.stdout.split() == [
            str(tmp_path / kind / f"{name}-2008.html"),
            str(tmp_path / kind / "manifest.json"),
        ]


def test_a_place_may_be_named_in_other_letters(folder: Path, tmp_path: Path) -> None:
    for kind, place, written in (
        ("regional", "--bureau=Africa", "regional-africa"),
        ("office", "--office=ken", "office-KEN"),
    ):
        done = CliRunner().invoke(main, ["report", kind, str(folder), place, "--format", "html", "-o", str(tmp_path)])
        assert done.exit_code == 0, done.output
        assert (tmp_path / f"{written}-2008.html").is_file()


def test_all_needs_returns(tmp_path: Path) -> None:
    (tmp_path / "returns").mkdir()
    shutil.copy(KENYA, tmp_path / "returns")
    (tmp_path / "returns" / KENYA.name).write_bytes(b"PK damaged")
    done = CliRunner().invoke(
        main, ["report", "office", str(tmp_path / "returns"), "--year", "2008", "--office", "all", "-o", str(tmp_path)]
    )
    assert done.exit_code == 2
    assert "no usable return" in done.stderr


def test_a_file_is_not_taken_for_a_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(main, ["report", "coverage", str(folder), "-o", str(tmp_path / "notes.txt")])
    assert done.exit_code == 2
    assert "name a folder, or a file ending in .pdf or .html" in done.stderr
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_bureau_that_is_not_there_ends_with_two_and_says_which_are(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["report", "regional", str(folder), "--bureau", "mena", "-o", str(tmp_path)])
    assert done.exit_code == 2
    assert "one of africa" in done.stderr


def test_there_is_no_public_edition_yet(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["report", "global", str(folder), "--edition", "public", "-o", str(tmp_path)])
    assert done.exit_code == 2
    assert "no public edition" in done.stderr


def test_the_demo_says_when_it_is_no_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.cli.demo.checkout_folder", lambda: None)
    done = CliRunner().invoke(main, ["demo"])
    assert done.exit_code == 2
    assert "checkout" in done.stderr


def test_the_demo_can_write_elsewhere() -> None:
    assert [option.name for option in demo.params] == ["output"]


def test_the_command_knows_every_kind_of_report() -> None:
    assert list(Kind) == list(KINDS)


def test_the_manifest_names_registers_and_waivers_of_both_years(folder: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier"
    earlier.mkdir()
    shutil.copy(KENYA.parents[1] / "2007" / "KEN-2007.xlsx", earlier)
    register = "office,label,year,bureau,countries,due,received,cleared_on,fictional,note\nKEN,Kenya,{},africa,,,,,,\n"
    written = {
        folder / "register.csv": register.format(2008),
        folder / "waivers.csv": "office,year,code,reason,post,date\nKEN,2008,TOT004,x,Desk Officer,2009-02-19\n",
        earlier / "register.csv": register.format(2007),
    }
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    asked = ["report", "coverage", str(folder), "--previous", str(earlier), "--format", "html", "-o", str(out)]
    assert CliRunner().invoke(main, asked).exit_code == 0
    (entry,) = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["reports"].values()
    hashes = {(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in written}
    assert hashes <= {(item["file"], item["sha256"]) for item in entry["inputs"]}

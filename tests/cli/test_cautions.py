"""Counts of victims say “known to UNHCR, not prevalence” wherever they go."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from reporting.cli import main
from reporting.schema.compiled import load_schema
from reporting.workbook.filling import Entry, Filling
from reporting.workbook.template import write_return

CAUTION = "Known to UNHCR in the year; not a measure of prevalence."
VICTIM: dict[str, Entry] = {
    "country": "KEN",
    "group": "REF",
    "scale": "became_of_concern",
    "stage": "identified",
    "scope": "cross_border",
    "unaccompanied": "no",
    "identified_by": "ngo",
    "identified_at": "reception",
    "main_form": "forced_labour",
    "sex": "f",
    "age": "18_59",
    "persons": 12,
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The returns of 2008 and of the year before: one office, with trafficked persons."""
    made = []
    for year in (2008, 2007):
        folder: Path = tmp_path_factory.mktemp(f"returns-{year}")
        fields = {
            "cover.countries": ("KEN",),
            "cover.uses_focus": "no",
            "cover.prepared_by_post": "Protection Officer",
            "cover.cleared_by_post": "Representative",
            "cover.cleared_on": "..",
            "cover.classification": "confidential",
            "cover.trafficking_assessment": "something_to_report",
        }
        filling = Filling(office="KEN", year=year, fields=fields, tables={"trafficked_persons": [VICTIM]})
        write_return(load_schema("apr-2008"), filling, folder / f"KEN-{year}.xlsx")
        made.append(str(folder))
    return made[0], made[1]


def run(*arguments: str) -> str:
    done = CliRunner().invoke(main, [*arguments, "--jobs", "1"])
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_in_figures_as_json_and_csv(folders: tuple[str, str]) -> None:
    asked = ("aggregate", folders[0], "--by", "world", "--indicator", "trafficking.victims_by_sex")
    figures = json.loads(run(*asked))["figures"]
    assert figures
    assert {item["caution"] for item in figures} == {CAUTION}
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv"))))
    assert CAUTION in {value for row in rows for value in row.values()}


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_in_a_trace(folders: tuple[str, str], form: str) -> None:
    assert CAUTION in run("trace", "trafficking.victims", folders[0], "--by", "world", "--format", form)


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_in_a_comparison_of_two_years(folders: tuple[str, str], form: str) -> None:
    asked = ("compare", folders[0], "--previous", folders[1], "--by", "world", "--indicator", "trafficking.victims")
    assert CAUTION in run(*asked, "--format", form)


def test_in_a_report(folders: tuple[str, str], tmp_path: Path) -> None:
    run("report", "trafficking", folders[0], "--bureau", "africa", "--format", "html", "-o", str(tmp_path))
    (page,) = tmp_path.glob("*.html")
    text = page.read_text(encoding="utf-8")
    assert "prevalence" in text
    assert "Trafficked persons" in text

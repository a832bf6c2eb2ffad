"""The reconstruction says exactly what Annex 5 of the review prints."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from reporting.findings import Severity
from reporting.workbook.answers import Missing, Row
from reporting.workbook.reader import read_return

ROOT = Path(__file__).resolve().parents[2]
ANNEX_5 = ROOT / "sample_submissions" / "sources" / "countries.csv"

FIGURES = (
    "poc_total",
    "poc_refugees",
    "poc_asylum_seekers",
    "poc_returned_refugees",
    "poc_idps",
    "poc_returned_idps",
    "poc_stateless",
    "poc_others",
)
# Numbers that the review gives with a qualifier, or beside the total; typed here from its pages, not from the table.
QUALIFIED = {
    "COD": {"poc_idps": 1_300_000, "poc_returned_idps": 1_000_000},
    "KEN": {"poc_stateless": 100_000, "poc_asylum_seekers": 6_000},
    "NPL": {"poc_asylum_seekers": 500, "poc_idps": 50_000},
    "PAK": {"poc_refugees": 2_000_000},
    "SDN": {"poc_idps": 1_250_000, "poc_returned_idps": 84_000, "poc_refugees": 222_000},
    "THA": {"poc_asylum_seekers": 13_000},
    "ZAF": {"poc_refugees": 38_000},
}
BESIDE_THE_TOTAL = {("HRV", "poc_asylum_seekers")}
"""Printed outside the total, of another date: not available at the date of the total."""
ALSO_APPROXIMATE = {("NPL", "poc_returned_idps")}


@pytest.fixture(scope="module")
def overview(returns_2007: Path) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for path in sorted(returns_2007.glob("*.xlsx")):
        returned = read_return(path, path.read_bytes())
        assert not [finding for finding in returned.findings if finding.severity is Severity.ERROR], path.name
        for row in returned.tables["overview"]:
            country = str(row.answers["country"].value)
            assert country not in rows
            rows[country] = row
    return rows


def printed() -> list[dict[str, str]]:
    with ANNEX_5.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected_figure(row: dict[str, str], column: str) -> int | None:
    if row[column]:
        return int(row[column])
    if column in QUALIFIED.get(row["iso3"], {}):
        return QUALIFIED[row["iso3"]][column]
    if (row["iso3"], column) in BESIDE_THE_TOTAL:
        return None
    return 0 if row["breakdown_closed"] == "yes" else None


def test_all_42_countries_are_there_and_hungary_itself_is_not_available(overview: dict[str, Row]) -> None:
    assert len(printed()) == 42
    assert set(overview) == {row["iso3"] for row in printed()} | {"HUN"}
    assert overview["HUN"].answers["poc_total"].missing is Missing.NOT_AVAILABLE


def test_42_returns_carry_slovenia_in_hungarys_and_none_of_iraq(returns_2007: Path) -> None:
    offices = {path.name[:3] for path in returns_2007.glob("*.xlsx")}
    assert len(offices) == 42
    assert "HUN" in offices
    assert offices.isdisjoint({"SVN", "IRQ"})


@pytest.mark.parametrize("row", printed(), ids=lambda row: str(row["iso3"]))
def test_figures_read_back_exactly_as_printed(row: dict[str, str], overview: dict[str, Row]) -> None:
    answers = overview[row["iso3"]].answers
    assert {column: answers[column].value for column in FIGURES} == {
        column: expected_figure(row, column) for column in FIGURES
    }
    assert answers["national_population"].value == int(row["population"])


def test_a_figure_beside_the_total_is_not_available_at_the_date_of_the_total(overview: dict[str, Row]) -> None:
    for country, column in BESIDE_THE_TOTAL:
        assert overview[country].answers[column].missing is Missing.NOT_AVAILABLE


@pytest.mark.parametrize("row", printed(), ids=lambda row: str(row["iso3"]))
def test_qualified_figures_are_marked_approximate_and_no_others(row: dict[str, str], overview: dict[str, Row]) -> None:
    answers, country = overview[row["iso3"]].answers, row["iso3"]
    marked = {column for column in FIGURES if answers[f"{column}_approximate"].value == "yes"}
    qualified = {(country, column) for column in QUALIFIED.get(country, {})} | ALSO_APPROXIMATE
    assert marked == {column for place, column in qualified if place == country}


@pytest.mark.parametrize("row", printed(), ids=lambda row: str(row["iso3"]))
def test_tier_and_forms_are_those_of_annex_5(row: dict[str, str], overview: dict[str, Row]) -> None:
    answers = overview[row["iso3"]].answers
    tier = row["us_tip_tier"].lower().replace(" ", "_")
    assert answers["tip_tier"].value == (tier if tier in ("", "special_case") else f"tier_{tier}") or not tier
    forms = answers["forms"].value
    assert isinstance(forms, tuple)
    assert len(forms) == len(row["forms"].split("; "))


def test_roles_leave_out_what_the_review_only_calls_possible(overview: dict[str, Row]) -> None:
    assert overview["YEM"].answers["country_roles"].value == ("source", "internal")
    assert overview["MYS"].answers["country_roles"].value == ("source", "transit", "destination", "internal")


def test_croatia_and_nepal_are_of_2008_and_all_others_of_the_end_of_2007(overview: dict[str, Row]) -> None:
    dates = {country: row.answers["as_of"].value for country, row in overview.items() if country != "HUN"}
    assert dates.pop("HRV") == date(2008, 6, 30)
    assert dates.pop("NPL") == date(2008, 9, 30)
    assert set(dates.values()) == {date(2007, 12, 31)}

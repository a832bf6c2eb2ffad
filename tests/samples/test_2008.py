"""The returns of 2008 hold UNHCR's published figures, each country once, and pass without an error."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from reporting.cli import main
from reporting.findings import Severity
from reporting.pipeline import validate_files
from reporting.workbook.answers import Missing, Return

SOURCES = Path(__file__).resolve().parents[2] / "sample_submissions" / "sources"
STOCKS = {
    "REF": "refugees",
    "ASY": "asylum_seekers",
    "IDP": "idps",
    "RDP": "returned_idps",
    "STA": "stateless",
    "OTH": "ooc",
}
REGIONAL = {"HUN": ("HUN", "SVN", "BGR", "POL")}


def table(name: str) -> list[dict[str, str]]:
    with (SOURCES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def returns(returns_2008: Path) -> dict[str, Return]:
    checked = validate_files(sorted(returns_2008.glob("*.xlsx")))
    faults = {
        result.path: [finding.message for finding in result.findings if finding.severity is Severity.ERROR]
        for result, _ in checked
    }
    assert not {path: messages for path, messages in faults.items() if messages}
    return {returned.office: returned for _, returned in checked if returned is not None}


@pytest.fixture(scope="module")
def closing(returns: dict[str, Return]) -> dict[tuple[str, str], int | None]:
    """Country and group to closing figure; each country and group once."""
    figures: dict[tuple[str, str], int | None] = {}
    for returned in returns.values():
        for row in returned.tables["populations"]:
            place = (str(row.answers["country"].value), str(row.answers["group"].value))
            assert place not in figures
            value = row.answers["closing"].value
            figures[place] = value if isinstance(value, int) else None
    return figures


def bureaus() -> dict[str, str]:
    """Country to bureau, from the review's table and the rule for Iran, Iraq and Hungary."""
    ids = {"Africa": "africa", "Americas": "americas", "Asia and the Pacific": "asia_pacific", "Europe": "europe"}
    known = {row["iso3"]: ids.get(row["bureau"], "mena") for row in table("countries")}
    return known | {"IRN": "mena", "IRQ": "mena"} | dict.fromkeys(REGIONAL["HUN"], "europe")


def published() -> Counter[tuple[str, str]]:
    """UNHCR's end-2008 figures by bureau and group, straight from its tables."""
    totals: Counter[tuple[str, str]] = Counter()
    for row in table("unhcr_population_2007_2008"):
        if row["year"] == "2008":
            for group, column in STOCKS.items():
                totals[bureaus()[row["coa_iso"]], group] += int(row[column] or 0)
    for row in table("unhcr_solutions_2008"):
        if row["coo_iso"] in bureaus():
            totals[bureaus()[row["coo_iso"]], "RET"] += int(row["returned_refugees"] or 0)
    return totals


def test_all_43_returns_pass_without_an_error(returns: dict[str, Return]) -> None:
    assert len(returns) == 43


def test_closing_figures_by_bureau_are_unhcrs(closing: dict[tuple[str, str], int | None]) -> None:
    totals: Counter[tuple[str, str]] = Counter()
    for (country, group), persons in closing.items():
        totals[bureaus()[country], group] += persons or 0
    assert +totals == +published()


def test_apr_aggregate_gives_the_same_sums(returns_2008: Path) -> None:
    wanted = ["--by", "bureau", "--indicator", "populations.closing", "--format", "json"]
    outcome = CliRunner().invoke(main, ["aggregate", str(returns_2008), *wanted])
    assert outcome.exit_code == 0, outcome.output
    figures = json.loads(outcome.stdout)["figures"]
    given = {(figure["area"], figure["dimensions"].get("group")): figure["value"] for figure in figures}
    totals = published()
    assert {place: given[place] for place in totals} == dict(totals)


def test_46_countries_have_seven_groups_each(closing: dict[tuple[str, str], int | None]) -> None:
    assert Counter(country for country, _ in closing) == dict.fromkeys(bureaus(), 7)


def test_kosovo_is_not_available_because_serbias_figures_include_it(closing: dict[tuple[str, str], int | None]) -> None:
    assert {persons for (country, _), persons in closing.items() if country == "XKX"} == {None}
    assert None not in {persons for (country, _), persons in closing.items() if country != "XKX"}


def test_hungary_answers_for_four_countries_and_everybody_else_for_one(returns: dict[str, Return]) -> None:
    assert {office: returned.countries for office, returned in returns.items()} == {
        office: REGIONAL.get(office, (office,)) for office in returns
    }


def test_openings_are_the_end_of_2007_and_flows_have_none(returns: dict[str, Return]) -> None:
    before = {row["coa_iso"]: row for row in table("unhcr_population_2007_2008") if row["year"] == "2007"}
    for office, returned in returns.items():
        for row in returned.tables["populations"]:
            country, group = str(row.answers["country"].value), str(row.answers["group"].value)
            opening = row.answers["opening"]
            if group in ("RET", "RDP"):
                assert opening.missing is Missing.NOT_APPLICABLE, office
            elif country != "XKX":
                assert opening.value == int(before[country][STOCKS[group]]), (country, group)


def test_parts_by_sex_and_age_are_whole_or_not_available(returns: dict[str, Return]) -> None:
    for returned in returns.values():
        for row in returned.tables["populations"]:
            parts = [
                answer for name, answer in row.answers.items() if name[:2] in ("f_", "m_") or name == "sex_unknown"
            ]
            known = [part.value for part in parts if isinstance(part.value, int)]
            assert len(known) in (0, len(parts))
            assert not known or sum(known) == row.answers["closing"].value


def test_stocks_and_changes_balance_where_every_change_is_known(returns: dict[str, Return]) -> None:
    signs = {"other_increase": 1, "individual_recognition": 1, "resettled_in": 1, "applied": 1}
    for office, returned in returns.items():
        changes: Counter[tuple[str, str]] = Counter()
        for row in returned.tables["population_changes"]:
            answers = row.answers
            if isinstance(persons := answers["persons"].value, int):
                place = (str(answers["country"].value), str(answers["group"].value))
                changes[place] += persons * signs.get(str(answers["change"].value), -1)
        for row in returned.tables["populations"]:
            opening, closing = row.answers["opening"].value, row.answers["closing"].value
            if isinstance(opening, int) and isinstance(closing, int):
                place = (str(row.answers["country"].value), str(row.answers["group"].value))
                assert changes[place] == closing - opening, (office, place)


def test_balancing_entries_say_that_they_are_not_in_the_sources(returns: dict[str, Return]) -> None:
    for returned in returns.values():
        for row in returned.tables["population_changes"]:
            balancing = str(row.answers["change"].value).startswith("other_")
            assert balancing is ("not in the sources" in str(row.answers["source"].value))


def test_numbers_of_trafficked_persons_are_never_given(returns: dict[str, Return]) -> None:
    for returned in returns.values():
        rows = returned.tables["trafficked_persons"]
        assert all(row.answers["persons"].missing is Missing.NOT_AVAILABLE for row in rows)
        assert bool(rows) is (returned.fields["cover.trafficking_assessment"].value == "something_to_report")
        assert not returned.tables["asylum_claims"]
        assert not returned.tables["resettlement_cases"]


def test_no_area_is_said_not_to_apply(returns: dict[str, Return]) -> None:
    gates = {a.value for r in returns.values() for name, a in r.fields.items() if name.endswith(".applicable")}
    assert gates == {"yes", None}


def test_answers_rest_on_facts_that_exist_and_are_of_the_office(returns: dict[str, Return]) -> None:
    facts = {row["id"]: row["iso3"] for row in table("office_facts")} | {
        row["id"]: row["iso3"] for row in table("good_practices")
    }
    for name in ("answers_2008", "partnerships_2008", "advocacy_2008", "research_2008"):
        for row in table(name):
            assert row["office"] in {*returns, "*"}
            for fact in row["facts"].split():
                assert facts[fact] in ("", row["office"]), (name, fact)


def test_the_register_expects_all_43_and_accuses_none(returns_2008: Path, returns: dict[str, Return]) -> None:
    with (returns_2008 / "register.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert {row["office"] for row in expected} == set(returns)
    assert {row["due"] + row["received"] + row["cleared_on"] for row in expected} == {""}
    assert all("not in the sources" in row["note"] for row in expected)

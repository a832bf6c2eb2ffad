"""Nobody is counted twice: each case is written as workbooks, read through the pipeline, and looked at in figures and traces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from reporting.aggregate.collection import Collection
from reporting.aggregate.figures import Figure, Level
from reporting.checks.network import COVERED_TWICE, DIFFER, ONE_SILENT
from reporting.pipeline import between, collect
from reporting.report.blocks import Table
from reporting.report.render import report_document
from reporting.report.request import Kind, Request
from reporting.schema.compiled import load_schema
from reporting.schema.model import Combines, Indicator
from reporting.workbook.filling import Entry, Filling
from reporting.workbook.template import write_return
from tests.aggregate.returns import trace_of

SCHEMA = load_schema("apr-2008")
COVER: Mapping[str, Entry] = {
    "cover.uses_focus": "no",
    "cover.prepared_by_post": "Protection Officer",
    "cover.cleared_by_post": "Representative",
    "cover.cleared_on": "..",
    "cover.classification": "confidential",
    "cover.trafficking_assessment": "something_to_report",
}
Rows = Sequence[Mapping[str, Entry]]


def write(
    folder: Path,
    office: str,
    countries: Sequence[str] = (),
    fields: Mapping[str, Entry] | None = None,
    **tables: Rows,
) -> None:
    """The workbook of an office."""
    given = {**COVER, "cover.countries": tuple(countries or (office,)), **(fields or {})}
    filling = Filling(office=office, year=2008, fields=given, tables=tables)
    write_return(SCHEMA, filling, folder / f"{office}-2008.xlsx")


def stock(country: str, closing: Entry, group: str = "REF", opening: Entry = 0) -> dict[str, Entry]:
    return {
        "country": country,
        "group": group,
        "opening": opening,
        "closing": closing,
        "basis": "registration",
        "source": "unhcr",
    }


def victims(country: str, persons: int) -> dict[str, Entry]:
    return {
        "country": country,
        "group": "REF",
        "scale": "of_concern_before",
        "stage": "identified",
        "main_form": "forced_labour",
        "scope": "cross_border",
        "sex": "f",
        "age": "18_59",
        "unaccompanied": "no",
        "identified_by": "ngo",
        "identified_at": "reception",
        "persons": persons,
    }


def movement(direction: str, counterpart: str, kind: str, persons: int) -> dict[str, Entry]:
    return {"direction": direction, "counterpart": counterpart, "kind": kind, "group": "REF", "persons": persons}


def read(folder: Path) -> Collection:
    return collect(folder, year=2008, jobs=1)


def values(found: Collection, indicator: str, level: str) -> dict[tuple[str, ...], float | None]:
    return {(item.area, *item.dimensions.values()): item.value for item in found.figures.select(indicator, level)}


def known(figure: Figure | None) -> tuple[float | None, int]:
    assert figure is not None
    return figure.value, figure.contributors


def test_a_regional_office_counts_each_country_once_and_leaves_out_what_another_office_answers_for(
    tmp_path: Path,
) -> None:
    field = "security.trafficking.referral_mechanism"
    write(
        tmp_path,
        "HUN",
        ["HUN", "SVN", "SRB"],
        {field: "formal"},
        populations=[stock("HUN", 7740), stock("SVN", 268), stock("SRB", 9999)],
    )
    write(tmp_path, "SRB", fields={field: "none"}, populations=[stock("SRB", 12774)])
    found = read(tmp_path)
    closing = "populations.closing"
    assert values(found, closing, "country") == {("HUN", "REF"): 7740, ("SRB", "REF"): 12774, ("SVN", "REF"): 268}
    assert values(found, closing, "office") == {("HUN", "REF"): 8008, ("SRB", "REF"): 12774}
    assert values(found, closing, "bureau") == {("europe", "REF"): 20782}
    assert values(found, closing, "world") == {("world", "REF"): 20782}
    offices = values(found, f"{field}.offices", "world")
    assert offices == {("world", "formal"): 1, ("world", "none"): 1}
    assert values(found, f"{field}.offices", "country") == {("SRB", "none"): 1}
    assert found.coverage.covered_twice == {"SRB": ("HUN", "SRB")}
    assert [item.code for item in between(found.results, None)] == [COVERED_TWICE.code]
    (world,) = trace_of(found.facts, SCHEMA, _indicator(closing), Level.WORLD, found.results)
    cells = [(one.office, one.country, one.number) for one in world.contributions]
    assert cells == [("HUN", "HUN", 7740), ("HUN", "SVN", 268), ("SRB", "SRB", 12774)]


def test_kosovo_is_counted_within_serbia_or_on_its_own_but_never_twice(tmp_path: Path) -> None:
    within, apart, alone = (tmp_path / name for name in ("within", "apart", "alone"))
    for folder in (within, apart, alone):
        folder.mkdir()
    closing = "populations.closing"
    # UNHCR's published figures for Serbia include Kosovo: the office in Kosovo has none of its own.
    write(within, "SRB", populations=[stock("SRB", 96739)])
    write(within, "XKX", populations=[stock("XKX", "..", opening="..")])
    found = read(within)
    assert known(found.figures.get(closing, "bureau", "europe", group="REF")) == (96739, 1)
    kosovo = found.figures.get(closing, "country", "XKX", group="REF")
    assert kosovo is not None
    assert (kosovo.value, kosovo.status) == (None, "not_available")
    # Serbia's return has a row on Kosovo, and the office there sends its own.
    write(apart, "SRB", ["SRB", "XKX"], populations=[stock("SRB", 96000), stock("XKX", 739)])
    write(apart, "XKX", populations=[stock("XKX", 700)])
    found = read(apart)
    assert values(found, closing, "country") == {("SRB", "REF"): 96000, ("XKX", "REF"): 700}
    assert known(found.figures.get(closing, "world", "world", group="REF")) == (96700, 2)
    assert [item.code for item in between(found.results, None)] == [COVERED_TWICE.code]
    # Without a return of its own, the row in Serbia's stands.
    write(alone, "SRB", ["SRB", "XKX"], populations=[stock("SRB", 96000), stock("XKX", 739)])
    assert known(read(alone).figures.get(closing, "world", "world", group="REF")) == (96739, 1)


def test_a_victim_whom_one_office_refers_to_another_is_one_victim(tmp_path: Path) -> None:
    write(
        tmp_path,
        "KEN",
        trafficked_persons=[victims("KEN", 9)],
        movements=[movement("out", "SDN", "referral", 4)],
    )
    write(
        tmp_path,
        "SDN",
        trafficked_persons=[victims("SDN", 2)],
        movements=[movement("in", "KEN", "referral", 4)],
    )
    found = read(tmp_path)
    assert known(found.figures.get("trafficking.victims", "world", "world")) == (11, 2)
    referred = values(found, "movements.referrals", "world")
    assert referred == {("world", "in"): 4, ("world", "out"): 4}
    for name in ("movements.referrals", "movements.persons", "populations.changes"):
        assert not _indicator(name).adds_up, name
    assert between(found.results, None) == ()
    (guidance,) = [
        column.guidance for column in SCHEMA.tables_by_id["trafficked_persons"].columns if column.name == "persons"
    ]
    assert "another office referred" in guidance


def test_stocks_and_flows_are_figures_apart(tmp_path: Path) -> None:
    claims = {
        "country": "KEN",
        "authority": "government",
        "claim_type": "trafficked_abroad",
        "pending_start": 6,
        "lodged": 10,
        "recognised": 3,
        "recognised_for_trafficking": 2,
        "complementary": 1,
        "rejected": 4,
        "closed": 2,
        "pending_end": 6,
        "period": "full_year",
    }
    write(
        tmp_path,
        "KEN",
        populations=[stock("KEN", 320, opening=260), stock("KEN", 7, "RET", "na")],
        population_changes=[
            {"country": "KEN", "group": "REF", "change": "arrival", "persons": 70},
            {"country": "KEN", "group": "REF", "change": "resettlement", "persons": 10},
        ],
        asylum_claims=[claims],
    )
    found = read(tmp_path)
    assert values(found, "populations.closing", "world") == {("world", "REF"): 320, ("world", "RET"): 7}
    assert values(found, "populations.opening", "world") == {("world", "REF"): 260, ("world", "RET"): None}
    assert sum(value or 0 for value in values(found, "populations.changes", "world").values()) == 80
    pending = [
        known(found.figures.get(f"trafficking.claims_{name}", "world", "world"))[0]
        for name in ("pending_start", "lodged", "pending_end")
    ]
    assert pending == [6, 10, 6]
    stocks = {"opening", "closing", "pending_start", "pending_end", "carried_over"}
    for item in SCHEMA.indicators:
        columns = {drawn.rpartition(".")[2] for drawn in (item.draws_on, *(part.draws_on for part in item.parts))}
        assert not columns & stocks or (
            (columns <= stocks and item.combines is Combines.LATEST) or item.measure.has_whole
        )
        assert not columns & {"lodged", "submitted", "departed", "sessions"} or item.combines is not Combines.LATEST


def test_two_offices_that_differ_on_a_movement_both_stand_and_the_difference_is_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        "KEN",
        movements=[movement("out", "SDN", "voluntary_return", 500), movement("in", "CMR", "resettlement", 150)],
    )
    write(tmp_path, "SDN", movements=[movement("in", "KEN", "voluntary_return", 400)])
    write(tmp_path, "CMR", populations=[stock("CMR", 5)])
    found = read(tmp_path)
    assert values(found, "movements.persons", "world") == {
        ("world", "in", "voluntary_return"): 400,
        ("world", "in", "resettlement"): 150,
        ("world", "out", "voluntary_return"): 500,
    }
    told = {item.code: item for item in between(found.results, None)}
    assert set(told) == {DIFFER.code, ONE_SILENT.code}
    assert (told[DIFFER.code].found, told[DIFFER.code].expected, told[DIFFER.code].difference) == (500, 400, 100)
    assert len(told[DIFFER.code].cells) == 2
    (table,) = [
        block
        for chapter in report_document(Request(kind=Kind.REGIONAL, bureau="africa"), found).chapters
        for block in chapter.blocks
        if isinstance(block, Table) and block.title.startswith("Differences between offices")
    ]
    assert sorted(row.cells[0].text for row in table.rows) == sorted(told)
    assert told[DIFFER.code].message in [row.cells[2].text for row in table.rows]


def _indicator(identifier: str) -> Indicator:
    (found,) = [item for item in SCHEMA.indicators if item.id == identifier]
    return found


@pytest.mark.parametrize("name", ["populations.closing", "trafficking.claims_pending_end", "focal_points.offices"])
def test_a_stock_is_never_added_up_over_years(name: str) -> None:
    assert _indicator(name).combines is Combines.LATEST

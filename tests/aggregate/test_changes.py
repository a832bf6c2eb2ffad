"""Year on year: like with like, breaks in the series, and whose word each year is."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from reporting.aggregate.changes import BreakKind, Change, Changes, changes
from reporting.aggregate.collection import Collection, collection_of
from reporting.aggregate.exports.changes import changes_document, changes_table
from reporting.aggregate.exports.csv_file import csv_text
from reporting.aggregate.figures import Level
from reporting.errors import UsageError
from reporting.schema.compiled import load_schema
from reporting.schema.model import GivenBy, Schema
from reporting.schema.problems import problems
from reporting.workbook.answers import Return
from tests.aggregate.returns import SCHEMA, Given, answer, result_of, return_of, stock

TIER = "environment.legal_framework.us_tip_tier"
VICTIM = {"country": "KEN", "main_form": "forced_labour", "sex": "m", "age": "18_59"}


def of_2007(office: str, overview: Sequence[Mapping[str, Given]], *, countries: tuple[str, ...] = ()) -> Return:
    """A return on the form of 2007."""
    made = return_of(office, countries=countries, overview=overview, path=f"{office}-2007.xlsx")
    tables = {"overview": made.tables["overview"]}
    return replace(made, schema_id="apr-2007", year=2007, tables=tables)


def earlier(made: Return) -> Return:
    """The same return a year before, on the same form."""
    return replace(made, year=2007, path=f"{made.office}-2007.xlsx", sha256=f"{made.sha256} of 2007")


def collected(*returns: Return) -> Collection:
    return collection_of([(result_of(item), item) for item in returns], None, None)


def compared(now: Sequence[Return], before: Sequence[Return]) -> Changes:
    return changes(collected(*now), collected(*before))


def change(made: Changes, indicator: str, level: str, area: str, **dimensions: str) -> Change:
    found = made.get(indicator, level, area, **dimensions)
    assert found is not None
    return found


def kinds(found: Change) -> list[BreakKind]:
    return [item.kind for item in found.breaks]


def test_only_offices_with_a_figure_in_both_years_are_compared() -> None:
    made = compared(
        [
            return_of("KEN", [stock("KEN", "REF", 320)]),
            return_of("SDN", [stock("SDN", "REF", "..")]),
            return_of("HUN", [stock("HUN", "REF", 7)]),
            return_of("CMR", [stock("CMR", "REF", 4000)]),
        ],
        [
            of_2007("KEN", [{"country": "KEN", "poc_refugees": 256}]),
            of_2007("SDN", [{"country": "SDN", "poc_refugees": 222}]),
            of_2007("HUN", [{"country": "HUN", "poc_refugees": 8}]),
            of_2007("THA", [{"country": "THA", "poc_refugees": 5}]),
        ],
    )
    africa = change(made, "populations.closing", "bureau", "africa", group="REF")
    assert (africa.before, africa.now, africa.difference, africa.percentage) == (256, 320, 64, 25)
    assert (africa.offices, africa.offices_before, africa.offices_now) == (1, 2, 2)
    assert (africa.all_before, africa.all_now) == (478, 4320)
    world = change(made, "populations.closing", "world", "world", group="REF")
    assert (world.before, world.now, world.offices) == (264, 327, 2)
    assert kinds(world) == [BreakKind.FORM, BreakKind.OFFICES]
    assert world.breaks[1].offices == ("CMR", "THA")
    assert (made.gained, made.lost, made.same) == (("CMR",), ("THA",), 3)
    sudan = change(made, "populations.closing", "office", "SDN", group="REF")
    assert (sudan.comparable, sudan.difference, sudan.all_before, sudan.all_now) == (False, None, 222, None)


def test_there_is_no_percentage_of_nothing() -> None:
    made = compared(
        [return_of("KEN", [stock("KEN", "STA", 100), stock("KEN", "OTH", 0)])],
        [of_2007("KEN", [{"country": "KEN", "poc_stateless": 0, "poc_others": 5}])],
    )
    stateless = change(made, "populations.closing", "world", "world", group="STA")
    assert (stateless.difference, stateless.percentage) == (100, None)
    others = change(made, "populations.closing", "world", "world", group="OTH")
    assert (others.difference, others.percentage) == (-5, -100)


def test_one_form_breaks_no_series_and_an_approximate_year_says_so() -> None:
    before = earlier(return_of("KEN", trafficked_persons=[{**VICTIM, "persons": 10, "approximate": "yes"}]))
    now = return_of("KEN", trafficked_persons=[{**VICTIM, "persons": 8}, {**VICTIM, "sex": "f", "persons": 6}])
    victims = change(compared([now], [before]), "trafficking.victims", "world", "world")
    assert (victims.before, victims.now, victims.percentage) == (10, 14, 40)
    assert (victims.approximate_before, victims.approximate_now) == (True, False)
    assert (victims.all_approximate_before, victims.all_approximate_now) == (True, False)
    assert victims.breaks == ()
    assert victims.caution == "Known to UNHCR in the year; not a measure of prevalence."


def test_a_heading_that_an_office_leaves_out_is_not_zero_where_persons_are_counted() -> None:
    before = earlier(return_of("KEN", trafficked_persons=[{**VICTIM, "persons": 10}]))
    now = return_of("KEN", trafficked_persons=[{**VICTIM, "main_form": "debt_bondage", "persons": 8}])
    by_form = compared([now], [before]).select("trafficking.victims_by_form", "world")
    assert [(item.dimensions["main_form"], item.before, item.now) for item in by_form] == [
        ("forced_labour", None, None),
        ("debt_bondage", None, None),
    ]


def test_an_answer_that_changes_leaves_one_heading_and_comes_under_another() -> None:
    field = "security.trafficking.referral_mechanism"
    now = [return_of("KEN", fields={field: "formal"}), return_of("SDN", fields={field: "none"}), return_of("HUN")]
    before = [earlier(return_of("KEN", fields={field: "none"})), earlier(return_of("SDN", fields={field: "none"}))]
    before.append(earlier(return_of("HUN", fields={field: "formal"})))
    made = compared(now, before)
    world = {item.dimensions["answer"]: item for item in made.select(f"{field}.offices", "world")}
    assert {code: (item.before, item.now) for code, item in world.items()} == {"formal": (0, 1), "none": (2, 1)}
    assert {(item.offices, item.offices_before, item.offices_now) for item in world.values()} == {(2, 3, 2)}


def test_what_headquarters_prefilled_is_told_apart_from_what_an_office_said() -> None:
    prefilled = replace(answer("tier_2"), given_by=GivenBy.HEADQUARTERS)
    returned = return_of("KEN")
    now = replace(returned, fields={**returned.fields, TIER: prefilled})
    before = of_2007("KEN", [{"country": "KEN", "tip_tier": "tier_3"}])
    made = compared([now], [before])
    tiers = {item.dimensions["answer"]: item for item in made.select(f"{TIER}.offices", "world")}
    assert {code: (item.before, item.now) for code, item in tiers.items()} == {"tier_2": (0, 1), "tier_3": (1, 0)}
    assert (tiers["tier_2"].given_by, tiers["tier_3"].given_before) == ("headquarters", "office")


def test_an_office_that_covers_other_countries_is_compared_for_those_of_both_years_and_named() -> None:
    now = return_of("HUN", [stock("HUN", "REF", 7), stock("POL", "REF", 12)], countries=("HUN", "POL"))
    before = of_2007(
        "HUN",
        [{"country": "HUN", "poc_refugees": 8}, {"country": "SVN", "poc_refugees": 3}],
        countries=("HUN", "SVN"),
    )
    made = compared([now], [before])
    europe = change(made, "populations.closing", "bureau", "europe", group="REF")
    assert (europe.before, europe.now, europe.all_before, europe.all_now) == (8, 7, 11, 19)
    assert europe.breaks[-1].kind is BreakKind.COUNTRIES
    assert europe.breaks[-1].text == "HUN covered HUN, SVN, and now HUN, POL"


def test_a_share_is_worked_out_anew_for_the_offices_of_both_years_and_told_in_points() -> None:
    adult, child = {**VICTIM, "persons": 9}, {**VICTIM, "age": "12_17", "persons": 3}
    abroad = {**child, "country": "SDN"}
    now = [return_of("KEN", trafficked_persons=[adult, child]), return_of("SDN", trafficked_persons=[abroad])]
    before = [earlier(return_of("KEN", trafficked_persons=[adult]))]
    share = change(compared(now, before), "trafficking.child_share", "world", "world")
    assert (share.before, share.now, share.difference, share.percentage, share.offices) == (0, 25, 25, None, 1)
    assert share.all_now == 40


def test_figures_of_two_years_are_the_same_whatever_the_order_of_the_returns() -> None:
    now = [return_of(office, [stock(office, "REF", size)]) for office, size in (("KEN", 3), ("SDN", 5), ("HUN", 7))]
    before = [earlier(item) for item in now]
    chosen = ["populations.closing", "populations.assisted_share", "assessment.offices", "trafficking.nationalities"]
    one = list(changes(collected(*now), collected(*before), indicators=chosen))
    assert one == list(changes(collected(*now[::-1]), collected(*before[::-1]), indicators=chosen))
    assert {item.level for item in one} == set(Level)


def test_a_later_year_is_no_year_before() -> None:
    with pytest.raises(UsageError, match="not earlier"):
        compared([return_of("KEN")], [return_of("KEN")])


def test_the_declared_correspondences_name_figures_that_both_forms_have() -> None:
    old = {item.id for item in load_schema("apr-2007").indicators}
    assert {item.previous for item in SCHEMA.series} <= old
    assert all(item.differs and item.form == "apr-2007" for item in SCHEMA.series)
    series = (replace(SCHEMA.series[0], indicator="populations.closin"),)
    faulty: Schema = replace(SCHEMA, series=series)
    assert [text for _, text in problems(faulty)] == [
        "there is no indicator “populations.closin”; do you mean “populations.closing”?"
    ]


def test_changes_can_be_asked_for_by_place() -> None:
    made = compared([return_of("KEN", [stock("KEN", "REF", 5)])], [earlier(return_of("KEN", [stock("KEN", "REF", 4)]))])
    found = made.select("populations.closing", Level.COUNTRY, "KEN")
    assert [(item.before, item.now) for item in found] == [(4, 5)]
    assert made.get("populations.closing", "country", "SDN", group="REF") is None
    assert made.select("no.such.figure") == []
    assert change(made, "populations.closing", "world", "world", group="REF").level is Level.WORLD


def test_changes_are_written_as_json_and_csv_with_their_breaks() -> None:
    made = compared(
        [return_of("KEN", [stock("KEN", "REF", 5)])], [of_2007("KEN", [{"country": "KEN", "poc_refugees": 4}])]
    )
    written = changes_document(made)
    assert (written["years"], written["forms"]) == ([2007, 2008], ["apr-2007", "apr-2008"])
    assert written["offices"] == {"both": 1, "only_before": [], "only_now": [], "other_countries": {}}
    (world,) = [
        item
        for item in written["changes"]
        if (item["indicator"], item["level"], item["dimensions"]) == ("populations.closing", "world", {"group": "REF"})
    ]
    assert (world["before"], world["now"], world["difference"], world["percentage"]) == (4, 5, 1, 25)
    assert [item["kind"] for item in world["breaks"]] == ["form"]
    header, *rows = csv.reader(io.StringIO(csv_text(changes_table(made))))
    (line,) = [row for row in rows if row[:4] == ["populations.closing", "world", "world", "group=REF"]]
    told = dict(zip(header, line, strict=True))
    assert (told["before"], told["now"], told["percentage"], told["given_by"]) == ("4", "5", "25", "office")
    assert told["breaks"].startswith("form: The form of 2007")

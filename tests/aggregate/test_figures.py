"""Figures from returns: sums, what is missing, who stands behind them."""

import random
from dataclasses import replace

import pytest

from reporting.aggregate.facts import covered_twice, facts
from reporting.aggregate.figures import Figures, Level, Status, added_up, figures, with_gaps
from reporting.schema.model import Combines, Indicator, Measure
from reporting.workbook.answers import Return
from tests.aggregate.returns import SCHEMA, return_of, stock

BUREAUS = {"KEN": "africa", "SDN": "africa", "HUN": "europe", "SRB": "europe", "XKX": "europe"}


def made(*returns: Return, indicator: str = "populations.closing") -> Figures:
    return figures(facts(returns, BUREAUS), SCHEMA, indicators=[indicator])


def test_a_bureau_is_the_sum_of_its_offices_and_the_world_of_its_bureaux() -> None:
    found = made(
        return_of("KEN", [stock("KEN", "REF", 320598), stock("KEN", "ASY", 8762)]),
        return_of("SDN", [stock("SDN", "REF", 181605)]),
        return_of("HUN", [stock("HUN", "REF", 7740), stock("SVN", "REF", 268)], countries=("HUN", "SVN")),
    )
    by_place = {(item.level, item.area, item.dimensions["group"]): item.value for item in found}
    assert by_place == {
        ("office", "HUN", "REF"): 8008,
        ("office", "KEN", "REF"): 320598,
        ("office", "KEN", "ASY"): 8762,
        ("office", "SDN", "REF"): 181605,
        ("country", "HUN", "REF"): 7740,
        ("country", "KEN", "REF"): 320598,
        ("country", "KEN", "ASY"): 8762,
        ("country", "SDN", "REF"): 181605,
        ("country", "SVN", "REF"): 268,
        ("bureau", "africa", "REF"): 502203,
        ("bureau", "africa", "ASY"): 8762,
        ("bureau", "europe", "REF"): 8008,
        ("world", "world", "REF"): 510211,
        ("world", "world", "ASY"): 8762,
    }


@pytest.mark.parametrize(
    ("given", "status"),
    [("..", Status.NOT_AVAILABLE), ("na", Status.NOT_APPLICABLE), (None, Status.NOT_ANSWERED)],
)
def test_missing_is_not_zero(given: str | None, status: Status) -> None:
    figure = made(return_of("KEN", [stock("KEN", "STA", given)])).get(
        "populations.closing", "world", "world", group="STA"
    )
    assert figure is not None
    assert (figure.value, figure.status, figure.contributors) == (None, status, 0)


def test_zero_is_a_value() -> None:
    figure = made(return_of("KEN", [stock("KEN", "STA", 0)])).get("populations.closing", "world", "world", group="STA")
    assert figure is not None
    assert (figure.value, figure.status, figure.contributors) == (0, Status.KNOWN, 1)


def test_a_sum_skips_what_is_missing_and_says_how_many_offices_stand_behind_it() -> None:
    found = made(return_of("SRB", [stock("SRB", "REF", 96735)]), return_of("XKX", [stock("XKX", "REF", "..")]))
    figure = found.get("populations.closing", "bureau", "europe", group="REF")
    assert figure is not None
    assert (figure.value, figure.status, figure.contributors) == (96735, Status.KNOWN, 1)


def test_a_sum_with_an_approximate_part_is_approximate() -> None:
    found = made(
        return_of("KEN", [stock("KEN", "STA", 100000, approximate="yes")]),
        return_of("SDN", [stock("SDN", "STA", 12), stock("SDN", "REF", 5)]),
    )
    flags = {item.dimensions["group"]: item.approximate for item in found.select("populations.closing", "world")}
    assert flags == {"STA": True, "REF": False}


def test_a_country_covered_twice_is_counted_once_by_the_office_seated_there() -> None:
    regional = return_of("HUN", [stock("HUN", "REF", 10), stock("SRB", "REF", 999)], countries=("HUN", "SRB"))
    own = return_of("SRB", [stock("SRB", "REF", 96735)])
    assert covered_twice({item.office: item.claims for item in (regional, own)}) == {"SRB": ("HUN", "SRB")}
    figure = made(regional, own).get("populations.closing", "world", "world", group="REF")
    assert figure is not None
    assert figure.value == 96745


def test_an_office_keeps_its_own_answers_where_another_counts_its_country() -> None:
    field = "security.trafficking.referral_mechanism"
    seated = return_of("SRB", fields={field: "formal"})
    regional = return_of("HUN", fields={field: "none"}, countries=("SRB",))
    found = made(seated, regional, indicator=f"{field}.offices")
    world = {item.dimensions["answer"]: item.value for item in found.select(f"{field}.offices", "world")}
    assert world == {"formal": 1, "none": 1}


def test_a_row_about_another_offices_country_is_counted_once_though_the_cover_does_not_name_it() -> None:
    stray = return_of("HUN", [stock("HUN", "REF", 10), stock("SRB", "REF", 999)])
    figure = made(stray, return_of("SRB", [stock("SRB", "REF", 5)])).get(
        "populations.closing", "world", "world", group="REF"
    )
    assert figure is not None
    assert figure.value == 15


def test_an_office_without_a_bureau_is_not_lost_between_bureaux_and_world() -> None:
    found = made(return_of("KEN", [stock("KEN", "REF", 1)]), return_of("USA", [stock("USA", "REF", 4)]))
    assert {item.area: item.value for item in found.select("populations.closing", "bureau")} == {
        "africa": 1,
        "not_stated": 4,
    }


def test_a_share_counts_only_offices_that_know_both_parts() -> None:
    share = Indicator(
        id="assisted.share",
        label="",
        measure=Measure.SHARE,
        draws_on="populations.assisted",
        of="populations.closing",
    )
    returns = (
        return_of("KEN", [stock("KEN", "REF", 100, assisted=50)]),
        return_of("SDN", [stock("SDN", "REF", "..", assisted=80)]),
    )
    found = figures(facts(returns, BUREAUS), replace(SCHEMA, indicators=(share,)))
    known = {item.area: (item.value, item.contributors) for item in found.select("assisted.share")}
    assert known["world"] == (50, 1)
    assert known["KEN"] == (50, 1)
    assert known["SDN"] == (None, 0)


def test_an_office_without_a_row_that_meets_the_filter_is_a_part_of_zero_in_a_share() -> None:
    children = [item for item in SCHEMA.indicators if item.id == "trafficking.child_share"]
    victim = {"country": "KEN", "age": "12_17", "persons": 3}
    adult = {"country": "SDN", "age": "18_59", "persons": 9}
    unknown = {"country": "HUN", "age": "unknown", "persons": 5}
    returns = (
        return_of("KEN", trafficked_persons=[victim]),
        return_of("SDN", trafficked_persons=[adult]),
        return_of("HUN", trafficked_persons=[unknown]),
    )
    found = figures(facts(returns, BUREAUS), replace(SCHEMA, indicators=tuple(children)), [Level.OFFICE, Level.WORLD])
    assert {item.area: (item.value, item.contributors) for item in found} == {
        "KEN": (100, 1),
        "SDN": (0, 1),
        "world": (25, 2),
    }


def test_a_ratio_is_one_sum_for_each_one_of_another() -> None:
    ratio = Indicator(
        id="some", label="", measure=Measure.RATIO, draws_on="populations.closing", of="populations.assisted"
    )
    returns = (return_of("KEN", [stock("KEN", "REF", 90, assisted=20)]), return_of("SDN", [stock("SDN", "REF", 5)]))
    found = figures(facts(returns, BUREAUS), replace(SCHEMA, indicators=(ratio,)))
    assert {item.area: item.value for item in found} == {"KEN": 4.5, "SDN": None, "africa": 4.5, "world": 4.5}


def test_a_median_is_taken_over_the_values_of_the_place_not_over_medians() -> None:
    median = Indicator(
        id="some",
        label="",
        measure=Measure.MEDIAN,
        draws_on="focal_points.share_of_time",
        combines=Combines.DO_NOT_ADD,
    )
    posts = {"KEN": (10, 20, 90), "SDN": (40,)}
    returns = [return_of(name, focal_points=[{"share_of_time": value} for value in of]) for name, of in posts.items()]
    found = figures(facts(returns, BUREAUS), replace(SCHEMA, indicators=(median,)), [Level.OFFICE, Level.WORLD])
    assert {item.area: item.value for item in found} == {"KEN": 20, "SDN": 40, "world": 30}


def test_a_list_names_each_answer_once_and_counts_them() -> None:
    nationalities = Indicator(
        id="some",
        label="",
        measure=Measure.LIST,
        draws_on="victim_nationalities.nationality",
        combines=Combines.DO_NOT_ADD,
    )
    of = {"KEN": ("UGA", "SOM"), "SDN": ("SOM", "..")}
    returns = [return_of(name, victim_nationalities=[{"nationality": it} for it in them]) for name, them in of.items()]
    found = figures(facts(returns, BUREAUS), replace(SCHEMA, indicators=(nationalities,)), [Level.OFFICE, Level.WORLD])
    assert {item.area: (item.value, item.items) for item in found} == {
        "KEN": (2, ("SOM", "UGA")),
        "SDN": (1, ("SOM",)),
        "world": (2, ("SOM", "UGA")),
    }


def test_what_must_not_be_added_up_is_given_for_offices_only() -> None:
    apart = Indicator(
        id="some", label="", measure=Measure.SUM, draws_on="populations.closing", combines=Combines.DO_NOT_ADD
    )
    found = figures(facts([return_of("KEN", [stock("KEN", "REF", 9)])], BUREAUS), replace(SCHEMA, indicators=(apart,)))
    assert {item.level: (item.value, item.status) for item in found} == {
        Level.OFFICE: (9, Status.KNOWN),
        Level.COUNTRY: (9, Status.KNOWN),
        Level.BUREAU: (None, Status.NOT_ADDED),
        Level.WORLD: (None, Status.NOT_ADDED),
    }


def test_headings_stand_in_the_order_of_their_codes() -> None:
    row = stock("KEN", "REF", 9, f_60=1, f_5_11=2, f_12_17=3, m_0_4=3)
    found = made(return_of("KEN", [row]), indicator="populations.by_sex_age").select("populations.by_sex_age", "world")
    assert [(item.dimensions["sex"], item.dimensions["age"]) for item in found] == [
        ("f", "5_11"),
        ("f", "12_17"),
        ("f", "60"),
        ("m", "0_4"),
    ]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("closing in (1, 2)", 3),
        ("closing > 2 and group == 'ref'", 4),
        ("not group in ('REF',)", 2),
        ("known(closing)", 7),
    ],
)
def test_filters_mean_what_they_mean_in_rules(where: str, expected: int) -> None:
    sums = Indicator(id="some", label="", measure=Measure.SUM, draws_on="populations.closing", where=where)
    rows = [stock("KEN", "REF", 1), stock("KEN", "ASY", 2), stock("KEN", "REF", 4), stock("KEN", "STA", "..")]
    found = figures(facts([return_of("KEN", rows)], BUREAUS), replace(SCHEMA, indicators=(sums,)), [Level.WORLD])
    assert [item.value for item in found] == [expected]


def test_the_order_of_returns_changes_nothing() -> None:
    returns = [return_of(office, [stock(office, "REF", number)]) for number, office in enumerate(BUREAUS, start=7)]
    expected = made(*returns)
    shuffled = returns.copy()
    random.Random(2008).shuffle(shuffled)
    assert shuffled != returns
    assert list(made(*shuffled)) == list(expected)


def test_offices_are_counted_by_answer_and_silence_is_no_answer() -> None:
    field = "security.trafficking.referral_mechanism"
    found = made(
        return_of("KEN", fields={field: "formal"}),
        return_of("SDN", fields={field: "formal"}),
        return_of("HUN", fields={field: "none"}),
        return_of("SRB", fields={field: None}),
        indicator=f"{field}.offices",
    )
    world = {item.dimensions["answer"]: (item.value, item.status) for item in found.select(f"{field}.offices", "world")}
    assert world == {
        "formal": (2, Status.KNOWN),
        "none": (1, Status.KNOWN),
        "not_stated": (None, Status.NOT_ANSWERED),
    }


def test_several_answers_of_one_office_count_under_each() -> None:
    field = "security.trafficking.groups_at_risk"
    found = made(
        return_of("KEN", fields={field: ("women", "girls")}),
        return_of("SDN", fields={field: ("girls",)}),
        indicator=f"{field}.offices",
    )
    world = {item.dimensions["answer"]: item.value for item in found.select(f"{field}.offices", "world")}
    assert world == {"women": 1, "girls": 2}


def test_parts_in_columns_become_headings() -> None:
    found = made(return_of("KEN", [stock("KEN", "REF", 30, f_0_4=10, m_60=20)]), indicator="populations.by_sex_age")
    known = {
        (item.dimensions["sex"], item.dimensions["age"]): item.value
        for item in found.select("populations.by_sex_age", "world")
    }
    assert known == {("f", "0_4"): 10, ("m", "60"): 20}


def test_a_filter_keeps_the_rows_that_meet_it() -> None:
    rows = [
        {"country": "KEN", "group": "REF", "other_country": "SOM", "persons": 7},
        {"country": "KEN", "group": "ASY", "other_country": "SOM", "persons": 5},
    ]
    found = made(return_of("KEN", origins=rows), indicator="origins.persons")
    assert [(item.dimensions, item.value) for item in found.select("origins.persons", "world")] == [
        ({"group": "REF", "other_country": "SOM"}, 7)
    ]


def test_rows_are_counted() -> None:
    practices = [{"category": "research", "title": "A"}, {"category": "research", "title": None}]
    found = made(return_of("KEN", good_practices=practices), indicator="good_practices.count")
    assert [item.value for item in found.select("good_practices.count", "world")] == [2]


def test_gaps_tell_the_unanswered_from_the_not_submitted() -> None:
    found = made(return_of("KEN", [stock("KEN", "REF", 1)]))
    filled = with_gaps(found, Level.OFFICE, {"HUN": True, "KEN": True, "SDN": False})
    gaps = {item.area: item.status for item in filled if item.level is Level.OFFICE and item.value is None}
    assert gaps == {"HUN": Status.NOT_ANSWERED, "SDN": Status.NOT_SUBMITTED}


def test_counts_of_victims_carry_their_caution() -> None:
    row = {"country": "KEN", "group": "REF", "main_form": "forced_labour", "sex": "m", "persons": 3}
    found = made(return_of("KEN", trafficked_persons=[row]), indicator="trafficking.victims")
    assert all("prevalence" in item.caution for item in found)
    assert {item.value for item in found} == {3}


def test_every_indicator_of_the_schema_can_be_made() -> None:
    every = figures(facts([return_of("KEN", [stock("KEN", "REF", 1)])], BUREAUS), SCHEMA)
    assert every.get("populations.closing", "world", "world", group="REF") is not None


def test_headings_add_up_to_the_whole() -> None:
    rows = [stock("KEN", "REF", 5), stock("KEN", "ASY", 7, approximate="yes"), stock("KEN", "STA", "..")]
    whole = added_up(made(return_of("KEN", rows)).select("populations.closing", "world"))
    assert whole is not None
    assert (whole.value, whole.status, whole.dimensions, whole.contributors) == (12, Status.KNOWN, {}, 1)
    assert whole.approximate


def test_headings_of_which_nothing_is_known_add_up_to_nothing() -> None:
    whole = added_up(made(return_of("KEN", [stock("KEN", "STA", "..")])).select("populations.closing", "world"))
    assert whole is not None
    assert (whole.value, whole.status) == (None, Status.NOT_AVAILABLE)
    assert added_up([]) is None

"""FOCUS classes, achievement and scores against cases worked out by hand, one by one and as figures of returns."""

import random
from dataclasses import replace

import pytest

from reporting.aggregate.facts import facts
from reporting.aggregate.figures import Figures, Level, Status, figures
from reporting.aggregate.focus import Achievement, Criticality, Untold, achievement, class_of, criticality, score
from reporting.schema.model import ImpactIndicator, Indicator, Measure
from reporting.workbook.answers import ImpactValues, Return
from tests.aggregate.returns import SCHEMA, Given, answer, return_of, trace_of

GOOD, MIDDLE, BAD = Criticality.ACCEPTABLE, Criticality.NOT_ACCEPTABLE, Criticality.CRITICAL
BUREAUS = {"KEN": "africa", "SDN": "africa", "HUN": "europe"}

LAW = "environment.legal_framework.law_consistent"
"""Green from 80, red below 40."""
DAYS = "processes.status_determination.days_to_decision"
"""Reversed: green up to 90, red above 151."""
INCIDENTS = "security.sgbv.reported_incidents"
"""Kept out of criticality."""


def indicator(green: float, red: float, *, less_is_better: bool = False) -> ImpactIndicator:
    return ImpactIndicator(
        id="x", label="", objective="", problem="", standard=100, reversed=less_is_better, green=green, red=red
    )


@pytest.mark.parametrize(("value", "expected"), [(100, GOOD), (80, GOOD), (79.9, MIDDLE), (40, MIDDLE), (39.9, BAD)])
def test_more_is_better(value: float, expected: Criticality) -> None:
    assert criticality(indicator(80, 40), value) is expected


@pytest.mark.parametrize(("value", "expected"), [(0, GOOD), (90, GOOD), (91, MIDDLE), (151, MIDDLE), (152, BAD)])
def test_less_is_better(value: float, expected: Criticality) -> None:
    assert criticality(indicator(90, 151, less_is_better=True), value) is expected


@pytest.mark.parametrize(("value", "expected"), [(0.75, GOOD), (1, GOOD), (1.01, BAD)])
def test_equal_thresholds_have_no_middle(value: float, expected: Criticality) -> None:
    assert criticality(indicator(1, 1, less_is_better=True), value) is expected


ACHIEVEMENTS = [
    # what                                    baseline target year end  reversed  per cent  counted in a mean
    ("half of the way", 40, 80, 60, False, 50, 50),
    ("at the target", 40, 80, 80, False, 100, 100),
    ("beyond the target", 40, 80, 90, False, 125, 100),
    ("no step", 40, 80, 40, False, 0, 0),
    ("worse than the baseline", 40, 80, 30, False, -25, 0),
    ("from nothing", 0, 50, 10, False, 20, 20),
    ("reversed: half of the way", 120, 60, 90, True, 50, 50),
    ("reversed: at the target", 120, 60, 60, True, 100, 100),
    ("reversed: beyond the target", 120, 60, 45, True, 125, 100),
    ("reversed: worse than the baseline", 120, 60, 150, True, -50, 0),
    ("reversed: to zero", 8, 0, 2, True, 75, 75),
    ("keep the baseline: kept", 50, 50, 50, False, 100, 100),
    ("keep the baseline: bettered", 50, 50, 51, False, 100, 100),
    ("keep the baseline: lost", 50, 50, 49, False, 0, 0),
    ("keep the baseline, reversed: kept", 50, 50, 50, True, 100, 100),
    ("keep the baseline, reversed: lost", 50, 50, 51, True, 0, 0),
    ("a target below the baseline: met", 80, 70, 75, False, 100, 100),
    ("a target below the baseline: missed", 80, 70, 69, False, 0, 0),
    ("reversed, a target above the baseline: met", 60, 90, 80, True, 100, 100),
    ("keep at nothing", 0, 0, 0, False, 100, 100),
]


@pytest.mark.parametrize(
    ("what", "baseline", "target", "year_end", "less_is_better", "percent", "counted"), ACHIEVEMENTS
)
def test_achievement_is_the_part_of_the_way_that_was_gone(
    what: str, baseline: float, target: float, year_end: float, less_is_better: bool, percent: float, counted: float
) -> None:
    made = achievement(baseline, target, year_end, less_is_better=less_is_better)
    assert (made.percent, made.counted, made.untold) == (percent, counted, None), what


@pytest.mark.parametrize(
    ("baseline", "target", "year_end", "reason"),
    [
        (None, 80, 60, Untold.NO_BASELINE),
        (40, None, 60, Untold.NO_TARGET),
        (40, 80, None, Untold.NO_YEAR_END),
        (None, None, 60, Untold.NO_TARGET),
        (None, None, None, Untold.NO_YEAR_END),
        (None, 80, 90, Untold.NO_BASELINE),
    ],
)
def test_without_one_of_the_three_values_achievement_cannot_be_told(
    baseline: float | None, target: float | None, year_end: float | None, reason: Untold
) -> None:
    made = achievement(baseline, target, year_end)
    assert made == Achievement(None, reason)
    assert made.counted is None


@pytest.mark.parametrize(
    ("classes", "value", "expected"),
    [
        ([], None, None),
        ([GOOD, GOOD, BAD], 2 / 3, GOOD),
        ([GOOD, MIDDLE, MIDDLE], 2 / 3, GOOD),
        ([GOOD, BAD], 0.5, MIDDLE),
        ([MIDDLE, MIDDLE, BAD], 1 / 3, MIDDLE),
        ([MIDDLE, BAD, BAD, BAD], 0.125, BAD),
        ([GOOD] * 33 + [BAD] * 17, 0.66, GOOD),
        ([GOOD] * 65 + [MIDDLE] + [BAD] * 34, 0.655, MIDDLE),
        ([GOOD] * 33 + [BAD] * 67, 0.33, MIDDLE),
        ([GOOD] * 32 + [MIDDLE] + [BAD] * 67, 0.325, BAD),
    ],
)
def test_classes_roll_up_with_half_weight_for_the_middle(
    classes: list[Criticality], value: float | None, expected: Criticality | None
) -> None:
    assert score(classes) == value
    assert class_of(score(classes)) is expected


def test_classes_are_the_codes_of_the_form() -> None:
    assert set(SCHEMA.codes["situation"].by_code) == {str(item) for item in Criticality}


def with_impact(
    office: str, values: dict[str, tuple[Given, Given, Given]], fields: dict[str, Given] | None = None
) -> Return:
    """A return with baseline, target and year-end value of some impact indicators; all others are blank."""
    given = {name: values.get(name, (None, None, None)) for name in SCHEMA.impact_indicators}
    cells = ("C", "D", "E")
    impact = {
        name: ImpactValues(*(answer(value, f"{column}{row}") for column, value in zip(cells, three, strict=True)))
        for row, (name, three) in enumerate(given.items(), start=5)
    }
    return replace(return_of(office, fields={"cover.uses_focus": "yes", **(fields or {})}), impact=impact)


def made(*returns: Return, indicators: str) -> Figures:
    return figures(facts(returns, BUREAUS), SCHEMA, indicators=indicators.split())


def values(found: Figures, indicator: str) -> dict[tuple[str, ...], float | None]:
    return {(item.area, *item.dimensions.values()): item.value for item in found.select(indicator)}


OFFICES = (
    # Law at the green threshold: 1. Days in the middle: ½. Incidents are not judged.
    with_impact("KEN", {LAW: (40, 100, 80), DAYS: (180, 60, 120), INCIDENTS: (3, 0, 900)}),
    # Law just below the red threshold: 0; the target has no baseline. Days are not available.
    with_impact("SDN", {LAW: (None, 100, 39.5), DAYS: (180, 60, "..")}),
    # Law in the middle: ½; it is worse than its baseline. Days beyond the target: 1.
    with_impact("HUN", {LAW: (60, 100, 50), DAYS: (180, 90, 45)}),
)
SCORES = "focus.score focus.score_by_category focus.score_by_area"


def test_scores_of_offices_bureaux_and_the_world_are_those_worked_out_by_hand() -> None:
    found = made(*OFFICES, indicators=SCORES)
    whole = {area: value for (area, *_), value in values(found, "focus.score").items()}
    assert whole == {"KEN": 0.75, "SDN": 0, "HUN": 0.75, "africa": 0.5, "europe": 0.75, "world": 0.6}
    by_category = values(found, "focus.score_by_category")
    assert by_category["KEN", "environment"] == 1
    assert by_category["africa", "environment"] == 0.5
    assert by_category["world", "environment"] == 0.5
    assert by_category["world", "processes"] == 0.75
    assert by_category["world", "security"] is None
    by_area = values(found, "focus.score_by_area")
    assert by_area["world", "processes.status_determination"] == 0.75
    assert by_area["africa", "environment.legal_framework"] == 0.5


def test_a_score_tells_its_class_and_how_many_offices_and_values_stand_behind_it() -> None:
    found = made(*OFFICES, indicators=f"{SCORES} focus.values")
    world = found.get("focus.score", Level.WORLD, "world")
    assert world is not None
    assert (world.items, world.contributors, world.status) == (("not_acceptable",), 3, Status.KNOWN)
    counted = {key[1:]: value for key, value in values(found, "focus.values").items() if key[0] == "world"}
    assert counted == {
        ("environment", "acceptable"): 1,
        ("environment", "not_acceptable"): 1,
        ("environment", "critical"): 1,
        ("processes", "acceptable"): 1,
        ("processes", "not_acceptable"): 1,
    }


def test_achievement_counts_only_where_all_three_values_are_known() -> None:
    found = values(made(*OFFICES, indicators="focus.achievement_by_category"), "focus.achievement_by_category")
    assert found["KEN", "environment"] == pytest.approx(100 * 40 / 60)
    assert found["KEN", "processes"] == 50
    assert found["SDN", "environment"] is None
    assert found["HUN", "environment"] == 0
    assert found["HUN", "processes"] == 100
    assert found["world", "processes"] == 75
    assert found["world", "environment"] == pytest.approx(100 * 40 / 60 / 2)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, Status.NOT_ANSWERED),
        ({"cover.uses_focus": "no"}, Status.NOT_APPLICABLE),
        ({"environment.legal_framework.applicable": "no"}, Status.NOT_APPLICABLE),
    ],
)
def test_a_missing_value_is_not_critical_and_says_why_it_is_missing(fields: dict[str, Given], status: Status) -> None:
    found = made(with_impact("KEN", {}, fields), indicators="focus.score_by_area").get(
        "focus.score_by_area", Level.OFFICE, "KEN", impact_area="environment.legal_framework"
    )
    assert found is not None
    assert (found.value, found.status, found.items, found.contributors) == (None, status, (), 0)


def test_a_score_is_the_mean_of_the_cells_that_the_trace_lists() -> None:
    (scores,) = [item for item in SCHEMA.indicators if item.id == "focus.score"]
    (africa,) = trace_of(facts(OFFICES, BUREAUS), SCHEMA, scores, Level.BUREAU, area="africa")
    known = [(one.office, one.cell, one.number, one.answer) for one in africa.contributions if one.number is not None]
    rows = {name: row for row, name in enumerate(SCHEMA.impact_indicators, start=5)}
    assert known == [
        ("KEN", f"E{rows[LAW]}", 1, "80 (acceptable)"),
        ("KEN", f"E{rows[DAYS]}", 0.5, "120 (not_acceptable)"),
        ("SDN", f"E{rows[LAW]}", 0, "39.5 (critical)"),
    ]
    assert africa.figure.value == sum(number for *_, number, _ in known) / len(known)


def test_an_achievement_is_traced_to_all_three_cells() -> None:
    (achieved,) = [item for item in SCHEMA.indicators if item.id == "focus.achievement"]
    traced = trace_of(facts(OFFICES, BUREAUS), SCHEMA, achieved, Level.OFFICE, area="HUN")
    row = list(SCHEMA.impact_indicators).index(DAYS) + 5
    (one,) = [item for item in traced[0].contributions if item.field == f"{DAYS}.year_end"]
    assert (one.cell, one.number, one.answer) == (
        f"C{row} D{row} E{row}", 100, "baseline 180, target 90, year end 45: 100 %",
    )  # fmt: skip


def test_figures_give_what_the_formulas_give_value_by_value() -> None:
    chance = random.Random(2008)
    judged = [item for item in SCHEMA.impact_indicators.values() if item.in_criticality]
    given: dict[str, tuple[Given, Given, Given]] = {}
    for item in judged:
        near = [item.green, item.red, item.standard, 0, round(chance.uniform(0, 2 * max(item.green, 1)), 1), ".."]
        given[item.id] = (chance.choice(near), chance.choice(near), chance.choice(near))
    measures = (Measure.CRITICALITY, Measure.ACHIEVEMENT)
    schema = replace(
        SCHEMA,
        indicators=tuple(Indicator(id=one, label="", measure=one, by=("impact_indicator",)) for one in measures),
    )
    found = figures(facts([with_impact("KEN", given)], BUREAUS), schema, [Level.OFFICE])
    for item in judged:
        baseline, target, year_end = (value if isinstance(value, int | float) else None for value in given[item.id])
        figure = found.get("criticality", "office", "KEN", impact_indicator=item.id)
        assert figure is not None
        assert figure.items == (() if year_end is None else (criticality(item, year_end),)), item.id
        figure = found.get("achievement", "office", "KEN", impact_indicator=item.id)
        assert figure is not None
        expected = achievement(baseline, target, year_end, less_is_better=item.reversed).counted
        assert figure.value == (expected if expected is None else pytest.approx(expected)), item.id

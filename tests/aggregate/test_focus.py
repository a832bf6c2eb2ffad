"""FOCUS classes and achievement against cases worked out by hand."""

import pytest

from reporting.aggregate.focus import Criticality, achievement, criticality, rolled_up
from reporting.schema.model import ImpactIndicator
from tests.aggregate.returns import SCHEMA

GOOD, MIDDLE, BAD = Criticality.ACCEPTABLE, Criticality.NOT_ACCEPTABLE, Criticality.CRITICAL


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


@pytest.mark.parametrize(
    ("baseline", "target", "year_end", "expected"),
    [(40, 80, 60, 50), (40, 80, 80, 100), (40, 80, 90, 125), (40, 80, 30, -25), (120, 60, 90, 50), (120, 60, 150, -50)],
)
def test_achievement_is_the_part_of_the_way_that_was_gone(
    baseline: float, target: float, year_end: float, expected: float
) -> None:
    assert achievement(baseline, target, year_end) == expected


@pytest.mark.parametrize(
    ("year_end", "less_is_better", "expected"), [(50, False, 100), (49, False, 0), (50, True, 100), (51, True, 0)]
)
def test_a_target_to_keep_the_baseline_is_met_or_not(year_end: float, less_is_better: bool, expected: float) -> None:
    assert achievement(50, 50, year_end, reversed=less_is_better) == expected


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ([], None),
        ([GOOD, GOOD, BAD], GOOD),
        ([GOOD, MIDDLE, MIDDLE], GOOD),
        ([GOOD, BAD], MIDDLE),
        ([MIDDLE, MIDDLE, BAD], MIDDLE),
        ([MIDDLE, BAD, BAD, BAD], BAD),
    ],
)
def test_classes_roll_up_with_half_weight_for_the_middle(
    classes: list[Criticality], expected: Criticality | None
) -> None:
    assert rolled_up(classes) is expected


def test_classes_are_the_codes_of_the_form() -> None:
    assert set(SCHEMA.codes["situation"].by_code) == {str(item) for item in Criticality}

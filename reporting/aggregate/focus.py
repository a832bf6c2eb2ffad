"""FOCUS: where an impact indicator stands, how far its target was met, and what that says of an area or an operation."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from reporting.schema.model import ImpactIndicator


class Criticality(StrEnum):
    """Where a value stands against the thresholds; the codes are those of the code list ``situation``."""

    ACCEPTABLE = "acceptable"
    NOT_ACCEPTABLE = "not_acceptable"
    CRITICAL = "critical"


WEIGHTS: Final = {Criticality.ACCEPTABLE: 1.0, Criticality.NOT_ACCEPTABLE: 0.5, Criticality.CRITICAL: 0.0}
"""What each class counts in a roll-up: the middle one half."""
ACCEPTABLE_FROM: Final = 0.66
CRITICAL_BELOW: Final = 0.33
"""Thresholds of a roll-up, as FOCUS uses them for a category (DESIGN 7)."""


def criticality(indicator: ImpactIndicator, value: float) -> Criticality:
    """The class of ``value``, in the unit of the indicator.

    Not below the green threshold is acceptable, below the red one critical, between them not acceptable. Where less is
    better (``reversed``): not above green, above red. A value at a threshold belongs to the better class; where both
    thresholds are equal there is no middle.
    """
    sign = -1 if indicator.reversed else 1
    if sign * value >= sign * indicator.green:
        return Criticality.ACCEPTABLE
    return Criticality.CRITICAL if sign * value < sign * indicator.red else Criticality.NOT_ACCEPTABLE


def achievement(baseline: float, target: float, year_end: float, *, reversed: bool = False) -> float:  # noqa: A002
    """How much of the way from baseline to target was gone, in per cent: 100 (year_end - baseline) / (target - baseline).

    The formula holds for reversed indicators as it stands. Above 100 the target was passed, below 0 things became
    worse. Where the target was to keep the baseline, it is 100 for a value as good or better, else 0.
    """
    if target == baseline:
        kept = year_end <= target if reversed else year_end >= target
        return 100.0 if kept else 0.0
    return 100 * (year_end - baseline) / (target - baseline)


def rolled_up(classes: Iterable[Criticality]) -> Criticality | None:
    """The class of an area, a category or an operation from those of its indicators; None where there are none.

    The mean of the weights, 1, 0.5 and 0, is acceptable from 0.66 and critical below 0.33.
    """
    weights = [WEIGHTS[item] for item in classes]
    if not weights:
        return None
    mean = sum(weights) / len(weights)
    if mean >= ACCEPTABLE_FROM:
        return Criticality.ACCEPTABLE
    return Criticality.CRITICAL if mean < CRITICAL_BELOW else Criticality.NOT_ACCEPTABLE

"""FOCUS: where an impact indicator stands, how far its target was met, and what that says of an area or an operation.

The formulas are those of UNHCR's own display of FOCUS data (github.com/unhcr/axis, ``situation_analysis`` and ``achievement``), with
two departures that decision 22 gives reasons for: a missing value is left out, where that program counts it as critical, and
the thresholds of a reversed indicator are read the other way round, where it reads all alike. Thresholds and standards are those
of the published FOCUS plans of 2012 and 2013, in the schema.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reporting.schema.model import ImpactIndicator


class Criticality(StrEnum):
    """Where a value stands against the thresholds; the codes are those of the code list ``situation``."""

    ACCEPTABLE = "acceptable"
    NOT_ACCEPTABLE = "not_acceptable"
    CRITICAL = "critical"


WEIGHTS: Final = {Criticality.ACCEPTABLE: 1.0, Criticality.NOT_ACCEPTABLE: 0.5, Criticality.CRITICAL: 0.0}
"""What each class counts in a score: the middle one half."""
ACCEPTABLE_FROM: Final = 0.66
CRITICAL_BELOW: Final = 0.33
"""Thresholds of a score, as FOCUS uses them for a category (issue 5; DESIGN 7)."""


class Untold(StrEnum):
    """Why an achievement cannot be told."""

    NO_YEAR_END = "no_year_end"
    NO_TARGET = "no_target"
    NO_BASELINE = "no_baseline"


@dataclass(frozen=True, slots=True)
class Achievement:
    """How much of the way to a target was gone: ``percent``, or None and the reason ``untold``."""

    percent: float | None
    untold: Untold | None = None

    @property
    def counted(self) -> float | None:
        """What it counts in a mean: from 0 to 100, so that one target far passed does not hide others that were missed."""
        return None if self.percent is None else min(max(self.percent, 0.0), 100.0)


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


def achievement(
    baseline: float | None, target: float | None, year_end: float | None, *, less_is_better: bool = False
) -> Achievement:
    """How much of the way from baseline to target was gone, in per cent: 100 (year_end - baseline) / (target - baseline).

    The formula holds for reversed indicators as it stands. Above 100 the target was passed, below 0 things became worse.
    Where the target asks for no gain (it is the baseline, or worse), there is no way to go: 100 for a year-end value as
    good as the target or better, else 0. Without one of the three values nothing can be told; zero is a value.
    """
    if year_end is None:
        return Achievement(None, Untold.NO_YEAR_END)
    if target is None:
        return Achievement(None, Untold.NO_TARGET)
    if baseline is None:
        return Achievement(None, Untold.NO_BASELINE)
    sign = -1 if less_is_better else 1
    if sign * target <= sign * baseline:
        return Achievement(100.0 if sign * year_end >= sign * target else 0.0)
    return Achievement(100 * (year_end - baseline) / (target - baseline))


def score(classes: Iterable[Criticality]) -> float | None:
    """(number acceptable + half the number not acceptable) / number of all, from 0 to 1; None where there are none.

    All values of a place count alike, whether they are of one office or of many.
    """
    weights = [WEIGHTS[item] for item in classes]
    return sum(weights) / len(weights) if weights else None


def class_of(score: float | None) -> Criticality | None:
    """The class of a score: acceptable from 0.66, critical below 0.33; None where there is no score."""
    if score is None:
        return None
    if score >= ACCEPTABLE_FROM:
        return Criticality.ACCEPTABLE
    return Criticality.CRITICAL if score < CRITICAL_BELOW else Criticality.NOT_ACCEPTABLE

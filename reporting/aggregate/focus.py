"""FOCUS: where an impact indicator stands against its thresholds, and how far its target was met.

Source: the published FOCUS operation plans of 2012 and 2013, which give each indicator a standard, two thresholds and a
direction.
"""

from __future__ import annotations

from typing import Literal

from reporting.schema.model import ImpactIndicator

Criticality = Literal["acceptable", "not_acceptable", "critical"]


def criticality(indicator: ImpactIndicator, value: float) -> Criticality:
    """Where ``value`` stands: at the green threshold it is acceptable, at the red one not yet critical.

    For a reversed indicator less is better. Where both thresholds are equal there is nothing between acceptable and
    critical.
    """
    if indicator.reversed:
        if value <= indicator.green:
            return "acceptable"
        return "critical" if value > indicator.red or indicator.green == indicator.red else "not_acceptable"
    if value >= indicator.green:
        return "acceptable"
    return "critical" if value < indicator.red or indicator.green == indicator.red else "not_acceptable"


def achievement(baseline: float, target: float, year_end: float) -> float | None:
    """The part of the way from ``baseline`` to ``target`` that was gone, in per cent, in either direction.

    None where target and baseline are equal: there was no way to go.
    """
    if target == baseline:
        return None
    return 100 * (year_end - baseline) / (target - baseline)

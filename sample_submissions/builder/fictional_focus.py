"""FOCUS impact indicators of the made-up offices: values that go with how well an area fares."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from reporting.schema.compiled import load_schema
from reporting.schema.model import Area, ImpactIndicator
from reporting.workbook.template import Entry
from sample_submissions.builder.fictional_world import FictionalOffice

Impact = Mapping[str, tuple[Entry, Entry, Entry]]

ACCEPTABLE, NOT_ACCEPTABLE, CRITICAL = "acceptable", "not_acceptable", "critical"

SKIPPED_BY_SMALL_OFFICES = (
    "environment.statelessness_prevention",
    "security.armed_conflict",
    "security.forced_recruitment",
    "security.community_security",
    "needs.nutrition",
    "needs.hiv",
    "needs.food",
    "needs.water",
    "needs.sanitation",
    "needs.energy",
    "needs.domestic_items",
    "participation.camp_management",
    "participation.shared_environment",
    "participation.financial_services",
    "solutions.return_information",
    "solutions.reintegration",
    "solutions.statelessness_reduction",
    "solutions.humanitarian_admission",
    "operations.emergency_management",
    "operations.supply",
)
SKIPPED_SHARE = {"large": 0.0, "medium": 0.25, "small": 0.6, "tiny": 0.9}
QUALITY = {
    "tier_1": 0.74,
    "tier_2": 0.6,
    "not_ranked": 0.58,
    "tier_2_watch_list": 0.48,
    "special_case": 0.45,
    "tier_3": 0.33,
}
"""How well things stand in the country, from 0 to 1."""


def applies(office: FictionalOffice, area: str) -> bool:
    """Whether an area concerns the office; large offices skip nothing."""
    skippable = area in SKIPPED_BY_SMALL_OFFICES
    return not skippable or office.random(f"applies {area}").random() >= SKIPPED_SHARE[office.scale]


def impact_of(office: FictionalOffice) -> Impact:
    """Baseline, target and year-end value of each indicator of the areas that apply; none without FOCUS."""
    if not office.uses_focus:
        return {}
    areas = [area for _, area in load_schema("apr-2008").areas if applies(office, area.id)]
    return {indicator.id: _values(office, area, indicator) for area in areas for indicator in area.indicators}


def situation_of(office: FictionalOffice, area: Area, impact: Impact) -> str:
    """The worst criticality among the area's year-end values; the office's judgement where there is none."""
    found = [
        criticality(indicator, value)
        for indicator in area.indicators
        if indicator.in_criticality
        and indicator.id in impact
        and isinstance(value := impact[indicator.id][2], int | float)
    ]
    for worst in (CRITICAL, NOT_ACCEPTABLE, ACCEPTABLE):
        if worst in found:
            return worst
    quality = _quality(office, area.id)
    return ACCEPTABLE if quality > 0.6 else NOT_ACCEPTABLE if quality > 0.35 else CRITICAL


def criticality(indicator: ImpactIndicator, value: float) -> str:
    """Where a value stands against the thresholds; for a reversed indicator less is better."""
    sign = -1 if indicator.reversed else 1
    if sign * value >= sign * indicator.green:
        return ACCEPTABLE
    return CRITICAL if sign * value < sign * indicator.red else NOT_ACCEPTABLE


def _quality(office: FictionalOffice, area: str) -> float:
    return min(1.0, max(0.0, QUALITY[office.tier] + office.random(f"quality {area}").gauss(0.08, 0.2)))


def _values(office: FictionalOffice, area: Area, indicator: ImpactIndicator) -> tuple[Entry, Entry, Entry]:
    chance = office.random(f"impact {indicator.id}")
    if not indicator.in_criticality:
        baseline = office.victims + chance.randint(5, 60)
        return baseline, 0, baseline + chance.randint(-4, 25)
    if chance.random() < 0.02:
        return "..", round(indicator.standard), ".."
    quality = min(1.0, _quality(office, area.id) + chance.uniform(0.0, 0.3))
    before = max(0.0, quality - chance.uniform(-0.05, 0.25))
    hoped = min(1.0, max(quality, before) + chance.uniform(-0.1, 0.2))
    return _value(indicator, before, chance), _value(indicator, hoped, chance), _value(indicator, quality, chance)


def _value(indicator: ImpactIndicator, quality: float, chance: Random) -> int | float:
    """From well below the red threshold at 0 to the standard at 1, in the indicator's own precision."""
    if indicator.reversed:
        worst = indicator.red * 1.6 + 1
        value = worst + quality * (indicator.standard - worst)
    else:
        worst = indicator.red * 0.5
        value = worst + quality * (indicator.standard - worst)
    value = max(0.0, value * chance.uniform(0.97, 1.03))
    if indicator.unit in {"%", "extent"}:
        return min(100, round(value))
    return round(value, 1) if indicator.standard < 10 else round(value)

"""Figures: what the schema's indicators give for an office, a country, a bureau and the world (DESIGN 7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from reporting.aggregate.observations import observations
from reporting.aggregate.roll_up import COUNTS, NOT_STATED, roll_up
from reporting.schema.model import Combines, Indicator, Measure, Schema

if TYPE_CHECKING:
    import polars as pl


class Level(StrEnum):
    """The places figures are given for."""

    OFFICE = "office"
    COUNTRY = "country"
    BUREAU = "bureau"
    WORLD = "world"


WORLD_AREA: Final = "world"
"""The area id of the world's figures."""


class Status(StrEnum):
    """Whether a figure is known, and if not, why (FORM 7)."""

    KNOWN = "known"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    NOT_ANSWERED = "not_answered"
    NOT_SUBMITTED = "not_submitted"
    NOT_ADDED = "not_added"
    """The figure must not be added up over offices; it is given for offices only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure.

    ``area`` is the id of an office, country or bureau, or ``world``; ``dimensions`` the breakdown. ``value`` is None
    where ``status`` is not known. ``contributors`` is the number of offices with a known value in it; ``approximate``
    is true when any of those values is.
    """

    indicator: str
    level: Level
    area: str
    dimensions: Mapping[str, str] = field(default_factory=dict)
    value: int | float | None
    status: Status
    combines: Combines
    contributors: int
    approximate: bool = False
    unit: str = ""
    caution: str = ""


@dataclass(frozen=True)
class Figures:
    """Figures that can be asked for by indicator, place and breakdown."""

    all: tuple[Figure, ...]

    def get(self, indicator: str, level: str, area: str, **dimensions: str) -> Figure | None:
        """The figure, or None where nothing was reported under these headings."""
        return self._index.get((indicator, level, area, frozenset(dimensions.items())))

    def select(self, indicator: str, level: str | None = None, area: str | None = None) -> list[Figure]:
        """All figures of an indicator, at one level or place where it is named, in order."""
        return [
            item
            for item in self._by_indicator.get(indicator, ())
            if (level is None or item.level == level) and (area is None or item.area == area)
        ]

    @cached_property
    def _index(self) -> Mapping[tuple[str, str, str, frozenset[tuple[str, str]]], Figure]:
        return {(item.indicator, item.level, item.area, frozenset(item.dimensions.items())): item for item in self.all}

    @cached_property
    def _by_indicator(self) -> Mapping[str, list[Figure]]:
        grouped: dict[str, list[Figure]] = {}
        for item in self.all:
            grouped.setdefault(item.indicator, []).append(item)
        return grouped


def figures(
    facts: pl.DataFrame,
    schema: Schema,
    levels: Iterable[Level] = tuple(Level),
    indicators: Collection[str] | None = None,
) -> Figures:
    """The figures of ``indicators`` (default: all of the schema) at ``levels``.

    A sum skips values that are missing: they are told by ``status`` where nothing is known, and by ``contributors``
    where something is. Figures stand in the order of the schema, then by level, area and heading; they do not depend
    on the order of the returns.
    """
    levels = tuple(levels)
    made: list[Figure] = []
    for indicator in schema.indicators:
        if indicators is not None and indicator.id not in indicators:
            continue
        seen = observations(facts, indicator, schema)
        whole = observations(facts, _whole(indicator), schema) if indicator.measure is Measure.SHARE else None
        order = _order(indicator, schema)
        for level in levels:
            rolled = roll_up(seen, indicator, level, whole)
            made += sorted((_figure(row, indicator, level) for row in rolled.to_dicts()), key=order)
    return Figures(tuple(made))


def added_up(parts: Sequence[Figure]) -> Figure | None:
    """The figure over all headings of one indicator at one place; None where there is none.

    Only for an indicator that adds up over its headings. ``contributors`` is the least number of offices that can stand
    behind it: the most under any heading.
    """
    if not parts:
        return None
    known = [item.value for item in parts if item.value is not None]
    return replace(
        parts[0],
        dimensions={},
        value=sum(known) if known else None,
        status=Status.KNOWN if known else parts[0].status,
        contributors=max(item.contributors for item in parts),
        approximate=any(item.approximate for item in parts),
    )


def with_gaps(
    made: Figures,
    schema: Schema,
    level: Level,
    areas: Mapping[str, bool],
    indicators: Collection[str] | None = None,
) -> Figures:
    """The figures, with one more for each of ``indicators`` and each area of which nothing is known.

    ``areas`` holds the ids of all areas of ``level`` that should report, and whether a usable return stands behind
    them: then the figure was not answered, else not submitted. A missing office is never a zero.
    """
    present = {(item.indicator, item.area) for item in made.all if item.level == level}
    gaps = [
        Figure(
            indicator=indicator.id,
            level=level,
            area=area,
            value=None,
            status=Status.NOT_ANSWERED if usable else Status.NOT_SUBMITTED,
            combines=indicator.combines,
            contributors=0,
            unit=indicator.unit,
            caution=indicator.caution,
        )
        for indicator in schema.indicators
        if indicators is None or indicator.id in indicators
        for area, usable in sorted(areas.items())
        if (indicator.id, area) not in present
    ]
    position = {indicator.id: place for place, indicator in enumerate(schema.indicators)}
    return Figures(tuple(sorted((*made.all, *gaps), key=lambda item: position[item.indicator])))


def _whole(indicator: Indicator) -> Indicator:
    return replace(indicator, draws_on=indicator.of, parts=(), where=indicator.of_where, measure=Measure.SUM)


def _figure(row: dict[str, Any], indicator: Indicator, level: Level) -> Figure:
    dimensions = {name: row[name] or NOT_STATED for name in row if name not in {"area", "value", *COUNTS}}
    value = row["value"]
    not_added = indicator.combines is Combines.DO_NOT_ADD and level in {Level.BUREAU, Level.WORLD}
    return Figure(
        indicator=indicator.id,
        level=level,
        area=row["area"],
        dimensions=dimensions,
        value=None if value is None or not_added else _exact(value),
        status=Status.NOT_ADDED if value is not None and not_added else _status(row),
        combines=indicator.combines,
        contributors=row["contributors"],
        approximate=row["approximate"] and not not_added,
        unit=indicator.unit,
        caution=indicator.caution,
    )


def _exact(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _status(row: dict[str, Any]) -> Status:
    """Known where anything is; else the reason that says most: someone looked and could not tell, before silence."""
    if row["value"] is not None:
        return Status.KNOWN
    if row["not_available"]:
        return Status.NOT_AVAILABLE
    return Status.NOT_APPLICABLE if row["not_applicable"] else Status.NOT_ANSWERED


def _order(indicator: Indicator, schema: Schema) -> Any:
    """Sorts figures by area, then by heading in the order of its code list, then by heading."""
    places: dict[str, dict[str, int]] = {}
    table = (indicator.draws_on or indicator.parts[0].draws_on).partition(".")[0]
    for name in indicator.by:
        question = schema.question(indicator.draws_on if name == "answer" else f"{table}.{name}")
        codes = schema.codes.get(question.codes) if question else None
        places[name] = {code.code: place for place, code in enumerate(codes.codes)} if codes else {}

    def key(item: Figure) -> tuple[Any, ...]:
        headings = [(places.get(name, {}).get(code, 10_000), code) for name, code in item.dimensions.items()]
        return (item.area, headings)

    return key

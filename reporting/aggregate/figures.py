"""Figures: what the schema's indicators give for an office, a country, a bureau and the world (DESIGN 7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from reporting.aggregate.focus_values import heading_codes
from reporting.aggregate.observations import ANSWER, PLACES, FactsById, by_id, observations, whole_of
from reporting.aggregate.roll_up import BEHIND, COUNTS, NOT_STATED, headings_of, roll_up
from reporting.schema.model import Combines, Indicator, Schema

if TYPE_CHECKING:
    import polars as pl


COVERAGE: Final = (BEHIND, "expected", "persons_share", "persons_at_most")
"""What stands behind a figure, and what should (:mod:`reporting.aggregate.behind`)."""
OUTCOME: Final = ("value", "status", "contributors", "approximate", "items", *COVERAGE)
"""The columns of a series after the level, the area and the headings."""


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
    is true when any of those values is. ``items`` are the answers that an indicator of the measure *list* counts, or the
    class of a FOCUS score.
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
    items: tuple[str, ...] = ()
    expected: int | None = None
    persons_share: float | None = None
    persons_at_most: bool = False
    unit: str = ""
    caution: str = ""

    @property
    def id(self) -> str:
        """What leads to the figure in every output: ``indicator/level/area``, then ``heading=code`` for each heading.

        The world is its own area: ``trafficking.victims/world``.
        """
        area = () if self.level is Level.WORLD else (self.area,)
        headings = (f"{name}={code}" for name, code in self.dimensions.items())
        return "/".join((self.indicator, self.level, *area, *headings))


@dataclass(frozen=True, eq=False)
class Series:
    """All figures of one indicator, as a frame: a folder of ten thousand returns has millions of them.

    ``frame`` has the columns ``level``, ``area``, one a heading of the breakdown (null for a figure without it),
    and those of :data:`OUTCOME`.
    """

    indicator: Indicator
    frame: pl.DataFrame

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures one by one, in the order of the frame."""
        return tuple(_figure(row, self.indicator, self.headings) for row in self.frame.iter_rows(named=True))

    @property
    def headings(self) -> list[str]:
        """The columns that break the figures down."""
        return [name for name in self.frame.columns if name not in {"level", "area", *OUTCOME}]


@dataclass(frozen=True, eq=False)
class Figures:
    """Figures that can be asked for by indicator, place and breakdown; ``series`` stand in the order of the schema.

    ``persons`` are the persons of concern by office, where they are known.
    """

    series: tuple[Series, ...]
    persons: Mapping[str, float] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Figure]:
        """Every figure, by indicator, level, area and heading."""
        for series in self.series:
            yield from series.figures

    def get(self, indicator: str, level: str, area: str, **dimensions: str) -> Figure | None:
        """The figure, or None where nothing was reported under these headings."""
        return self._index.get((indicator, level, area, frozenset(dimensions.items())))

    def select(self, indicator: str, level: str | None = None, area: str | None = None) -> list[Figure]:
        """All figures of an indicator, at one level or place where it is named, in order."""
        series = self._by_indicator.get(indicator)
        return [
            item
            for item in (series.figures if series else ())
            if (level is None or item.level == level) and (area is None or item.area == area)
        ]

    def at(self, level: Level) -> Figures:
        """The figures of one level only."""
        import polars as pl

        return replace(
            self,
            series=tuple(Series(item.indicator, item.frame.filter(pl.col("level") == level)) for item in self.series),
        )

    @cached_property
    def _index(self) -> Mapping[tuple[str, str, str, frozenset[tuple[str, str]]], Figure]:
        return {(item.indicator, item.level, item.area, frozenset(item.dimensions.items())): item for item in self}

    @cached_property
    def _by_indicator(self) -> Mapping[str, Series]:
        return {item.indicator.id: item for item in self.series}


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
    indexed = by_id(_sortable(facts))
    del facts
    chosen = [item for item in schema.indicators if indicators is None or item.id in indicators]
    persons = persons_of_concern(indexed, schema)
    series = tuple(_series(indexed, item, schema, levels, persons) for item in chosen)
    return Figures(series, {office: number for office, number in persons.rows() if number is not None})


def persons_of_concern(facts: FactsById, schema: Schema) -> pl.DataFrame:
    """The persons of concern by office, as the returns report them: ``office`` and ``persons``, null where not known."""
    import polars as pl

    number = pl.col("number")
    known = pl.when(number.is_not_null().any()).then(number.sum())
    found = facts.of(schema.persons_of_concern).group_by("office")
    return found.agg(known.alias("persons")).sort("office")


def with_gaps(made: Figures, level: Level, areas: Mapping[str, bool]) -> Figures:
    """The figures, with one more for each indicator and each area of which nothing is known.

    ``areas`` holds the ids of all areas of ``level`` that should report, and whether a usable return stands behind
    them: then the figure was not answered, else not submitted. A missing office is never a zero.
    """
    return replace(
        made, series=tuple(Series(item.indicator, _with_gaps(item.frame, level, areas)) for item in made.series)
    )


def _with_gaps(frame: pl.DataFrame, level: Level, areas: Mapping[str, bool]) -> pl.DataFrame:
    import polars as pl

    present = set(frame.filter(pl.col("level") == level)["area"].to_list())
    gaps = [
        {
            "level": level,
            "area": area,
            "status": Status.NOT_ANSWERED if usable else Status.NOT_SUBMITTED,
            "contributors": 0,
            "approximate": False,
            "items": [],
            "persons_at_most": False,
        }
        for area, usable in sorted(areas.items())
        if area not in present
    ]
    return pl.concat([frame, pl.DataFrame(gaps, schema=frame.schema)]) if gaps else frame


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


def _series(
    facts: FactsById, indicator: Indicator, schema: Schema, levels: tuple[Level, ...], persons: pl.DataFrame
) -> Series:
    import polars as pl

    seen = observations(facts, indicator, schema)
    whole = whole_of(indicator)
    wholes = observations(facts, whole, schema) if whole else None
    headings = {name: _codes(indicator, schema, name) for name in headings_of(seen)}
    seen, *others = _in_order([seen] if wholes is None else [seen, wholes], headings)
    rolled = []
    for level in levels:
        weights = persons if level in {Level.BUREAU, Level.WORLD} else None
        told = _told(roll_up(seen, indicator, level, others[0] if others else None, weights), indicator, level)
        rolled.append(told.sort("area", *headings).with_columns(pl.col("area", *headings).cast(pl.String)))
    return Series(indicator, pl.concat(rolled))


def _sortable(facts: pl.DataFrame) -> pl.DataFrame:
    """The facts with places as numbers that sort as their ids do: millions of figures are grouped and sorted by them."""
    import polars as pl

    ids = {name: {*facts[name].unique().cast(pl.String), "", NOT_STATED} for name in PLACES}
    return facts.with_columns(pl.col(name).cast(pl.Enum(sorted(found))) for name, found in ids.items())


def _in_order(frames: Sequence[pl.DataFrame], headings: Mapping[str, Sequence[str]]) -> list[pl.DataFrame]:
    """The frames with each heading as numbers that sort in the order of its codes, and then by its text."""
    import polars as pl

    def found(name: str) -> set[str]:
        return {code for frame in frames if name in frame.columns for code in frame[name].unique() if code is not None}

    kinds = {
        name: pl.Enum([*codes, *sorted({*found(name), NOT_STATED} - {*codes})]) for name, codes in headings.items()
    }
    return [
        frame.with_columns(pl.col(name).cast(kind) for name, kind in kinds.items() if name in frame.columns)
        for frame in frames
    ]


def _told(rolled: pl.DataFrame, indicator: Indicator, level: Level) -> pl.DataFrame:
    """The rolled-up values with their status; what must not be added up has no value above its office."""
    import polars as pl

    known = pl.col("value").is_not_null()
    not_added = (
        indicator.combines is Combines.DO_NOT_ADD
        and not indicator.measure.computed_anew
        and level in {Level.BUREAU, Level.WORLD}
    )
    status = (
        pl.when(known)
        .then(pl.lit(Status.NOT_ADDED if not_added else Status.KNOWN))
        .when("not_available")
        .then(pl.lit(Status.NOT_AVAILABLE))
        .when("not_applicable")
        .then(pl.lit(Status.NOT_APPLICABLE))
        .otherwise(pl.lit(Status.NOT_ANSWERED))
        .cast(pl.Enum(Status))
    )
    value = pl.lit(None, pl.Float64) if not_added else pl.col("value")
    approximate = pl.lit(value=False) if not_added else pl.col("approximate")
    headings = [name for name in rolled.columns if name not in {"area", "value", "items", *COUNTS, *COVERAGE}]
    told = rolled.with_columns(
        level=pl.lit(level.value, pl.Enum(Level)),
        value=value,
        status=status,
        approximate=approximate,
        expected=pl.lit(None, pl.Int32),
        persons_share=pl.lit(None, pl.Float64),
        persons_at_most=pl.lit(value=False),
    )
    return told.select("level", "area", *headings, *OUTCOME)


def _figure(row: Mapping[str, Any], indicator: Indicator, headings: Sequence[str]) -> Figure:
    value = row["value"]
    return Figure(
        indicator=indicator.id,
        level=Level(row["level"]),
        area=row["area"],
        dimensions={name: row[name] for name in headings if row[name] is not None},
        value=int(value) if value is not None and value.is_integer() else value,
        status=Status(row["status"]),
        combines=indicator.combines,
        contributors=row["contributors"],
        approximate=row["approximate"],
        items=tuple(row["items"]),
        expected=row["expected"],
        persons_share=row["persons_share"],
        persons_at_most=row["persons_at_most"],
        unit=indicator.unit,
        caution=indicator.caution,
    )


def heading_order(indicator: Indicator, schema: Schema, headings: Sequence[str]) -> list[pl.Expr]:
    """Sorts by each heading in the order of its code list, or of the columns it comes from, then by its text."""
    import polars as pl

    order: list[pl.Expr] = []
    for name in headings:
        places = {code: place for place, code in enumerate(_codes(indicator, schema, name))}
        order += [pl.col(name).replace_strict(places, default=len(places), return_dtype=pl.Int32), pl.col(name)]
    return order


def _codes(indicator: Indicator, schema: Schema, heading: str) -> list[str]:
    """The codes a heading can have, in order; none where it is free."""
    if any(heading in part.dimensions for part in indicator.parts):
        return list(dict.fromkeys(part.dimensions[heading] for part in indicator.parts))
    if indicator.measure.of_focus:
        return heading_codes(schema, heading)
    table = (indicator.draws_on or indicator.parts[0].draws_on).partition(".")[0]
    question = schema.question(indicator.draws_on if heading == ANSWER else f"{table}.{heading}")
    codes = schema.codes.get(question.codes) if question else None
    return [code.code for code in codes.codes] if codes else []

"""Year on year: what changed between the returns of two years, how far that can be told, and where the series breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from reporting.aggregate.collection import Collection
from reporting.aggregate.figures import Level, heading_order
from reporting.aggregate.like_with_like import YearOf, compared
from reporting.aggregate.observations import by_id
from reporting.aggregate.roll_up import headings_of
from reporting.errors import UsageError
from reporting.schema.annexes import Correspondence
from reporting.schema.model import Indicator, Schema

if TYPE_CHECKING:
    import polars as pl

_VALUES: Final = (
    "before", "now", "offices", "all_before", "all_now", "offices_before", "offices_now", "approximate_before", "approximate_now",
    "all_approximate_before", "all_approximate_now", "given_by", "given_before",
)  # fmt: skip


class BreakKind(StrEnum):
    """Why two years of a figure are not quite the same thing."""

    FORM = "form"
    """The two forms ask differently."""
    OFFICES = "offices"
    """Not the same offices gave a value in both years."""
    COUNTRIES = "countries"
    """An office covers other countries than the year before."""
    GIVEN_BY = "given_by"
    """In one year it is the office's word, in the other headquarters'."""


@dataclass(frozen=True, slots=True)
class Break:
    """A break in a series: its kind, a sentence, and the offices it is about, where it is about some."""

    kind: BreakKind
    text: str
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One figure in two years.

    ``before`` and ``now`` are like with like: over the ``offices`` with a known value in both years; None where there is no
    such office. ``all_before`` and ``all_now`` are the figures of each year as published, over ``offices_before`` and
    ``offices_now`` offices; ``all_approximate_before`` and ``all_approximate_now`` are about these. ``given_by`` and ``given_before`` say whose word the values are: ``office``, ``headquarters``,
    ``both``, or empty where there is none.
    """

    indicator: str
    level: Level
    area: str
    dimensions: Mapping[str, str] = field(default_factory=dict)
    before: int | float | None
    now: int | float | None
    offices: int
    all_before: int | float | None
    all_now: int | float | None
    offices_before: int
    offices_now: int
    approximate_before: bool
    approximate_now: bool
    all_approximate_before: bool
    all_approximate_now: bool
    given_by: str
    given_before: str
    breaks: tuple[Break, ...]
    unit: str = ""
    caution: str = ""
    in_points: bool = False
    """It is a share, a median or a score: its change is told as a difference, never in per cent of itself."""

    @property
    def comparable(self) -> bool:
        """Whether an office stands behind both years."""
        return self.before is not None and self.now is not None

    @property
    def difference(self) -> int | float | None:
        """``now - before``, like with like."""
        return None if self.before is None or self.now is None else self.now - self.before

    @property
    def percentage(self) -> float | None:
        """The difference in per cent of ``before``; None where that is unknown or zero, or the change is told in points."""
        if self.difference is None or not self.before or self.in_points:
            return None
        return 100 * self.difference / self.before


@dataclass(frozen=True, eq=False)
class ComparedSeries:
    """All changes of one indicator at ``levels``, worked out when they are asked for."""

    now: YearOf
    before: YearOf
    correspondence: Correspondence | None
    levels: tuple[Level, ...]

    @property
    def indicator(self) -> Indicator:
        """This year's indicator."""
        return self.now.indicator

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row an area and heading, with the columns of :func:`reporting.aggregate.like_with_like.compared`."""
        import polars as pl

        headings = headings_of(self.now.seen)
        order = heading_order(self.now.indicator, self.now.schema, headings)
        frames = [
            compared(self.now, self.before, level)
            .select(pl.lit(str(level)).alias("level"), "area", *headings, *_VALUES)
            .sort("area", *order)
            for level in self.levels
        ]
        return pl.concat(frames)

    @property
    def headings(self) -> list[str]:
        """The columns that break the changes down."""
        return [name for name in self.frame.columns if name not in {"level", "area", *_VALUES}]


@dataclass(frozen=True, eq=False)
class Changes:
    """The changes from the year ``before`` to ``year``; ``series`` stand in the order of this year's schema.

    ``gained`` and ``lost`` are the offices with a return in the figures of one of the years only; ``moved`` those that cover
    other countries, with the countries of both years.
    """

    year: int
    before: int
    forms: tuple[str, str]
    series: tuple[ComparedSeries, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    moved: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    same: int
    """The number of offices with a return in the figures of both years."""
    offices_at: Mapping[tuple[Level, str], frozenset[str]]
    """The offices of either year at each area."""

    def __iter__(self) -> Iterator[Change]:
        """Every change, by indicator, level, area and heading."""
        for series in self.series:
            yield from self._of(series, series.frame)

    def get(self, indicator: str, level: str, area: str, **dimensions: str) -> Change | None:
        """The change of a figure, or None where neither year has it."""
        found = [item for item in self.select(indicator, level, area) if dict(item.dimensions) == dimensions]
        return found[0] if found else None

    def select(self, indicator: str, level: str | None = None, area: str | None = None) -> list[Change]:
        """All changes of an indicator, at one level or place where it is named, in order."""
        import polars as pl

        series = self._by_indicator.get(indicator)
        if series is None:
            return []
        chosen = [pl.col(name) == value for name, value in (("level", level), ("area", area)) if value is not None]
        return list(self._of(series, series.frame.filter(*chosen) if chosen else series.frame))

    @cached_property
    def _by_indicator(self) -> Mapping[str, ComparedSeries]:
        return {item.indicator.id: item for item in self.series}

    def _of(self, series: ComparedSeries, frame: pl.DataFrame) -> Iterator[Change]:
        headings = series.headings
        for row in frame.iter_rows(named=True):
            yield _change(row, series.indicator, headings, self._breaks(row, series))

    def _breaks(self, row: Mapping[str, Any], series: ComparedSeries) -> tuple[Break, ...]:
        offices = self.offices_at.get((Level(row["level"]), row["area"]), frozenset())
        found = [Break(BreakKind.FORM, series.correspondence.differs)] if series.correspondence else []
        found += _of_offices(
            row, [item for item in self.gained if item in offices], [item for item in self.lost if item in offices]
        )
        found += [
            Break(BreakKind.COUNTRIES, _moved(office, *self.moved[office]), (office,))
            for office in sorted(self.moved)
            if office in offices
        ]
        if row["given_by"] and row["given_before"] and row["given_by"] != row["given_before"]:
            text = f"{self.before} by {_words(row['given_before'])}, {self.year} by {_words(row['given_by'])}"
            found.append(Break(BreakKind.GIVEN_BY, text))
        return tuple(found)


def changes(
    collection: Collection,
    previous: Collection,
    levels: Iterable[Level] = tuple(Level),
    indicators: Sequence[str] | None = None,
) -> Changes:
    """What changed from ``previous`` to ``collection``, for every figure that both years have.

    Two figures correspond where the schema says so (``series``), else where they have one id, measure and breakdown.

    Raises:
        UsageError: ``previous`` is not of an earlier year.
    """
    if previous.year >= collection.year:
        raise UsageError(f"returns of {previous.year} are not earlier than those of {collection.year}")
    shared = [
        (indicator, old, item)
        for indicator, old, item in corresponding(collection.schema, previous.schema)
        if indicators is None or indicator.id in indicators
    ]
    facts = by_id(collection.facts_behind([indicator for indicator, _, _ in shared], origin=True))
    earlier = by_id(previous.facts_behind([old for _, old, _ in shared], origin=True))
    levels = tuple(levels)
    made = []
    for indicator, old, item in shared:
        now = YearOf(facts, indicator, collection.schema, {})
        before = YearOf(earlier, old, previous.schema, item.headings if item else {})
        made.append(ComparedSeries(now, before, item, levels))
    this, last = _countries(collection), _countries(previous)
    return Changes(
        year=collection.year,
        before=previous.year,
        forms=(previous.schema.id, collection.schema.id),
        series=tuple(made),
        gained=tuple(sorted(this.keys() - last.keys())),
        lost=tuple(sorted(last.keys() - this.keys())),
        moved={
            office: (last[office], this[office]) for office in this.keys() & last.keys() if last[office] != this[office]
        },
        same=len(this.keys() & last.keys()),
        offices_at=_offices_at((previous, collection)),
    )


def corresponding(schema: Schema, previous: Schema) -> Iterator[tuple[Indicator, Indicator, Correspondence | None]]:
    """The figures of two forms that can be compared, with what the schema says of the pair."""
    known = {item.id: item for item in previous.indicators}
    declared = {item.indicator: item for item in schema.series if item.form == previous.id}
    for indicator in schema.indicators:
        item = declared.get(indicator.id)
        old = known.get(item.previous if item else indicator.id)
        alike = old is not None and (old.measure, old.by) == (indicator.measure, indicator.by)
        if old is not None and (item or alike):
            yield indicator, old, item


def _countries(collection: Collection) -> dict[str, tuple[str, ...]]:
    """The offices with a return in the figures, each with the countries it answers for."""
    return {item.office: item.claims for item in collection.used}


def _offices_at(collections: Iterable[Collection]) -> dict[tuple[Level, str], frozenset[str]]:
    found: dict[tuple[Level, str], set[str]] = {}
    for collection in collections:
        bureaus = {row.office: row.bureau for row in collection.coverage.rows}
        for office, countries in _countries(collection).items():
            places = [(Level.OFFICE, office), (Level.BUREAU, bureaus.get(office, "")), (Level.WORLD, "world")]
            for place in [*places, *((Level.COUNTRY, country) for country in countries)]:
                found.setdefault(place, set()).add(office)
    return {place: frozenset(offices) for place, offices in found.items()}


def _of_offices(row: Mapping[str, Any], gained: list[str], lost: list[str]) -> list[Break]:
    """A break where not the same offices stand behind both years; offices may report and still leave out a figure."""
    if row["offices"] == row["offices_before"] == row["offices_now"] and not gained and not lost:
        return []
    text = f"{row['offices']} offices in both years; {row['offices_before']} the year before, {row['offices_now']} this year"
    named = [f"new: {', '.join(gained)}"] if gained else []
    named += [f"no return this year: {', '.join(lost)}"] if lost else []
    return [Break(BreakKind.OFFICES, "; ".join([text, *named]), (*gained, *lost))]


def _moved(office: str, before: tuple[str, ...], now: tuple[str, ...]) -> str:
    return f"{office} covered {', '.join(before)}, and now {', '.join(now)}"


def _words(given_by: str) -> str:
    return {"both": "office and headquarters"}.get(given_by, given_by)


def _change(row: Mapping[str, Any], indicator: Indicator, headings: Sequence[str], breaks: tuple[Break, ...]) -> Change:
    before, now, all_before, all_now = (_exact(row[name]) for name in ("before", "now", "all_before", "all_now"))
    return Change(
        indicator=indicator.id,
        level=Level(row["level"]),
        area=row["area"],
        dimensions={name: row[name] for name in headings if row[name] is not None},
        before=before,
        now=now,
        offices=row["offices"],
        all_before=all_before,
        all_now=all_now,
        offices_before=row["offices_before"],
        offices_now=row["offices_now"],
        approximate_before=row["approximate_before"],
        approximate_now=row["approximate_now"],
        all_approximate_before=row["all_approximate_before"],
        all_approximate_now=row["all_approximate_now"],
        given_by=row["given_by"] or "",
        given_before=row["given_before"] or "",
        breaks=breaks,
        unit=indicator.unit,
        caution=indicator.caution,
        in_points=indicator.measure.computed_anew,
    )


def _exact(value: float | None) -> int | float | None:
    return int(value) if value is not None and value.is_integer() else value

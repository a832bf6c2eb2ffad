"""What stands behind a figure: how many of the offices that should report, and what share of the persons of concern.

A figure of three offices out of five may rest on nearly all persons of concern, or on hardly any. The share is that of
the persons of concern which the returns in the figures report; where an expected office reports none, or no return of
it is in the figures, the true share can only be smaller, and is said to be *at most* that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from reporting.aggregate.coverage import Coverage, CoverageRow
from reporting.aggregate.figures import WORLD_AREA, Figures, Level, Series
from reporting.aggregate.roll_up import BEHIND

if TYPE_CHECKING:
    import polars as pl

_WHOLE: Final = 100.0
"""Per cent."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What should stand behind the figures of one place.

    ``offices`` is how many should report; ``persons`` how many persons of concern those report whose returns are in the
    figures; ``unknown`` how many of the offices give no such number.
    """

    offices: int
    persons: float
    unknown: int


def expected_of(coverage: Coverage, level: Level, persons: Mapping[str, float]) -> dict[str, Expected]:
    """What should stand behind the figures of each place of ``level``; ``persons`` of concern are by office."""
    places: dict[str, list[CoverageRow]] = {}
    for row in _one_an_office(coverage):
        for area in _areas(row, level):
            places.setdefault(area, []).append(row)
    return {area: _expected(rows, persons) for area, rows in places.items()}


def with_coverage(made: Figures, coverage: Coverage) -> Figures:
    """The figures, each with what should stand behind it and what does."""
    places = _frame({level: expected_of(coverage, level, made.persons) for level in Level})
    return replace(made, series=tuple(_covered(series, places) for series in made.series))


def _frame(places: Mapping[Level, Mapping[str, Expected]]) -> pl.DataFrame:
    """One row a level and area: ``expected`` offices, their ``persons``, and of how many these are ``unknown``."""
    import polars as pl

    rows = [
        (level.value, area, item.offices, item.persons, item.unknown)
        for level, areas in places.items()
        for area, item in areas.items()
    ]
    columns: dict[str, Any] = {"level": pl.Enum(Level), "area": pl.String, "expected": pl.Int32}
    return pl.DataFrame(rows, schema=columns | {"persons": pl.Float64, "unknown": pl.Int32}, orient="row")


def _one_an_office(coverage: Coverage) -> Sequence[CoverageRow]:
    """One row an office that owes a return, or has one in the figures; the one in the figures where there is a choice."""
    rows: dict[str, CoverageRow] = {}
    for row in coverage.rows:
        if row.office and (row.owed or row.state.counts) and (row.office not in rows or row.state.counts):
            rows[row.office] = row
    return list(rows.values())


def _areas(row: CoverageRow, level: Level) -> Sequence[str]:
    match level:
        case Level.OFFICE:
            return (row.office,)
        case Level.COUNTRY:
            return row.countries
        case Level.BUREAU:
            return (row.bureau,) if row.bureau else ()
        case Level.WORLD:
            return (WORLD_AREA,)


def _expected(rows: Sequence[CoverageRow], persons: Mapping[str, float]) -> Expected:
    counts = Counter(row.state.counts and row.office in persons for row in rows)
    reported = sum(persons[row.office] for row in rows if row.state.counts and row.office in persons)
    return Expected(len(rows), reported, counts[False])


def _covered(series: Series, places: pl.DataFrame) -> Series:
    """The series with its coverage: at office and country level all or nothing, above by the persons of concern.

    A country's persons of concern are not told apart by office, so where several offices cover it no share is given.
    """
    import polars as pl

    looked_at = series.frame.select("level", "area", "contributors", BEHIND)
    joined = looked_at.join(places, on=["level", "area"], how="left", maintain_order="left")
    alone = pl.col("expected") == 1
    single = pl.when(alone).then(pl.when(pl.col("contributors") > 0).then(_WHOLE).otherwise(0.0))
    shared = pl.when(pl.col("persons") > 0).then(_WHOLE * pl.col(BEHIND).fill_null(0.0) / pl.col("persons"))
    above = pl.col("level").is_in([Level.BUREAU.value, Level.WORLD.value])
    share = pl.when(above).then(shared).otherwise(single)
    told = joined.select(
        "expected", persons_share=share, persons_at_most=above & (pl.col("unknown") > 0) & share.is_not_null()
    )
    return replace(series, frame=series.frame.with_columns(told))

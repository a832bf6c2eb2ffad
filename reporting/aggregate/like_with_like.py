"""Two years of one figure, like with like: only what an office, for a country, said in both of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from reporting.aggregate.observations import ORIGIN, FactsById, observations, whole_of
from reporting.aggregate.roll_up import NOT_STATED, headings_of, placed, roll_up
from reporting.schema.model import Combines, Indicator, Measure, Schema

if TYPE_CHECKING:
    import polars as pl

BOTH: Final = "both"
"""Who gave values of which some are the office's and some are headquarters'."""
_PLACE: Final = ("office", "country")
_APPROXIMATE: Final = ("approximate_before", "approximate_now")
_ALL_APPROXIMATE: Final = ("all_approximate_before", "all_approximate_now")
_COUNTED: Final = frozenset({Measure.COUNT_OFFICES, Measure.COUNT_ROWS})


@dataclass(frozen=True, eq=False)
class YearOf:
    """One figure in one year: the indicator, its schema and facts; ``renamed`` gives headings this year's names."""

    facts: FactsById
    indicator: Indicator
    schema: Schema
    renamed: Mapping[str, str]

    @cached_property
    def seen(self) -> pl.DataFrame:
        """The observations, with who gave each."""
        return self._named(observations(self.facts, self.indicator, self.schema, origin=True))

    @cached_property
    def wholes(self) -> pl.DataFrame | None:
        """What a share or ratio is set against."""
        whole = whole_of(self.indicator)
        return None if whole is None else self._named(observations(self.facts, whole, self.schema, origin=True))

    def rolled(self, level: str, offices: pl.DataFrame | None = None) -> pl.DataFrame:
        """The figure at ``level``, of all offices or of those in ``offices`` only."""
        seen, wholes = (_of_offices(frame, offices) for frame in (self.seen, self.wholes))
        assert seen is not None  # noqa: S101 - there are always observations, if only an empty frame of them
        drop = [name for name in ORIGIN if name in seen.columns]
        return roll_up(seen.drop(drop), self.indicator, level, None if wholes is None else wholes.drop(drop))

    def _named(self, frame: pl.DataFrame) -> pl.DataFrame:
        return frame.rename({old: new for new, old in self.renamed.items() if old in frame.columns})


def compared(now: YearOf, before: YearOf, level: str) -> pl.DataFrame:
    """One row an area and heading that either year has.

    Columns: ``area``, the headings, ``before`` and ``now`` (null where no office has both), ``offices`` behind both,
    ``all_before`` and ``all_now`` with ``offices_before`` and ``offices_now`` (as published), ``approximate_before`` and
    ``approximate_now``, ``all_approximate_before`` and ``all_approximate_now`` (of those published), ``given_by`` and
    ``given_before`` (whose word: office, headquarters, both, or null). Where answers or rows are counted, the numbers of
    offices are those that answered at all.

    What adds up is compared office by office and country by country; where answers or rows are counted, a heading that an
    office does not name counts none if it answered at all. Shares, medians and scores are worked out anew for the
    offices that have them in both years.
    """
    import polars as pl

    headings = headings_of(now.seen)
    keys = ["area", *headings]
    like = _anew(now, before, level) if now.indicator.measure.computed_anew else _added(now, before, level, headings)
    published = _published(now, level, "now").join(
        _published(before, level, "before"), on=keys, how="full", nulls_equal=True, coalesce=True
    )
    counts = [pl.col(name).fill_null(0) for name in ("offices", "offices_now", "offices_before")]
    return published.join(like, on=keys, how="left", nulls_equal=True).with_columns(
        *counts, *(pl.col(name).fill_null(value=False) for name in (*_APPROXIMATE, *_ALL_APPROXIMATE))
    )


def _published(year: YearOf, level: str, name: str) -> pl.DataFrame:
    """The figure over all offices, and whose word it is."""
    import polars as pl

    headings = headings_of(year.seen)
    given = "given_by" if name == "now" else "given_before"
    whose = placed(_stated(year.seen, headings), level).filter(pl.col("number").is_not_null())
    words = whose.group_by("area", *headings).agg(_whose("given_by").alias(given))
    offices = pl.col("contributors").alias(f"offices_{name}")
    approximate = pl.col("approximate").alias(f"all_approximate_{name}")
    rolled = year.rolled(level).select("area", *headings, pl.col("value").alias(f"all_{name}"), offices, approximate)
    if year.indicator.measure in _COUNTED:
        answered = _offices(_said(year, headings), level, f"offices_{name}")
        rolled = rolled.drop(f"offices_{name}").join(answered, on="area", how="left")
    return rolled.join(words, on=["area", *headings], how="left", nulls_equal=True)


def _added(now: YearOf, before: YearOf, level: str, headings: list[str]) -> pl.DataFrame:
    """Sums over what an office said for a country, under a heading, in both years."""
    import polars as pl

    keys = [*_PLACE, *headings]
    counted = now.indicator.measure in _COUNTED
    this = _said(now, headings)
    last = _said(before, headings).drop("bureau").rename({"number": "before", "approximate": "approximate_before"})
    bureaus = this.select("office", "bureau").unique("office", maintain_order=True)
    both = this.select(*_PLACE, "bureau").unique().join(last.select(_PLACE).unique(), on=_PLACE)
    pairs = this.drop("bureau").join(last, on=keys, how="full" if counted else "inner", coalesce=True)
    if counted:
        pairs = pairs.join(both, on=_PLACE, how="semi").with_columns(pl.col("number", "before").fill_null(0))
    largest = now.indicator.combines is Combines.MAXIMUM
    combined = [pl.col(name).max() if largest else pl.col(name).sum() for name in ("number", "before")]
    rolled = (
        placed(pairs.join(bureaus, on="office", how="left"), level)
        .group_by("area", *headings)
        .agg(*combined, pl.col("office").n_unique().alias("offices"), *_approximate())
        .rename({"number": "now"})
    )
    return rolled.drop("offices").join(_offices(both, level, "offices"), on="area") if counted else rolled


def _offices(said: pl.DataFrame, level: str, name: str) -> pl.DataFrame:
    """The number of offices at each area."""
    import polars as pl

    return placed(said, level).group_by("area").agg(pl.col("office").n_unique().alias(name))


def _anew(now: YearOf, before: YearOf, level: str) -> pl.DataFrame:
    """The figure of both years, worked out over the offices that have it in both."""
    import polars as pl

    known = pl.col("value").is_not_null()
    this, last = (year.rolled("office").filter(known).select(office="area").unique() for year in (now, before))
    both = this.join(last, on="office")
    keys = ["area", *headings_of(now.seen)]
    columns = (*keys, "value", "contributors", "approximate")
    made, was = (year.rolled(level, both).filter(known).select(columns) for year in (now, before))
    was = was.rename({"value": "before", "contributors": "_was", "approximate": "approximate_before"})
    joined = made.join(was, on=keys, nulls_equal=True)
    return joined.select(
        *keys,
        pl.col("value").alias("now"),
        "before",
        pl.min_horizontal("contributors", "_was").alias("offices"),
        "approximate_before",
        pl.col("approximate").alias("approximate_now"),
    )


def _said(year: YearOf, headings: list[str]) -> pl.DataFrame:
    """The known values, one row an office, country and heading; what is counted and stands under no heading is no answer."""
    import polars as pl

    known = year.seen.filter(pl.col("number").is_not_null())
    if year.indicator.measure in _COUNTED:
        known = known.drop_nulls(headings)
    one_each = year.indicator.measure is Measure.COUNT_OFFICES
    number = pl.col("number").max() if one_each else pl.col("number").sum()
    texts = [pl.col(name).cast(pl.String) for name in (*_PLACE, "bureau")]
    return (
        _stated(known, headings)
        .with_columns(texts)
        .group_by(*_PLACE, *headings, maintain_order=True)
        .agg(number, pl.col("approximate").any(), pl.col("bureau").first())
    )


def _approximate() -> list[pl.Expr]:
    import polars as pl

    pairs = zip(_APPROXIMATE, ("approximate_before", "approximate"), strict=True)
    return [pl.col(name).fill_null(value=False).any().alias(alias) for alias, name in pairs]


def _whose(column: str) -> pl.Expr:
    """The one who gave all values of a group, or :data:`BOTH`."""
    import polars as pl

    words = pl.col(column).cast(pl.String)
    return pl.when(words.n_unique() > 1).then(pl.lit(BOTH)).otherwise(words.first())


def _stated(frame: pl.DataFrame, headings: list[str]) -> pl.DataFrame:
    import polars as pl

    return frame.with_columns(pl.col(name).fill_null(NOT_STATED) for name in headings)


def _of_offices(frame: pl.DataFrame | None, offices: pl.DataFrame | None) -> pl.DataFrame | None:
    import polars as pl

    if frame is None or offices is None:
        return frame
    return frame.filter(pl.col("office").cast(pl.String).is_in(offices["office"].implode()))

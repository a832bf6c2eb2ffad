"""Adding up observations over offices to places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reporting.aggregate.observations import PLACES
from reporting.schema.model import Combines, Indicator, Measure

if TYPE_CHECKING:
    import polars as pl

COUNTS: Final = ("contributors", "not_available", "not_applicable", "approximate")
"""What a rolled-up value tells of those behind it."""
NOT_STATED: Final = "not_stated"
"""The place or heading of what does not say where it belongs."""
_VALUES: Final = ("number", "missing", "approximate")


def roll_up(
    observed: pl.DataFrame, indicator: Indicator, level: str, whole: pl.DataFrame | None = None
) -> pl.DataFrame:
    """One row an area and heading: ``area``, the headings, ``value`` and :data:`COUNTS`.

    ``level`` is office, country, bureau or world. Values add up, but for an indicator that combines by its maximum, and
    offices are counted once. A share is 100 times the sum over the sum of ``whole``, of those offices and countries where
    both are known; it is unknown where that is zero. At country level, what belongs to no single country is left out; an
    office of which nobody knows the bureau stands under :data:`NOT_STATED`.
    """
    import polars as pl

    headings = [name for name in observed.columns if name not in {*PLACES, *_VALUES}]
    keys = ["area", *headings]
    if whole is not None:
        observed = _pairs(observed, whole, headings)
    rolled = _placed(observed, level).group_by(keys).agg(_combined(indicator), *_counts())
    if whole is not None:
        of = _placed(observed, level).group_by(keys).agg(pl.col("whole").sum())
        share = pl.when(pl.col("whole") > 0).then(100 * pl.col("value") / pl.col("whole")).alias("value")
        rolled = rolled.join(of, on=keys, how="left", nulls_equal=True).with_columns(share).drop("whole")
    return rolled.sort(keys)


def _pairs(observed: pl.DataFrame, whole: pl.DataFrame, headings: list[str]) -> pl.DataFrame:
    """Parts with their wholes, by office, country and heading; where one of the two is not known, neither counts."""
    import polars as pl

    keys = [*PLACES, *headings]
    known = pl.when(pl.col("number").is_not_null().all()).then(pl.col("number").sum())
    parts = observed.group_by(keys).agg(known, pl.col("missing").max(), pl.col("approximate").any())
    wholes = whole.group_by(keys).agg(known.alias("whole"))
    paired = parts.join(wholes, on=keys, how="left", nulls_equal=True)
    both = pl.col("number").is_not_null() & pl.col("whole").is_not_null()
    return paired.with_columns(pl.when(both).then(pl.col(name)).alias(name) for name in ("number", "whole"))


def _placed(observed: pl.DataFrame, level: str) -> pl.DataFrame:
    import polars as pl

    if level == "world":
        return observed.with_columns(area=pl.lit("world"))
    if level == "bureau":
        return observed.with_columns(area=pl.col("bureau").replace("", NOT_STATED))
    return observed.with_columns(area=pl.col(level)).filter(pl.col("area") != "")


def _combined(indicator: Indicator) -> pl.Expr:
    import polars as pl

    number = pl.col("number")
    if indicator.measure is Measure.COUNT_OFFICES:
        combined = pl.col("office").filter(number.is_not_null()).n_unique().cast(pl.Float64)
    else:
        combined = number.max() if indicator.combines is Combines.MAXIMUM else number.sum()
    return pl.when(number.is_not_null().any()).then(combined).alias("value")


def _counts() -> list[pl.Expr]:
    import polars as pl

    return [
        pl.col("office").filter(pl.col("number").is_not_null()).n_unique().alias("contributors"),
        (pl.col("missing") == "..").any().alias("not_available"),
        (pl.col("missing") == "na").any().alias("not_applicable"),
        pl.col("approximate").any().alias("approximate"),
    ]

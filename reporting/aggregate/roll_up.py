"""Adding up observations over offices to places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reporting.aggregate.observations import PLACES
from reporting.schema.model import Combines, Indicator, Measure

if TYPE_CHECKING:
    import polars as pl

COUNTS: Final = ("contributors", "not_available", "not_applicable", "approximate")
"""What a rolled-up value tells of those behind it."""
_VALUES: Final = ("number", "missing", "approximate")


def roll_up(
    observed: pl.DataFrame, indicator: Indicator, level: str, whole: pl.DataFrame | None = None
) -> pl.DataFrame:
    """One row an area and heading: ``area``, the headings, ``value`` and :data:`COUNTS`.

    ``level`` is office, country, bureau or world. Values add up, but for an indicator that combines by its maximum, and
    offices are counted once. A share is 100 times the sum over the sum of ``whole`` under the same headings; it is
    unknown where that is zero or unknown. At country level, what belongs to no single country is left out.
    """
    import polars as pl

    headings = [name for name in observed.columns if name not in {*PLACES, *_VALUES}]
    placed = _placed(observed, level)
    keys = ["area", *headings]
    rolled = placed.group_by(keys).agg(_combined(indicator), *_counts())
    if whole is not None:
        of = _placed(whole, level).group_by(keys).agg(pl.col("number").sum().alias("whole"))
        share = pl.when(pl.col("whole") > 0).then(100 * pl.col("value") / pl.col("whole")).alias("value")
        rolled = rolled.join(of, on=keys, how="left", nulls_equal=True).with_columns(share).drop("whole")
    return rolled.sort(keys)


def _placed(observed: pl.DataFrame, level: str) -> pl.DataFrame:
    import polars as pl

    if level == "world":
        return observed.with_columns(area=pl.lit("world"))
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

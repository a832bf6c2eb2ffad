"""Adding up observations over offices to places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reporting.aggregate.focus_values import class_codes
from reporting.aggregate.observations import ORIGIN, PLACES, VALUES
from reporting.schema.model import Combines, Indicator, Measure

if TYPE_CHECKING:
    import polars as pl

COUNTS: Final = ("contributors", "not_available", "not_applicable", "approximate")
"""What a rolled-up value tells of those behind it."""
BEHIND: Final = "persons_behind"
"""The persons of concern of the offices with a known value; null where it is not asked for."""
NOT_STATED: Final = "not_stated"
"""The place or heading of what does not say where it belongs."""


def roll_up(
    observed: pl.DataFrame,
    indicator: Indicator,
    level: str,
    whole: pl.DataFrame | None = None,
    persons: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """One row an area and heading: ``area``, the headings, ``value``, ``items``, :data:`COUNTS` and :data:`BEHIND`.

    ``level`` is office, country, bureau or world. Values add up, but for an indicator that combines by its maximum;
    offices are counted once; a median is taken over all values of the place; ``items`` are the different answers of a
    list, or the class of a FOCUS score. A share is 100 times the sum over the sum of ``whole``, a ratio the sum over it, of those offices and
    countries where both are known; it is unknown where that is zero. At country level, what belongs to no single country
    is left out; an office of which nobody knows the bureau stands under :data:`NOT_STATED`. ``persons`` are the persons
    of concern by office, for bureau and world.
    """
    import polars as pl

    headings = headings_of(observed)
    keys = ["area", *headings]
    if whole is not None:
        observed = _pairs(observed, whole, headings, filtered=bool(indicator.where))
    stated = [pl.col(name).fill_null(NOT_STATED) for name in headings]
    located = placed(observed, level).with_columns(stated)
    rolled = located.group_by(keys).agg(_combined(indicator), _items(indicator), *_counts(), *_wholes(whole))
    rolled = _with_persons(rolled, located, keys, persons)
    if whole is not None:
        factor = 100 if indicator.measure is Measure.SHARE else 1
        quotient = pl.when(pl.col("whole") > 0).then(factor * pl.col("value") / pl.col("whole"))
        rolled = rolled.with_columns(value=quotient).drop("whole")
    if indicator.measure is Measure.CRITICALITY:
        known = pl.when(pl.col("value").is_not_null()).then(pl.concat_list(class_codes(pl.col("value"))))
        return rolled.with_columns(items=known.otherwise(pl.col("items")))
    return rolled


def _with_persons(
    rolled: pl.DataFrame, located: pl.DataFrame, keys: list[str], persons: pl.DataFrame | None
) -> pl.DataFrame:
    """The rolled-up values with the persons of concern of the offices behind each, every office once."""
    import polars as pl

    if persons is None:
        return rolled.with_columns(pl.lit(None, pl.Float64).alias(BEHIND))
    contributing = located.filter(pl.col("number").is_not_null()).select(*keys, pl.col("office").cast(pl.String))
    behind = contributing.unique().join(persons, on="office").group_by(keys).agg(pl.col("persons").sum().alias(BEHIND))
    return rolled.join(behind, on=keys, how="left")


def headings_of(observed: pl.DataFrame) -> list[str]:
    """The columns that break observations down."""
    return [name for name in observed.columns if name not in {*PLACES, *VALUES, *ORIGIN}]


def placed(observed: pl.DataFrame, level: str) -> pl.DataFrame:
    """The observations with the ``area`` they belong to at ``level``, without those that belong to none."""
    import polars as pl

    if level == "world":
        return observed.with_columns(area=pl.lit("world"))
    area = pl.col(level).cast(pl.String)
    if level == "bureau":
        return observed.with_columns(area=area.replace("", NOT_STATED))
    return observed.with_columns(area=area).filter(pl.col("area") != "")


def _pairs(observed: pl.DataFrame, whole: pl.DataFrame, headings: list[str], *, filtered: bool) -> pl.DataFrame:
    """Parts with their wholes, by office, country and heading; where one of the two is not known, neither counts.

    Where the parts are ``filtered`` rows, a whole of which no row meets the filter has a part of zero.
    """
    import polars as pl

    keys = [*PLACES, *headings]
    known = pl.when(pl.col("number").is_not_null().all()).then(pl.col("number").sum())
    values = (known, pl.col("text").first(), pl.col("missing").max(), pl.col("approximate").any())
    parts = observed.group_by(keys).agg(*values, pl.lit(value=True).alias("present"))
    wholes = whole.group_by(keys).agg(known.alias("whole"))
    paired = parts.join(wholes, on=keys, how="full" if filtered else "left", nulls_equal=True, coalesce=True)
    number = pl.when(pl.col("present").is_null()).then(0.0).otherwise(pl.col("number"))
    both = number.is_not_null() & pl.col("whole").is_not_null()
    return paired.with_columns(
        number=pl.when(both).then(number),
        whole=pl.when(both).then(pl.col("whole")),
        approximate=pl.col("approximate").fill_null(value=False),
    ).drop("present")


def _wholes(whole: pl.DataFrame | None) -> list[pl.Expr]:
    import polars as pl

    return [] if whole is None else [pl.col("whole").sum()]


def _combined(indicator: Indicator) -> pl.Expr:
    import polars as pl

    number = pl.col("number")
    match indicator.measure:
        case Measure.COUNT_OFFICES:
            combined = pl.col("office").filter(number.is_not_null()).n_unique().cast(pl.Float64)
        case Measure.LIST:
            combined = pl.col("text").drop_nulls().n_unique().cast(pl.Float64)
        case Measure.MEDIAN:
            combined = number.median()
        case Measure.CRITICALITY | Measure.ACHIEVEMENT:
            combined = number.mean()
        case _:
            combined = number.max() if indicator.combines is Combines.MAXIMUM else number.sum()
    return pl.when(number.is_not_null().any()).then(combined).alias("value")


def _items(indicator: Indicator) -> pl.Expr:
    import polars as pl

    if indicator.measure is Measure.LIST:
        return pl.col("text").drop_nulls().unique().sort().alias("items")
    return pl.lit([], pl.List(pl.String)).alias("items")


def _counts() -> list[pl.Expr]:
    import polars as pl

    return [
        pl.col("office").filter(pl.col("number").is_not_null()).n_unique().alias("contributors"),
        (pl.col("missing") == "..").any().alias("not_available"),
        (pl.col("missing") == "na").any().alias("not_applicable"),
        pl.col("approximate").any().alias("approximate"),
    ]

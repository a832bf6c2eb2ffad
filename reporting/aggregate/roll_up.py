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
    located = placed(observed, level).with_columns(*stated, *_marks())
    listed = [pl.col("text").drop_nulls().unique().sort().alias("items")] if indicator.measure is Measure.LIST else []
    behind = []
    if persons is not None:
        located, behind = located.join(persons, on="office", how="left"), [_persons_behind()]
    rolled = located.group_by(keys).agg(_combined(indicator), *listed, *_counts(level), *behind, *_wholes(whole))
    absent = [] if listed else [pl.lit([], pl.List(pl.String)).alias("items")]
    absent += [] if behind else [pl.lit(None, pl.Float64).alias(BEHIND)]
    rolled = rolled.with_columns(absent)
    if whole is not None:
        factor = 100 if indicator.measure is Measure.SHARE else 1
        quotient = pl.when(pl.col("whole") > 0).then(factor * pl.col("value") / pl.col("whole"))
        rolled = rolled.with_columns(value=quotient).drop("whole")
    if indicator.measure is Measure.CRITICALITY:
        known = pl.when(pl.col("value").is_not_null()).then(pl.concat_list(class_codes(pl.col("value"))))
        return rolled.with_columns(items=known.otherwise(pl.col("items")))
    return rolled


def _persons_behind() -> pl.Expr:
    """The persons of concern of the offices with a known value, every office once."""
    import polars as pl

    office = pl.col("known_office")
    return pl.col("persons").filter(office.is_not_null() & office.is_first_distinct()).sum().alias(BEHIND)


def headings_of(observed: pl.DataFrame) -> list[str]:
    """The columns that break observations down."""
    return [name for name in observed.columns if name not in {*PLACES, *VALUES, *ORIGIN}]


def placed(observed: pl.DataFrame, level: str) -> pl.DataFrame:
    """The observations with the ``area`` they belong to at ``level``, without those that belong to none."""
    import polars as pl

    if level == "world":
        return observed.with_columns(area=pl.lit("world"))
    area = pl.col(level)
    if not isinstance(observed.schema[level], pl.Enum):
        area = area.cast(pl.String)
    if level == "bureau":
        return observed.with_columns(area=pl.when(area == "").then(pl.lit(NOT_STATED)).otherwise(area))
    return observed.with_columns(area=area).filter(area != "")


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
            combined = _known_offices().cast(pl.Float64)
        case Measure.LIST:
            combined = pl.col("text").drop_nulls().n_unique().cast(pl.Float64)
        case Measure.MEDIAN:
            combined = number.median()
        case Measure.CRITICALITY | Measure.ACHIEVEMENT:
            combined = number.mean()
        case _:
            combined = number.max() if indicator.combines is Combines.MAXIMUM else number.sum()
    return pl.when(number.count() > 0).then(combined).alias("value")


def _marks() -> list[pl.Expr]:
    """Columns that :func:`_counts` counts: marked before grouping, which is several times faster than within each group."""
    import polars as pl

    return [
        pl.when(pl.col("number").is_not_null()).then(pl.col("office")).alias("known_office"),
        (pl.col("missing") == "..").alias("not_available"),
        (pl.col("missing") == "na").alias("not_applicable"),
    ]


def _known_offices() -> pl.Expr:
    """The number of offices with a known value."""
    import polars as pl

    office = pl.col("known_office")
    return office.n_unique() - (office.null_count() > 0)


def _counts(level: str) -> list[pl.Expr]:
    import polars as pl

    known = (pl.col("known_office").count() > 0).cast(pl.UInt32) if level == "office" else _known_offices()
    marks = [pl.col(name).any() for name in ("not_available", "not_applicable", "approximate")]
    return [known.cast(pl.UInt32).alias("contributors"), *marks]

"""Impact indicators as observations, so that FOCUS scores are figures like any other: by place, in every output, traced to cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from reporting.aggregate.focus import ACCEPTABLE_FROM, CRITICAL_BELOW, WEIGHTS, Criticality
from reporting.schema.model import FOCUS_HEADINGS, ImpactIndicator, Indicator, Measure, Schema

if TYPE_CHECKING:
    import polars as pl

    from reporting.aggregate.observations import FactsById

_NEEDED: Final = ("office", "country", "bureau", "number", "text", "missing", "approximate")
"""The columns of facts that figures need; a trace has them all."""
_ITEM: Final = ("office", "impact_indicator")
_KEPT: WeakKeyDictionary[FactsById, dict[Measure, pl.DataFrame]] = WeakKeyDictionary()
"""Several figures draw on the same observations: they are made once as long as the facts are at hand."""
_USES_FOCUS: Final = "cover.uses_focus"


def focus_observations(facts: FactsById, indicator: Indicator, schema: Schema, *, origin: bool = False) -> pl.DataFrame:
    """One row an impact indicator of an office: its facts of the year end, with the columns :data:`FOCUS_HEADINGS`.

    ``number`` is the weight of the value's class, or its achievement from 0 to 100, or 1 where values are counted; null
    where it cannot be told: then ``missing`` says why, ``na`` where the office does not use FOCUS or the area does not
    apply. ``text``, with ``origin`` only, is the value with its class, or baseline, target and year-end value. Indicators
    that stay out of criticality (FORM 3) stay out here. The formulas are those of :mod:`reporting.aggregate.focus`.
    """
    import polars as pl

    kind = Measure.ACHIEVEMENT if indicator.measure is Measure.ACHIEVEMENT else Measure.CRITICALITY
    if origin:
        made = _observed(facts, kind, schema, origin=True)
    else:
        kept = _KEPT.setdefault(facts, {})
        made = kept[kind] if kind in kept else kept.setdefault(kind, _observed(facts, kind, schema, origin=False))
    if indicator.measure is Measure.COUNT_VALUES:
        return made.filter(pl.col("number").is_not_null()).with_columns(number=pl.lit(1.0))
    return made


def _observed(facts: FactsById, kind: Measure, schema: Schema, *, origin: bool) -> pl.DataFrame:
    import polars as pl

    items = [item for item in schema.impact_indicators.values() if item.in_criticality]
    if not items:
        return facts.nothing.with_columns(pl.lit(None, pl.String).alias(name) for name in FOCUS_HEADINGS)
    values = _asked(_values(facts, items, "year_end"), facts, schema)
    if kind is Measure.ACHIEVEMENT:
        return _achieved(values, facts, items, origin=origin)
    return _judged(values, origin=origin)


def class_codes(score: pl.Expr) -> pl.Expr:
    """The class of a score, null without one; :func:`reporting.aggregate.focus.class_of` for a column."""
    import polars as pl

    middle = pl.when(score < CRITICAL_BELOW).then(pl.lit(str(Criticality.CRITICAL))).otherwise(pl.lit(_MIDDLE))
    judged = pl.when(score >= ACCEPTABLE_FROM).then(pl.lit(str(Criticality.ACCEPTABLE))).otherwise(middle)
    return pl.when(score.is_not_null()).then(judged)


def heading_codes(schema: Schema, heading: str) -> list[str]:
    """The codes of one of :data:`FOCUS_HEADINGS`, in the order of the form."""
    match heading:
        case "category":
            return [category.id for category in schema.categories]
        case "impact_area":
            return [area.id for _, area in schema.areas]
        case "situation":
            return [str(item) for item in Criticality]
        case _:
            return list(schema.impact_indicators)


_MIDDLE: Final = str(Criticality.NOT_ACCEPTABLE)


def _values(facts: FactsById, items: Sequence[ImpactIndicator], part: str) -> pl.DataFrame:
    """The facts of one of the three values of all ``items``, each with its indicator's thresholds.

    ``sign`` is -1 where less is better: thresholds and values times the sign are those of an ordinary indicator.
    """
    import polars as pl

    frames = []
    for item in items:
        sign = -1.0 if item.reversed else 1.0
        marks: dict[str, float | str] = {"sign": sign, "green": sign * item.green, "red": sign * item.red}
        marks |= {"impact_indicator": item.id, "impact_area": item.id.rpartition(".")[0]}
        marks |= {"category": item.id.partition(".")[0]}
        columns = [pl.lit(mark).alias(name) for name, mark in marks.items()]
        frames.append(facts.of(f"{item.id}.{part}").with_columns(columns))
    return pl.concat(frames)


def _asked(values: pl.DataFrame, facts: FactsById, schema: Schema) -> pl.DataFrame:
    """The values, a blank one ``na`` where nothing was asked: the office does not use FOCUS, or the area does not apply."""
    import polars as pl

    no = pl.col("text") == "no"
    strangers = facts.of(_USES_FOCUS).filter(no)["office"].cast(pl.String).unique()
    areas = [facts.of(f"{area.id}.applicable").filter(no) for _, area in schema.areas if area.indicators]
    applicable = pl.concat(areas).select(pl.col("office").cast(pl.String), area=pl.col("id").cast(pl.String))
    idle = applicable.select(pl.concat_str("office", pl.lit(" "), pl.col("area").str.strip_suffix(".applicable")))
    office = pl.col("office").cast(pl.String)
    key = pl.concat_str(office, pl.lit(" "), pl.col("impact_area"))
    unasked = (pl.col("missing").cast(pl.String) == "blank") & (
        office.is_in(strangers.implode()) | key.is_in(idle.to_series().implode())
    )
    missing = pl.when(unasked).then(pl.lit("na")).otherwise(pl.col("missing").cast(pl.String))
    return values.with_columns(missing=missing.cast(pl.Categorical))


def _judged(values: pl.DataFrame, *, origin: bool) -> pl.DataFrame:
    """Values with their class as ``situation``, and its weight in place of the number."""
    import polars as pl

    value = pl.col("sign") * pl.col("number")
    middle = pl.when(value < pl.col("red")).then(pl.lit(str(Criticality.CRITICAL))).otherwise(pl.lit(_MIDDLE))
    judged = pl.when(value >= pl.col("green")).then(pl.lit(str(Criticality.ACCEPTABLE))).otherwise(middle)
    told = values.with_columns(situation=pl.when(value.is_not_null()).then(judged))
    weights = {str(code): weight for code, weight in WEIGHTS.items()}
    if origin:
        told = told.with_columns(text=pl.format("{} ({})", _plain("number"), "situation"))
    return told.with_columns(
        number=pl.col("situation").replace_strict(weights, default=None, return_dtype=pl.Float64),
    )


def _achieved(
    values: pl.DataFrame, facts: FactsById, items: Sequence[ImpactIndicator], *, origin: bool
) -> pl.DataFrame:
    """Values with their achievement, within 0 and 100, in place of the number; the cells are those of all three values."""
    import polars as pl

    found = values.with_columns(situation=pl.lit(None, pl.String))
    for part in ("target", "baseline"):
        given = (
            pl.col("number").alias(part),
            pl.col("missing").alias(f"no_{part}"),
            *([pl.col("cell").alias(f"at_{part}")] if origin else []),
        )
        found = found.join(_values(facts, items, part).select(*_ITEM, *given), on=_ITEM, how="left")
    sign, start, goal, end = (pl.col(name) for name in ("sign", "baseline", "target", "number"))
    kept = pl.when(sign * end >= sign * goal).then(100.0).otherwise(0.0)
    gone = (100 * (end - start) / (goal - start)).clip(0, 100)
    percent = pl.when(sign * goal <= sign * start).then(kept).otherwise(gone)
    known = start.is_not_null() & goal.is_not_null() & end.is_not_null()
    if origin:
        told = pl.format(
            "baseline {}, target {}, year end {}: {} %", *map(_plain, ("baseline", "target", "number")), _round(percent)
        )
        cells = pl.concat_str("at_baseline", "at_target", pl.col("cell").cast(pl.String), separator=" ")
        found = found.with_columns(cell=cells, text=told)
    return found.with_columns(
        number=pl.when(known).then(percent),
        missing=pl.coalesce("missing", "no_target", "no_baseline"),
    )


def _round(percent: pl.Expr) -> pl.Expr:
    """A percentage as text, with one decimal at most."""
    import polars as pl

    return percent.round(1).cast(pl.String).str.replace(r"\.0$", "")


def _plain(column: str) -> pl.Expr:
    """A number as text, whole ones without a decimal point."""
    import polars as pl

    return pl.col(column).cast(pl.String).str.replace(r"\.0$", "")

"""The values an indicator draws on, each with its place and the headings it is broken down by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reporting.aggregate.facts import SEPARATOR
from reporting.aggregate.filters import columns_of, polars_filter
from reporting.schema.expressions import parse
from reporting.schema.model import NUMERIC, Indicator, Measure, Part, Schema, Table

if TYPE_CHECKING:
    import polars as pl

PLACES: Final = ("office", "country", "bureau")
_ROW: Final = ("sha256", "table", "row")
ANSWER: Final = "answer"
"""The heading of a breakdown by the answer itself."""


def observations(facts: pl.DataFrame, indicator: Indicator, schema: Schema) -> pl.DataFrame:
    """One row a value: office, country, bureau, a column a heading, ``number``, ``missing``, ``approximate``.

    ``number`` is null where the value is missing. Where an office gives several answers to one question, each is a row.
    """
    import polars as pl

    parts = indicator.parts or (Part(draws_on=indicator.draws_on, dimensions={}),)
    return pl.concat([_of_part(facts, indicator, part, schema) for part in parts])


def _of_part(facts: pl.DataFrame, indicator: Indicator, part: Part, schema: Schema) -> pl.DataFrame:
    import polars as pl

    table = schema.tables_by_id.get(part.draws_on.partition(".")[0])
    if table is None:
        found = facts.filter(pl.col("id") == part.draws_on)
    elif indicator.measure is Measure.COUNT_ROWS:
        found = _rows(facts, table)
    else:
        found = facts.filter(pl.col("id") == part.draws_on)
    if table is not None:
        found = _with_headings(found, facts, indicator, table)
    if ANSWER in indicator.by:
        found = found.with_columns(pl.col("text").str.split(SEPARATOR).alias(ANSWER)).explode(ANSWER)
    if indicator.measure is not Measure.SUM and indicator.measure is not Measure.SHARE:
        found = found.with_columns(number=pl.when(pl.col("text").is_not_null()).then(1.0))
    headings = [pl.lit(code).alias(name) for name, code in part.dimensions.items()]
    return found.select(*PLACES, *indicator.by, *headings, "number", "missing", "approximate")


def _rows(facts: pl.DataFrame, table: Table) -> pl.DataFrame:
    """One fact a row of the table: what is counted is the row."""
    import polars as pl

    rows = facts.filter(pl.col("table") == table.id).unique(_ROW, keep="first", maintain_order=True)
    return rows.with_columns(text=pl.lit("row"), number=pl.lit(None, pl.Float64), missing=pl.lit(None, pl.String))


def _with_headings(found: pl.DataFrame, facts: pl.DataFrame, indicator: Indicator, table: Table) -> pl.DataFrame:
    """The facts with the columns of their row that the indicator is broken down or filtered by."""
    condition = parse(indicator.where) if indicator.where else None
    headings = [name for name in indicator.by if name != ANSWER]
    needed = list(dict.fromkeys([*headings, *(columns_of(condition) if condition else ())]))
    for name in needed:
        found = found.join(_column(facts, table, name), on=_ROW, how="left")
    if condition is not None:
        found = found.filter(polars_filter(condition, table))
    return _named(found, table, headings)


def _column(facts: pl.DataFrame, table: Table, name: str) -> pl.DataFrame:
    import polars as pl

    of_column = facts.filter(pl.col("id") == f"{table.id}.{name}")
    return of_column.select(*_ROW, pl.col("number").alias(f"number.{name}"), pl.col("text").alias(f"text.{name}"))


def _named(found: pl.DataFrame, table: Table, headings: list[str]) -> pl.DataFrame:
    """Headings under their own names, in place of facts' columns so called (the row's country is its place already)."""
    import polars as pl

    kind = {name: "number" if table.by_name[name].type in NUMERIC else "text" for name in headings}
    return found.with_columns(
        pl.col(f"{kind[name]}.{name}").cast(pl.String).alias(name) for name in headings if name not in PLACES
    )

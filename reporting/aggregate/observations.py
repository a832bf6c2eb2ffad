"""The values an indicator draws on, each with its place and the headings it is broken down by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from reporting.aggregate.facts import SEPARATOR
from reporting.aggregate.filters import columns_of, polars_filter
from reporting.aggregate.focus_values import focus_observations
from reporting.schema.expressions import parse
from reporting.schema.model import NUMERIC, FieldType, Indicator, Measure, Part, Schema, Table

if TYPE_CHECKING:
    import polars as pl

PLACES: Final = ("office", "country", "bureau")
VALUES: Final = ("number", "text", "missing", "approximate")
ORIGIN: Final = ("id", "sheet", "cell", "given_by", "sha256")
"""Where a value comes from; only a trace asks for it."""
ANSWER: Final = "answer"
"""The heading of a breakdown by the answer itself."""
_ROW: Final = ("office", "row")
"""What tells rows of one table apart: an office has one return in the figures."""


@dataclass(frozen=True, eq=False)
class FactsById:
    """Facts sorted into one frame an id, so that an indicator looks only at its own; ``nothing`` is a frame without rows."""

    frames: Mapping[str, pl.DataFrame]
    nothing: pl.DataFrame

    def of(self, identifier: str) -> pl.DataFrame:
        """The facts of a field, or of a column of a table."""
        return self.frames.get(identifier, self.nothing)

    def rows(self, table: Table) -> pl.DataFrame:
        """One fact a row of the table, the first cell with an answer: what is counted is the row."""
        import polars as pl

        cells = pl.concat([self.of(column.id) for column in table.columns])
        answered = cells.sort(pl.col("missing").is_not_null(), maintain_order=True)
        return answered.unique(_ROW, keep="first", maintain_order=True).sort(_ROW)


def by_id(facts: pl.DataFrame) -> FactsById:
    """The facts, by their ids."""
    parts = facts.partition_by("id", as_dict=True)
    return FactsById({str(key[0]): frame for key, frame in parts.items()}, facts.clear())


def observations(facts: FactsById, indicator: Indicator, schema: Schema, *, origin: bool = False) -> pl.DataFrame:
    """One row a value: office, country, bureau, a column a heading, and :data:`VALUES`; with ``origin`` also :data:`ORIGIN`.

    ``number`` is what counts for the figure, null where the value is missing. Where an office gives several answers to
    one question, each is a row.
    """
    import polars as pl

    if indicator.measure.of_focus:
        seen = focus_observations(facts, indicator, schema, origin=origin)
        return seen.select(*PLACES, *indicator.by, *VALUES, *(ORIGIN if origin else ()))
    parts = indicator.parts or (Part(draws_on=indicator.draws_on, dimensions={}),)
    return pl.concat([_of_part(facts, indicator, part, schema, origin=origin) for part in parts])


def ids_behind(indicators: Iterable[Indicator], schema: Schema) -> frozenset[str]:
    """The ids of all facts that indicators look at: those they ask for when there are none."""
    import polars as pl

    asked: set[str] = set()
    texts = dict.fromkeys((*PLACES, "id", "missing"), pl.Categorical())
    types = {**texts, "row": pl.Int32(), "number": pl.Float64(), "text": pl.String(), "approximate": pl.Boolean()}
    empty = FactsById(_Asked(asked), pl.DataFrame(schema=types))
    for indicator in indicators:
        for source in (indicator, whole_of(indicator)):
            if source is not None:
                observations(empty, source, schema)
    return frozenset(asked)


class _Asked(dict[str, "pl.DataFrame"]):
    """No facts, and a note of every id that was asked for."""

    def __init__(self, asked: set[str]) -> None:
        super().__init__()
        self._asked = asked

    def get(self, key: str, default: Any = None, /) -> Any:
        self._asked.add(key)
        return default


def whole_of(indicator: Indicator) -> Indicator | None:
    """The indicator of what a share or ratio is set against; None for any other."""
    if not indicator.measure.has_whole:
        return None
    return replace(indicator, draws_on=indicator.of, parts=(), where=indicator.of_where, measure=Measure.SUM)


def _of_part(facts: FactsById, indicator: Indicator, part: Part, schema: Schema, *, origin: bool) -> pl.DataFrame:
    import polars as pl

    table = schema.tables_by_id.get(part.draws_on.partition(".")[0])
    count_rows = table is not None and indicator.measure is Measure.COUNT_ROWS
    found = facts.rows(table) if table is not None and count_rows else facts.of(part.draws_on)
    if table is not None:
        found = _with_headings(found, facts, indicator, table)
    if ANSWER in indicator.by:
        found = found.with_columns(pl.col("text").str.split(SEPARATOR).alias(ANSWER)).explode(ANSWER)
    if count_rows:
        found = found.with_columns(number=1.0, missing=pl.lit(None, pl.Categorical))
    elif indicator.measure in {Measure.COUNT_OFFICES, Measure.LIST}:
        answered = pl.col("text").is_not_null() | pl.col("number").is_not_null()
        found = found.with_columns(number=pl.when(answered).then(1.0))
    headings = [pl.lit(code).alias(name) for name, code in part.dimensions.items()]
    return found.select(*PLACES, *indicator.by, *headings, *VALUES, *(ORIGIN if origin else ()))


def _with_headings(found: pl.DataFrame, facts: FactsById, indicator: Indicator, table: Table) -> pl.DataFrame:
    """The facts with the columns of their row that the indicator is broken down or filtered by."""
    for name in _needed(indicator):
        found = found.join(_column(facts, table, name), on=_ROW, how="left")
    if indicator.where:
        found = found.filter(polars_filter(parse(indicator.where), table))
    return _named(found, table, _headings(indicator))


def _headings(indicator: Indicator) -> list[str]:
    """The columns of the row by which the indicator is broken down."""
    return [name for name in indicator.by if name != ANSWER]


def _needed(indicator: Indicator) -> list[str]:
    """These, and the columns by which it is filtered."""
    filtered = columns_of(parse(indicator.where)) if indicator.where else ()
    return list(dict.fromkeys([*_headings(indicator), *filtered]))


def _column(facts: FactsById, table: Table, name: str) -> pl.DataFrame:
    import polars as pl

    values = (pl.col("number").alias(f"number.{name}"), pl.col("text").alias(f"text.{name}"))
    return facts.of(f"{table.id}.{name}").select(*_ROW, *values)


def _named(found: pl.DataFrame, table: Table, headings: list[str]) -> pl.DataFrame:
    """Headings under their own names, in place of facts' columns so called (the row's country is its place already).

    A row with several choices stands under each of them.
    """
    import polars as pl

    kind = {name: "number" if table.by_name[name].type in NUMERIC else "text" for name in headings}
    named = found.with_columns(
        pl.col(f"{kind[name]}.{name}").cast(pl.String).alias(name) for name in headings if name not in PLACES
    )
    for name in headings:
        if table.by_name[name].type is FieldType.CHOICES:
            named = named.with_columns(pl.col(name).str.split(SEPARATOR)).explode(name)
    return named

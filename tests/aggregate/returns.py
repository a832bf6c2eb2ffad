"""Small returns for the tests of this folder, built without a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from reporting import checked
from reporting.aggregate.figures import Level, figures
from reporting.aggregate.observations import by_id
from reporting.aggregate.trace import TracedFigure, Tracer
from reporting.findings import FileResult, Verdict
from reporting.schema.compiled import load_schema
from reporting.schema.model import Indicator, Schema
from reporting.workbook.answers import Answer, Missing, Return, Row, Value

SCHEMA = load_schema("apr-2008")
Given = Value | None


def answer(value: Given, cell: str = "C4") -> Answer:
    """An answer: a value, ``..`` or ``na``, or None for a blank."""
    if value is None:
        return Answer("Sheet", (cell,))
    if value in ("..", "na"):
        return Answer("Sheet", (cell,), None, Missing(str(value)), str(value))
    return Answer("Sheet", (cell,), value, None, str(value))


def return_of(
    office: str,
    populations: Sequence[Mapping[str, Given]] = (),
    *,
    countries: tuple[str, ...] = (),
    cleared: date | None = None,
    path: str = "",
    fields: Mapping[str, Given] | None = None,
    **tables: Sequence[Mapping[str, Given]],
) -> Return:
    """A return of 2008."""
    given: dict[str, Given] = {"cover.countries": countries or (office,), "cover.cleared_on": cleared, **(fields or {})}
    rows = {"populations": populations, **tables}
    return Return(
        path=path or f"{office}-2008.xlsx",
        sha256=f"hash of {path or office}",
        schema_id=SCHEMA.id,
        office=office,
        year=2008,
        language="en",
        fields={name: answer(value) for name, value in given.items()},
        impact={},
        tables={
            table: tuple(
                Row("Sheet", number, {name: answer(value, f"{name}{number}") for name, value in row.items()})
                for number, row in enumerate(records, start=5)
            )
            for table, records in rows.items()
        },
    )


def result_of(returned: Return, verdict: Verdict = Verdict.ACCEPTED) -> FileResult:
    """The outcome of validating a return."""
    return replace(checked.result_of(Path(returned.path), returned, ()), verdict=verdict)


def stock(country: str, group: str, closing: Given, **others: Given) -> dict[str, Given]:
    """A row of the populations table."""
    return {"country": country, "group": group, "closing": closing, **others}


def trace_of(
    facts: pl.DataFrame,
    schema: Schema,
    indicator: Indicator,
    level: Level,
    results: Iterable[FileResult] = (),
    area: str | None = None,
) -> list[TracedFigure]:
    """The figures of an indicator, or of one area, each with the values behind it."""
    made = figures(facts, schema, [level], [indicator.id]).select(indicator.id, level, area)
    return Tracer(by_id(facts), schema, results).trace(indicator, level, made)

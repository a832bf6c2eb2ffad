"""``apr trace``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reporting.cli.destination import write_result
from reporting.cli.folder_options import chosen_indicators, folder_options
from reporting.cli.progress import progress_bar
from reporting.errors import UsageError
from reporting.findings import printable

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reporting.aggregate.trace import Contribution, TracedFigure
    from reporting.cache import Cache
    from reporting.schema.model import Indicator, Schema


@click.command("trace")
@click.argument("asked", metavar="INDICATOR")
@folder_options
@click.option(
    "--by",
    type=click.Choice(["office", "country", "bureau", "world"]),
    default="world",
    show_default=True,
    help="The places of the figures.",
)
@click.option("--area", help="Only the figures of this office, country or bureau.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to stdout.")
def command(
    *,
    asked: str,
    folder: Path,
    year: int | None,
    register: Path | None,
    jobs: int | None,
    cache: Cache | None,
    executor: Executor | None,
    by: str,
    area: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Lead from a figure back to the cells it is made of.

    INDICATOR is the id of an indicator, or of one figure as reports and exports print it, which names its place, too.
    Each value comes with its office, file, sheet and cell, and with what was found there and how it was explained.
    What an office wrote in its own words is not repeated.

    \b
      apr trace trafficking.victims sample_submissions/fictional/2008
      apr trace trafficking.victims_by_sex/bureau/isles/sex=f sample_submissions/fictional/2008
      apr trace populations.closing returns/2008 --by bureau --area africa --format csv -o trail.csv
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    from reporting.aggregate.exports.csv_file import csv_text
    from reporting.aggregate.exports.documents import json_text, trace_document
    from reporting.aggregate.exports.tables import trace_table
    from reporting.aggregate.figure_ids import FigureId, parse_figure_id
    from reporting.aggregate.figures import Level
    from reporting.checked import Wanted
    from reporting.pipeline import collect

    wanted = parse_figure_id(asked) if "/" in asked else FigureId(asked, Level(by), area or "", {})
    if "/" in asked and area is not None:
        raise UsageError(f"“{asked}” names its area already: leave out --area")
    with progress_bar("Reading returns") as progress:
        collection = collect(
            folder,
            register=register,
            year=year,
            jobs=jobs,
            progress=progress,
            cache=cache,
            executor=executor,
            wanted=Wanted.FACTS,
        )
    chosen = chosen_indicators([wanted.indicator], collection.schema)[0]
    if wanted.area and wanted.area not in collection.areas(wanted.level):
        known = ", ".join(collection.areas(wanted.level))
        raise UsageError(f"“{wanted.area}” is no {wanted.level} of these returns; there are: {known}")
    made = collection.figures_at(wanted.level, [chosen])
    every = [item for item in collection.traced(made, wanted.level) if wanted.area in {"", item.figure.area}]
    traced = [item for item in every if wanted.covers(item.figure.dimensions)]
    if every and not traced:
        there = ", ".join(item.figure.id for item in every[:8])
        raise UsageError(f"there is no figure “{asked}” in these returns; there are: {there}")
    match form:
        case "json":
            text = json_text(trace_document(chosen, traced))
        case "csv":
            text = csv_text(trace_table(traced, collection.folder))
        case _:
            text = "\n".join(_lines(chosen, traced, collection.schema)) + "\n"
    write_result(text, output)


def _lines(indicator: Indicator, traced: Sequence[TracedFigure], schema: Schema) -> Iterator[str]:
    from reporting.aggregate.exports.tables import dimensions_text
    from reporting.schema.descriptions import description_of

    yield f"{indicator.id}: {indicator.label}" + (f" ({indicator.unit})" if indicator.unit else "")
    yield description_of(indicator, schema)
    if indicator.caution:
        yield indicator.caution
    if not traced:
        yield "No return says anything about it."
    for item in traced:
        figure = item.figure
        value = f"{figure.value:,.10g}" if figure.value is not None else str(figure.status).replace("_", " ")
        about = "about " if figure.approximate and figure.value is not None else ""
        yield ""
        yield "  ".join(part for part in (figure.area, dimensions_text(figure), f"{about}{value}") if part)
        for one in item.contributions:
            yield f"  {_value(one):>12}  {one.office:4}  {printable(one.path)}  {one.sheet}!{one.cell}" + _remarks(one)


def _value(one: Contribution) -> str:
    if one.number is None:
        return {"blank": "(blank)"}.get(one.missing, one.missing)
    sign = "/ " if one.role == "whole" else ""
    return sign + (one.answer or f"{one.number:,.15g}")


def _remarks(one: Contribution) -> str:
    remarks = [*one.findings]
    if one.approximate:
        remarks.insert(0, "approximate")
    if one.given_by != "office":
        remarks.insert(0, "given by headquarters")
    return f"  [{'; '.join(remarks)}]" if remarks else ""

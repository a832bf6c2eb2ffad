"""``apr compare``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reporting.cli.destination import write_result
from reporting.cli.folder_options import chosen_indicators, folder_options
from reporting.cli.progress import progress_bar

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reporting.aggregate.changes import Change, Changes
    from reporting.cache import Cache


@click.command("compare")
@folder_options
@click.option(
    "--previous",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="The folder of an earlier year's returns.",
)
@click.option(
    "--by", type=click.Choice(["office", "country", "bureau", "world"]), required=True, help="The places to give."
)
@click.option("--indicator", "indicators", multiple=True, help="Only this figure; may be given several times.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to stdout.")
def command(
    *,
    folder: Path,
    year: int | None,
    register: Path | None,
    jobs: int | None,
    cache: Cache | None,
    executor: Executor | None,
    previous: Path,
    by: str,
    indicators: tuple[str, ...],
    form: str,
    output: Path | None,
) -> None:
    """Say what changed since an earlier year, like with like.

    Only what an office gave in both years is compared; the figures over all offices stand beside it, and every break in the
    series is named. Which figures of two forms correspond is said in the schema.

    \b
      apr compare sample_submissions/2008 --previous sample_submissions/2007 --by bureau
      apr compare returns/2008 --previous returns/2007 --by office --indicator populations.closing --format csv
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    from reporting.aggregate.changes import changes
    from reporting.aggregate.exports.changes import changes_document, changes_table
    from reporting.aggregate.exports.csv_file import csv_text
    from reporting.aggregate.exports.documents import json_text
    from reporting.aggregate.figures import Level
    from reporting.checked import Wanted
    from reporting.pipeline import collect

    reading = partial(collect, jobs=jobs, cache=cache, executor=executor, wanted=Wanted.FACTS)
    with progress_bar("Reading returns") as progress:
        collection = reading(folder, register=register, year=year, progress=progress)
    with progress_bar("Reading earlier returns") as progress:
        earlier = reading(previous, progress=progress)
    chosen = [item.id for item in chosen_indicators(indicators, collection.schema)] or None
    made = changes(collection, earlier, [Level(by)], chosen)
    match form:
        case "json":
            text = json_text(changes_document(made))
        case "csv":
            text = csv_text(changes_table(made))
        case _:
            text = "\n".join(_lines(made)) + "\n"
    write_result(text, output)


def _lines(made: Changes) -> Iterator[str]:
    yield f"From {made.before} ({made.forms[0]}) to {made.year} ({made.forms[1]}): {made.same} offices in both years"
    if made.gained:
        yield f"Only in {made.year}: {', '.join(made.gained)}"
    if made.lost:
        yield f"Only in {made.before}: {', '.join(made.lost)}"
    if not made.series:
        yield "The two forms share none of these figures."
    for series in made.series:
        found = [item for item in made.select(series.indicator.id) if (item.all_before, item.all_now) != (None, None)]
        yield ""
        yield f"{series.indicator.id}: {series.indicator.label} ({series.indicator.unit})"
        if series.indicator.caution:
            yield series.indicator.caution
        yield from _rows(found, made) if found else ["No return of either year gives it."]


def _rows(found: Sequence[Change], made: Changes) -> Iterator[str]:
    heads = ("", str(made.before), str(made.year), "change", "", "offices", f"all {made.before}", f"all {made.year}")
    rows = [heads, *(_cells(item) for item in found)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(heads))]
    for row in rows:
        first, *rest = (
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(["", first, *rest]).rstrip()
    named = {item.text: None for change in found for item in change.breaks if item.kind != "offices"}
    yield from (f"  ! {text}" for text in named)


def _cells(item: Change) -> tuple[str, ...]:
    from reporting.aggregate.exports.changes import place_of

    signed = "" if item.difference is None else f"{item.difference:+,.10g}"
    percent = "" if item.percentage is None else f"{item.percentage:+.1f} %"
    return (
        place_of(item),
        _told(item.before, approximate=item.approximate_before),
        _told(item.now, approximate=item.approximate_now),
        signed,
        percent,
        str(item.offices),
        _told(item.all_before, approximate=item.all_approximate_before),
        _told(item.all_now, approximate=item.all_approximate_now),
    )


def _told(value: float | None, *, approximate: bool) -> str:
    return f"about {_plain(value)}" if approximate and value else _plain(value)


def _plain(value: float | None) -> str:
    return ".." if value is None else f"{value:,.10g}"

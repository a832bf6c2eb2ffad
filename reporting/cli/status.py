"""``apr status``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reporting.cli.destination import write_result
from reporting.cli.folder_options import folder_options
from reporting.cli.progress import progress_bar
from reporting.findings import printable

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reporting.aggregate.status import Standing, Status
    from reporting.cache import Cache


@click.command("status")
@folder_options
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to stand on: what is overdue then, and what had not come yet.",
)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to stdout.")
def command(
    *,
    folder: Path,
    year: int | None,
    register: Path | None,
    jobs: int | None,
    cache: Cache | None,
    executor: Executor | None,
    as_of: datetime | None,
    form: str,
    output: Path | None,
) -> None:
    """Say who has sent what, by bureau, with the queries that are open and what is to be done next.

    \b
      apr status returns/2008 --as-of 2009-03-01
      apr status returns/2008 --as-of 2009-03-01 --format html -o status.html
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    from reporting.aggregate.exports.documents import json_text
    from reporting.aggregate.exports.status_page import status_document, status_html
    from reporting.aggregate.status import status_of
    from reporting.checked import Wanted
    from reporting.pipeline import collect

    with progress_bar("Reading returns") as progress:
        collection = collect(
            folder,
            register=register,
            year=year,
            jobs=jobs,
            progress=progress,
            cache=cache,
            executor=executor,
            wanted=Wanted.RESULT,
        )
    status = status_of(collection.coverage, collection.results, as_of.date() if as_of else None)
    match form:
        case "json":
            text = json_text(status_document(status))
        case "html":
            names = {code.code: code.label for code in collection.schema.codes["bureaus"].codes}
            text = status_html(status, names, fictional=collection.fictional)
        case _:
            text = _text(status)
    write_result(text, output)


def _text(status: Status) -> str:
    coverage = status.coverage
    day = f", as of {status.as_of.isoformat()}" if status.as_of else ""
    lines = [f"Returns of {coverage.year}: {coverage.used()} of {coverage.expected()} in the figures{day}"]
    if not coverage.registered:
        lines.append("There is no register, so nobody can say which returns are missing.")
    if status.next_due:
        lines.append(f"The next is due on {status.next_due.isoformat()}.")
    lines += ["", *_by_bureau(status)]
    if coverage.nil():
        lines += ["", f"Nil on trafficking (assessed, none found): {coverage.nil()}"]
    if coverage.unexpected():
        extra = ", ".join(row.office for row in coverage.rows if row.state.counts and not row.owed)
        lines += ["", f"In the figures, though not in the register: {extra}"]
    if todo := [item for item in status.standings if item.next_step]:
        lines += ["", "To be done:", *map(_line, todo)]
    if replaced := [item for item in status.standings if not item.next_step and not item.row.state.counts]:
        lines += ["", "Replaced by a later return:", *map(_line, replaced)]
    for country, offices in coverage.covered_twice.items():
        lines.append(f"{country} is covered by {' and '.join(offices)}; it is counted once.")
    return "\n".join(lines) + "\n"


def _by_bureau(status: Status) -> Iterator[str]:
    from reporting.aggregate.coverage import State

    coverage = status.coverage
    shown = [state for state in State if coverage.counts()[state]]
    width = max((len(row) for row in (*coverage.bureaus, "bureau")), default=0)
    heads = [*(str(state).replace("_", " ") for state in shown), "overdue", "queries open"]
    yield f"{'bureau':{width}}  {'used':>9}  " + "  ".join(heads)
    for bureau, standings in status.by_bureau.items():
        counts = coverage.counts(bureau)
        numbers = [counts[state] for state in shown]
        numbers += [sum(item.overdue is not None for item in standings), sum(item.queries for item in standings)]
        cells = "  ".join(f"{number or '–':>{len(head)}}" for number, head in zip(numbers, heads, strict=True))
        yield f"{bureau:{width}}  {coverage.used(bureau):>3} of {coverage.expected(bureau):<3}  {cells}"


def _line(item: Standing) -> str:
    row = item.row
    return f"  {row.office or '?':4} {row.state!s:11} {printable(row.path) or row.label}" + (
        f": {item.next_step}" if item.next_step else ""
    )

"""``apr status``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reporting.cli.folder_options import folder_options, write_result
from reporting.cli.progress import progress_bar

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reporting.aggregate.coverage import Coverage
    from reporting.cache import Cache


@click.command("status")
@folder_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to stdout.")
def command(
    *,
    folder: Path,
    year: int | None,
    register: Path | None,
    jobs: int | None,
    cache: Cache | None,
    executor: Executor | None,
    form: str,
    output: Path | None,
) -> None:
    """Say who has sent what, by bureau.

    \b
      apr status returns/2008
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    from reporting.aggregate.exports.documents import coverage_document, json_text
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
        coverage = collection.coverage
    write_result(json_text(coverage_document(coverage)) if form == "json" else _text(coverage), output)


def _text(coverage: Coverage) -> str:
    from reporting.aggregate.coverage import State

    shown = [state for state in State if coverage.counts()[state]]
    width = max((len(row) for row in (*coverage.bureaus, "bureau")), default=0)
    heads = [str(state).replace("_", " ") for state in shown]
    lines = [f"Returns of {coverage.year}: {coverage.used()} of {coverage.expected()} in the figures"]
    if not coverage.registered:
        lines.append("There is no register, so nobody can say which returns are missing.")
    lines += ["", f"{'bureau':{width}}  {'used':>9}  " + "  ".join(heads)]
    for bureau in coverage.bureaus:
        counts = coverage.counts(bureau)
        cells = "  ".join(f"{counts[state] or '–':>{len(head)}}" for state, head in zip(shown, heads, strict=True))
        lines.append(f"{bureau:{width}}  {coverage.used(bureau):>3} of {coverage.expected(bureau):<3}  {cells}")
    if coverage.nil():
        lines += ["", f"Nil on trafficking (assessed, none found): {coverage.nil()}"]
    if coverage.unexpected():
        extra = ", ".join(row.office for row in coverage.rows if row.state.counts and not row.owed)
        lines += ["", f"In the figures, though not in the register: {extra}"]
    named = [row for row in coverage.rows if not row.state.counts]
    if named:
        lines += ["", "Not in the figures:"]
        lines += [f"  {row.office or '?':4} {row.state!s:11} {row.path or row.label}" for row in named]
    for country, offices in coverage.covered_twice.items():
        lines.append(f"{country} is covered by {' and '.join(offices)}; it is counted once.")
    return "\n".join(lines) + "\n"

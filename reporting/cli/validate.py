"""``apr validate``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from reporting.cli.destination import spares_inputs, write_result
from reporting.cli.folder_options import cache_options, scheduler_option
from reporting.cli.progress import progress_bar
from reporting.errors import UsageError
from reporting.findings import FileResult, Verdict
from reporting.outputs.formats import FORMATS, WRITERS, Told

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reporting.cache import Cache
    from reporting.pipeline import LastYears

_FAILING: Final = {
    "error": frozenset({Verdict.REJECTED, Verdict.UNREADABLE}),
    "query": frozenset({Verdict.REJECTED, Verdict.UNREADABLE, Verdict.QUERIES}),
    "never": frozenset[Verdict](),
}
"""The verdicts with which the command ends in exit code 1."""


@click.command("validate")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--year", type=int, help="From folders, only the returns of this year.")
@click.option(
    "--register",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The register of expected returns; waivers.csv beside it is applied.  [default: register.csv in or beside PATH]",
)
@click.option(
    "--previous",
    metavar="PATH",
    type=click.Path(exists=True, path_type=Path),
    help="Last year's return, or a folder of them: each return is held against its own.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--annotate",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write there a copy of each return with its findings at the cells.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "query", "never"]),
    default="error",
    show_default=True,
    help="What makes the exit code 1.",
)
@click.option("--show-values", is_flag=True, help="Show values of sensitive fields in JUnit, SARIF and GitHub too.")
@click.option("--all", "everything", is_flag=True, help="Tell each finding in full, also repeats of a code.")
@click.option("--lang", default="en", show_default=True, help="The language in which findings are told.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes at work.  [default: one a processor]")
@cache_options
@scheduler_option
@spares_inputs
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to stdout.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    year: int | None,
    register: Path | None,
    previous: Path | None,
    form: str,
    annotate: Path | None,
    fail_on: str,
    show_values: bool,
    everything: bool,
    lang: str,
    jobs: int | None,
    cache: Cache | None,
    executor: Executor | None,
    output: Path | None,
) -> None:
    """Check returns: workbooks, or folders of them.

    A file named here always gets a verdict; from folders, workbooks (.xlsx) are taken, and lock files passed over.

    \b
      apr validate KEN-2008.xlsx
      apr validate returns/2008 --previous returns/2007
      apr validate sample_submissions/2008 --format json -o findings.json
      apr validate COD-2008.xlsx --lang fr --annotate marked
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    from reporting.checked import Wanted
    from reporting.pipeline import annotate_files, between, last_years, newest_schema, validate_files
    from reporting.returns.waivers import waivers_beside, waivers_for
    from reporting.translator import translator

    words = translator(lang)
    files = _files(paths)
    waivers = (
        waivers_beside(register) if register else waivers_for(path if path.is_dir() else path.parent for path in paths)
    )
    with progress_bar("Validating") as progress:
        before, remarks = last_years([previous], jobs=jobs, cache=cache, executor=executor) if previous else ({}, [])
        checked = validate_files(
            files,
            jobs=jobs,
            progress=progress,
            waivers=waivers,
            wanted=Wanted.RESULT,
            cache=cache,
            executor=executor,
            previous=before,
        )
    results = _of_year([result for result, _ in checked], year, paths)
    remarks += _not_held(results, before, previous)
    for remark in remarks:
        click.echo(remark, err=True)
    if annotate is not None:
        for remark in annotate_files(results, annotate, jobs=jobs, language=lang)[1]:
            click.echo(remark, err=True)
    told = Told(results, between(results, register or _register_of(paths)), newest_schema(results), show_values, words)
    report = WRITERS[form](told) if form in WRITERS else _text(told, everything=everything, to_terminal=output is None)
    write_result(report, output)
    ctx.exit(1 if any(result.verdict in _FAILING[fail_on] for result in results) else 0)


def _files(paths: Sequence[Path]) -> list[Path]:
    """The workbooks to be read.

    Raises:
        UsageError: a path leads nowhere, or there is no workbook.
    """
    from reporting.returns.folder import find_workbooks

    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: there is no such file or folder")
    files = find_workbooks(paths)
    if not files:
        raise UsageError(f"no workbook (.xlsx) to read in {', '.join(map(str, paths))}")
    return files


def _of_year(results: list[FileResult], year: int | None, paths: Sequence[Path]) -> list[FileResult]:
    """Without the returns of other years, except files that were named directly.

    Raises:
        UsageError: nothing is left.
    """
    named = {str(path) for path in paths}
    kept = [item for item in results if year is None or item.year in (year, None) or item.path in named]
    if not kept:
        raise UsageError(f"no return of {year} in {', '.join(map(str, paths))}")
    return kept


def _not_held(results: Sequence[FileResult], before: LastYears, previous: Path | None) -> list[str]:
    """A remark where last year's returns were given, and none of them is of an office that is validated."""
    read = [result for result in results if result.year is not None]
    if (
        previous is None
        or not read
        or any((result.office, result.year - 1) in before for result in read if result.year)
    ):
        return []
    return [
        f"{previous}: nothing was held against it, because no return there is of one of these offices, the year before"
    ]


def _register_of(paths: Sequence[Path]) -> Path | None:
    """The register of the one folder that is validated; of single files and several folders nobody knows what is missing."""
    from reporting.returns.register import find_register

    return find_register(paths[0]) if len(paths) == 1 and paths[0].is_dir() else None


def _text(told: Told, *, everything: bool, to_terminal: bool) -> str:
    from reporting.outputs.text import Paint, coloured, plain, text_report

    is_terminal = to_terminal and sys.stdout is not None and sys.stdout.isatty()
    paint: Paint = coloured if is_terminal else plain
    return text_report(told.files, network=told.between, paint=paint, everything=everything, words=told.words)

"""``apr report``."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reporting.cli.aggregate import refuse_public
from reporting.cli.folder_options import folder_options
from reporting.cli.progress import progress_bar
from reporting.errors import UsageError
from reporting.languages import ENGLISH, at_hand

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reporting.cache import Cache

KINDS = ("office", "regional", "global", "trafficking", "practices", "follow-up", "coverage")
"""Those of :class:`reporting.report.request.Kind`, which is too heavy to import for ``--help``."""


@click.command("report")
@click.argument("kind", type=click.Choice(KINDS))
@folder_options
@click.option("--bureau", help="The bureau that the report is about, such as africa; all for a report of each.")
@click.option("--office", help="The office that the report is about, such as KEN; all for a report of each.")
@click.option(
    "--lang",
    "language",
    type=click.Choice(at_hand()),
    default=ENGLISH,
    show_default=True,
    help="The report's language.",
)
@click.option(
    "--offices", is_flag=True, help="Bind every office's own chapters behind a regional or the global report."
)
@click.option("--edition", type=click.Choice(["internal", "public"]), default="internal", show_default=True)
@click.option(
    "--format",
    "formats",
    type=click.Choice(["pdf", "html"]),
    multiple=True,
    help="May be given twice.  [default: both]",
)
@click.option(
    "--previous",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of an earlier year's returns: the report says what changed.",
)
@click.option(
    "--follow-up",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The register of follow-up.  [default: FOLDER/follow_up.csv, else the one beside the folder]",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date the report bears.  [default: SOURCE_DATE_EPOCH, else the latest clearance]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder to write into, or the report's own file, such as africa.pdf.",
)
def command(
    *,
    kind: str,
    folder: Path,
    year: int | None,
    register: Path | None,
    jobs: int | None,
    cache: Cache | None,
    executor: Executor | None,
    bureau: str | None,
    office: str | None,
    offices: bool,
    language: str,
    edition: str,
    formats: tuple[str, ...],
    previous: Path | None,
    follow_up: Path | None,
    as_of: datetime | None,
    output: Path,
) -> None:
    """Write a report of an office, a bureau or the world from a folder of returns.

    office, regional and global are the annual protection reports. trafficking brings together all that was reported on
    trafficking, practices the good practices, follow-up the review's recommendations with their evidence, coverage who
    has sent what and how good it is; without --bureau or --office these are about the world.

    \b
      apr report regional sample_submissions/2008 --bureau africa -o reports
      apr report regional sample_submissions/2008 --bureau all -o reports
      apr report global sample_submissions/2008 --format pdf --as-of 2009-03-31 -o reports
      apr report global sample_submissions/2008 --offices -o reports
      apr report trafficking sample_submissions/2008 --bureau europe -o reports
      apr report regional returns/2008 --bureau africa --previous returns/2007 -o reports
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    from reporting.checked import Wanted
    from reporting.pipeline import collect
    from reporting.report.render import FORMATS, render_report
    from reporting.report.request import EVERY, Kind, Request
    from reporting.returns.follow_up import find_follow_up
    from reporting.returns.waivers import registers_of

    refuse_public(edition)
    request = Request(
        kind=Kind(kind),
        bureau=bureau.lower() if bureau else None,
        office=office.upper() if office and office.lower() != EVERY else office,
        offices=offices,
        language=language,
        edition=edition,
        as_of=as_of.date() if as_of else None,
        follow_up=follow_up or find_follow_up(folder),
    )
    with progress_bar("Reading returns") as progress:
        collection = collect(
            folder, register=register, year=year, jobs=jobs, progress=progress, cache=cache, executor=executor
        )
    if previous is not None:
        with progress_bar("Reading earlier returns") as progress:
            earlier = collect(
                previous, jobs=jobs, progress=progress, cache=cache, executor=executor, wanted=Wanted.FACTS
            )
        request = replace(request, previous=earlier)
    folder_out, name, asked = _where(output, tuple(dict.fromkeys(formats)) or FORMATS)
    with progress_bar("Setting pages") as progress:
        written = render_report(
            request,
            collection,
            folder_out,
            asked,
            name=name,
            inputs=[*registers_of(folder, register), *(registers_of(previous) if previous else ())],
            jobs=jobs,
            cache=cache,
            progress=progress,
            executor=executor,
        )
    for path in written:
        click.echo(path)


def _where(output: Path, formats: tuple[str, ...]) -> tuple[Path, str | None, tuple[str, ...]]:
    """The folder to write into, the name of the files where one is given, and the formats: a file's suffix decides.

    Raises:
        UsageError: a file stands where the folder should be.
    """
    suffix = output.suffix.removeprefix(".").lower()
    if suffix in formats and not output.is_dir():
        return output.parent, output.stem, (suffix,)
    if output.is_file():
        raise UsageError(f"{output} is a file: name a folder, or a file ending in .{' or .'.join(formats)}")
    return output, None, formats

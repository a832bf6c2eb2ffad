"""``apr report``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reporting.cli.aggregate import refuse_public
from reporting.cli.folder_options import folder_options
from reporting.cli.progress import progress_bar

if TYPE_CHECKING:
    from reporting.cache import Cache


@click.command("report")
@click.argument("kind", type=click.Choice(["office", "regional", "global"]))
@folder_options
@click.option("--bureau", help="The bureau of a regional report, such as africa.")
@click.option("--office", help="The office of an office report, such as KEN.")
@click.option(
    "--lang", "language", type=click.Choice(["en"]), default="en", show_default=True, help="The report's language."
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
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date the report bears.  [default: SOURCE_DATE_EPOCH, else the latest clearance]",
)
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write into."
)
def command(
    *,
    kind: str,
    folder: Path,
    year: int | None,
    register: Path | None,
    jobs: int | None,
    cache: Cache | None,
    bureau: str | None,
    office: str | None,
    language: str,
    edition: str,
    formats: tuple[str, ...],
    as_of: datetime | None,
    output: Path,
) -> None:
    """Write the report of an office, a bureau or the world from a folder of returns.

    \b
      apr report regional sample_submissions/2008 --bureau africa -o reports
      apr report global sample_submissions/2008 --format pdf --as-of 2009-03-31 -o reports
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    from reporting.pipeline import collect
    from reporting.report.render import FORMATS, render_report

    refuse_public(edition)
    with progress_bar("Reading returns") as progress:
        collection = collect(folder, register=register, year=year, jobs=jobs, progress=progress, cache=cache)
    written = render_report(
        kind,
        collection,
        bureau=bureau,
        office=office,
        language=language,
        edition=edition,
        formats=tuple(dict.fromkeys(formats)) or FORMATS,
        as_of=as_of.date() if as_of else None,
        out=output,
    )
    for path in written:
        click.echo(path)

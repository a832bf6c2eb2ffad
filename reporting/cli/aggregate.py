"""``apr aggregate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reporting.cli.destination import write_folder, write_result
from reporting.cli.folder_options import chosen_indicators, folder_options
from reporting.cli.progress import progress_bar
from reporting.errors import UsageError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reporting.cache import Cache

FORMATS = ("json", "csv", "hxl", "xlsx", "parquet", "package")
_NOT_FOR_STDOUT = frozenset({"xlsx", "parquet", "package"})


@click.command("aggregate")
@folder_options
@click.option(
    "--by", type=click.Choice(["office", "country", "bureau", "world"]), required=True, help="The places to give."
)
@click.option("--indicator", "indicators", multiple=True, help="Only this figure; may be given several times.")
@click.option("--edition", type=click.Choice(["internal", "public"]), default="internal", show_default=True)
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write there, not to stdout: a file, or a folder for parquet and package.",
)
def command(
    *,
    folder: Path,
    year: int | None,
    register: Path | None,
    jobs: int | None,
    cache: Cache | None,
    executor: Executor | None,
    by: str,
    indicators: tuple[str, ...],
    edition: str,
    form: str,
    output: Path | None,
) -> None:
    """Give the figures of a folder of returns.

    Each figure says how it combines, what stands behind it, and why it is not known where it is not. hxl is CSV with the
    hashtags of the Humanitarian Exchange Language; xlsx is a data annex with coverage, the cells behind each figure and
    the methods; parquet and package are the same as a folder of Parquet files, and as a Frictionless data package of CSV.

    \b
      apr aggregate sample_submissions/2008 --by bureau --indicator populations.closing
      apr aggregate returns/2008 --by office --format csv -o figures.csv
      apr aggregate returns/2008 --by bureau --format xlsx -o annex.xlsx
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    from reporting.aggregate.exports.formats import FILES, FOLDERS, Export
    from reporting.aggregate.figures import Level
    from reporting.checked import Wanted
    from reporting.pipeline import collect

    refuse_public(edition)
    if output is None and form in _NOT_FOR_STDOUT:
        raise UsageError(f"--format {form} is no text: name where to write it with -o")
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
    every = [item.id for item in collection.schema.indicators]
    chosen = chosen_indicators(indicators or every, collection.schema)
    made = Export(collection, Level(by), chosen, edition)
    if form in FOLDERS and output is not None:
        write_folder(FOLDERS[form](made), output)
    else:
        write_result(FILES[form](made), output)


def refuse_public(edition: str) -> None:
    """Refuse the public edition (docs/decisions/0007).

    Raises:
        UsageError: the edition is public.
    """
    if edition == "public":
        raise UsageError(
            "there is no public edition yet: small counts of persons can identify them, and hiding them safely needs an "
            "audit that this version does not have. Use --edition internal, and do not publish it"
        )

"""``apr aggregate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reporting.cli.folder_options import chosen_indicators, folder_options, write_result
from reporting.cli.progress import progress_bar
from reporting.errors import UsageError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reporting.cache import Cache


@click.command("aggregate")
@folder_options
@click.option(
    "--by", type=click.Choice(["office", "country", "bureau", "world"]), required=True, help="The places to give."
)
@click.option("--indicator", "indicators", multiple=True, help="Only this figure; may be given several times.")
@click.option("--edition", type=click.Choice(["internal", "public"]), default="internal", show_default=True)
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to stdout.")
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

    Each figure says how it combines, what stands behind it, and why it is not known where it is not.

    \b
      apr aggregate sample_submissions/2008 --by bureau --indicator populations.closing
      apr aggregate returns/2008 --by office --format csv -o figures.csv
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    from reporting.aggregate.export import csv_text, document, json_text
    from reporting.aggregate.figures import Level, figures, with_gaps
    from reporting.checked import Wanted
    from reporting.pipeline import collect

    refuse_public(edition)
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
    schema = collection.schema
    chosen = chosen_indicators(indicators or [item.id for item in schema.indicators], schema)
    level = Level(by)
    made = figures(collection.facts_behind(chosen), schema, [level], [item.id for item in chosen])
    made = with_gaps(made, level, collection.areas(level))
    text = csv_text(made) if form == "csv" else json_text(document(made, collection.coverage, edition))
    write_result(text, output)


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

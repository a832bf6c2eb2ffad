"""``apr demo``: the sample returns, validated, aggregated and reported into ``demo-output``."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reporting.cli.progress import progress_bar
from reporting.errors import UsageError
from reporting.paths import checkout_folder

if TYPE_CHECKING:
    from reporting.aggregate.collection import Collection
    from reporting.report.render import Written
    from reporting.report.request import Request

YEAR = 2008


@dataclass(frozen=True, slots=True)
class Job:
    """A report to be written."""

    collection: Collection
    request: Request


@click.command("demo")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-output"),
    show_default=True,
    help="The folder to write into.",
)
def command(*, output: Path) -> None:
    """Make everything from the sample returns of a checkout.

    Validates sample_submissions/2008, writes its figures by bureau, five regional reports, the global one and all on
    trafficking, and the global report and the follow-up of the made-up world.
    """
    from reporting.pipeline import collect
    from reporting.report.request import Kind, Request
    from reporting.returns.follow_up import find_follow_up

    started = time.monotonic()
    samples = _samples()
    with progress_bar("Reading returns") as progress:
        real = collect(samples / str(YEAR), year=YEAR, progress=progress)
        fictional = collect(samples / "fictional" / str(YEAR), year=YEAR, progress=progress)
        real_before = collect(samples / str(YEAR - 1), year=YEAR - 1, progress=progress)
        fictional_before = collect(samples / "fictional" / str(YEAR - 1), year=YEAR - 1, progress=progress)
    for name, collection in (("Real public figures", real), ("Made-up world", fictional)):
        click.echo(_overview(name, collection))
    output.mkdir(parents=True, exist_ok=True)
    click.echo(_figures(real, output))
    follow_up = Request(kind=Kind.FOLLOW_UP, follow_up=find_follow_up(samples / "fictional" / str(YEAR)))
    jobs = [Job(fictional, Request(kind=Kind.GLOBAL, previous=fictional_before)), Job(fictional, follow_up)]
    jobs += [Job(real, Request(kind=kind, previous=real_before)) for kind in (Kind.GLOBAL, Kind.TRAFFICKING)]
    jobs += [
        Job(real, Request(kind=Kind.REGIONAL, bureau=bureau, previous=real_before))
        for bureau in real.coverage.bureaus
        if bureau
    ]
    for written in _write_all(jobs, output):
        for item in written:
            click.echo(f"  {item.path}" + (f"  ({item.pages} pages)" if item.pages else ""))
    click.echo(f"Done in {time.monotonic() - started:.0f} seconds.")


def _samples() -> Path:
    """The folder of sample returns.

    Raises:
        UsageError: this is no checkout, or the samples are not built.
    """
    checkout = checkout_folder()
    if checkout is None:
        raise UsageError("apr demo needs a checkout of the project: the sample returns are not part of the package")
    samples = checkout / "sample_submissions"
    for folder in (samples / str(YEAR), samples / "fictional" / str(YEAR)):
        if not any(folder.glob("*.xlsx")):
            raise UsageError(f"{folder} holds no returns: run “make samples” first, or “make demo”, which does both")
    return samples


def _overview(name: str, collection: Collection) -> str:
    """Coverage and findings in a few lines."""
    coverage = collection.coverage
    states = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in coverage.counts().items() if count)
    verdicts = Counter(result.verdict.value for result in collection.results)
    codes = Counter(finding.code for result in collection.results for finding in result.findings)
    common = ", ".join(f"{code} ×{count}" for code, count in codes.most_common(5))
    lines = [
        f"{name}, {collection.year}: {coverage.used()} of {coverage.expected()} returns in the figures ({states}).",
        f"  Verdicts: {', '.join(f'{count} {verdict}' for verdict, count in sorted(verdicts.items()))}.",
        f"  Findings: {sum(codes.values())}" + (f", most often {common}." if common else "."),
    ]
    return "\n".join(lines)


def _figures(collection: Collection, output: Path) -> str:
    """Write the figures by bureau, and say how many persons of concern they give."""
    from reporting.aggregate.exports.documents import document, json_text
    from reporting.aggregate.figures import Level

    made = collection.figures_at(Level.BUREAU)
    path = output / f"figures-{collection.year}-bureau.json"
    path.write_text(json_text(document(made, collection.coverage, "internal")), encoding="utf-8")
    persons: Counter[str] = Counter()
    for item in collection.figures.select("populations.closing", Level.BUREAU):
        persons[item.area] += int(item.value or 0)
    told = "; ".join(f"{bureau} {count:,}" for bureau, count in sorted(persons.items()))
    return f"  Persons of concern at the end of {collection.year}: {told}.\nWritten:\n  {path}"


def _write_all(jobs: Sequence[Job], output: Path) -> list[list[Written]]:
    """Write the reports."""
    from reporting.report.render import file_name, report_document, write_documents

    documents = ((report_document(job.request, job.collection), file_name(job.request, job.collection)) for job in jobs)
    with progress_bar("Setting pages") as progress:
        return write_documents(documents, output, progress=progress)

"""``python -m sample_submissions.builder [WORLD]... [--only OFFICE]``: write the sample returns that are not current."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor

import click

from sample_submissions.builder.current import Ledger, Made, made_from
from sample_submissions.builder.registers import csv_text
from sample_submissions.builder.sources import SAMPLES
from sample_submissions.builder.worlds import WORLDS, world
from sample_submissions.builder.write import write_sample


@click.command()
@click.argument("worlds", nargs=-1, type=click.Choice(list(WORLDS)))
@click.option("--only", metavar="OFFICE", help="Only the returns of this office.")
def main(worlds: tuple[str, ...], only: str | None) -> None:
    """Write the returns of WORLDS (all of them by default) and their registers below sample_submissions/."""
    ledger = Ledger.read(SAMPLES)
    wanted = [
        (path, filling)
        for name in worlds or tuple(WORLDS)
        for path, filling in world(name).fillings()
        if only in (None, filling.office)
    ]
    stale = [(path, filling) for path, filling in wanted if not ledger.is_current(path, made_from(filling))]
    with ProcessPoolExecutor() as pool:
        written = pool.map(write_sample, [(SAMPLES / path, filling) for path, filling in stale], chunksize=4)
        for (path, filling), digest in zip(stale, written, strict=True):
            ledger = ledger.noting(path, Made(made_from=made_from(filling), sha256=digest))
    ledger.write()
    for name in worlds or tuple(WORLDS):
        for path, rows in world(name).registers():
            target = SAMPLES / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(csv_text(rows), encoding="utf-8", newline="")
    click.echo(f"samples: {len(wanted)} returns, {len(stale)} written, {len(wanted) - len(stale)} current", err=True)


if __name__ == "__main__":
    main()

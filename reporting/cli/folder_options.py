"""What the commands about a folder of returns have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from reporting.errors import UsageError


def folder_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The folder, the year, the register and the number of processes."""
    decorators = (
        click.argument("folder", type=click.Path(exists=True, path_type=Path)),
        click.option("--year", type=int, help="The year, where the folder holds several."),
        click.option(
            "--register",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="The register of expected returns.  [default: FOLDER/register.csv, else the one beside the folder]",
        ),
        click.option("--jobs", type=click.IntRange(min=1), help="Processes at work.  [default: one a processor]"),
    )
    for decorate in reversed(decorators):
        function = decorate(function)
    return function


def write_result(text: str, output: Path | None) -> None:
    """Write the result of a command to ``output``, or to stdout.

    Raises:
        UsageError: it cannot be written there.
    """
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror})") from error

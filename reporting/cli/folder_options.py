"""What the commands about a folder of returns have in common."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reporting.cli.destination import spares_inputs
from reporting.errors import UsageError

if TYPE_CHECKING:
    from reporting.schema.model import Indicator, Schema


def folder_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The folder, the year, the register and the number of processes; what is read is not written over."""
    decorators = (
        click.argument("folder", type=click.Path(exists=True, path_type=Path)),
        click.option("--year", type=int, help="The year, where the folder holds several."),
        click.option(
            "--register",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="The register of expected returns.  [default: FOLDER/register.csv, else the one beside the folder]",
        ),
        click.option("--jobs", type=click.IntRange(min=1), help="Processes at work.  [default: one a processor]"),
        cache_options,
        scheduler_option,
        spares_inputs,
    )
    for decorate in reversed(decorators):
        function = decorate(function)
    return function


def cache_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Where results are kept; the command gets the cache, or None, as ``cache``."""

    @click.option(
        "--cache",
        "cache_in",
        metavar="DIR",
        type=click.Path(file_okay=False, path_type=Path),
        help="Keep results there; a file that has not changed is not read again.  [default: the user's cache folder]",
    )
    @click.option("--no-cache", is_flag=True, help="Read every file, and keep nothing.")
    @wraps(function)
    def with_cache(*arguments: Any, cache_in: Path | None, no_cache: bool, **options: Any) -> Any:
        if no_cache:
            return function(*arguments, cache=None, **options)
        from reporting.cache import results_cache

        returns = options.get("paths") or (options["folder"],)
        return function(*arguments, cache=results_cache(cache_in, returns), **options)

    return with_cache


def scheduler_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The cluster that reads files; the command gets an executor on it, or None, as ``executor``."""

    @click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Work on the Dask cluster of this scheduler, such as tcp://host:8786.  [default: this machine]",
    )
    @wraps(function)
    def with_executor(*arguments: Any, scheduler: str | None, **options: Any) -> Any:
        from reporting.cluster import executor_of

        with executor_of(scheduler) as executor:
            return function(*arguments, executor=executor, **options)

    return with_executor


def chosen_indicators(ids: Collection[str], schema: Schema) -> list[Indicator]:
    """The indicators called ``ids``, in that order.

    Raises:
        UsageError: the schema has no such indicator; the nearest one is named.
    """
    known = {item.id: item for item in schema.indicators}
    for name in ids:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; do you mean “{near[0]}”?" if near else ""
            raise UsageError(f"there is no indicator “{name}” in {schema.id}{hint}")
    return [known[name] for name in ids]

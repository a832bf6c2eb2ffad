"""Where the result of a command goes: to stdout, or to a file or folder that takes the place of nothing that was read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click

from reporting.errors import UsageError
from reporting.whole_files import write_whole

_KEPT_BY_HAND: Final = ("register.csv", "waivers.csv", "follow_up.csv")
"""Files that people keep in a folder of returns, or beside it."""


def spares_inputs(function: Callable[..., Any]) -> Callable[..., Any]:
    """A command that refuses an ``output``, or a folder to ``annotate`` into, where what it reads would be lost or mixed up.

    Raises:
        UsageError: the output is one of the files that are read, or would itself be read as a return next time.
    """

    @wraps(function)
    def sparing(*arguments: Any, **options: Any) -> Any:
        given = [*(options.get("paths") or ()), options.get("folder"), options.get("previous")]
        read = [path for path in given if path is not None]
        if (output := options.get("output")) is not None:
            _refuse_input(output, read, [path for name in ("register", "follow_up") if (path := options.get(name))])
        if (copies := options.get("annotate")) is not None:
            _refuse_among_returns(copies / "copy.xlsx", read, f"copies in {copies} would be read as returns")
        return function(*arguments, **options)

    return sparing


def write_result(content: str | bytes, output: Path | None) -> None:
    """Write the result of a command to ``output``, or to stdout, in UTF-8 wherever no terminal asks for another encoding.

    Raises:
        UsageError: it cannot be written there.
    """
    coded = content.encode() if isinstance(content, str) else content
    if output is None:
        if sys.stdout is None:
            raise UsageError("stdout is closed: name a file to write to with -o")
        click.echo(coded.decode() if sys.stdout.isatty() else coded, nl=False)
        return
    try:
        write_whole(output, coded)
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror})") from error


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write several files, by name, into a folder that is made where it is missing.

    Raises:
        UsageError: one of them cannot be written there.
    """
    make_folder(folder)
    for name, content in files.items():
        write_result(content, folder / name)


def make_folder(folder: Path) -> None:
    """Make a folder where it is missing.

    Raises:
        UsageError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made ({error.strerror})") from error


def _refuse_input(output: Path, read: Sequence[Path], registers: Sequence[Path]) -> None:
    files = [path for path in (*read, *registers) if path.is_file()]
    if output.resolve() in {path.resolve() for path in (*files, *_kept_by_hand(read, registers))}:
        raise UsageError(f"{output} is read by this command, and would be lost: name another file to write to")
    _refuse_among_returns(output, read, f"{output} would be read as a return")


def _kept_by_hand(read: Sequence[Path], registers: Sequence[Path]) -> Iterator[Path]:
    folders = [folder for path in read for folder in (path, path.resolve().parent)]
    for folder in dict.fromkeys([*folders, *(path.resolve().parent for path in registers)]):
        yield from (path for name in _KEPT_BY_HAND if (path := folder / name).is_file())


def _refuse_among_returns(file: Path, read: Sequence[Path], what: str) -> None:
    from reporting.returns.folder import would_be_read

    for folder in read:
        if folder.is_dir() and would_be_read(file, folder):
            raise UsageError(f"{what} the next time that {folder} is: choose a place outside it")

"""The files of a folder of returns, and which of them is the authoritative return of an office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from reporting.findings import FileResult

_PASSED_OVER: Final = ("~$", ".")
"""How the names of lock files of Excel and LibreOffice, and of hidden files, begin."""


def find_workbooks(paths: Iterable[Path]) -> list[Path]:
    """The files named directly, and the workbooks (``.xlsx``) in the folders named, sorted by path within a folder.

    A file named directly is taken whatever its suffix; one that is named and found again in a folder is taken once.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.rglob("*") if _is_return(file, path) and file.is_file())
            found.update(dict.fromkeys(sorted(inside)))
        else:
            found[path] = None
    return list(found)


def authoritative(results: Sequence[FileResult]) -> tuple[list[FileResult], list[FileResult]]:
    """The one return of each office and year that counts, and those it supersedes.

    The one cleared later counts; of two cleared on one day, or not dated, the one whose path comes last.
    """
    newest: dict[tuple[str, int | None], FileResult] = {}
    for result in sorted(results, key=lambda item: (item.cleared_on or date.min, item.path)):
        newest[result.office, result.year] = result
    kept = sorted(newest.values(), key=lambda item: (item.year or 0, item.office))
    superseded = [item for item in results if newest[item.office, item.year] is not item]
    return kept, sorted(superseded, key=lambda item: item.path)


def would_be_read(file: Path, folder: Path) -> bool:
    """Whether :func:`find_workbooks` would take a file of this path for a return of ``folder``, were it there."""
    place, inside = file.resolve(), folder.resolve()
    return place.is_relative_to(inside) and _is_return(place, inside)


def _is_return(file: Path, folder: Path) -> bool:
    """Whether the name of a file, and of each folder that leads to it, is that of a return and not of a hidden or lock file."""
    return file.suffix.lower() == ".xlsx" and not any(
        part.startswith(_PASSED_OVER) for part in file.relative_to(folder).parts
    )

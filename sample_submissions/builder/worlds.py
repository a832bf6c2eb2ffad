"""The sets of samples, each a module with the same two functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from reporting.workbook.filling import Filling


class World(Protocol):
    """A set of sample returns; paths are relative to ``sample_submissions``."""

    def fillings(self) -> Iterable[tuple[str, Filling]]:
        """Each return with its path."""

    def registers(self) -> Iterable[tuple[str, Sequence[Mapping[str, str]]]]:
        """Each CSV file of expected returns or waivers with its path."""


WORLDS: Mapping[str, str] = {
    "2007": "reconstruction_2007",
    "2008": "real_2008",
    "fictional": "fictional",
    "blank": "blank",
}
"""Name on the command line → module of this package."""


def world(name: str) -> World:
    """The world called ``name``; worlds are imported only when they are asked for."""
    return cast(World, import_module(f"sample_submissions.builder.{WORLDS[name]}"))

"""What report is asked for: its kind, and the place it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from reporting.aggregate.collection import Collection
from reporting.aggregate.figures import Level
from reporting.errors import UsageError
from reporting.languages import check_language

EVERY: Final = "all"
"""In place of a bureau or an office: a report of each of them."""


class Kind(StrEnum):
    """The kinds of reports (DESIGN 9)."""

    OFFICE = "office"
    REGIONAL = "regional"
    GLOBAL = "global"
    TRAFFICKING = "trafficking"
    """The extract: everything the form's theme *trafficking* covers, from every chapter."""
    PRACTICES = "practices"
    """The compendium of good practices."""
    FOLLOW_UP = "follow-up"
    """The review's recommendations with their evidence and what headquarters has decided."""
    COVERAGE = "coverage"
    """Who has sent what, and how good it is."""


_PLACES = {Kind.OFFICE: Level.OFFICE, Kind.REGIONAL: Level.BUREAU, Kind.GLOBAL: Level.WORLD}
"""The kinds that are about a place of one level; the others are about any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One report, or one of each bureau or office. ``bureau`` and ``office`` name its place; without them it is about the world.

    Raises:
        UsageError: the kind needs a place that is not named, or the edition does not exist.
    """

    kind: Kind
    bureau: str | None = None
    office: str | None = None
    language: str = "en"
    edition: str = "internal"
    as_of: date | None = None
    follow_up: Path | None = None
    """The register of follow-up."""
    previous: Collection | None = field(default=None, compare=False, repr=False)
    """An earlier year's returns, for the chapter on what changed."""

    offices: bool = False
    """Bind every office's own chapters behind the report."""

    def __post_init__(self) -> None:
        """Refuse what cannot be written."""
        check_language(self.language)
        if self.edition != "internal":
            raise UsageError(f"there is no edition “{self.edition}” yet; there is “internal”")
        if self.office is not None and self.bureau is not None:
            raise UsageError("a report is about a bureau or about an office: leave out --bureau or --office")
        if self.kind is Kind.OFFICE and self.office is None:
            raise UsageError("an office report needs --office, such as --office KEN, or --office all")
        if self.kind is Kind.REGIONAL and self.bureau is None:
            raise UsageError("a regional report needs --bureau, such as --bureau africa, or --bureau all")
        if self.offices and self.kind not in {Kind.REGIONAL, Kind.GLOBAL}:
            raise UsageError("only a regional or the global report can have the offices' own chapters (--offices)")
        if self.kind in _PLACES and self.level is not _PLACES[self.kind]:
            raise UsageError(f"a report of the kind “{self.kind}” takes no --{self.level}")

    @property
    def level(self) -> Level:
        """What the report is about: an office, a bureau or the world."""
        if self.office is not None:
            return Level.OFFICE
        return Level.BUREAU if self.bureau is not None else Level.WORLD

"""Where the collection of a year's returns stands: who has sent what, what is overdue, and what is to be done next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from reporting.aggregate.coverage import Coverage, CoverageRow, State
from reporting.findings import FileResult, Severity


@dataclass(frozen=True, slots=True)
class Standing:
    """One return that is owed or was sent.

    What is open in a return that another supersedes is open no longer. ``overdue`` is the number of days since it was due, None where it came, is not due yet, or that cannot be told;
    ``queries`` those that nobody has explained or waived; ``errors`` those that keep it out of the figures.
    """

    row: CoverageRow
    queries: int = 0
    errors: int = 0
    overdue: int | None = None

    @property
    def next_step(self) -> str:
        """What is to be done about it; empty where nothing is."""
        match self.row.state:
            case State.MISSING if self.overdue is not None:
                return f"ask the office for it: {_counted(self.overdue, 'day')} overdue"
            case State.MISSING:
                return f"due on {self.row.due.isoformat()}" if self.row.due else "ask the office for it"
            case State.REJECTED:
                return f"send it back to be corrected: {_counted(self.errors, 'error')}"
            case State.UNREADABLE:
                return "send it back: it cannot be read (apr validate says why)"
            case State.SUPERSEDED:
                return ""
            case _ if self.queries:
                return f"ask for explanations: {_counted(self.queries, 'open query', 'open queries')}"
        return ""


@dataclass(frozen=True)
class Status:
    """All returns of ``coverage``, in its order, as they stood on ``as_of`` where that is given."""

    coverage: Coverage
    standings: tuple[Standing, ...]
    as_of: date | None = None

    @cached_property
    def by_bureau(self) -> Mapping[str, Sequence[Standing]]:
        """The returns of each bureau, sorted; what belongs to none stands under the empty id."""
        bureaus: dict[str, list[Standing]] = {bureau: [] for bureau in self.coverage.bureaus}
        for standing in self.standings:
            bureaus[standing.row.bureau].append(standing)
        return bureaus

    @property
    def next_due(self) -> date | None:
        """The next date on which a return is due that has not come; None where none is, or without a date to count from."""
        due = (item.row.due for item in self.standings if item.row.state is State.MISSING and item.row.due)
        return min((day for day in due if self.as_of is not None and day >= self.as_of), default=None)


def status_of(coverage: Coverage, results: Iterable[FileResult], as_of: date | None = None) -> Status:
    """The standing of each return; with ``as_of`` a return that came later has not come yet.

    Without a date nothing is overdue: nobody has said which day it is.
    """
    by_path = {result.path: result for result in results}
    rows = tuple(_on(row, as_of) for row in coverage.rows)
    standings = tuple(_standing(row, by_path.get(row.path), as_of) for row in rows)
    return Status(replace(coverage, rows=rows), standings, as_of)


def _on(row: CoverageRow, as_of: date | None) -> CoverageRow:
    """The row as it stood on a day."""
    if as_of is None or row.received is None or row.received <= as_of:
        return row
    return replace(row, state=State.MISSING, verdict=None, received=None, cleared_on=None, nil=False, path="")


def _standing(row: CoverageRow, result: FileResult | None, as_of: date | None) -> Standing:
    late = as_of is not None and row.due is not None and row.state is State.MISSING and row.due < as_of
    overdue = (as_of - row.due).days if late and as_of and row.due else None
    if result is None or row.state is State.SUPERSEDED:
        return Standing(row, overdue=overdue)
    open_ones = Counter(item.severity for item in result.findings if not item.explanation and not item.waiver)
    return Standing(row, open_ones[Severity.QUERY], open_ones[Severity.ERROR], overdue)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"

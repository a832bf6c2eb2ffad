"""Coverage: how many of the returns that are owed stand behind the figures (DESIGN 7).

A missing office is never a zero: it is counted here, and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from reporting.findings import FileResult, Verdict
from reporting.returns.folder import authoritative
from reporting.returns.register import ExpectedReturn
from reporting.schema.model import Schema


class State(StrEnum):
    """What has become of a return that is owed."""

    ON_TIME = "on_time"
    LATE = "late"
    RECEIVED = "received"
    """In the figures; the register does not say when it came or was due."""
    MISSING = "missing"
    REJECTED = "rejected"
    UNREADABLE = "unreadable"
    SUPERSEDED = "superseded"
    """Another return of the same office and year was cleared later."""

    @property
    def counts(self) -> bool:
        """Whether the return's values are in the figures."""
        return self in {State.ON_TIME, State.LATE, State.RECEIVED}


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """A return that is owed or was sent.

    ``owed`` is false where a register is there and does not have the office. ``nil`` is true where the office assessed trafficking and found none. ``path`` is empty where no return came; ``note``
    is the register's, and ``rebuilt`` whether it says that the return was rebuilt from public figures.
    """

    office: str
    label: str
    bureau: str
    countries: tuple[str, ...]
    state: State
    verdict: Verdict | None = None
    due: date | None = None
    received: date | None = None
    cleared_on: date | None = None
    owed: bool = True
    nil: bool = False
    path: str = ""
    note: str = ""
    rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """All returns owed or sent for ``year``, sorted by bureau, office and path.

    ``registered`` is false where there is no register: then nobody knows who is missing. ``covered_twice`` names the
    countries that more than one return covers, with the offices; each is counted once.
    """

    year: int
    rows: tuple[CoverageRow, ...]
    registered: bool
    covered_twice: Mapping[str, tuple[str, ...]]

    def counts(self, bureau: str | None = None) -> dict[State, int]:
        """The number of returns in each state, of one bureau or all."""
        counted = Counter(row.state for row in self.rows if bureau in (None, row.bureau))
        return {state: counted[state] for state in State}

    def expected(self, bureau: str | None = None) -> int:
        """The number of offices that owe a return; without a register, of those that sent one."""
        return len({row.office for row in self.rows if bureau in (None, row.bureau) and row.office and row.owed})

    def used(self, bureau: str | None = None) -> int:
        """The number of returns in the figures, of those that are owed."""
        return sum(row.state.counts and row.owed for row in self.rows if bureau in (None, row.bureau))

    def unexpected(self, bureau: str | None = None) -> int:
        """The number of returns in the figures that nobody owes."""
        return sum(row.state.counts and not row.owed for row in self.rows if bureau in (None, row.bureau))

    def nil(self, bureau: str | None = None) -> int:
        """The number of returns in the figures that are nil as to trafficking."""
        return sum(row.nil and row.state.counts for row in self.rows if bureau in (None, row.bureau))

    @property
    def bureaus(self) -> tuple[str, ...]:
        """The bureaus of the rows, sorted."""
        return tuple(sorted({row.bureau for row in self.rows}))


def coverage_of(
    results: Sequence[FileResult],
    schema: Schema,
    expected: Mapping[str, ExpectedReturn] | None,
    covered_twice: Mapping[str, tuple[str, ...]],
    year: int,
) -> Coverage:
    """The coverage of the returns of ``year``.

    ``expected`` are the returns owed, by office, or None where there is no register.
    """
    owed = expected or {}
    superseded = {result.path for result in authoritative([result for result in results if result.verdict.usable])[1]}
    rows = [_row(result, owed, superseded) for result in results]
    if expected is not None:
        rows = [replace(row, owed=row.office in owed) for row in rows]
    rows += _missing(owed, {row.office for row in rows})
    rows.sort(key=lambda row: (row.bureau, row.office, row.path))
    return Coverage(year, tuple(_with_bureau(row, schema) for row in rows), expected is not None, covered_twice)


def is_nil(result: FileResult) -> bool:
    """Whether a return is nil as to trafficking: the office assessed it and found none (FORM 2).

    “No problem” is not “not looked”: a return that says *not assessed*, or nothing, is no nil return.
    """
    return result.trafficking == "assessed_none"


def _row(result: FileResult, owed: Mapping[str, ExpectedReturn], superseded: set[str]) -> CoverageRow:
    item = owed.get(result.office)
    return CoverageRow(
        office=result.office,
        label=item.label if item else "",
        bureau=item.bureau if item else "",
        countries=result.countries or (item.countries if item else ()),
        state=State.SUPERSEDED if result.path in superseded else _state(result, item),
        verdict=result.verdict,
        due=item.due if item else None,
        received=item.received if item else None,
        cleared_on=result.cleared_on,
        nil=is_nil(result),
        path=result.path,
        note=item.note if item else "",
        rebuilt=item is not None and item.rebuilt,
    )


def _state(result: FileResult, item: ExpectedReturn | None) -> State:
    if result.verdict is Verdict.UNREADABLE:
        return State.UNREADABLE
    if result.verdict is Verdict.REJECTED:
        return State.REJECTED
    if item is None or item.due is None or item.received is None:
        return State.RECEIVED
    return State.LATE if item.received > item.due else State.ON_TIME


def _missing(owed: Mapping[str, ExpectedReturn], sent: set[str]) -> Iterator[CoverageRow]:
    for office, item in owed.items():
        if office not in sent:
            yield CoverageRow(
                office=office,
                label=item.label,
                bureau=item.bureau,
                countries=item.countries,
                state=State.MISSING,
                due=item.due,
                note=item.note,
            )


def _with_bureau(row: CoverageRow, schema: Schema) -> CoverageRow:
    """The row with the code list's name and bureau, where the register has none."""
    codes = schema.codes.get("offices")
    entry = codes.by_code.get(row.office) if codes else None
    if entry is None:
        return row
    return replace(row, label=row.label or entry.label, bureau=row.bureau or entry.attributes.get("bureau", ""))

"""The register of follow-up: what headquarters has decided on the review's recommendations, and how far it is (DESIGN 7)."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from reporting.errors import RegisterError
from reporting.personal_data import masked
from reporting.returns.csv_file import read_rows

FILE_NAME: Final = "follow_up.csv"
COLUMNS: Final = ("recommendation", "endorsed", "responsible", "timeframe", "status", "as_of", "note")


class Endorsement(StrEnum):
    """Whether headquarters has taken a recommendation on."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    PENDING = "pending"


class Status(StrEnum):
    """How far the work on a recommendation is."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is recorded of one recommendation; None and empty where nothing is.

    ``responsible`` is a unit or a post, never a person. ``timeframe`` is free text, such as *second half of 2009*.
    """

    recommendation: str
    endorsed: Endorsement | None = None
    responsible: str = ""
    timeframe: str = ""
    status: Status | None = None
    as_of: date | None = None
    note: str = ""


Decisions = Mapping[str, Decision]
"""By recommendation."""


def find_follow_up(folder: Path) -> Path | None:
    """``FOLDER/follow_up.csv``, else the one beside the folder; None where there is neither."""
    candidates = (folder / FILE_NAME, folder.resolve().parent / FILE_NAME)
    return next((path for path in candidates if path.is_file()), None)


def read_follow_up(path: Path, recommendations: Collection[str]) -> Decisions:
    """The decisions in a CSV file with the columns of :data:`COLUMNS`, on the ``recommendations`` there are.

    Raises:
        RegisterError: the file cannot be read, a column is missing, a value is not of its kind, or a recommendation is
            unknown or stands twice; the message names the row.
    """
    decisions: dict[str, Decision] = {}
    for number, row in read_rows(path, COLUMNS, "a register of follow-up"):
        decision = _decision(row, f"{path}, row {number}")
        _refuse_unknown(decision.recommendation, recommendations, decisions, f"{path}, row {number}")
        decisions[decision.recommendation] = decision
    return decisions


def empty_follow_up(recommendations: Collection[str]) -> str:
    """A register of follow-up to be filled in: CSV, one row a recommendation, nothing decided."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({"recommendation": identifier} for identifier in recommendations)
    return file.getvalue()


def _decision(row: Mapping[str, str], place: str) -> Decision:
    return Decision(
        recommendation=row["recommendation"],
        endorsed=_code(Endorsement, row["endorsed"], f"{place}, endorsed"),
        responsible=masked(row["responsible"]),
        timeframe=masked(row["timeframe"]),
        status=_code(Status, row["status"], f"{place}, status"),
        as_of=_date(row["as_of"], f"{place}, as_of"),
        note=masked(row["note"]),
    )


C = TypeVar("C", bound=StrEnum)


def _code(kind: type[C], text: str, place: str) -> C | None:
    if not text:
        return None
    try:
        return kind(text.casefold().replace(" ", "_"))
    except ValueError:
        raise RegisterError(f"{place}: “{text}” is none of {', '.join(kind)}; leave it empty if it is open") from None


def _date(text: str, place: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RegisterError(f"{place}: “{text}” is not a date; write it as 2009-03-31") from None


def _refuse_unknown(identifier: str, known: Collection[str], seen: Collection[str], place: str) -> None:
    if not identifier:
        raise RegisterError(f"{place}: “recommendation” is empty; give its number, such as {min(known, default='R01')}")
    if identifier not in known:
        raise RegisterError(f"{place}: there is no recommendation “{identifier}”; there are {', '.join(known)}")
    if identifier in seen:
        raise RegisterError(f"{place}: “{identifier}” stands here a second time; keep one row a recommendation")

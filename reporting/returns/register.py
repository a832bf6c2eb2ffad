"""The register: which office owes which return, by when, and when it came (DESIGN 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from reporting.errors import RegisterError
from reporting.returns.csv_file import read_rows

FILE_NAME: Final = "register.csv"
COLUMNS: Final = (
    "office",
    "label",
    "year",
    "bureau",
    "countries",
    "due",
    "received",
    "cleared_on",
    "note",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedReturn:
    """A return that an office owes. Dates are None where the register does not have them."""

    office: str
    label: str
    year: int
    bureau: str
    countries: tuple[str, ...]
    due: date | None = None
    received: date | None = None
    cleared_on: date | None = None
    note: str = ""
    rebuilt: bool = False
    """Whether the return is not the office's own, but rebuilt from public figures: the column ``rebuilt``, which may be missing."""


@dataclass(frozen=True, slots=True)
class Register:
    """All returns that are owed, in the order of the file."""

    expected: tuple[ExpectedReturn, ...]

    def __iter__(self) -> Iterator[ExpectedReturn]:
        return iter(self.expected)

    @property
    def years(self) -> tuple[int, ...]:
        """The years for which returns are owed, oldest first."""
        return tuple(sorted({item.year for item in self.expected}))

    def of_year(self, year: int) -> dict[str, ExpectedReturn]:
        """The returns owed for a year, by office."""
        return {item.office: item for item in self.expected if item.year == year}


def find_register(folder: Path) -> Path | None:
    """``FOLDER/register.csv``, else the one beside the folder; None where there is neither."""
    candidates = (folder / FILE_NAME, folder.resolve().parent / FILE_NAME)
    return next((path for path in candidates if path.is_file()), None)


def read_register(path: Path) -> Register:
    """The register in a CSV file with the columns of :data:`COLUMNS`; countries are separated by spaces.

    Raises:
        RegisterError: the file cannot be read, a column is missing, a value is not of its kind, or an office stands
            twice in a year; the message names the row.
    """
    rows = read_rows(path, COLUMNS, "a register")
    expected = {number: _expected(row, f"{path}, row {number}") for number, row in rows}
    _refuse_doubles(expected, path)
    return Register(tuple(expected.values()))


def _expected(row: Mapping[str, str], place: str) -> ExpectedReturn:
    for name in ("office", "year", "bureau"):
        if not row[name]:
            raise RegisterError(f"{place}: “{name}” is empty; give the office's {name}")
    if not row["year"].isdecimal():
        raise RegisterError(f"{place}: “{row['year']}” is not a year; write it as 2008")
    office = row["office"].upper()
    return ExpectedReturn(
        office=office,
        label=row["label"] or office,
        year=int(row["year"]),
        bureau=row["bureau"].lower(),
        countries=tuple(row["countries"].upper().split()) or (office,),
        due=_date(row["due"], f"{place}, due"),
        received=_date(row["received"], f"{place}, received"),
        cleared_on=_date(row["cleared_on"], f"{place}, cleared_on"),
        note=row["note"],
        rebuilt=row.get("rebuilt", "").casefold() == "yes",
    )


def _date(text: str, place: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RegisterError(f"{place}: “{text}” is not a date; write it as 2009-03-31, or leave it blank") from error


def _refuse_doubles(expected: Mapping[int, ExpectedReturn], path: Path) -> None:
    seen: set[tuple[str, int]] = set()
    for number, item in expected.items():
        if (item.office, item.year) in seen:
            raise RegisterError(f"{path}, row {number}: {item.office} already owes a return for {item.year}; keep one")
        seen.add((item.office, item.year))

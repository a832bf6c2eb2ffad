"""A bureau's waivers: findings that it accepts, with reason, post and date (FORM 6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from reporting.errors import RegisterError
from reporting.findings import FileResult, Finding, Severity, verdict_of
from reporting.personal_data import masked
from reporting.returns.csv_file import read_rows
from reporting.returns.register import find_register

FILE_NAME: Final = "waivers.csv"
_COLUMNS: Final = ("office", "year", "code", "reason", "post", "date")
_CODE: Final = re.compile(r"[A-Za-z]{3}\d{3}")

Waivers = Mapping[tuple[str, int], Mapping[tuple[str, str], str]]
"""By office and year: by code and field, what is printed beside the finding; the field is empty for all of a code."""


def waivers_for(folders: Iterable[Path]) -> Waivers:
    """The waivers that lie beside the registers of several folders.

    Raises:
        RegisterError: a file cannot be used.
    """
    registers = (find_register(folder) for folder in folders)
    return {place: waived for path in registers if path for place, waived in waivers_beside(path).items()}


def registers_of(folder: Path, register: Path | None = None) -> list[Path]:
    """The files that say what is owed and what is waived in a folder of returns: the register, given or found, and its waivers."""
    found = register or find_register(folder)
    return [path for path in (found, found.parent / FILE_NAME) if path.is_file()] if found else []


def waivers_beside(register: Path) -> Waivers:
    """The waivers that lie beside a register; none where there is no such file.

    Raises:
        RegisterError: the file cannot be used.
    """
    path = register.parent / FILE_NAME
    return read_waivers(path) if path.is_file() else {}


def read_waivers(path: Path) -> Waivers:
    """The waivers in a CSV file with the columns office, year, code, reason, post and date, and perhaps field.

    Raises:
        RegisterError: the file cannot be read, a column or a value is missing, or a value is not of its kind; the message
            names the row.
    """
    waivers: dict[tuple[str, int], dict[tuple[str, str], str]] = {}
    for number, row in read_rows(path, _COLUMNS, "a file of waivers"):
        _refuse_incomplete(row, f"{path}, row {number}")
        place = (row["office"].upper(), int(row["year"]))
        waived = (row["code"].upper(), row.get("field", ""))
        waivers.setdefault(place, {})[waived] = masked(f"{row['reason']} ({row['post']}, {row['date']})")
    return waivers


def _refuse_incomplete(row: Mapping[str, str], place: str) -> None:
    for name in _COLUMNS:
        if not row[name]:
            raise RegisterError(f"{place}: “{name}” is missing; a waiver gives {', '.join(_COLUMNS)}")
    if not row["year"].isdecimal():
        raise RegisterError(f"{place}: “{row['year']}” is not a year; write it as 2008")
    if not _CODE.fullmatch(row["code"]):
        raise RegisterError(f"{place}: “{row['code']}” is not the code of a finding; write it as TOT004")
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        raise RegisterError(f"{place}: “{row['date']}” is not a date; write it as 2009-03-31") from None


def with_waivers(result: FileResult, waivers: Waivers) -> FileResult:
    """The outcome of a file with the bureau's waivers on its errors and queries, and the verdict that follows."""
    waived = waivers.get((result.office, result.year or 0))
    if not waived:
        return result
    findings = tuple(_waived(finding, waived) for finding in result.findings)
    return replace(result, findings=findings, verdict=verdict_of(findings))


def _waived(finding: Finding, waived: Mapping[tuple[str, str], str]) -> Finding:
    waiver = waived.get((finding.code, finding.field)) or waived.get((finding.code, ""))
    return replace(finding, waiver=waiver) if waiver and finding.severity is not Severity.NOTE else finding

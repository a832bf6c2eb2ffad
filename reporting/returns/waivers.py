"""A bureau's waivers: findings that it accepts, with reason, post and date (FORM 6)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from reporting.errors import RegisterError
from reporting.findings import FileResult, Finding, Severity, verdict_of
from reporting.personal_data import masked
from reporting.returns.register import find_register

FILE_NAME: Final = "waivers.csv"
_COLUMNS: Final = ("office", "year", "code", "reason", "post", "date")

Waivers = Mapping[tuple[str, int], Mapping[tuple[str, str], str]]
"""By office and year: by code and field, what is printed beside the finding; the field is empty for all of a code."""


def waivers_for(folders: Iterable[Path]) -> Waivers:
    """The waivers that lie beside the registers of several folders.

    Raises:
        RegisterError: a file cannot be used.
    """
    registers = (find_register(folder) for folder in folders)
    return {place: waived for path in registers if path for place, waived in waivers_beside(path).items()}


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
        RegisterError: a column or a value is missing, or a year is not a number.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RegisterError(f"{path}: cannot be read ({error})") from error
    waivers: dict[tuple[str, int], dict[tuple[str, str], str]] = {}
    for number, row in enumerate(rows, start=2):
        for name in _COLUMNS:
            if not (row.get(name) or "").strip():
                raise RegisterError(f"{path}, row {number}: “{name}” is missing; a waiver gives {', '.join(_COLUMNS)}")
        if not row["year"].strip().isdecimal():
            raise RegisterError(f"{path}, row {number}: “{row['year']}” is not a year")
        place = (row["office"].strip(), int(row["year"]))
        waived = (row["code"].strip(), (row.get("field") or "").strip())
        waivers.setdefault(place, {})[waived] = masked(f"{row['reason']} ({row['post']}, {row['date']})")
    return waivers


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

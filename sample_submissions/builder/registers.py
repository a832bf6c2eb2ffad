"""Registers of expected returns for the real samples: what the sources do not say is left empty and said so."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from reporting.schema.compiled import load_schema

NO_DATES = "Dates of receipt and clearance are not in the sources"


def register_row(office: str, year: int, countries: Sequence[str], note: str) -> Mapping[str, str]:
    """The row of a return that lies in the samples."""
    code = load_schema("apr-2008").codes["offices"].by_code[office]
    return {
        "office": office,
        "label": code.label,
        "year": str(year),
        "bureau": code.attributes["bureau"],
        "countries": " ".join(countries),
        "due": "",
        "received": "",
        "cleared_on": "",
        "rebuilt": "yes",
        "note": note,
    }


def csv_text(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV, their columns in the order of the first row."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()

"""Figures and coverage as JSON and CSV (DESIGN 13)."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Final

from reporting.aggregate.coverage import Coverage, State
from reporting.aggregate.figures import Figures

COLUMNS: Final = (
    "indicator",
    "level",
    "area",
    "dimensions",
    "value",
    "status",
    "combines",
    "contributors",
    "approximate",
    "unit",
    "caution",
)
_STARTS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def document(made: Figures, coverage: Coverage, edition: str) -> dict[str, Any]:
    """Figures with the coverage behind them, as plain values."""
    return {
        "edition": edition,
        "coverage": coverage_document(coverage),
        "figures": [
            {
                "indicator": item.indicator,
                "level": str(item.level),
                "area": item.area,
                "dimensions": dict(item.dimensions),
                "value": item.value,
                "status": str(item.status),
                "combines": str(item.combines),
                "contributors": item.contributors,
                "approximate": item.approximate,
                "unit": item.unit,
                "caution": item.caution,
            }
            for item in made.all
        ],
    }


def coverage_document(coverage: Coverage) -> dict[str, Any]:
    """Coverage as plain values: totals, totals by bureau, and every return."""
    return {
        "year": coverage.year,
        "registered": coverage.registered,
        "expected": coverage.expected(),
        "used": coverage.used(),
        "unexpected": coverage.unexpected(),
        "nil": coverage.nil(),
        "states": _states(coverage.counts()),
        "bureaus": [
            {
                "bureau": bureau,
                "expected": coverage.expected(bureau),
                "used": coverage.used(bureau),
                "unexpected": coverage.unexpected(bureau),
                "nil": coverage.nil(bureau),
                "states": _states(coverage.counts(bureau)),
            }
            for bureau in coverage.bureaus
        ],
        "covered_twice": {country: list(offices) for country, offices in coverage.covered_twice.items()},
        "returns": [
            {
                "office": row.office,
                "label": row.label,
                "bureau": row.bureau,
                "countries": list(row.countries),
                "state": str(row.state),
                "verdict": str(row.verdict) if row.verdict else None,
                "due": row.due.isoformat() if row.due else None,
                "received": row.received.isoformat() if row.received else None,
                "cleared_on": row.cleared_on.isoformat() if row.cleared_on else None,
                "owed": row.owed,
                "nil": row.nil,
                "path": row.path,
                "note": row.note,
            }
            for row in coverage.rows
        ],
    }


def json_text(content: dict[str, Any]) -> str:
    """A document as text, indented, with a line break at its end."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def csv_text(made: Figures) -> str:
    """One row a figure; dimensions as ``group=REF sex=f``.

    A text that a spreadsheet would take for a formula is written behind an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in made.all:
        dimensions = " ".join(f"{name}={code}" for name, code in item.dimensions.items())
        value = "" if item.value is None else item.value
        texts = (item.combines, item.contributors, item.approximate, item.unit, item.caution)
        row = (item.indicator, item.level, item.area, dimensions, value, item.status, *texts)
        writer.writerow([inert(cell) for cell in row])
    return out.getvalue()


def inert(cell: object) -> object:
    """The cell, so that no spreadsheet runs it as a formula; numbers and truth values stay what they are."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return cell
    text = str(cell)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def _states(counts: dict[State, int]) -> dict[str, int]:
    return {str(state): number for state, number in counts.items()}

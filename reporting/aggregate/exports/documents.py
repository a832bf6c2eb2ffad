"""Figures, coverage and traces as plain values for JSON (DESIGN 13)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from reporting.aggregate.coverage import Coverage, State
from reporting.aggregate.exports.tables import exact
from reporting.aggregate.figures import Figure, Figures
from reporting.aggregate.trace import Contribution, TracedFigure
from reporting.schema.model import Indicator


def document(made: Figures, coverage: Coverage, edition: str) -> dict[str, Any]:
    """Figures with the coverage behind them, as plain values."""
    return {
        "edition": edition,
        "coverage": coverage_document(coverage),
        "figures": [_figure(item) for item in made],
    }


def trace_document(indicator: Indicator, traced: Sequence[TracedFigure]) -> dict[str, Any]:
    """Figures of one indicator with the values behind each, as plain values."""
    return {
        "indicator": indicator.id,
        "label": indicator.label,
        "source": indicator.source,
        "figures": [
            _figure(item.figure) | {"contributions": [_contribution(one) for one in item.contributions]}
            for item in traced
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


def _figure(item: Figure) -> dict[str, Any]:
    return {
        "id": item.id,
        "indicator": item.indicator,
        "level": str(item.level),
        "area": item.area,
        "dimensions": dict(item.dimensions),
        "value": item.value,
        "status": str(item.status),
        "combines": str(item.combines),
        "contributors": item.contributors,
        "approximate": item.approximate,
        "items": list(item.items),
        "expected": item.expected,
        "persons_share": item.persons_share,
        "persons_at_most": item.persons_at_most,
        "unit": item.unit,
        "caution": item.caution,
    }


def _contribution(one: Contribution) -> dict[str, Any]:
    return {
        "role": str(one.role),
        "office": one.office,
        "country": one.country,
        "field": one.field,
        "number": exact(one.number),
        "answer": one.answer,
        "missing": one.missing,
        "approximate": one.approximate,
        "given_by": one.given_by,
        "path": one.path,
        "sha256": one.sha256,
        "sheet": one.sheet,
        "cell": one.cell,
        "findings": list(one.findings),
    }


def _states(counts: dict[State, int]) -> dict[str, int]:
    return {str(state): number for state, number in counts.items()}

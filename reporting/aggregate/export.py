"""Figures, coverage and traces as JSON and CSV (DESIGN 13)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from reporting.aggregate.coverage import Coverage, State
from reporting.aggregate.figures import Figure, Figures
from reporting.aggregate.trace import Contribution, TracedFigure
from reporting.schema.model import Indicator

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
    "items",
    "unit",
    "caution",
)
TRACE_COLUMNS: Final = (
    "indicator",
    "level",
    "area",
    "dimensions",
    "value",
    "status",
    "role",
    "office",
    "country",
    "field",
    "number",
    "answer",
    "missing",
    "approximate",
    "given_by",
    "path",
    "sha256",
    "sheet",
    "cell",
    "findings",
)
_STARTS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


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


def trace_csv(traced: Sequence[TracedFigure]) -> str:
    """One row a contribution, with the figure it goes into; a figure that nothing stands behind has a row of its own."""
    return _csv(
        TRACE_COLUMNS, (_trace_row(item.figure, one) for item in traced for one in item.contributions or (None,))
    )


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
    return _csv(COLUMNS, (_figure_row(item) for item in made))


def inert(cell: object) -> object:
    """The cell, so that no spreadsheet runs it as a formula; numbers and truth values stay what they are."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return cell
    text = str(cell)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return out.getvalue()


def _figure_row(item: Figure) -> tuple[object, ...]:
    rest = (item.combines, item.contributors, item.approximate, " ".join(item.items), item.unit, item.caution)
    return (item.indicator, item.level, item.area, dimensions_text(item), _known(item.value), item.status, *rest)


def _trace_row(item: Figure, one: Contribution | None) -> tuple[object, ...]:
    figure = (item.indicator, item.level, item.area, dimensions_text(item), _known(item.value), item.status)
    if one is None:
        return (*figure, *[""] * (len(TRACE_COLUMNS) - len(figure)))
    value = (one.role, one.office, one.country, one.field, _known(one.number), one.answer, one.missing, one.approximate)
    return (*figure, *value, one.given_by, one.path, one.sha256, one.sheet, one.cell, "; ".join(one.findings))


def dimensions_text(item: Figure) -> str:
    """The breakdown of a figure as ``group=REF sex=f``."""
    return " ".join(f"{name}={code}" for name, code in item.dimensions.items())


def _known(value: float | None) -> object:
    return "" if value is None else exact(value)


def exact(value: float) -> int | float:
    """A whole number without its decimal point."""
    return int(value) if value == int(value) else value


def _figure(item: Figure) -> dict[str, Any]:
    return {
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
        "unit": item.unit,
        "caution": item.caution,
    }


def _contribution(one: Contribution) -> dict[str, Any]:
    return {
        "role": str(one.role),
        "office": one.office,
        "country": one.country,
        "field": one.field,
        "number": None if one.number is None else exact(one.number),
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

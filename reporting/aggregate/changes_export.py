"""Changes between two years as JSON and CSV."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

from reporting.aggregate.changes import Change, Changes
from reporting.aggregate.export import exact, inert

COLUMNS: Final = (
    "indicator",
    "level",
    "area",
    "dimensions",
    "before",
    "now",
    "difference",
    "percentage",
    "offices",
    "all_before",
    "all_now",
    "offices_before",
    "offices_now",
    "approximate_before",
    "approximate_now",
    "given_before",
    "given_by",
    "breaks",
    "unit",
    "caution",
)


def changes_document(made: Changes) -> dict[str, Any]:
    """The changes with the offices and forms of both years, as plain values."""
    return {
        "years": [made.before, made.year],
        "forms": list(made.forms),
        "offices": {
            "both": made.same,
            "only_before": list(made.lost),
            "only_now": list(made.gained),
            "other_countries": {office: [list(was), list(now)] for office, (was, now) in sorted(made.moved.items())},
        },
        "changes": [_plain(item) for item in made],
    }


def changes_csv(made: Changes) -> str:
    """One row a change; breaks as ``kind: text``, separated by semicolons."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([inert("" if value is None else value) for value in _values(item)] for item in made)
    return out.getvalue()


def place_of(item: Change) -> str:
    """The area of a change with its breakdown, such as ``africa group=REF``."""
    return " ".join([item.area, *(f"{name}={code}" for name, code in item.dimensions.items())])


def _plain(item: Change) -> dict[str, Any]:
    row = dict(zip(COLUMNS, _values(item), strict=True))
    breaks = [{"kind": str(one.kind), "text": one.text, "offices": list(one.offices)} for one in item.breaks]
    return row | {"dimensions": dict(item.dimensions), "breaks": breaks}


def _values(item: Change) -> tuple[object, ...]:
    numbers = (item.before, item.now, item.difference, item.percentage, item.offices, item.all_before, item.all_now)
    breaks = "; ".join(f"{one.kind}: {one.text}" for one in item.breaks)
    return (
        item.indicator,
        str(item.level),
        item.area,
        " ".join(f"{name}={code}" for name, code in item.dimensions.items()),
        *(None if number is None else exact(number) for number in numbers),
        item.offices_before,
        item.offices_now,
        item.approximate_before,
        item.approximate_now,
        item.given_before,
        item.given_by,
        breaks,
        item.unit,
        item.caution,
    )

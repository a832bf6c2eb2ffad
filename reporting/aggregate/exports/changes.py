"""Changes between two years as JSON and CSV."""

from __future__ import annotations

from typing import Any, Final

from reporting.aggregate.changes import Change, Changes
from reporting.aggregate.exports.tables import Column, ExportTable, Kind, Value, exact

_TEXT, _NUMBER, _WHOLE, _TRUTH = Kind.STRING, Kind.NUMBER, Kind.INTEGER, Kind.BOOLEAN
COLUMNS: Final = (
    Column("indicator", _TEXT, "#indicator+code", "The indicator of this year's form.", 34),
    Column("level", _TEXT, "#loc+type", "office, country, bureau or world.", 9),
    Column("area", _TEXT, "#loc+code", "The office, country or bureau; world.", 12),
    Column("dimensions", _TEXT, "#indicator+breakdown", "The breakdown, as heading=code.", 28),
    Column("before", _NUMBER, "#indicator+before+num", "Last year, of the offices known in both years."),
    Column("now", _NUMBER, "#indicator+value+num", "This year, of the same offices."),
    Column("difference", _NUMBER, "#indicator+difference+num", "This year less last year."),
    Column("percentage", _NUMBER, "#indicator+change+pct", "The difference in per cent of last year."),
    Column("offices", _WHOLE, "#meta+contributors+num", "The offices known in both years."),
    Column("all_before", _NUMBER, "#indicator+before+all+num", "Last year's figure of all offices."),
    Column("all_now", _NUMBER, "#indicator+value+all+num", "This year's figure of all offices."),
    Column("offices_before", _WHOLE, "#meta+contributors+before+num", "The offices known last year."),
    Column("offices_now", _WHOLE, "#meta+contributors+now+num", "The offices known this year."),
    Column("approximate_before", _TRUTH, "#meta+approximate+before", "Whether last year's is approximate."),
    Column("approximate_now", _TRUTH, "#meta+approximate+now", "Whether this year's is approximate."),
    Column("all_approximate_before", _TRUTH, "#meta+approximate+before+all", "Whether last year's of all offices is."),
    Column("all_approximate_now", _TRUTH, "#meta+approximate+now+all", "Whether this year's of all offices is."),
    Column("given_before", _TEXT, "#meta+source+before", "Whose word last year's is.", 12),
    Column("given_by", _TEXT, "#meta+source+now", "Whose word this year's is.", 12),
    Column("breaks", _TEXT, "#meta+breaks", "Why the years are not quite the same.", 40),
    Column("unit", _TEXT, "#indicator+unit", "What is counted.", 16),
    Column("caution", _TEXT, "#meta+caution", "What a reader must know.", 40),
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


def changes_table(made: Changes) -> ExportTable:
    """One row a change; breaks as ``kind: text``, separated by semicolons."""
    return ExportTable("changes", "Changes between two years", COLUMNS, tuple(map(_values, made)))


def place_of(item: Change) -> str:
    """The area of a change with its breakdown, such as ``africa group=REF``."""
    return " ".join([item.area, *(f"{name}={code}" for name, code in item.dimensions.items())])


def _plain(item: Change) -> dict[str, Any]:
    row = dict(zip((column.name for column in COLUMNS), _values(item), strict=True))
    breaks = [{"kind": str(one.kind), "text": one.text, "offices": list(one.offices)} for one in item.breaks]
    return row | {"dimensions": dict(item.dimensions), "breaks": breaks}


def _values(item: Change) -> tuple[Value, ...]:
    numbers = (item.before, item.now, item.difference, item.percentage, item.offices, item.all_before, item.all_now)
    breaks = "; ".join(f"{one.kind}: {one.text}" for one in item.breaks)
    return (
        item.indicator,
        str(item.level),
        item.area,
        " ".join(f"{name}={code}" for name, code in item.dimensions.items()),
        *map(exact, numbers),
        item.offices_before,
        item.offices_now,
        item.approximate_before,
        item.approximate_now,
        item.all_approximate_before,
        item.all_approximate_now,
        item.given_before,
        str(item.given_by),
        breaks,
        item.unit,
        item.caution,
    )

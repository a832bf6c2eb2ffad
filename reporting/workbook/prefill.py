"""What an office need not type again: lists of last year's return and the answers of headquarters.

Figures are not carried over: a figure that nobody looked at again would pass for this year's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from reporting.findings import Finding
from reporting.schema.model import Field, GivenBy, Schema
from reporting.workbook.answers import Answer, Carried, Return
from reporting.workbook.choices import code_list_of
from reporting.workbook.filling import Entry, Filling

CARRIED_FIELDS = ("cover.language", "cover.countries", "cover.uses_focus")
"""Answers that seldom change, and that the office sees on its cover before all others."""
CARRIED_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "focal_points": ("post", "unit", "countries"),
        "partnerships": ("body", "role"),
    }
)
"""Lists to be brought up to date: what a row is about, not what happened in the year."""


def prefilled(schema: Schema, last: Return, year: int, findings: Iterable[Finding] = ()) -> Filling:
    """The return for ``year`` on the form of ``schema``, begun from last year's.

    What the new form does not ask, and codes it does not have, are left out. The explanations of ``findings``, those of last
    year's return, are taken over with the values they are about.
    """
    carried = [schema.fields[name] for name in CARRIED_FIELDS if name in schema.fields]
    registered = [item for item in schema.fields.values() if item.given_by is GivenBy.HEADQUARTERS]
    fields = {item.id: _entry(schema, item, last.fields.get(item.id)) for item in (*carried, *registered)}
    return Filling(
        office=last.office,
        year=year,
        language=last.language,
        fields={name: entry for name, entry in fields.items() if entry is not None},
        carried=_explained(findings),
        tables={name: rows for name in CARRIED_COLUMNS if (rows := _rows(schema, last, name))},
    )


def _explained(findings: Iterable[Finding]) -> dict[str, Carried]:
    """Explanations by code, each with every value that it explained."""
    values: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    for finding in findings:
        if finding.explanation:
            texts[finding.code] = finding.explanation
            values.setdefault(finding.code, []).append(finding.values)
    return {code: Carried(text, tuple(dict.fromkeys(values[code]))) for code, text in texts.items()}


def _rows(schema: Schema, last: Return, name: str) -> list[Mapping[str, Entry]]:
    """The rows of a table with their carried columns; rows of which nothing is left are dropped."""
    table = schema.tables_by_id.get(name)
    if table is None:
        return []
    columns = [table.by_name[column] for column in CARRIED_COLUMNS[name] if column in table.by_name]
    rows = [
        {item.name: _entry(schema, item, row.answers.get(item.name)) for item in columns}
        for row in last.tables.get(name, ())
    ]
    return [row for row in rows if any(entry is not None for entry in row.values())]


def _entry(schema: Schema, question: Field, answer: Answer | None) -> Entry:
    """The answer as it is written again, or None where there is none, or none that the form knows."""
    if answer is None or answer.value is None:
        return None
    codes = code_list_of(schema, question)
    if codes is None:
        return answer.value
    if isinstance(answer.value, tuple):
        return tuple(code for code in answer.value if code in codes.by_code) or None
    return answer.value if answer.value in codes.by_code else None

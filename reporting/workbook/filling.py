"""What is written into a return's answer cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from reporting.schema.model import Schema
from reporting.workbook.answers import Carried
from reporting.workbook.choices import is_fictional

Entry = int | float | str | date | tuple[str, ...] | None
"""An answer to be written: codes as codes, ``..`` and ``na`` as those texts, a tuple for several choices."""


@dataclass(frozen=True, kw_only=True)
class Filling:
    """The answers of one office for one year; what is not named stays blank.

    ``fields`` are by field id; ``impact`` holds baseline, target and year-end value by indicator id; ``tables`` the rows
    of each table by column name; ``explanations`` what the office says of a rule, by rule code, and
    ``carried`` what it said last year.
    ``language`` is the one the return is written in, ``workbook_language`` that of labels, lists and guidance.
    ``given_by_headquarters`` names the fields whose answer is headquarters' word, besides those the schema says are.
    """

    office: str
    year: int
    language: str = "en"
    workbook_language: str = "en"
    fields: Mapping[str, Entry] = field(default_factory=dict)
    impact: Mapping[str, tuple[Entry, Entry, Entry]] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Mapping[str, Entry]]] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    carried: Mapping[str, Carried] = field(default_factory=dict)
    given_by_headquarters: frozenset[str] = frozenset()

    def answers(self) -> Mapping[str, Entry]:
        """The fields with office, year and language of the return, unless they are filled otherwise."""
        cover: dict[str, Entry] = {
            "cover.office": self.office,
            "cover.year": self.year,
            "cover.language": self.language,
        }
        return MappingProxyType({**cover, **self.fields})


def unknown_names(schema: Schema, filling: Filling) -> list[str]:
    """Every id and column of the filling that the schema does not have, and tables with too many rows."""
    cover = {"cover.office", "cover.year", "cover.language"}
    faults = [name for name in filling.fields if name not in schema.fields and name not in cover]
    faults += [name for name in filling.impact if name not in schema.impact_indicators]
    for identifier, rows in filling.tables.items():
        table = schema.tables_by_id.get(identifier)
        if table is None:
            faults.append(identifier)
            continue
        faults += sorted({f"{identifier}.{name}" for row in rows for name in row if name not in table.by_name})
        if len(rows) > table.max_rows:
            faults.append(f"{identifier} ({len(rows)} rows, at most {table.max_rows})")
    return faults


def fictional_office(schema: Schema, office: str) -> bool:
    """Whether the office belongs to the made-up world."""
    offices = schema.codes.get("offices")
    code = offices.by_code.get(office) if offices else None
    return code is not None and is_fictional(code)

"""Tables as a data package of the Frictionless standard (specs.frictionlessdata.io): CSV files and what they mean."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from reporting.aggregate.exports.csv_file import FALSE, TRUE, csv_text
from reporting.aggregate.exports.tables import Column, ExportTable, Kind
from reporting.schema.model import Schema

DESCRIPTOR: Final = "datapackage.json"
_REFERENCES: Final = {("figures", "indicator"): ("indicators", "id"), ("trace", "figure"): ("figures", "id")}
"""The columns that name a row of another table."""


def package_files(name: str, title: str, tables: Sequence[ExportTable], schema: Schema) -> Mapping[str, bytes]:
    """The files of a data package, by name: a CSV file a table, and the descriptor."""
    files = {f"{table.name}.csv": csv_text(table).encode() for table in tables}
    names = {table.name for table in tables}
    descriptor = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": "Internal edition, without a licence: small counts of persons can identify them. Not for publication.",
        "sources": [{"title": schema.label}, {"title": schema.source}],
        "resources": [_resource(table, files[f"{table.name}.csv"], names) for table in tables],
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    return files | {DESCRIPTOR: text.encode()}


def _resource(table: ExportTable, content: bytes, names: set[str]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": _schema(table, names),
    }


def _schema(table: ExportTable, names: set[str]) -> dict[str, Any]:
    references = [
        {"fields": column, "reference": {"resource": other, "fields": key}}
        for (name, column), (other, key) in _REFERENCES.items()
        if name == table.name and other in names
    ]
    made: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        made["primaryKey"] = table.key
    return made | ({"foreignKeys": references} if references else {})


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": str(column.kind), "description": column.description}
    if column.kind is Kind.BOOLEAN:
        field |= {"trueValues": [TRUE], "falseValues": [FALSE]}
    return field

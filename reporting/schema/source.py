"""What an author writes in a schema file, before it is put together into a :class:`~reporting.schema.model.Schema`.

Three things differ from the finished schema: ids are local (``applicable`` within its area), questions that every area
asks are written once, and code lists and recommendations may stand in a CSV file beside the schema.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reporting.errors import SchemaError
from reporting.schema.annexes import Correspondence, Guidance, Recommendation
from reporting.schema.model import Area, Category, Code, CodeList, Field, Indicator, Rule, Schema, Section, Table
from reporting.schema.strict import Strict


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeListSource(Strict):
    """A code list, its entries written as ``code: label``, or in a CSV file with columns ``code``, ``label`` and more."""

    id: str
    label: str
    codes: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaField(Strict):
    """A question asked in every area, or in those named by ``in_areas`` (``category.area``).

    It stands before the area's own questions, or with ``last`` after them.
    """

    field: Field
    in_areas: tuple[str, ...] = ()
    last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaSource(Strict):
    """A schema file."""

    id: str
    label: str
    year: int
    source: str
    cover: Section
    summary: Section
    categories: tuple[Category, ...]
    tables: tuple[Table, ...]
    code_lists: tuple[CodeListSource, ...]
    area_fields: tuple[AreaField, ...] = ()
    area_gate: str = ""
    """The name of the area field that must be ``yes`` for the rest of the area to be asked."""
    rules: tuple[Rule, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    recommendations_file: str = ""
    series: tuple[Correspondence, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    themes: Mapping[str, str] = field(default_factory=dict)
    persons_of_concern: str = ""

    def files(self) -> Iterator[str]:
        """The CSV files that belong to the schema, relative to it."""
        yield from (codes.file for codes in self.code_lists if codes.file)
        if self.recommendations_file:
            yield self.recommendations_file


def assemble(source: SchemaSource, folder: Path) -> Schema:
    """The finished schema: full ids, shared questions in every area, code lists read.

    Raises:
        SchemaError: a CSV file is missing or has no ``code`` and ``label`` columns.
    """
    return Schema(
        id=source.id,
        label=source.label,
        year=source.year,
        source=source.source,
        cover=_section("cover", source.cover),
        summary=_section("summary", source.summary),
        categories=tuple(_category(category, source) for category in source.categories),
        tables=tuple(_table(table) for table in source.tables),
        code_lists=tuple(_code_list(codes, folder) for codes in source.code_lists),
        rules=source.rules,
        indicators=source.indicators,
        recommendations=_recommendations(folder / source.recommendations_file) if source.recommendations_file else (),
        series=source.series,
        guidance=source.guidance,
        themes=source.themes,
        persons_of_concern=source.persons_of_concern,
    )


def _section(identifier: str, section: Section) -> Section:
    return replace(section, id=identifier, fields=_prefixed(identifier, section.fields))


def _table(table: Table) -> Table:
    columns = tuple(
        replace(column, themes=column.themes or table.themes) for column in _prefixed(table.id, table.columns)
    )
    return replace(table, columns=columns)


def _prefixed(prefix: str, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(replace(item, id=f"{prefix}.{item.id}") for item in fields)


def _category(category: Category, source: SchemaSource) -> Category:
    return replace(category, areas=tuple(_area(category.id, area, source) for area in category.areas))


def _area(category: str, area: Area, source: SchemaSource) -> Area:
    place = f"{category}.{area.id}"
    shared = [item for item in source.area_fields if not item.in_areas or place in item.in_areas]
    first = tuple(item.field for item in shared if not item.last)
    last = tuple(item.field for item in shared if item.last)
    fields = _prefixed(place, first + area.fields + last)
    gate = f"{place}.{source.area_gate}" if source.area_gate else ""
    return replace(
        area,
        id=place,
        fields=tuple(_gated(item, gate) for item in fields),
        indicators=tuple(replace(item, id=f"{place}.{item.id}") for item in area.indicators),
    )


def _gated(item: Field, gate: str) -> Field:
    """The field, asked only where the area applies."""
    if not gate or item.id == gate:
        return item
    condition = f"{gate} == 'yes'"
    return replace(item, asked_if=f"{condition} and ({item.asked_if})" if item.asked_if else condition)


def _code_list(source: CodeListSource, folder: Path) -> CodeList:
    codes = tuple(Code(code=code, label=label) for code, label in source.codes.items())
    if source.file:
        codes += tuple(_code(row) for row in read_csv(folder / source.file, ("code", "label")))
    return CodeList(id=source.id, label=source.label, codes=codes, source=source.source)


def _code(row: Mapping[str, str]) -> Code:
    attributes = {name: value for name, value in row.items() if name not in ("code", "label")}
    return Code(code=row["code"], label=row["label"], attributes=attributes)


def _recommendations(path: Path) -> tuple[Recommendation, ...]:
    rows = read_csv(path, ("id", "section", "text", "addressed_to", "source", "evidence"))
    return tuple(
        Recommendation(
            id=row["id"],
            section=row["section"],
            text=row["text"],
            addressed_to=row["addressed_to"],
            source=row["source"],
            evidence=tuple(row["evidence"].split()),
        )
        for row in rows
    )


def read_csv(path: Path, needed: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV file of the schema.

    Raises:
        SchemaError: the file is missing, or a needed column or a cell of a row is.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows, columns = list(reader), reader.fieldnames or ()
    except OSError as error:
        raise SchemaError(f"{path}: cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise SchemaError(f"{path}: not a CSV file in UTF-8") from error
    if missing := [name for name in needed if name not in columns]:
        raise SchemaError(f"{path}, row 1: the column “{missing[0]}” is missing")
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values() or not row[needed[0]]:
            raise SchemaError(f"{path}, row {number}: {len(columns)} cells are needed, the first one not empty")
    return rows

"""In which order the questions and tables of a schema stand in the workbook that is written from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reporting.schema.model import Area, Category, Field, Schema, Table
from reporting.workbook.addresses import column_of, letter_of
from reporting.workbook.choices import answered_in_rows, code_list_of, option_id
from reporting.workbook.layout import (
    FIRST_COLUMN,
    TITLE_ROW,
    FormRow,
    FormSheet,
    RowKind,
    TableColumn,
    TableSheet,
    WorkbookLayout,
)

LEGEND = ("answer", "required", "headquarters", "computed", "trafficking", "not_asked", "broken")
"""Entries of the legend on the cover."""
INSTRUCTIONS = 6
"""The number of instruction rows on the cover."""


def layout_of(schema: Schema) -> WorkbookLayout:
    """Where everything of ``schema`` stands in a workbook that is written from it."""
    tables = tuple(_table_sheet(table) for table in schema.tables)
    others = (_summary(schema), *(_category(schema, category) for category in schema.categories))
    without_cover = WorkbookLayout(forms=(_cover(schema, ()), *others), tables=tables)
    return WorkbookLayout(forms=(_cover(schema, without_cover.titles[1:]), *others), tables=tables)


def _table_sheet(table: Table) -> TableSheet:
    first = column_of(FIRST_COLUMN)
    columns = tuple(TableColumn(letter_of(first + place), field) for place, field in enumerate(table.columns))
    return TableSheet(id=table.id, title=table.sheet, table=table, columns=columns)


def _cover(schema: Schema, linked: tuple[str, ...]) -> FormSheet:
    rows = [
        *_opening(),
        *(FormRow(kind=RowKind.INSTRUCTION, text=str(place)) for place in range(INSTRUCTIONS)),
        FormRow(kind=RowKind.HEADING, text="questions"),
        *_questions(schema, schema.cover.fields),
        FormRow(kind=RowKind.SPACE),
        FormRow(kind=RowKind.HEADING, text="progress"),
        FormRow(kind=RowKind.PROGRESS, text="ready"),
        *(FormRow(kind=RowKind.PROGRESS, text=section.id) for section in schema.sections),
        *(FormRow(kind=RowKind.PROGRESS, text=category.id) for category in schema.categories),
        FormRow(kind=RowKind.SPACE),
        FormRow(kind=RowKind.HEADING, text="legend"),
        *(FormRow(kind=RowKind.LEGEND, text=key) for key in LEGEND),
        FormRow(kind=RowKind.SPACE),
        FormRow(kind=RowKind.HEADING, text="contents"),
        *(FormRow(kind=RowKind.LINK, text=title) for title in linked),
    ]
    return FormSheet(id=schema.cover.id, title=schema.cover.sheet, part=schema.cover, rows=_numbered(rows))


def _summary(schema: Schema) -> FormSheet:
    rows = _numbered([*_opening(), *_questions(schema, schema.summary.fields)])
    return FormSheet(id=schema.summary.id, title=schema.summary.sheet, part=schema.summary, rows=rows)


def _category(schema: Schema, category: Category) -> FormSheet:
    rows = [*_opening()]
    for area in category.areas:
        rows += _area_rows(schema, area)
    return FormSheet(id=category.id, title=category.sheet, part=category, rows=_numbered(rows))


def _opening() -> tuple[FormRow, ...]:
    return FormRow(kind=RowKind.TITLE), FormRow(kind=RowKind.GUIDANCE)


def _area_rows(schema: Schema, area: Area) -> Iterator[FormRow]:
    yield FormRow(kind=RowKind.HEADING, area=area)
    if area.guidance:
        yield FormRow(kind=RowKind.AREA_GUIDANCE, area=area)
    yield from _questions(schema, area.fields, area)
    if area.indicators:
        yield FormRow(kind=RowKind.INDICATOR_HEAD, area=area)
    for indicator in area.indicators:
        yield FormRow(kind=RowKind.INDICATOR, id=indicator.id, indicator=indicator, area=area)
    yield FormRow(kind=RowKind.SPACE, area=area)


def _questions(schema: Schema, fields: Iterable[Field], area: Area | None = None) -> Iterator[FormRow]:
    for field in fields:
        yield FormRow(kind=RowKind.QUESTION, id=field.id, field=field, area=area)
        codes = code_list_of(schema, field)
        if codes is not None and answered_in_rows(schema, field):
            for code in codes.codes:
                yield FormRow(kind=RowKind.OPTION, id=option_id(field.id, code.code), field=field, code=code, area=area)


def _numbered(rows: Iterable[FormRow]) -> tuple[FormRow, ...]:
    return tuple(replace(row, number=number) for number, row in enumerate(rows, start=TITLE_ROW))

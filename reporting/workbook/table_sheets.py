"""Writing a table sheet. Record rows hold nothing but what an office writes: no locked cell, formula or id.

Their look is that of whole columns, so that an empty row costs no cell and rows may be sorted, inserted and deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reporting.schema.expressions import parse
from reporting.schema.model import Field, FieldType
from reporting.workbook.addresses import column_of, letter_of
from reporting.workbook.choices import code_list_of
from reporting.workbook.conditions import asked_only_if
from reporting.workbook.entries import look_of, put, shown
from reporting.workbook.filling import Entry
from reporting.workbook.layout import (
    FIRST_COLUMN,
    GUIDANCE_ROW,
    ID_COLUMN,
    ID_ROW,
    LABELS_MARK,
    LABELS_ROW,
    REPEATED_LABELS,
    TITLE_ROW,
    TableColumn,
    TableSheet,
)
from reporting.workbook.sheets import (
    TRAFFICKING,
    Making,
    fill_row,
    grow,
    hide_machine_cells,
    protect,
    set_up_printing,
    show,
    write_title,
)
from reporting.workbook.styles import LETTER, NAVY, TEAL, Look, height, lines, record_look, style_column
from reporting.workbook.texts import text
from reporting.workbook.validation import Validations, validation_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LAST_EXCEL_COLUMN = 16384
BAND_WIDTH = 100
"""The title band is at least this wide, in characters, also over a narrow table."""
BESIDE_WIDTH = 10
NARROWEST, WIDEST = 12, 30
_WIDTHS = {FieldType.COUNT: 10.5, FieldType.NUMBER: 11.0, FieldType.PERCENT: 11.0, FieldType.YEAR: 9.0}
_WIDTHS |= {FieldType.DATE: 13.0, FieldType.YES_NO: 11.0, FieldType.YES_NO_UNKNOWN: 13.0, FieldType.CHOICES: 32.0}


def write_table(sheet: Worksheet, making: Making, layout: TableSheet) -> None:
    """A table with the records of the filling."""
    trafficking = TRAFFICKING in layout.table.themes
    widths = {column.letter: _width(making, column.field) for column in layout.columns}
    _set_columns(sheet, layout, widths)
    hide_machine_cells(sheet)
    sheet.sheet_format.defaultRowHeight = height(1)
    sheet.sheet_format.customHeight = True
    last, width = _band(layout, widths)
    _write_background(sheet, layout, last)
    write_title(sheet, _title(layout, trafficking=trafficking), _guidance(making, layout), last=last, width=width)
    _write_labels(sheet, layout, widths)
    _write_validations(sheet, making, layout)
    _write_records(sheet, making, layout, widths)
    show(
        sheet,
        TEAL if trafficking else NAVY,
        f"{letter_of(column_of(FIRST_COLUMN) + 1)}{layout.first_record}",
        begin=f"{FIRST_COLUMN}{layout.first_record}",
    )
    set_up_printing(sheet, making, landscape=len(layout.columns) > 5, repeated=REPEATED_LABELS)
    sheet.auto_filter.ref = f"{FIRST_COLUMN}{LABELS_ROW}:{layout.last_column}{layout.last_record}"
    protect(sheet, records=True)


def _title(layout: TableSheet, *, trafficking: bool) -> str:
    return f"{text('mark.trafficking')} {layout.table.label}" if trafficking else layout.table.label


def _guidance(making: Making, layout: TableSheet) -> str:
    condition = asked_only_if(parse(layout.table.asked_if), making.schema) if layout.table.asked_if else ""
    note = text("only_if", condition=condition) if condition else ""
    return f"{note}\n{layout.table.guidance}".strip()


def _set_columns(sheet: Worksheet, layout: TableSheet, widths: Mapping[str, float]) -> None:
    from openpyxl.worksheet.dimensions import ColumnDimension

    first = sheet.column_dimensions[ID_COLUMN]
    style_column(sheet, first, Look.BESIDE)
    for column in layout.columns:
        dimension = sheet.column_dimensions[column.letter]
        dimension.width = widths[column.letter]
        style_column(sheet, dimension, _record_look(column.field))
    beside = column_of(layout.last_column) + 1
    letter = letter_of(beside)
    rest = ColumnDimension(sheet, index=letter, min=beside, max=LAST_EXCEL_COLUMN, width=BESIDE_WIDTH)
    sheet.column_dimensions[letter] = rest
    style_column(sheet, rest, Look.BESIDE)


def _record_look(question: Field) -> Look:
    return record_look(look_of(question))


def _width(making: Making, question: Field) -> float:
    """The width of a column, in characters: of its longest answer, within bounds, and of its label's longest word."""
    word = max(len(part) for part in question.label.replace("/", " ").split()) + 4
    if question.type in _WIDTHS:
        return max(_WIDTHS[question.type], word)
    if question.type is FieldType.TEXT:
        return 44 if (question.max_length or 999) > 200 else 28
    codes = code_list_of(making.schema, question)
    longest = max((len(code.label) for code in codes.codes), default=0) if codes else 0
    return max(min(max(longest * LETTER + 5, NARROWEST), WIDEST), word)


def _band(layout: TableSheet, widths: Mapping[str, float]) -> tuple[str, float]:
    """The last column of the title band and the width of the band."""
    width, last = sum(widths.values()), column_of(layout.last_column)
    while width < BAND_WIDTH:
        width, last = width + BESIDE_WIDTH, last + 1
    shown_width = 0.0
    for number in range(column_of(FIRST_COLUMN), last + 1):
        shown_width += widths.get(letter_of(number), BESIDE_WIDTH)
        if shown_width >= BAND_WIDTH * 1.3:
            return letter_of(number), shown_width
    return letter_of(last), width


def _write_background(sheet: Worksheet, layout: TableSheet, last: str) -> None:
    """The band of the title and the guidance over the whole table, so that no cell there looks like one to fill."""
    end = last if column_of(last) > column_of(layout.last_column) else layout.last_column
    fill_row(sheet, ID_ROW, ID_COLUMN, end, Look.PLAIN)
    fill_row(sheet, TITLE_ROW, ID_COLUMN, end, Look.TITLE)
    fill_row(sheet, GUIDANCE_ROW, ID_COLUMN, end, Look.GUIDANCE)
    sheet[f"{ID_COLUMN}{LABELS_ROW}"].style = Look.PLAIN.value


def _write_labels(sheet: Worksheet, layout: TableSheet, widths: Mapping[str, float]) -> None:
    sheet[f"{ID_COLUMN}{LABELS_ROW}"] = LABELS_MARK
    sheet[f"{ID_COLUMN}{ID_ROW}"] = "id"
    for column in layout.columns:
        _write_label(sheet, layout, column, widths[column.letter])


def _write_label(sheet: Worksheet, layout: TableSheet, column: TableColumn, width: float) -> None:
    sheet[f"{column.letter}{ID_ROW}"] = column.field.id
    trafficking = TRAFFICKING in column.field.themes
    label = (
        f"{column.field.label} {text('mark.required')}"
        if column.field.requirement == "required"
        else column.field.label
    )
    if trafficking and TRAFFICKING not in layout.table.themes:
        label = f"{text('mark.trafficking')} {label}"
    cell = sheet[f"{column.letter}{LABELS_ROW}"]
    cell.value = label
    cell.style = (Look.TABLE_HEAD_TRAFFICKING if trafficking else Look.TABLE_HEAD).value
    grow(sheet, LABELS_ROW, height(lines(label, width - 2)) + 8)


def _write_validations(sheet: Worksheet, making: Making, layout: TableSheet) -> None:
    validations = Validations()
    for column in layout.columns:
        validations.add(validation_of(making.schema, column.field), layout.records(column.field.name))
    validations.write(sheet)


def _write_records(sheet: Worksheet, making: Making, layout: TableSheet, widths: Mapping[str, float]) -> None:
    records = making.filling.tables.get(layout.id, ())
    for number, record in enumerate(records, start=layout.first_record):
        for name, entry in record.items():
            column = layout.by_name[name]
            content = shown(making.schema, column.field, entry)
            put(sheet, f"{column.letter}{number}", content, _record_look(column.field))
            count = _lines(content, widths[column.letter])
            if count > 1:
                grow(sheet, number, height(count))


def _lines(content: Entry, width: float) -> int:
    return lines(content, width) if isinstance(content, str) else 1

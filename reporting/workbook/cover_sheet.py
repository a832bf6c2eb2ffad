"""Writing the cover: what to do, the questions about the return, legend and contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporting.workbook.form_sheets import FORM_WIDTH, LAST, WIDE, finish_form, prepare_form, write_question_row
from reporting.workbook.layout import (
    CHECKS_SHEET,
    FIRST_COLUMN,
    GUIDANCE_ROW,
    GUIDANCE_SHEET,
    TITLE_ROW,
    FormRow,
    FormSheet,
    RowKind,
)
from reporting.workbook.sheets import TRAFFICKING, Making, fill_row, grow, link, merge, write_across, write_title
from reporting.workbook.styles import NAVY, Look
from reporting.workbook.texts import text
from reporting.workbook.validation import Validations

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SAMPLES = {
    "answer": Look.SAMPLE,
    "required": Look.QUESTION,
    "headquarters": Look.HEADQUARTERS,
    "computed": Look.COMPUTED,
    "trafficking": Look.MARK_TRAFFICKING,
    "not_asked": Look.NOT_ASKED,
    "broken": Look.BROKEN,
}


def write_cover(sheet: Worksheet, making: Making, form: FormSheet) -> None:
    """The cover."""
    prepare_form(sheet, making, form)
    write_title(sheet, making.name, _guidance(making, form), last=LAST, width=FORM_WIDTH)
    grow(sheet, TITLE_ROW, 42)
    if making.fictional:
        sheet[f"{FIRST_COLUMN}{GUIDANCE_ROW}"].style = Look.FICTIONAL.value
    validations = Validations()
    for row in form.rows:
        _write_row(sheet, making, row)
        write_question_row(sheet, making, row, validations)
    finish_form(sheet, making, form, validations)
    sheet.sheet_properties.tabColor = NAVY


def _guidance(making: Making, form: FormSheet) -> str:
    return f"{text('cover.fictional')}\n{form.part.guidance}" if making.fictional else form.part.guidance


def _write_row(sheet: Worksheet, making: Making, row: FormRow) -> None:
    match row.kind:
        case RowKind.INSTRUCTION:
            write_across(sheet, row.number, text(f"instruction.{row.text}"), Look.QUESTION, last=LAST, width=FORM_WIDTH)
        case RowKind.HEADING:
            write_across(sheet, row.number, text(f"heading.{row.text}"), Look.HEADING, last=LAST, width=FORM_WIDTH)
            grow(sheet, row.number, 21)
        case RowKind.LEGEND:
            _write_legend(sheet, row)
        case RowKind.PROGRESS:
            _write_progress(sheet, making, row)
        case RowKind.LINK:
            _write_link(sheet, making, row)


def _write_legend(sheet: Worksheet, row: FormRow) -> None:
    sample = sheet[f"{FIRST_COLUMN}{row.number}"]
    sample.value = text(f"legend.sample.{row.text}")
    sample.style = _SAMPLES[row.text].value
    _write_beside(sheet, row, text(f"legend.{row.text}"))


def _write_progress(sheet: Worksheet, making: Making, row: FormRow) -> None:
    """A form sheet with a link, or whether all is ready; what is said beside follows from the other sheets."""
    form = next((form for form in making.layout.forms if form.id == row.text), None)
    cell = f"{FIRST_COLUMN}{row.number}"
    if form:
        link(sheet, cell, form.title, f"{FIRST_COLUMN}{TITLE_ROW}", form.part.label)
    else:
        sheet[cell] = text("progress.return")
        sheet[cell].style = Look.QUESTION.value
    _write_beside(sheet, row, "")


def _write_link(sheet: Worksheet, making: Making, row: FormRow) -> None:
    link(sheet, f"{FIRST_COLUMN}{row.number}", row.text, f"{FIRST_COLUMN}{TITLE_ROW}", row.text)
    _write_beside(sheet, row, _described(making, row.text))


def _write_beside(sheet: Worksheet, row: FormRow, words: str) -> None:
    fill_row(sheet, row.number, WIDE[0], LAST, Look.QUESTION)
    sheet[f"{WIDE[0]}{row.number}"] = words
    merge(sheet, f"{WIDE[0]}{row.number}:{LAST}{row.number}")
    grow(sheet, row.number, 18)


def _described(making: Making, title: str) -> str:
    """What stands on the sheet called ``title``."""
    for form in making.layout.forms:
        if form.title == title:
            return form.part.label
    for sheet in making.layout.tables:
        if sheet.title == title:
            mark = f"{text('mark.trafficking')} " if TRAFFICKING in sheet.table.themes else ""
            return f"{mark}{sheet.table.label}"
    return {CHECKS_SHEET: text("contents.checks"), GUIDANCE_SHEET: text("contents.guidance")}[title]

"""Writing a form sheet: the summary, a category, and the questions of the cover."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reporting.schema.expressions import parse
from reporting.schema.model import Field, FieldType, GivenBy, ImpactIndicator
from reporting.workbook.choices import answered_in_rows
from reporting.workbook.conditions import asked_only_if
from reporting.workbook.entries import look_of, put, shown
from reporting.workbook.filling import Entry
from reporting.workbook.layout import (
    BELOW_TITLE,
    FIRST_COLUMN,
    FORM_COLUMNS,
    ID_COLUMN,
    ID_ROW,
    IMPACT_ROLES,
    REPEATED_TITLE,
    TITLE_ROW,
    FormRow,
    FormSheet,
    Role,
    RowKind,
)
from reporting.workbook.not_asked import grey_out
from reporting.workbook.sheets import (
    TRAFFICKING,
    Making,
    fill_row,
    grow,
    hide_machine_cells,
    merge,
    protect,
    set_up_printing,
    set_widths,
    show,
    write_across,
    write_title,
)
from reporting.workbook.styles import BLUE, GREY, Look, height, lines
from reporting.workbook.texts import text
from reporting.workbook.totals import computed
from reporting.workbook.validation import Validations, number, tick, validation_of

if TYPE_CHECKING:
    from openpyxl.cell.rich_text import CellRichText
    from openpyxl.worksheet.worksheet import Worksheet

QUESTION_WIDTH = 50
ANSWER_WIDTH = 14
MARK_WIDTH = 7
WIDE = (FORM_COLUMNS[Role.ANSWER], FORM_COLUMNS[Role.RED])
"""The columns of a long answer."""
MIDDLE = (FORM_COLUMNS[Role.ANSWER], FORM_COLUMNS[Role.YEAR_END])
"""The columns of a choice."""
FORM_WIDTH = QUESTION_WIDTH + 6 * ANSWER_WIDTH + MARK_WIDTH
WIDE_WIDTH = 6 * ANSWER_WIDTH
MIDDLE_WIDTH = 3 * ANSWER_WIDTH
LAST = FORM_COLUMNS[Role.MARK]
_HEADS = {
    Role.QUESTION: "impact.heading",
    Role.ANSWER: "impact.baseline",
    Role.TARGET: "impact.target",
    Role.YEAR_END: "impact.year_end",
    Role.STANDARD: "impact.standard",
    Role.GREEN: "impact.green",
    Role.RED: "impact.red",
}


def write_form(sheet: Worksheet, making: Making, form: FormSheet) -> None:
    """The summary or a category."""
    prepare_form(sheet, making, form)
    write_title(sheet, form.part.label, form.part.guidance, last=LAST, width=FORM_WIDTH)
    validations = Validations()
    numbered = _area_numbers(making, form)
    for row in form.rows:
        if row.kind is RowKind.HEADING and row.area:
            heading = f"{numbered[row.area.id]}  {row.area.label}"
            write_across(sheet, row.number, heading, Look.HEADING, last=LAST, width=FORM_WIDTH)
            grow(sheet, row.number, 21)
        elif row.kind is RowKind.AREA_GUIDANCE and row.area:
            write_across(sheet, row.number, row.area.guidance, Look.GUIDANCE, last=LAST, width=FORM_WIDTH)
        elif row.kind is RowKind.INDICATOR_HEAD:
            _write_indicator_head(sheet, row)
        elif row.indicator:
            _write_indicator(sheet, making, row, row.indicator, validations)
        else:
            write_question_row(sheet, making, row, validations)
    finish_form(sheet, making, form, validations)


def prepare_form(sheet: Worksheet, making: Making, form: FormSheet) -> None:
    """Widths, roles, print set-up of a form sheet."""
    widths = dict.fromkeys(FORM_COLUMNS.values(), float(ANSWER_WIDTH))
    widths[FORM_COLUMNS[Role.QUESTION]] = QUESTION_WIDTH
    widths[FORM_COLUMNS[Role.MARK]] = MARK_WIDTH
    set_widths(sheet, widths)
    hide_machine_cells(sheet)
    for role, letter in FORM_COLUMNS.items():
        sheet[f"{letter}{ID_ROW}"] = role.value
    show(sheet, BLUE, BELOW_TITLE, begin=_first_answer(form))
    set_up_printing(sheet, making, landscape=False, repeated=REPEATED_TITLE)
    sheet.print_area = f"{FIRST_COLUMN}{TITLE_ROW}:{LAST}{form.rows[-1].number}"


def _first_answer(form: FormSheet) -> str:
    return next((row.cell(Role.ANSWER) for row in form.rows if row.id), f"{FIRST_COLUMN}{TITLE_ROW}")


def finish_form(sheet: Worksheet, making: Making, form: FormSheet, validations: Validations) -> None:
    """Validations, the greying of what is not asked, protection."""
    validations.write(sheet)
    grey_out(sheet, making, form)
    protect(sheet)


def write_question_row(sheet: Worksheet, making: Making, row: FormRow, validations: Validations) -> None:
    """A question or one of its options; other rows are left as they are."""
    if row.kind is RowKind.QUESTION and row.field:
        _write_question(sheet, making, row, row.field, validations)
    elif row.kind is RowKind.OPTION:
        _write_option(sheet, making, row, validations)


def _area_numbers(making: Making, form: FormSheet) -> dict[str, str]:
    """Areas as 3.1, 3.2 and so on."""
    return {
        area.id: f"{position}.{place}"
        for position, category in enumerate(making.schema.categories, start=1)
        if category.id == form.id
        for place, area in enumerate(category.areas, start=1)
    }


def _write_question(sheet: Worksheet, making: Making, row: FormRow, question: Field, validations: Validations) -> None:
    fill_row(sheet, row.number, FIRST_COLUMN, WIDE[1], Look.QUESTION)
    _write_id(sheet, row)
    _write_mark(sheet, making, row, question)
    note = _condition_note(making, question)
    sheet[row.cell(Role.QUESTION)] = _worded(_asked(question), note)
    grow(sheet, row.number, _question_height(_asked(question), note))
    if answered_in_rows(making.schema, question):
        _write_note(sheet, row, text("several"))
    elif question.computed:
        _write_computed(sheet, making, row, question)
    else:
        _write_answer(sheet, making, row, question, validations)


def _write_answer(sheet: Worksheet, making: Making, row: FormRow, question: Field, validations: Validations) -> None:
    entry = shown(making.schema, question, making.filling.answers().get(question.id))
    look = _answer_look(making, question)
    first, last, width = _span(question)
    fill_row(sheet, row.number, first, last, look)
    if first != last:
        merge(sheet, f"{first}{row.number}:{last}{row.number}")
    cell = row.cell(Role.ANSWER)
    put(sheet, cell, entry, look)
    grow(sheet, row.number, height(_answer_lines(question, entry, width)))
    validation = validation_of(making.schema, question)
    if _by_headquarters(making, question):
        validation = replace(validation, prompt=text("headquarters"))
    validations.add(validation, cell)
    if question.unit and first == last:
        _write_unit(sheet, row, question.unit)


def _write_option(sheet: Worksheet, making: Making, row: FormRow, validations: Validations) -> None:
    question, code = row.field, row.code
    if question is None or code is None:
        return
    fill_row(sheet, row.number, FIRST_COLUMN, LAST, Look.QUESTION)
    _write_id(sheet, row)
    sheet[row.cell(Role.QUESTION)] = code.label
    sheet[row.cell(Role.QUESTION)].style = Look.OPTION.value
    grow(sheet, row.number, height(lines(code.label, QUESTION_WIDTH - 4)))
    yes = yes_label(making)
    marked = yes if code.code in _chosen(making, question) else None
    cell = row.cell(Role.ANSWER)
    put(sheet, cell, marked, _answer_look(making, question))
    validations.add(tick(question, yes), cell)


def yes_label(making: Making) -> str:
    """What stands in the cell of an option that was chosen."""
    codes = making.schema.codes.get("yes_no")
    return codes.label_of("yes") if codes else "Yes"


def _chosen(making: Making, question: Field) -> tuple[str, ...]:
    entry = making.filling.answers().get(question.id)
    if entry is None:
        return ()
    return entry if isinstance(entry, tuple) else (str(entry),)


def _write_computed(sheet: Worksheet, making: Making, row: FormRow, question: Field) -> None:
    formula = computed(question, making.schema, making.layout)
    cell = sheet[row.cell(Role.ANSWER)]
    cell.style = Look.COMPUTED.value
    cell.value = formula
    _write_note(sheet, row, text("computed"), first=FORM_COLUMNS[Role.TARGET])


def _write_note(sheet: Worksheet, row: FormRow, words: str, first: str = WIDE[0]) -> None:
    cell = sheet[f"{first}{row.number}"]
    cell.value = words
    fill_row(sheet, row.number, first, WIDE[1], Look.NOTE)
    merge(sheet, f"{first}{row.number}:{WIDE[1]}{row.number}")


def _write_unit(sheet: Worksheet, row: FormRow, unit: str) -> None:
    cell = sheet[row.cell(Role.TARGET)]
    cell.value = unit
    cell.style = Look.NOTE.value


def _write_indicator_head(sheet: Worksheet, row: FormRow) -> None:
    fill_row(sheet, row.number, FIRST_COLUMN, LAST, Look.INDICATOR_HEAD)
    for role, identifier in _HEADS.items():
        cell = sheet[row.cell(role)]
        cell.value = text(identifier)
        cell.style = (Look.INDICATOR_HEAD if role is Role.QUESTION else Look.INDICATOR_COLUMN).value
    grow(sheet, row.number, max(18, height(lines(text(_HEADS[Role.QUESTION]), QUESTION_WIDTH))))


def _write_indicator(
    sheet: Worksheet, making: Making, row: FormRow, indicator: ImpactIndicator, validations: Validations
) -> None:
    fill_row(sheet, row.number, FIRST_COLUMN, LAST, Look.QUESTION)
    _write_id(sheet, row)
    note = "" if indicator.in_criticality else text("not_criticality")
    label = f"{indicator.label} ({indicator.unit})" if indicator.unit else indicator.label
    sheet[row.cell(Role.QUESTION)] = _worded(label, note)
    grow(sheet, row.number, _question_height(label, note))
    for role, entry in zip(IMPACT_ROLES, making.filling.impact.get(indicator.id, (None, None, None)), strict=True):
        put(sheet, row.cell(role), entry, Look.ANSWER_DECIMAL)
    cells = f"{row.cell(IMPACT_ROLES[0])}:{row.cell(IMPACT_ROLES[-1])}"
    validations.add(number(indicator.label, _impact_prompt(indicator)), cells)
    green, red = (Look.AT_MOST, Look.ABOVE) if indicator.reversed else (Look.AT_LEAST, Look.BELOW)
    references: tuple[tuple[Role, float, Look], ...] = ((Role.STANDARD, indicator.standard, Look.REFERENCE),)
    if indicator.in_criticality:
        references += ((Role.GREEN, indicator.green, green), (Role.RED, indicator.red, red))
    for role, value, look in references:
        sheet[row.cell(role)] = _number(value)
        sheet[row.cell(role)].style = look.value


def _impact_prompt(indicator: ImpactIndicator) -> str:
    if indicator.guidance:
        return indicator.guidance
    signs = ("≤", ">") if indicator.reversed else ("≥", "<")
    return text(
        "impact.prompt",
        objective=indicator.objective.rstrip("."),
        standard=_number(indicator.standard),
        green=f"{signs[0]} {_number(indicator.green)}",
        red=f"{signs[1]} {_number(indicator.red)}",
    )


def _number(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value


def _write_id(sheet: Worksheet, row: FormRow) -> None:
    sheet[f"{ID_COLUMN}{row.number}"] = row.id


def _write_mark(sheet: Worksheet, making: Making, row: FormRow, question: Field) -> None:
    trafficking = TRAFFICKING in question.themes
    marks = [text("mark.trafficking")] if trafficking else []
    if _by_headquarters(making, question):
        marks.append(text("mark.headquarters"))
    cell = sheet[row.cell(Role.MARK)]
    cell.value = " ".join(marks) or None
    cell.style = (Look.MARK_TRAFFICKING if trafficking else Look.MARK).value


def _by_headquarters(making: Making, question: Field) -> bool:
    return question.given_by is GivenBy.HEADQUARTERS or question.id in making.filling.given_by_headquarters


def _answer_look(making: Making, question: Field) -> Look:
    if _by_headquarters(making, question):
        return Look.HEADQUARTERS_DATE if question.type is FieldType.DATE else Look.HEADQUARTERS
    return look_of(question)


def _asked(question: Field) -> str:
    return f"{question.label} {text('mark.required')}" if question.requirement == "required" else question.label


def _condition_note(making: Making, question: Field) -> str:
    """When the question is asked, unless that is only whether its area applies."""
    if not question.asked_if:
        return ""
    gate = gate_of(making, question.id.rpartition(".")[0])
    condition = asked_only_if(parse(question.asked_if), making.schema, gate=gate)
    return text("only_if", condition=condition) if condition else ""


def gate_of(making: Making, area: str) -> str:
    """The field that says whether an area applies: the one that its other questions depend on."""
    gate = f"{area}.applicable"
    return gate if gate in making.schema.fields else ""


def _worded(label: str, note: str) -> str | CellRichText:
    """A question, a note in small print below it."""
    if not note:
        return label
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    return CellRichText(
        f"{label}\n", TextBlock(InlineFont(rFont="Arial", sz=8, i=True, color=Color(rgb=f"FF{GREY}")), note)
    )


def _question_height(label: str, note: str) -> float:
    """The height of a question; its note is in small print."""
    return height(lines(label, QUESTION_WIDTH) + (lines(note, QUESTION_WIDTH * 1.25) if note else 0))


def _span(question: Field) -> tuple[str, str, float]:
    """First and last column of the answer, and its width in characters."""
    if question.type in (FieldType.TEXT, FieldType.CHOICES):
        return *WIDE, WIDE_WIDTH
    if question.type in (FieldType.CHOICE, FieldType.YES_NO, FieldType.YES_NO_UNKNOWN):
        return *MIDDLE, MIDDLE_WIDTH
    return WIDE[0], WIDE[0], ANSWER_WIDTH


def _answer_lines(question: Field, entry: Entry, width: float) -> int:
    """Lines of the answer; an unanswered text is given room by its limit."""
    if isinstance(entry, str):
        return lines(entry, width)
    room = (question.max_length or 120) // 150 if question.type is FieldType.TEXT else 1
    return min(max(room, 1), 12)

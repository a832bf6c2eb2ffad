"""Writing the sheets beside the form: checks, guidance, code lists, and what the program needs to know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reporting import __version__
from reporting.schema.model import Field, Rule
from reporting.workbook.addresses import Place, column_of, letter_of
from reporting.workbook.choices import list_name, offered
from reporting.workbook.entries import put
from reporting.workbook.layout import (
    BELOW_TITLE,
    CHECKS_COLUMNS,
    FIRST_COLUMN,
    GUIDANCE_COLUMNS,
    ID_COLUMN,
    ID_ROW,
    LABELS_ROW,
    MACHINE_COLUMNS,
    MACHINE_KEYS,
    REPEATED_LABELS,
    REPEATED_TITLE,
    TITLE_ROW,
    Role,
    checks_row,
    list_place,
)
from reporting.workbook.sheets import (
    Making,
    fill_row,
    grow,
    hide_machine_cells,
    link,
    protect,
    set_up_printing,
    set_widths,
    show,
    write_across,
    write_title,
)
from reporting.workbook.styles import GREY, Look, height, lines
from reporting.workbook.texts import text
from reporting.workbook.validation import LONGEST_PROMPT, Validation, Validations, short

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_PLACEHOLDER = re.compile(r"\{\w+\}")
_CHECKS_WIDTHS = {Role.CODE: 10.0, Role.SEVERITY: 9.0, Role.CHECKED: 72.0, Role.STATE: 26.0, Role.EXPLANATION: 52.0}
_GUIDANCE_WIDTHS = {ID_COLUMN: 2.0, **dict(zip(GUIDANCE_COLUMNS, (44.0, 92.0, 18.0), strict=True))}


def write_checks(sheet: Worksheet, making: Making) -> None:
    """The rules of the schema, each with a cell for the office's explanation."""
    last = CHECKS_COLUMNS[Role.EXPLANATION]
    set_widths(sheet, {CHECKS_COLUMNS[role]: width for role, width in _CHECKS_WIDTHS.items()})
    hide_machine_cells(sheet)
    write_title(sheet, text("checks.title"), text("checks.guidance"), last=last, width=sum(_CHECKS_WIDTHS.values()))
    for role, letter in CHECKS_COLUMNS.items():
        sheet[f"{letter}{ID_ROW}"] = role.value
        if role is not Role.ID:
            sheet[f"{letter}{LABELS_ROW}"] = text(f"checks.{role.value}")
            sheet[f"{letter}{LABELS_ROW}"].style = Look.TABLE_HEAD.value
    grow(sheet, LABELS_ROW, 20)
    rules = making.schema.rules
    for position, rule in enumerate(rules):
        _write_rule(sheet, making, rule, checks_row(position))
    _write_explanations(sheet, making, [rule.code for rule in rules])
    show(sheet, GREY, f"{FIRST_COLUMN}{LABELS_ROW + 1}", begin=f"{last}{checks_row(0)}")
    set_up_printing(sheet, making, landscape=True, repeated=REPEATED_LABELS)
    protect(sheet)


def _write_rule(sheet: Worksheet, making: Making, rule: Rule, row: int) -> None:
    fill_row(sheet, row, FIRST_COLUMN, CHECKS_COLUMNS[Role.STATE], Look.TEXT)
    words = f"{_PLACEHOLDER.sub('…', rule.message)}\n{_PLACEHOLDER.sub('…', rule.hint)}".strip()
    sheet[f"{CHECKS_COLUMNS[Role.SEVERITY]}{row}"] = text(f"severity.{rule.severity.value}")
    sheet[f"{CHECKS_COLUMNS[Role.CHECKED]}{row}"] = words
    grow(sheet, row, height(lines(words, _CHECKS_WIDTHS[Role.CHECKED])))
    if place := _place(making, rule):
        link(sheet, f"{CHECKS_COLUMNS[Role.STATE]}{row}", place.sheet, place.cell.partition(":")[0], place.sheet)


def _place(making: Making, rule: Rule) -> Place | None:
    """Where the first of a rule's cells stands."""
    for name in rule.cells:
        for path in (f"{rule.table}.{name}" if rule.table else name, name):
            if path in making.layout.rows_by_id or path.partition(".")[0] in making.layout.tables_by_id:
                return making.layout.answer(path)
    return None


def _write_explanations(sheet: Worksheet, making: Making, codes: list[str]) -> None:
    """One cell a rule; explanations of codes that are no rule of the schema follow at the end."""
    given = making.filling.explanations
    codes += [code for code in given if code not in codes]
    letter = CHECKS_COLUMNS[Role.EXPLANATION]
    for position, code in enumerate(codes):
        row = checks_row(position)
        sheet[f"{ID_COLUMN}{row}"] = code
        sheet[f"{CHECKS_COLUMNS[Role.CODE]}{row}"] = code
        sheet[f"{CHECKS_COLUMNS[Role.CODE]}{row}"].style = Look.STRONG.value
        put(sheet, f"{letter}{row}", given.get(code), Look.ANSWER_LONG)
        grow(sheet, row, height(lines(given.get(code, ""), _CHECKS_WIDTHS[Role.EXPLANATION])))
    if codes:
        validations = Validations()
        prompt = short(text("checks.prompt"), LONGEST_PROMPT)
        cells = f"{letter}{checks_row(0)}:{letter}{checks_row(len(codes) - 1)}"
        validations.add(Validation(title=text("checks.explanation"), prompt=prompt), cells)
        validations.write(sheet)


def write_guidance(sheet: Worksheet, making: Making) -> None:
    """Definitions, and the note on every question."""
    set_widths(sheet, _GUIDANCE_WIDTHS)
    sheet.row_dimensions[ID_ROW].hidden = True
    width = sum(_GUIDANCE_WIDTHS.values())
    write_title(sheet, text("guidance.title"), text("guidance.guidance"), last=GUIDANCE_COLUMNS[-1], width=width)
    row = LABELS_ROW
    for heading, paragraphs in _chapters(making):
        write_across(sheet, row, heading, Look.HEADING, last=GUIDANCE_COLUMNS[-1], width=width)
        grow(sheet, row, 21)
        for number, paragraph in enumerate(paragraphs, start=row + 1):
            _write_paragraph(sheet, number, paragraph)
        row += len(paragraphs) + 1
    show(sheet, GREY, BELOW_TITLE, begin=f"{FIRST_COLUMN}{TITLE_ROW}")
    set_up_printing(sheet, making, landscape=False, repeated=REPEATED_TITLE)
    sheet.print_area = f"{FIRST_COLUMN}{TITLE_ROW}:{GUIDANCE_COLUMNS[-1]}{row - 1}"
    protect(sheet)


def _chapters(making: Making) -> Iterator[tuple[str, Sequence[tuple[str, str, str]]]]:
    """Headings with their paragraphs: what is defined, the words, the source."""
    schema = making.schema
    yield text("guidance.definitions"), [(item.label, item.text, item.source) for item in schema.guidance]
    for section in schema.sections:
        yield text("guidance.notes", sheet=section.sheet), _notes(section.fields)
    shared = _asked_in_most_areas(making)
    yield text("guidance.shared"), _notes(tuple(shared.values()))
    for category in schema.categories:
        asked = [item for area in category.areas for item in area.fields if item.name not in shared]
        yield text("guidance.notes", sheet=category.sheet), _notes(asked)
    for table in schema.tables:
        yield text("guidance.notes", sheet=table.sheet), _notes(table.columns)


def _asked_in_most_areas(making: Making) -> dict[str, Field]:
    """The questions that several areas ask alike, by name."""
    first: dict[str, Field] = {}
    shared: dict[str, Field] = {}
    for _, area in making.schema.areas:
        for item in area.fields:
            if item.name in first and first[item.name].label == item.label:
                shared[item.name] = first[item.name]
            first.setdefault(item.name, item)
    return shared


def _notes(questions: Sequence[Field]) -> list[tuple[str, str, str]]:
    return [(item.label, item.guidance, item.source) for item in questions if item.guidance]


def _write_paragraph(sheet: Worksheet, row: int, paragraph: tuple[str, str, str]) -> None:
    looks = (Look.STRONG, Look.TEXT, Look.SOURCE)
    for letter, words, look in zip(GUIDANCE_COLUMNS, paragraph, looks, strict=True):
        sheet[f"{letter}{row}"] = words or None
        sheet[f"{letter}{row}"].style = look.value
        grow(sheet, row, height(lines(words, _GUIDANCE_WIDTHS[letter])))


def write_lists(sheet: Worksheet, making: Making, workbook: Workbook) -> None:
    """The code lists, each a column under its id, with a defined name over the labels on offer."""
    from openpyxl.workbook.defined_name import DefinedName

    for position, codes in enumerate(making.schema.code_lists):
        letter = letter_of(position + 1)
        sheet[f"{letter}1"] = codes.id
        labels = [code.label for code in offered(codes, fictional=making.fictional)]
        for row, label in enumerate(labels, start=2):
            sheet.cell(row, column_of(letter), label)
        place = list_place(position, max(len(labels), 1))
        workbook.defined_names[list_name(codes)] = DefinedName(list_name(codes), attr_text=place.absolute())
    sheet.sheet_state = "hidden"
    protect(sheet)


def write_machine_sheet(sheet: Worksheet, making: Making) -> None:
    """What the program needs to know of the workbook, whatever is written on the cover."""
    filling = making.filling
    values: tuple[str | int, ...] = (
        making.schema.id,
        making.schema.digest,
        __version__,
        filling.office,
        filling.year,
        filling.language,
        "yes" if making.fictional else "no",
    )
    for row, (key, value) in enumerate(zip(MACHINE_KEYS, values, strict=True), start=1):
        for letter, content in zip(MACHINE_COLUMNS, (key, value), strict=True):
            sheet[f"{letter}{row}"] = content
    sheet.sheet_state = "veryHidden"
    protect(sheet)

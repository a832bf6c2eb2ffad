"""Writing the sheets beside the form: guidance, code lists, and what the program needs to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reporting import __version__
from reporting.schema.model import Field
from reporting.workbook.addresses import column_of, letter_of
from reporting.workbook.choices import list_name, offered
from reporting.workbook.layout import (
    BELOW_TITLE,
    FIRST_COLUMN,
    GUIDANCE_COLUMNS,
    ID_COLUMN,
    ID_ROW,
    LABELS_ROW,
    MACHINE_COLUMNS,
    MACHINE_KEYS,
    REPEATED_TITLE,
    TITLE_ROW,
    list_place,
)
from reporting.workbook.sheets import (
    Making,
    grow,
    protect,
    set_up_printing,
    set_widths,
    show,
    write_across,
    write_title,
)
from reporting.workbook.styles import GREY, Look, height, lines
from reporting.workbook.texts import text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_GUIDANCE_WIDTHS = {ID_COLUMN: 2.0, **dict(zip(GUIDANCE_COLUMNS, (44.0, 92.0, 18.0), strict=True))}


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

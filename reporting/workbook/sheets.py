"""What all sheets of a return have in common: title, protection, print set-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporting.schema.model import Schema
from reporting.workbook.addresses import column_of, letter_of, quoted
from reporting.workbook.filling import Filling
from reporting.workbook.layout import FIRST_COLUMN, GUIDANCE_ROW, ID_COLUMN, ID_ROW, TITLE_ROW, WorkbookLayout
from reporting.workbook.styles import FICTIONAL, FONT, Look, height, lines
from reporting.workbook.texts import text

if TYPE_CHECKING:
    from openpyxl.worksheet.header_footer import _HeaderFooterPart
    from openpyxl.worksheet.worksheet import Worksheet

A4 = 9
TRAFFICKING = "trafficking"
"""The theme whose questions are marked."""


@dataclass(frozen=True, kw_only=True)
class Making:
    """What a workbook is made of. ``office_label`` is the office's name as printed."""

    schema: Schema
    layout: WorkbookLayout
    filling: Filling
    office_label: str
    fictional: bool

    @property
    def name(self) -> str:
        """The return as it is called in titles: form, office, and the year where the form's name does not say it."""
        label, year = self.schema.label, str(self.filling.year)
        return text("return_name", form=label if year in label else f"{label} · {year}", office=self.office_label)


def set_widths(sheet: Worksheet, widths: Mapping[str, float]) -> None:
    """Set widths of columns, in characters."""
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width


def hide_machine_cells(sheet: Worksheet) -> None:
    """Hide the row and the column of ids."""
    sheet.row_dimensions[ID_ROW].hidden = True
    sheet.column_dimensions[ID_COLUMN].hidden = True
    sheet.column_dimensions[ID_COLUMN].width = 4


def write_title(sheet: Worksheet, title: str, guidance: str, *, last: str, width: float) -> None:
    """The title band and the guidance below it, from column B to ``last``, together ``width`` characters wide."""
    fill_row(sheet, TITLE_ROW, FIRST_COLUMN, last, Look.TITLE)
    sheet[f"{FIRST_COLUMN}{TITLE_ROW}"] = title
    sheet.row_dimensions[TITLE_ROW].height = 30
    write_across(sheet, GUIDANCE_ROW, guidance, Look.GUIDANCE, last=last, width=width)


def write_across(
    sheet: Worksheet, row: int, words: str, look: Look, *, first: str = FIRST_COLUMN, last: str, width: float
) -> None:
    """Words in one cell that reaches from column ``first`` to ``last``; the row grows with them."""
    fill_row(sheet, row, first, last, look)
    sheet[f"{first}{row}"] = words
    merge(sheet, f"{first}{row}:{last}{row}")
    grow(sheet, row, height(lines(words, width)))


def fill_row(sheet: Worksheet, row: int, first: str, last: str, look: Look) -> None:
    """Give the cells of a row from column ``first`` to ``last`` one look."""
    for column in range(column_of(first), column_of(last) + 1):
        sheet[f"{letter_of(column)}{row}"].style = look.value


def merge(sheet: Worksheet, cells: str) -> None:
    """Merge cells, each keeping its look: openpyxl's own way would lock the hidden ones again."""
    sheet.merged_cells.add(cells)


def grow(sheet: Worksheet, row: int, points: float) -> None:
    """Make a row at least ``points`` high."""
    dimension = sheet.row_dimensions[row]
    dimension.height = max(dimension.height or 0, points)


def link(sheet: Worksheet, cell: str, title: str, target: str, words: str) -> None:
    """A link within the workbook."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet[cell] = words
    sheet[cell].hyperlink = Hyperlink(ref=cell, location=f"{quoted(title)}!{target}", display=words)
    sheet[cell].style = Look.LINK.value


def protect(sheet: Worksheet, *, records: bool = False) -> None:
    """Lock the structure and leave the work free: no password, a hint against accidents."""
    protection = sheet.protection
    protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "autoFilter", "sort"):
        setattr(protection, allowed, False)
    protection.insertRows = not records
    protection.deleteRows = not records


def set_up_printing(sheet: Worksheet, making: Making, *, landscape: bool, repeated: str) -> None:
    """A4, one page wide, the rows ``repeated`` on each page, office, year and page in the footer."""
    from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem
    from openpyxl.worksheet.header_footer import _HeaderFooterPart as Part
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = repeated
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.6, 0.3, 0.3
    sheet.HeaderFooter = HeaderFooter(
        oddHeader=HeaderFooterItem(center=_fictional_header(making)),
        oddFooter=HeaderFooterItem(left=Part(_plain(making.name)), right=Part(text("footer.page"))),
    )


def _fictional_header(making: Making) -> _HeaderFooterPart | None:
    from openpyxl.worksheet.header_footer import _HeaderFooterPart

    if not making.fictional:
        return None
    return _HeaderFooterPart(text("header.fictional"), font=f"{FONT},Bold", size=12, color=FICTIONAL)


def show(sheet: Worksheet, colour: str, freeze: str, *, begin: str) -> None:
    """Tab colour, frozen panes, no grid; the cursor stands in ``begin``."""
    sheet.sheet_properties.tabColor = colour
    sheet.freeze_panes = freeze
    sheet.sheet_view.showGridLines = False
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = begin


def _plain(words: str) -> str:
    """Words for a header or footer, in which an ampersand begins a command."""
    return words.replace("&", "&&")

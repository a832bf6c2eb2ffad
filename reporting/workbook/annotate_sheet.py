"""The sheet that lists the findings of an annotated return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reporting.findings import Finding, Severity
from reporting.languages import to_say
from reporting.translator import Translator
from reporting.workbook.addresses import column_of
from reporting.workbook.annotate_marks import advice
from reporting.workbook.layout import FINDINGS_MARK, FINDINGS_SHEET, MARK_CELL
from reporting.workbook.styles import FONT, HAIRLINE, NAVY, WHITE, height, lines

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_HEADS = (
    to_say("Code"),
    to_say("Severity"),
    to_say("Sheet"),
    to_say("Cell"),
    to_say("Message"),
    to_say("What to do"),
    to_say("Found"),
    to_say("Expected"),
)
_SEVERITIES = {Severity.ERROR: to_say("error"), Severity.QUERY: to_say("query"), Severity.NOTE: to_say("note")}
MOST_CELLS = 200
"""Of one finding, this many cells are marked."""
_WIDTHS = (9, 11, 22, 20, 56, 46, 16, 16)


def add_findings_sheet(
    workbook: Workbook,
    findings: Sequence[Finding],
    position: int,
    signs: Mapping[Severity, str],
    colours: Mapping[Severity, str],
    *,
    words: Translator,
) -> None:
    """A sheet at ``position`` with a row a finding, by sheet and cell, each with a link to its first cell."""
    title = next(name for name in _titles(words.say(FINDINGS_SHEET)) if name not in workbook.sheetnames)
    order = {name: place for place, name in enumerate(workbook.sheetnames)}
    sheet = workbook.create_sheet(title, position)
    sheet[MARK_CELL] = FINDINGS_MARK
    sheet.row_dimensions[1].hidden = True
    _head(sheet, len(findings), words)
    ordered = sorted(findings, key=lambda finding: _key(finding, order))
    for row, finding in enumerate(ordered, start=4):
        _write(sheet, row, finding, signs, colours, words=words)
        if finding.cells and finding.sheet in order:
            _link(sheet, row, finding)
    _printable(sheet)
    sheet.sheet_view.rightToLeft = words.direction == "rtl" or None


def _titles(title: str) -> list[str]:
    return [title, *(f"{title} {number}" for number in range(2, 100))]


def _key(finding: Finding, order: Mapping[str, int]) -> tuple[int, int, int, str]:
    place = order.get(finding.sheet, -1)
    first = finding.cells[0].rpartition("!")[2] if finding.cells else ""
    letters = first.rstrip("0123456789")
    digits = first[len(letters) :]
    column = column_of(letters) if letters.isalpha() else 0
    return place, int(digits or 0), column, finding.code


def _head(sheet: Worksheet, count: int, words: Translator) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    title = sheet.cell(2, 1, words.say_many("{count} finding", "{count} findings", count))
    title.font = Font(name=FONT, size=16, bold=True, color=NAVY)
    sheet.row_dimensions[2].height = 26
    for column, (head, width) in enumerate(zip(_HEADS, _WIDTHS, strict=True), start=1):
        cell = sheet.cell(3, column, words.say(head))
        cell.font = Font(name=FONT, size=10, bold=True, color=WHITE)
        cell.fill = PatternFill("solid", fgColor=NAVY)
        cell.alignment = Alignment(vertical="center")
        sheet.column_dimensions[cell.column_letter].width = width


def _write(
    sheet: Worksheet,
    row: int,
    finding: Finding,
    signs: Mapping[Severity, str],
    colours: Mapping[Severity, str],
    *,
    words: Translator,
) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    severity = f"{signs[finding.severity]}{words.say(_SEVERITIES[finding.severity])}"
    place = _place(finding.cells, words)
    what_to_do = "\n".join(advice(finding, words))
    texts = (finding.code, severity, finding.sheet, place, finding.message, what_to_do)
    for column, value in enumerate((*texts, finding.found, finding.expected), start=1):
        cell = sheet.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # what an office wrote is never a formula here
        else:
            cell.number_format = "#,##0.##" if isinstance(value, float) else "#,##0"
        cell.font = Font(name=FONT, size=10, bold=column == 2, color=colours[finding.severity] if column == 2 else None)
        cell.alignment = Alignment(
            vertical="top", wrap_text=True, horizontal="right" if words.direction == "rtl" else "left"
        )
        cell.border = Border(bottom=Side(style="thin", color=HAIRLINE))
    shown = (place, finding.message, what_to_do, str(finding.found or ""), str(finding.expected or ""))
    needed = max(lines(text, width) for text, width in zip(shown, _WIDTHS[3:], strict=True))
    sheet.row_dimensions[row].height = height(needed)


def _place(cells: Sequence[str], words: Translator) -> str:
    """The first cells, how many there are besides, and whether some of them bear no mark."""
    named = ", ".join(cells[:3]) + (f" +{len(cells) - 3}" if len(cells) > 3 else "")
    if len(cells) <= MOST_CELLS:
        return named
    return f"{named} ({words.say('the first {count} are marked', count=MOST_CELLS)})"


def _link(sheet: Worksheet, row: int, finding: Finding) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell = sheet.cell(row, 4)
    where, _, address = finding.cells[0].rpartition("!")
    target = (where.strip("'") or finding.sheet).replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{target}'!{address}")
    cell.font = Font(name=FONT, size=10, underline="single", color="0072BC")


def _printable(sheet: Worksheet) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.freeze_panes = "A4"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

"""Writing a return: blank, prefilled or filled."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.errors import UsageError
from reporting.schema.model import Schema
from reporting.schema.translation import in_language
from reporting.translator import Translator
from reporting.workbook.arrangement import layout_of
from reporting.workbook.container import save_reproducibly
from reporting.workbook.filling import Entry, Filling, fictional_office, unknown_names
from reporting.workbook.layout import CHECKS_SHEET, GUIDANCE_SHEET, LIST_SHEET, MACHINE_SHEET, RULES_SHEET
from reporting.workbook.texts import text, written_in

if TYPE_CHECKING:
    from openpyxl import Workbook

    from reporting.workbook.sheets import Making

__all__ = ["Entry", "Filling", "write_return"]


def write_return(schema: Schema, filling: Filling, path: Path, *, office_label: str = "") -> None:
    """Write the workbook of ``schema`` with the answers of ``filling`` to ``path``.

    Labels, lists, guidance and live rules are in its ``workbook_language``. The same input gives the same bytes. ``office_label`` is the office's name as printed, else that of the code list.

    Raises:
        UsageError: the filling names something the schema does not have, or more rows than a table holds.
    """
    if faults := unknown_names(schema, filling):
        raise UsageError(f"{schema.id} does not have {', '.join(faults[:5])}")
    spoken = in_language(schema, filling.workbook_language)
    with written_in(filling.workbook_language):
        workbook = _workbook(_making(spoken, filling, office_label))
    save_reproducibly(workbook, path, date(filling.year, 12, 31))


def _making(schema: Schema, filling: Filling, office_label: str) -> Making:
    from reporting.workbook.sheets import Making

    offices = schema.codes.get("offices")
    label = office_label or (offices.label_of(filling.office) if offices else filling.office)
    return Making(
        schema=schema,
        layout=layout_of(schema),
        filling=filling,
        office_label=label,
        fictional=fictional_office(schema, filling.office),
    )


def _workbook(making: Making) -> Workbook:
    from openpyxl import Workbook
    from openpyxl.workbook.protection import WorkbookProtection

    from reporting.workbook.styles import add_styles

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    mirrored = Translator(making.filling.workbook_language).direction == "rtl"
    add_styles(workbook, mirrored=mirrored)
    for title in (*making.layout.titles, LIST_SHEET, RULES_SHEET, MACHINE_SHEET):
        workbook.create_sheet(title)
    _write_sheets(workbook, making)
    for sheet in workbook.worksheets:
        sheet.sheet_view.rightToLeft = mirrored or None
    workbook.security = WorkbookProtection(lockStructure=True)
    workbook.calculation.fullCalcOnLoad = True
    _describe(workbook, making)
    return workbook


def _write_sheets(workbook: Workbook, making: Making) -> None:
    from reporting.workbook.broken_marks import mark_broken
    from reporting.workbook.checks_sheet import write_checks
    from reporting.workbook.cover_sheet import write_cover
    from reporting.workbook.form_sheets import write_form
    from reporting.workbook.live import live_rules
    from reporting.workbook.other_sheets import write_guidance, write_lists, write_machine_sheet
    from reporting.workbook.progress import mark_ready, write_progress
    from reporting.workbook.rules_sheet import write_rules
    from reporting.workbook.table_sheets import write_table

    cover, *forms = making.layout.forms
    write_cover(workbook[cover.title], making, cover)
    for form in forms:
        write_form(workbook[form.title], making, form)
    for table in making.layout.tables:
        write_table(workbook[table.title], making, table)
    live = live_rules(making.schema, making.filling.year, making.layout)
    write_checks(workbook[CHECKS_SHEET], making, live)
    write_guidance(workbook[GUIDANCE_SHEET], making)
    write_lists(workbook[LIST_SHEET], making, workbook)
    write_rules(workbook[RULES_SHEET], making, live, workbook)
    write_progress(workbook, making, live)
    mark_ready(workbook, making)
    mark_broken(workbook, live, making.layout, making.schema)
    write_machine_sheet(workbook[MACHINE_SHEET], making)


def _describe(workbook: Workbook, making: Making) -> None:
    """The document's properties: no names of persons."""
    properties = workbook.properties
    properties.title = making.name
    properties.subject = making.schema.id
    properties.creator = text("properties.creator")
    properties.language = making.filling.language
    properties.keywords = text("header.fictional") if making.fictional else None

"""Writing the checks sheet: every rule with its state, a link to its cell, and a cell for the office's explanation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reporting.findings import Severity
from reporting.schema.model import Rule
from reporting.schema.rules import severity_of
from reporting.workbook.addresses import Place
from reporting.workbook.answers import Carried
from reporting.workbook.entries import put
from reporting.workbook.formulas import constant
from reporting.workbook.layout import (
    CHECKS_COLUMNS,
    FIRST_COLUMN,
    ID_COLUMN,
    ID_ROW,
    LABELS_ROW,
    REPEATED_LABELS,
    VALUES_APART,
    Role,
    RulesColumn,
    checks_row,
    rules_place,
)
from reporting.workbook.live import LiveRule, LiveRules
from reporting.workbook.rule_formulas import HOLDS
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
    write_title,
)
from reporting.workbook.styles import BROKEN_FILL, BROKEN_INK, GREY, Look, height, lines
from reporting.workbook.texts import text
from reporting.workbook.validation import LONGEST_PROMPT, Validation, Validations, short

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

OTHER_QUERIES: Final = ("ROW002", "PRV004", "QUA001", "QUA002")
"""Queries that are no rules of the schema: the validator raises them, and the office may explain them here."""
_PLACEHOLDER = re.compile(r"\{\w+\}")
_WIDTHS = {
    Role.CODE: 10.0,
    Role.SEVERITY: 9.0,
    Role.CHECKED: 72.0,
    Role.STATE: 20.0,
    Role.WHERE: 24.0,
    Role.EXPLANATION: 52.0,
}


def write_checks(sheet: Worksheet, making: Making, live: LiveRules) -> None:
    """The rules of the schema, and what else the office may be asked to explain."""
    last = CHECKS_COLUMNS[Role.EXPLANATION]
    set_widths(sheet, {CHECKS_COLUMNS[role]: width for role, width in _WIDTHS.items()})
    hide_machine_cells(sheet)
    write_title(sheet, text("checks.title"), text("checks.guidance"), last=last, width=sum(_WIDTHS.values()))
    for role, letter in CHECKS_COLUMNS.items():
        sheet[f"{letter}{ID_ROW}"] = role.value
        if role not in (Role.ID, Role.CARRIED):
            sheet[f"{letter}{LABELS_ROW}"] = text(f"checks.{role.value}")
            sheet[f"{letter}{LABELS_ROW}"].style = Look.TABLE_HEAD.value
    grow(sheet, LABELS_ROW, 20)
    rules, by_code = making.schema.rules, {item.rule.code: item for item in live.rules}
    for position, rule in enumerate(rules):
        _write_rule(sheet, making, rule, by_code.get(rule.code), checks_row(position))
    for position, code in enumerate(OTHER_QUERIES, start=len(rules)):
        _write_other(sheet, code, checks_row(position))
    _mark_broken(sheet, len(rules))
    _write_explanations(sheet, making, [*(rule.code for rule in rules), *OTHER_QUERIES])
    show(sheet, GREY, f"{FIRST_COLUMN}{LABELS_ROW + 1}", begin=f"{last}{checks_row(0)}")
    set_up_printing(sheet, making, landscape=True, repeated=REPEATED_LABELS)
    protect(sheet)


def _write_rule(sheet: Worksheet, making: Making, rule: Rule, live: LiveRule | None, row: int) -> None:
    fill_row(sheet, row, FIRST_COLUMN, CHECKS_COLUMNS[Role.WHERE], Look.TEXT)
    words = f"{_PLACEHOLDER.sub('…', rule.message)}\n{_PLACEHOLDER.sub('…', rule.hint)}".strip()
    sheet[f"{CHECKS_COLUMNS[Role.SEVERITY]}{row}"] = text(f"severity.{severity_of(rule).value}")
    sheet[f"{CHECKS_COLUMNS[Role.CHECKED]}{row}"] = words
    sheet[f"{CHECKS_COLUMNS[Role.STATE]}{row}"] = _state(live) if live else text("state.later")
    grow(sheet, row, height(lines(words, _WIDTHS[Role.CHECKED])))
    if place := _place(making, rule):
        link(sheet, f"{CHECKS_COLUMNS[Role.WHERE]}{row}", place.sheet, place.cell.partition(":")[0], place.sheet)


def carried_entry(item: Carried) -> str:
    """How an explanation taken over is kept in its hidden cell: the values in the first line, then the text."""
    return f"{VALUES_APART.join(item.values)}\n{item.text}"


def _write_other(sheet: Worksheet, code: str, row: int) -> None:
    fill_row(sheet, row, FIRST_COLUMN, CHECKS_COLUMNS[Role.WHERE], Look.TEXT)
    words = text(f"checks.{code}")
    sheet[f"{CHECKS_COLUMNS[Role.SEVERITY]}{row}"] = text(f"severity.{Severity.QUERY.value}")
    sheet[f"{CHECKS_COLUMNS[Role.CHECKED]}{row}"] = words
    sheet[f"{CHECKS_COLUMNS[Role.STATE]}{row}"] = text("state.later")
    grow(sheet, row, height(lines(words, _WIDTHS[Role.CHECKED])))


def _state(live: LiveRule) -> str:
    """The state in words, as a formula: broken (of how many records), explained, kept, or not to be told yet."""
    state, explained = (
        rules_place(column, live.number - 1).absolute() for column in (RulesColumn.STATE, RulesColumn.EXPLAINED)
    )
    broken = constant(text(f"state.broken.{severity_of(live.rule).value}"))
    if live.rule.table:
        broken = f'{broken}&IF({live.count}>1," ("&{live.count}&"×)","")'
    if severity_of(live.rule) is Severity.QUERY:
        broken = f"IF({explained}=1,{constant(text('state.explained'))},{broken})"
    kept = f'IF({state}="{HOLDS}",{constant(text("state.holds"))},{constant(text("state.open"))})'
    return f"=IF({live.count}>0,{broken},{kept})"


def _mark_broken(sheet: Worksheet, count: int) -> None:
    """Colour beside the sign: the states of broken rules stand out."""
    from openpyxl.formatting.rule import Rule as Format
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    if not count:
        return
    letter, first = CHECKS_COLUMNS[Role.STATE], checks_row(0)
    look = DifferentialStyle(font=Font(color=BROKEN_INK, bold=True), fill=PatternFill(bgColor=BROKEN_FILL))
    formula = f'LEFT(${letter}{first},1)="{text("state.sign")}"'
    rule = Format(type="expression", dxf=look, formula=[formula], stopIfTrue=False)
    sheet.conditional_formatting.add(f"{letter}{first}:{letter}{checks_row(count - 1)}", rule)


def _place(making: Making, rule: Rule) -> Place | None:
    """Where the first of a rule's cells stands."""
    for name in rule.cells:
        for path in (f"{rule.table}.{name}" if rule.table else name, name):
            if path in making.layout.rows_by_id or path.partition(".")[0] in making.layout.tables_by_id:
                return making.layout.answer(path)
    return None


def _write_explanations(sheet: Worksheet, making: Making, codes: list[str]) -> None:
    """One cell a rule; explanations of codes that are no rule of the schema follow at the end."""
    carried = making.filling.carried
    given = {**{code: item.text for code, item in carried.items()}, **making.filling.explanations}
    codes += [code for code in given if code not in codes]
    letter = CHECKS_COLUMNS[Role.EXPLANATION]
    for position, code in enumerate(codes):
        row = checks_row(position)
        sheet[f"{ID_COLUMN}{row}"] = code
        sheet[f"{CHECKS_COLUMNS[Role.CODE]}{row}"] = code
        sheet[f"{CHECKS_COLUMNS[Role.CODE]}{row}"].style = Look.STRONG.value
        put(sheet, f"{letter}{row}", given.get(code), Look.ANSWER_LONG)
        grow(sheet, row, height(lines(given.get(code, ""), _WIDTHS[Role.EXPLANATION])))
        if code in carried:
            sheet[f"{CHECKS_COLUMNS[Role.CARRIED]}{row}"] = carried_entry(carried[code])
    sheet.column_dimensions[CHECKS_COLUMNS[Role.CARRIED]].hidden = True
    if codes:
        validations = Validations()
        prompt = short(text("checks.prompt"), LONGEST_PROMPT)
        cells = f"{letter}{checks_row(0)}:{letter}{checks_row(len(codes) - 1)}"
        validations.add(Validation(title=text("checks.explanation"), prompt=prompt), cells)
        validations.write(sheet)

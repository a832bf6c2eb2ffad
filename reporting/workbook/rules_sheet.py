"""Writing the very hidden sheet on which the workbook works out the states of its rules (:mod:`reporting.workbook.live`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reporting.findings import Severity
from reporting.schema.expressions import names, parse
from reporting.schema.model import CodeList, FieldType, Schema
from reporting.schema.rules import severity_of
from reporting.workbook.addresses import Place, letters_of, number_of
from reporting.workbook.choices import answered_in_rows, code_list_of, list_name
from reporting.workbook.layout import (
    CHECKS_COLUMNS,
    CHECKS_SHEET,
    MARK_CELL,
    RECORD_NUMBER,
    RULES_MARK,
    Role,
    RulesColumn,
    checks_row,
    rules_place,
    states_place,
)
from reporting.workbook.live import COUNTS_NAME, OPEN_NAMES, LiveRule, LiveRules, states_name
from reporting.workbook.rule_formulas import BROKEN, HOLDS, NOT_KNOWN
from reporting.workbook.sheets import Making, protect
from reporting.workbook.sight import chosen_name

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def write_rules(sheet: Worksheet, making: Making, live: LiveRules, workbook: Workbook) -> None:
    """The rules sheet with its defined names."""
    sheet[MARK_CELL] = RULES_MARK
    most = max((making.layout.tables_by_id[table].table.max_rows for table in live.tables), default=0)
    for number in range(most):
        sheet[rules_place(RulesColumn.RECORD, number).cell] = number + 1
    for item in live.rules:
        _name(workbook, item.name, item.formula)
        _write_rule(sheet, making, item)
    for position, table in enumerate(live.tables):
        _name(workbook, f"states_{table}", _record_states(making, live, table))
        place = states_place(position, making.layout.tables_by_id[table].table.max_rows)
        _name(workbook, states_name(table), place.absolute())
        _write_states(sheet, table, place)
    for position, field in enumerate(_several(making.schema, live)):
        _write_chosen(sheet, making, field, position, workbook)
    if live.rules:
        _name(workbook, COUNTS_NAME, rules_place(RulesColumn.COUNT, 0, len(live.rules)).absolute())
        _write_open(sheet, len(live.rules), workbook)
    sheet.sheet_state = "veryHidden"
    protect(sheet)


def _name(workbook: Workbook, name: str, content: str) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    workbook.defined_names[name] = DefinedName(name, attr_text=content)


def _write_rule(sheet: Worksheet, making: Making, live: LiveRule) -> None:
    """The state of a rule as a whole, and of how many records it is broken."""
    cells = {column: rules_place(column, live.number - 1).cell for column in RulesColumn}
    sheet[cells[RulesColumn.CODE]] = live.rule.code
    sheet[cells[RulesColumn.SEVERITY]] = severity_of(live.rule).value
    state, count = cells[RulesColumn.STATE], cells[RulesColumn.COUNT]
    if live.rule.table:
        sheet[count] = f"={_records(live, BROKEN)}"
        kept = f'IF({_records(live, HOLDS)}>0,"{HOLDS}","{NOT_KNOWN}")'
        sheet[state] = f'=IF({count}>0,"{BROKEN}",{kept})'
    else:
        sheet[state] = f"={live.name}"
        sheet[count] = f'=1*({state}="{BROKEN}")'
    position = [rule.code for rule in making.schema.rules].index(live.rule.code)
    explanation = Place(CHECKS_SHEET, f"{CHECKS_COLUMNS[Role.EXPLANATION]}{checks_row(position)}").absolute()
    sheet[cells[RulesColumn.EXPLAINED]] = f'=1*({explanation}<>"")'


def _records(live: LiveRule, state: str) -> str:
    """The number of records in a state."""
    return f'SUMPRODUCT(--(MID({states_name(live.rule.table)},{live.place},1)="{state}"))'


def _record_states(making: Making, live: LiveRules, table: str) -> str:
    """The states of all rules of a table in one record; nothing where the record is empty."""
    states = "&".join(item.name for item in live.of_table(table))
    record = f"INDEX({making.layout.tables_by_id[table].area.absolute()},{RECORD_NUMBER},0)"
    return f'IF(COUNTA({record})=0,"",{states})'


def _write_states(sheet: Worksheet, table: str, place: Place) -> None:
    first, _, last = place.cell.partition(":")
    for row in range(number_of(first), number_of(last) + 1):
        sheet[f"{letters_of(first)}{row}"] = f"=states_{table}"


def _several(schema: Schema, live: LiveRules) -> Iterator[str]:
    """The fields with several choices in one cell that the rules look at."""
    used = {path for item in live.rules for text in (item.rule.holds, item.rule.where) if text for path in _names(text)}
    for identifier, field in schema.fields.items():
        if identifier in used and field.type is FieldType.CHOICES and not answered_in_rows(schema, field):
            yield identifier


def _names(text: str) -> Iterator[str]:
    return names(parse(text))


def _write_chosen(sheet: Worksheet, making: Making, field: str, position: int, workbook: Workbook) -> None:
    """The choices between semicolons, such as ``;Kenya;Uganda;``; nothing where one of them is not in the list."""
    codes = code_list_of(making.schema, making.schema.fields[field])
    place = rules_place(RulesColumn.CHOSEN, 2 * position + 1)
    given = rules_place(RulesColumn.CHOSEN, 2 * position).cell
    answer = making.layout.answer(field).absolute()
    parts = f'SUBSTITUTE(SUBSTITUTE(TRIM({answer}),CHAR(10),";"),"; ",";")'
    sheet[given] = f'=IFERROR(";"&{parts}&";","")'
    sheet[place.cell] = f'=IF({_all_known(codes, given)},{given},"")' if codes else f"={given}"
    _name(workbook, chosen_name(field), place.absolute())


def _all_known(codes: CodeList, given: str) -> str:
    """Whether there are as many labels of the list in the text as there are parts."""
    found = f'SUMPRODUCT(--ISNUMBER(SEARCH(";"&{list_name(codes)}&";",{given})))'
    return f'AND({found}>0,{found}=LEN({given})-LEN(SUBSTITUTE({given},";",""))-1)'


def _write_open(sheet: Worksheet, count: int, workbook: Workbook) -> None:
    """How many errors, queries and notes are open."""
    severities, counts, explained = (
        rules_place(column, 0, count).cell
        for column in (RulesColumn.SEVERITY, RulesColumn.COUNT, RulesColumn.EXPLAINED)
    )
    for position, severity in enumerate(Severity):
        place = rules_place(RulesColumn.OPEN, position)
        criteria = f'{severities},"{severity.value}",{counts},">0"'
        if severity is Severity.QUERY:
            criteria += f",{explained},0"
        sheet[place.cell] = f"=COUNTIFS({criteria})"
        _name(workbook, OPEN_NAMES[severity], place.absolute())

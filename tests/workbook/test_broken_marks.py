"""The marks at the cells of broken rules."""

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reporting.findings import Severity
from reporting.schema.compiled import load_schema
from reporting.workbook.arrangement import layout_of
from reporting.workbook.live import live_rules, marks
from reporting.workbook.template import Filling, write_return

SCHEMA = load_schema("apr-2008")
LAYOUT = layout_of(SCHEMA)
SIGN = '"✗ "'


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("blank") / "return.xlsx"
    write_return(SCHEMA, Filling(office="KEN", year=2008), path)
    return load_workbook(path)


def conditional(sheet: Worksheet) -> list[tuple[int, str, str, str]]:
    """Priority, cells, formula and number format of each conditional format."""
    found = []
    for cells in sheet.conditional_formatting:
        for rule in cells.rules:
            shown = rule.dxf.numFmt.formatCode if rule.dxf and rule.dxf.numFmt else ""
            found.append((rule.priority, str(cells.sqref), rule.formula[0], shown))
    return sorted(found)


def test_each_mark_of_a_live_rule_stands_on_its_sheet_with_a_sign(blank: Workbook) -> None:
    expected = {(mark.sheet, mark.cells, mark.formula) for mark in marks(live_rules(SCHEMA, 2008), LAYOUT, SCHEMA)}
    found = {
        (sheet.title, cells, formula)
        for sheet in blank.worksheets
        for _, cells, formula, shown in conditional(sheet)
        if shown.count(SIGN) == shown.count(";") + 1
    }
    assert found == expected


def test_errors_come_before_queries_and_all_marks_before_greying(blank: Workbook) -> None:
    severities = {
        (mark.sheet, mark.cells, mark.formula): mark.severity
        for mark in marks(live_rules(SCHEMA, 2008), LAYOUT, SCHEMA)
    }
    order: list[Severity | None] = [*Severity, None]
    for sheet in blank.worksheets:
        formats = conditional(sheet)
        assert [priority for priority, *_ in formats] == list(range(1, len(formats) + 1))
        ranks = [order.index(severities.get((sheet.title, cells, formula))) for _, cells, formula, _ in formats]
        assert ranks == sorted(ranks)

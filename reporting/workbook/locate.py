"""Finding the form in a workbook by its hidden ids, wherever an office has moved sheets, rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from reporting.findings import Finding, Text
from reporting.schema.model import Table
from reporting.workbook import form_faults
from reporting.workbook.grids import Grid, address
from reporting.workbook.layout import (
    GUIDANCE_SHEET,
    ID_ROW,
    IMPACT_ROLES,
    LABELS_MARK,
    LABELS_ROW,
    LIST_SHEET,
    MACHINE_KEYS,
    MACHINE_SHEET,
    PASSED_OVER,
    FormSheet,
    Role,
    WorkbookLayout,
)

_SEARCHED_ROWS: Final = 12
"""The hidden header row is looked for this far down: an office may have inserted rows above it."""
_ROLES: Final = frozenset(Role)


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Where a form sheet's columns of roles are, and the ids of its rows; :attr:`Located.questions` goes the other way."""

    grid: Grid
    header: int
    columns: Mapping[Role, int]
    ids: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a table is: the column of each of its column ids, and the row of its labels."""

    grid: Grid
    header: int
    labels: int
    columns: Mapping[str, int]


@dataclass
class Located:
    """What was found where, and what is wrong with it."""

    questions: dict[str, tuple[FormPlace, int]] = field(default_factory=dict)
    """Form and row of every id of the form sheets."""
    tables: dict[str, TablePlace] = field(default_factory=dict)
    forms: list[FormPlace] = field(default_factory=list)
    checks: FormPlace | None = None
    findings: list[Finding] = field(default_factory=list)


def machine_values(grids: Iterable[Grid]) -> dict[str, str] | None:
    """The keys and values of the hidden machine sheet, or None where there is no such sheet."""
    for grid in sorted(grids, key=lambda grid: grid.title != MACHINE_SHEET):
        if values := _keys_and_values(grid):
            return values
    return None


def _keys_and_values(grid: Grid) -> dict[str, str]:
    """What the machine sheet says; nothing where ``grid`` is another sheet."""
    values = {grid.text(row, 1): grid.text(row, 2) for row in range(1, min(grid.height, len(MACHINE_KEYS) + 10) + 1)}
    return values if values.keys() >= set(MACHINE_KEYS[:2]) else {}


def locate(grids: Iterable[Grid], layout: WorkbookLayout) -> Located:
    """Everything of the form that is in the workbook."""
    located = Located()
    for grid in grids:
        if grid.text(1, 1) in PASSED_OVER:
            continue
        roles = _header(grid, _ROLES)
        if roles and Role.EXPLANATION in roles[1]:
            located.checks = located.checks or FormPlace(grid, roles[0], _roles(roles[1]))
        elif roles and Role.ANSWER in roles[1] and Role.ID in roles[1]:
            columns = _roles(roles[1])
            ids = _ids(grid, roles[0], columns[Role.ID])
            _add_form(located, FormPlace(grid, roles[0], columns, ids), layout)
        elif header := _header(grid, layout.column_ids):
            _add_tables(located, grid, header, layout)
        elif grid.height and grid.title not in (GUIDANCE_SHEET, LIST_SHEET) and not _keys_and_values(grid):
            located.findings.append(form_faults.ADDED_SHEET.finding(sheet=grid.title))
    located.findings += _missing(located, layout)
    return located


def _header(grid: Grid, wanted: frozenset[str] | frozenset[Role]) -> tuple[int, dict[str, list[int]]] | None:
    """The hidden header row and the columns of what it says; None where no row has anything wanted."""
    for row in range(1, min(grid.height, _SEARCHED_ROWS) + 1):
        filled = grid.filled(row)
        if not any(grid.text(row, column) in wanted for column in filled):
            continue
        found: dict[str, list[int]] = {}
        for column in filled:
            found.setdefault(grid.text(row, column), []).append(column)
        if len(found.keys() & wanted) > 1 or (len(found) == 1 and found.keys() <= wanted):
            return row, found
    return None


def _roles(columns: Mapping[str, list[int]]) -> dict[Role, int]:
    return {Role(name): places[0] for name, places in columns.items() if name in _ROLES}


def _add_form(located: Located, place: FormPlace, layout: WorkbookLayout) -> None:
    grid, rows = place.grid, dict[str, list[int]]()
    for row, identifier in place.ids.items():
        rows.setdefault(identifier, []).append(row)
    known = {identifier: places for identifier, places in rows.items() if identifier in layout.rows_by_id}
    if known and known.keys() <= located.questions.keys():
        located.findings.append(_double_sheet(grid))
        return
    located.forms.append(place)
    for identifier, places in known.items():
        here = [address(row, place.columns[Role.ANSWER]) for row in places]
        if identifier in located.questions or len(places) > 1:
            label, times = _label(layout, identifier), len(places) + (identifier in located.questions)
            located.findings.append(_double(grid, identifier, label, here, times))
        located.questions.setdefault(identifier, (place, places[0]))
    located.findings += _unknown_ids(grid, rows.keys() - known.keys(), rows, place.columns[Role.ID])


def _ids(grid: Grid, header: int, column: int) -> dict[int, str]:
    """The id of each row below the header that has one."""
    texts = ((row, grid.text(row, column)) for row in range(header + 1, grid.height + 1))
    return {row: text for row, text in texts if text}


def _unknown_ids(grid: Grid, unknown: Iterable[str], rows: Mapping[str, list[int]], column: int) -> Iterator[Finding]:
    if names := sorted(unknown):
        cells = tuple(address(row, column) for name in names for row in rows[name])
        yield form_faults.UNKNOWN_ID.finding(sheet=grid.title, cells=cells, found=", ".join(names[:5]))


def _add_tables(located: Located, grid: Grid, header: tuple[int, dict[str, list[int]]], layout: WorkbookLayout) -> None:
    row, columns = header
    labels = _labels_row(grid, row)
    for sheet in layout.tables:
        own = {column.field.id: columns[column.field.id] for column in sheet.columns if column.field.id in columns}
        if not own:
            continue
        if sheet.id in located.tables:
            located.findings.append(_double_sheet(grid))
            continue
        place = TablePlace(grid, row, labels, {identifier: places[0] for identifier, places in own.items()})
        located.tables[sheet.id] = place
        for identifier, places in own.items():
            if len(places) > 1:
                cells = [address(row, column) for column in places]
                located.findings.append(_double(grid, identifier, _label(layout, identifier), cells, len(places)))


def _labels_row(grid: Grid, header: int) -> int:
    """The row of column labels, by its mark; where that is lost, as far below the ids as it was written."""
    for row in range(header + 1, min(grid.height, header + _SEARCHED_ROWS) + 1):
        if grid.text(row, 1) == LABELS_MARK or any(
            grid.text(row, column) == LABELS_MARK for column in grid.filled(row)
        ):
            return row
    return header + LABELS_ROW - ID_ROW


def _double(grid: Grid, identifier: str, label: str, cells: Iterable[str], times: int) -> Finding:
    return form_faults.DOUBLE_ID.finding(
        sheet=grid.title, cells=tuple(cells), field=identifier, label=label, count=times
    )


def _double_sheet(grid: Grid) -> Finding:
    return form_faults.DOUBLE_ID.finding(sheet=grid.title, label=grid.title, count=2)


def _label(layout: WorkbookLayout, identifier: str) -> str:
    """The English label of a question, option, indicator or column."""
    if found := layout.rows_by_id.get(identifier):
        row = found[1]
        part = row.code or row.field or row.indicator
        return part.label if part else identifier
    table, _, column = identifier.partition(".")
    return layout.tables_by_id[table].by_name[column].field.label


def _missing(located: Located, layout: WorkbookLayout) -> Iterator[Finding]:
    for form in layout.forms:
        yield from _missing_questions(located, form, layout)
    for sheet in layout.tables:
        yield from _missing_columns(located, sheet.table, sheet.title)


def _missing_questions(located: Located, form: FormSheet, layout: WorkbookLayout) -> Iterator[Finding]:
    lost = [identifier for identifier in form.by_id if identifier not in located.questions]
    if not lost:
        yield from _missing_roles(located, form)
        return
    if len(lost) == len(form.by_id):
        yield form_faults.SHEET_MISSING.finding(sheet=form.title)
        return
    place = next(located.questions[identifier][0] for identifier in form.by_id if identifier in located.questions)
    yield form_faults.QUESTIONS_MISSING.finding(
        sheet=place.grid.title, field=lost[0], count=len(lost), label=_label(layout, lost[0])
    )


def _missing_roles(located: Located, form: FormSheet) -> Iterator[Finding]:
    """Impact indicators need two more columns than questions."""
    for row in form.rows:
        if row.indicator and row.id in located.questions:
            place = located.questions[row.id][0]
            for role in IMPACT_ROLES:
                if role not in place.columns:
                    label = role.value.replace("_", " ")
                    yield form_faults.COLUMN_MISSING.finding(sheet=place.grid.title, field=row.id, label=Text(label))
            return


def _missing_columns(located: Located, table: Table, title: str) -> Iterator[Finding]:
    place = located.tables.get(table.id)
    if place is None:
        yield form_faults.SHEET_MISSING.finding(sheet=title, field=table.id)
        return
    for column in table.columns:
        if column.id not in place.columns:
            yield form_faults.COLUMN_MISSING.finding(sheet=place.grid.title, field=column.id, label=column.label)

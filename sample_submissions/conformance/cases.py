"""A clean return and the edits of ``tests/checks/<CODE>.yaml``.

Each file names a code's cases: ``fails`` must give a finding of the code, ``passes`` must not. An edit is one of

- ``set``: answers by field id, or ``indicator.target``; an empty answer is ``null``
- ``rows``: the records of tables, in place of those that stand there
- ``cells``: contents by ``Sheet!B9``
- ``notes``: comments by ``Sheet!B9``
- ``properties``: what the document says of itself
- ``previous``: such edits, which make the return of the year before
- ``error``: error values by field id
- ``explain``: explanations by rule code
- ``machine``: values of the hidden sheet
- ``drop_sheet``, ``copy_sheet`` (a title), ``drop_question``, ``copy_question`` (a field id), ``drop_column``,
  ``copy_column`` (a column id)
- ``file``: edits of the bytes, see :mod:`sample_submissions.conformance.files`

``field``, ``found``, ``expected``, ``suggestion``, ``sheet`` and ``at`` (cells) say more of the finding. ``schema`` names
another form than that of 2008.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reporting.checks.run import check_return
from reporting.findings import FileResult, Finding, Verdict
from reporting.returns.waivers import with_waivers
from reporting.schema.compiled import load_schema
from reporting.workbook.addresses import column_of, letters_of, number_of
from reporting.workbook.answers import Return
from reporting.workbook.arrangement import layout_of
from reporting.workbook.faults import UnreadableFile
from reporting.workbook.filling import Entry, Filling
from reporting.workbook.form_faults import ERROR_VALUE, FORMULA_WITHOUT_VALUE
from reporting.workbook.grids import Grid, Opened, read_grids
from reporting.workbook.layout import MACHINE_SHEET, Role
from reporting.workbook.locate import Located, locate
from reporting.workbook.reader import form_of, return_in
from reporting.workbook.suspects import suspects
from reporting.workbook.template import write_return
from reporting.workbook.values import Broken
from sample_submissions.conformance.files import edited

CASES = Path(__file__).resolve().parents[2] / "tests" / "checks"
"""One file a code."""
NEVER_READ = Path("KEN.xlsx")


@dataclass(frozen=True)
class Case:
    """A return that breaks a rule, or nearly does: ``edits`` of the clean one."""

    code: str
    schema: str
    must_fail: bool
    name: str
    edits: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.code} {'fails' if self.must_fail else 'passes'}: {self.name}"


def cases() -> list[Case]:
    """Every case of every code, in the order of the codes."""
    return [case for path in sorted(CASES.glob("*.yaml")) for case in _cases_in(path)]


def _cases_in(path: Path) -> list[Case]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    schema = content.get("schema", "apr-2008")
    return [
        Case(path.stem, schema, must_fail, case["case"], {key: value for key, value in case.items() if key != "case"})
        for must_fail, cases in ((True, content.get("fails", ())), (False, content.get("passes", ())))
        for case in cases
    ]


CLEAN_2008: Mapping[str, Any] = {
    "cover.countries": ("KEN",),
    "cover.uses_focus": "no",
    "cover.prepared_by_post": "Protection Officer",
    "cover.cleared_by_post": "Representative",
    "cover.cleared_on": date(2009, 2, 27),
    "cover.classification": "confidential",
    "cover.trafficking_assessment": "something_to_report",
    "environment.access_to_territory.screening": "yes",
}
POPULATION: Mapping[str, Entry] = {
    "country": "KEN", "group": "REF", "opening": 1000, "closing": 1000, "f_18_59": 500, "m_18_59": 500,
    "basis": "registration", "source": "unhcr",
}  # fmt: skip


@cache
def clean(schema: str) -> bytes:
    """A return with no error and no query."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "KEN.xlsx"
        write_return(load_schema(schema), _filling(schema), path)
        return path.read_bytes()


def _filling(schema: str) -> Filling:
    if schema == "apr-2008":
        return Filling(office="KEN", year=2008, fields=CLEAN_2008, tables={"populations": [POPULATION]})
    return Filling(office="KEN", year=2007, fields={"cover.countries": ("KEN",)})


@cache
def clean_grids(schema: str) -> Sequence[Grid]:
    """The sheets of the clean return."""
    return read_grids(clean(schema))


def findings(case: Case) -> Sequence[Finding]:
    """What is found in the clean return after the case's edits."""
    schema = load_schema(case.schema)
    try:
        returned = _returned(case.schema, case.edits)
    except UnreadableFile as error:
        return error.findings
    previous = _returned(case.schema, case.edits["previous"]) if "previous" in case.edits else None
    result = FileResult(
        path="",
        sha256="",
        office=returned.office,
        year=returned.year,
        verdict=Verdict.ACCEPTED,
        findings=check_return(returned, schema, previous=previous),
    )
    waived = {(code, ""): text for code, text in case.edits.get("waive", {}).items()}
    return with_waivers(result, {(returned.office, returned.year): waived}).findings


def _returned(schema: str, edits: Mapping[str, Any]) -> Return:
    """The clean return after ``edits``."""
    if "file" in edits:
        grids = list(read_grids(edited(clean(schema), edits["file"])))
    else:
        grids = [Grid(grid.title, [list(row) for row in grid.rows]) for grid in clean_grids(schema)]
    applied = Editor(grids, schema).apply(edits)
    opened = Opened(applied, edits.get("properties", {}))
    return replace(return_in(applied, NEVER_READ, ""), suspects=tuple(suspects(opened, form_of(schema).texts)))


class Editor:
    """Applies edits to the sheets of a return."""

    def __init__(self, grids: list[Grid], schema: str) -> None:
        self.grids = grids
        self.layout = layout_of(load_schema(schema))

    def apply(self, edits: Mapping[str, Any]) -> list[Grid]:
        """The sheets after the edits."""
        for name, edit in edits.items():
            if method := getattr(self, f"_{name}", None):
                method(edit)
        return [replace(grid) for grid in self.grids]

    @property
    def located(self) -> Located:
        """Where everything is now."""
        self.grids = [replace(grid) for grid in self.grids]  # which have worked out nothing about their rows yet
        return locate(self.grids, self.layout)

    def _grid(self, title: str) -> Grid:
        return next(grid for grid in self.grids if grid.title == title)

    def _set(self, answers: Mapping[str, object]) -> None:
        questions = self.located.questions
        for identifier, value in answers.items():
            name, role = identifier, Role.ANSWER
            if identifier not in questions:
                name, _, last = identifier.rpartition(".")
                role = {"baseline": Role.ANSWER, "target": Role.TARGET, "year_end": Role.YEAR_END}[last]
            place, row = questions[name]
            write(place.grid, row, place.columns[role], value)

    def _rows(self, tables: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
        for identifier, records in tables.items():
            place = self.located.tables[identifier]
            for row in range(place.labels + 1, place.grid.height + 1):
                for column in place.columns.values():
                    write(place.grid, row, column, None)
            for number, record in enumerate(records, start=1):
                for name, value in record.items():
                    write(place.grid, place.labels + number, place.columns[f"{identifier}.{name}"], value)

    def _cells(self, contents: Mapping[str, object]) -> None:
        for address, value in contents.items():
            title, _, cell = address.rpartition("!")
            write(self._grid(title), number_of(cell), column_of(letters_of(cell)), value)

    def _notes(self, notes: Mapping[str, str]) -> None:
        for place, text in notes.items():
            title, _, cell = place.rpartition("!")
            self.grids = [replace(grid, notes={cell: text}) if grid.title == title else grid for grid in self.grids]

    def _error(self, errors: Mapping[str, str]) -> None:
        for identifier, error in errors.items():
            place, row = self.located.questions[identifier]
            kind = FORMULA_WITHOUT_VALUE if error.startswith("=") else ERROR_VALUE
            write(place.grid, row, place.columns[Role.ANSWER], Broken(kind, error))

    def _explain(self, explanations: Mapping[str, str]) -> None:
        checks = self.located.checks
        assert checks is not None  # noqa: S101 - every form has the sheet
        for code, text in explanations.items():
            rows = range(1, checks.grid.height + 1)
            row = next(row for row in rows if checks.grid.text(row, checks.columns[Role.ID]) == code)
            write(checks.grid, row, checks.columns[Role.EXPLANATION], text)

    def _machine(self, values: Mapping[str, object]) -> None:
        grid = self._grid(MACHINE_SHEET)
        for row in range(1, grid.height + 1):
            if grid.text(row, 1) in values:
                write(grid, row, 2, values[grid.text(row, 1)])

    def _drop_sheet(self, title: str) -> None:
        self.grids = [grid for grid in self.grids if grid.title != title]

    def _copy_sheet(self, title: str) -> None:
        self.grids.append(Grid(f"{title} (2)", [list(row) for row in self._grid(title).rows]))

    def _drop_question(self, identifier: str) -> None:
        place, row = self.located.questions[identifier]
        del place.grid.rows[row - 1]

    def _copy_question(self, identifier: str) -> None:
        place, row = self.located.questions[identifier]
        place.grid.rows.insert(row, list(place.grid.rows[row - 1]))

    def _drop_column(self, identifier: str) -> None:
        place = self.located.tables[identifier.partition(".")[0]]
        for row in place.grid.rows:
            del row[place.columns[identifier] - 1]

    def _copy_column(self, identifier: str) -> None:
        place = self.located.tables[identifier.partition(".")[0]]
        for row in place.grid.rows:
            row.append(row[place.columns[identifier] - 1])


def write(grid: Grid, row: int, column: int, value: Any) -> None:
    """Put a value into a cell, enlarging the sheet where it must be."""
    width = max(grid.width, column)
    grid.rows.extend([] for _ in range(row - grid.height))
    for line in grid.rows:
        line.extend("" for _ in range(width - len(line)))
    grid.rows[row - 1][column - 1] = "" if value is None else value

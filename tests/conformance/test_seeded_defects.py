"""Defects of the kinds of FORM 6, put into the sample returns by chance, are found at their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from reporting.checks.run import check_return
from reporting.findings import Finding, Severity
from reporting.schema.compiled import load_schema
from reporting.workbook.filling import Filling
from reporting.workbook.grids import Grid, Opened, address, read_grids
from reporting.workbook.layout import Role
from reporting.workbook.reader import form_of, return_in
from reporting.workbook.suspects import suspects
from sample_submissions.builder.sources import SAMPLES
from sample_submissions.builder.worlds import world
from sample_submissions.conformance.cases import Editor, write
from tests.conformance.defects import MAKERS, Defect, Place, drawn

SEED = 2008
OF_A_KIND = 12
LEAST_FOUND = 0.98


@cache
def samples() -> dict[str, Filling]:
    """The accepted returns of 2008, real and fictional, by path."""
    made = [one for name in ("2008", "fictional") for one in world(name).fillings()]
    sent = {path: filling for path, filling in made if filling.year == load_schema("apr-2008").year}
    return {path: filling for path, filling in sent.items() if not errors_of(found_in(grids_of(path)))}


@cache
def grids_of(path: str) -> Sequence[Grid]:
    return read_grids((SAMPLES / path).read_bytes())


def found_in(grids: Sequence[Grid]) -> Sequence[Finding]:
    returned = return_in([*grids], Path("return.xlsx"), "")
    opened = Opened([*grids], {})
    with_suspects = replace(returned, suspects=tuple(suspects(opened, form_of("apr-2008").texts)))
    return check_return(with_suspects, load_schema("apr-2008"))


def errors_of(found: Sequence[Finding]) -> list[Finding]:
    return [one for one in found if one.severity is Severity.ERROR]


def with_defect(path: str, defect: Defect) -> tuple[list[Grid], tuple[str, str]]:
    """The sheets of a sample with the defect, and the sheet and cell where it must be found."""
    editor = Editor([Grid(grid.title, [list(row) for row in grid.rows]) for grid in grids_of(path)], "apr-2008")
    located = editor.located

    def cell(place: Place) -> tuple[Grid, int, int]:
        table, at, name = place
        if table:
            sheet = located.tables[table]
            return sheet.grid, sheet.labels + 1 + at, sheet.columns[f"{table}.{name}"]
        form, row = located.questions[name]
        return form.grid, row, form.columns[Role.ANSWER]

    for place, value in defect.written.items():
        written: Any = "; ".join(value) if isinstance(value, tuple) else value
        write(*cell(place), written)
    grid, row, column = cell(defect.at)
    return editor.apply({}), (grid.title, address(row, column))


def is_at(finding: Finding, sheet: str, cell: str) -> bool:
    return (finding.sheet == sheet and cell in finding.cells) or f"{sheet}!{cell}" in finding.cells


@pytest.mark.slow
def test_defects_are_found_at_their_cells() -> None:
    random = Random(SEED)
    paths = {id(filling): path for path, filling in samples().items()}
    tried, missed = 0, []
    for filling, kind, defect in drawn(random, [*samples().values()], OF_A_KIND):
        path = paths[id(filling)]
        grids, (sheet, cell) = with_defect(path, defect)
        found = found_in(grids)
        tried += 1
        if not any(one.code in defect.codes and is_at(one, sheet, cell) for one in found):
            here = sorted({one.code for one in found if is_at(one, sheet, cell)})
            missed.append(f"{path} {kind} {sorted(defect.codes)} {sheet}!{cell}: found {here}")
    assert tried > OF_A_KIND * len(MAKERS) * 0.9
    assert len(missed) <= (1 - LEAST_FOUND) * tried, f"{len(missed)} of {tried} missed\n" + "\n".join(missed)


@pytest.mark.slow
def test_returns_without_a_defect_have_no_error_and_few_are_left_out() -> None:
    clean = samples()
    assert len(clean) > 60
    for path in clean:
        queries = [one for one in found_in(grids_of(path)) if one.severity is Severity.QUERY and not one.explanation]
        assert not [one for one in queries if one.code.startswith(("PRV", "QUA", "CEL", "STR"))], path

"""The cover says of a return what the validator says: how many questions are answered, and what keeps it from being sent."""

from __future__ import annotations

from collections.abc import Iterator

import openpyxl
import pytest

from reporting.checks.asked import asks_for_impact, chapters, impact_answers, is_asked
from reporting.checks.cells import questions_unanswered, required_answer_missing
from reporting.checks.check import Case
from reporting.checks.rows import required_column_missing
from reporting.schema.compiled import load_schema
from reporting.schema.model import Requirement
from reporting.workbook.answers import Missing
from reporting.workbook.arrangement import layout_of
from reporting.workbook.layout import RowKind
from reporting.workbook.progress import READY, progress_cell
from reporting.workbook.reader import read_return
from reporting.workbook.template import Filling, write_return
from tests.agreement.random_returns import filled_returns
from tests.libreoffice import converted_all

SCHEMA = load_schema("apr-2008")
READY_FIELDS = {"cover.countries": ("KEN",), "cover.uses_focus": "no"}


def said(book: openpyxl.Workbook) -> dict[str, str]:
    """What the cover says, by the id of the form sheet."""
    cover = layout_of(SCHEMA).forms[0]
    rows = [row for row in cover.rows if row.kind is RowKind.PROGRESS]
    return {row.text: str(book[cover.title][progress_cell(row)].value) for row in rows}


def counts(case: Case) -> Iterator[tuple[str, int, int]]:
    """Of each sheet, the answers given and asked, as the validator's own notions of asked and answered have it."""
    for chapter in chapters(case):
        asked = [
            case.returned.fields[question.id]
            for question in chapter.fields
            if question.requirement is not Requirement.OPTIONAL and is_asked(question, case)
        ]
        for area in chapter.areas:
            if asks_for_impact(area, case):
                asked += impact_answers(area, case)
        yield chapter.id, sum(answer.answered for answer in asked), len(asked)


def told(given: int, asked: int) -> str:
    return f"{'✓' if given == asked else '…'} {given} of {asked} answered" if asked else "– nothing is asked"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[openpyxl.Workbook, Case]]:
    """A blank, one with a broken rule and a record without its group, and eight at random, saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("progress")
    broken = {"populations": [{"country": "KEN", "closing": 1, "f_18_59": 5}]}
    fillings = [
        Filling(office="KEN", year=2008),
        Filling(office="KEN", year=2008, fields=READY_FIELDS, tables=broken),
        *filled_returns(SCHEMA, "KEN", seed_number=20089, count=8),
    ]
    sources = [folder / f"{number}.xlsx" for number in range(len(fillings))]
    for path, filling in zip(sources, fillings, strict=True):
        write_return(SCHEMA, filling, path)
    made = converted_all(sources, folder)
    return [
        (openpyxl.load_workbook(path, data_only=True), Case.of(read_return(path, path.read_bytes()), SCHEMA))
        for path in made
    ]


@pytest.mark.slow
def test_the_cover_counts_what_the_validator_counts(books: list[tuple[openpyxl.Workbook, Case]]) -> None:
    for book, case in books:
        words = said(book)
        expected = {chapter: told(given, asked) for chapter, given, asked in counts(case)}
        assert {chapter: words[chapter] for chapter in expected} == expected
        unanswered = {failure.field: failure.found for failure in questions_unanswered.failures(case)}
        assert all(words[chapter].startswith("…") for chapter in unanswered)


@pytest.mark.slow
def test_the_cover_tells_what_keeps_a_return_from_being_sent(books: list[tuple[openpyxl.Workbook, Case]]) -> None:
    for book, case in books:
        missing = sum(
            answer.missing is not Missing.INVALID or answer.text in ("..", "na")  # what else is unreadable is told so
            for check in (required_answer_missing, required_column_missing)
            for answer in (failure.answers[0] for failure in check.failures(case))
        )
        if said(book)[READY].startswith("✓"):
            assert not missing
        else:
            assert said(book)[READY].endswith(f"required answers missing: {missing}.")
    assert "To correct: 0;" not in said(books[1][0])[READY]

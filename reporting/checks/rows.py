"""Checks on the records of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from reporting.checks.check import Case, Failure, check
from reporting.findings import Severity, Text, Word
from reporting.schema.evaluate import is_false, is_true
from reporting.schema.model import Field, Requirement, Table
from reporting.workbook.answers import Answer, Row

_ROWS_TOLD: Final = 10
"""So many rows are told by their numbers; of more, the cells are in the finding."""


@check(
    "ROW001",
    Severity.ERROR,
    "Row {row} of “{sheet}” has no answer for “{label}”.",
    hint="Complete the row, or clear it.",
    source="FORM 5",
    requires=("STR002", "CEL008", "CEL009", "CEL011", "CEL014", "CEL015", "CEL016"),
)
def required_column_missing(case: Case) -> Iterator[Failure]:
    """What identifies a record must be given in every row in which anything else is."""
    for column, row, answer in _columns(case, Requirement.REQUIRED):
        if answer.value is None:
            yield Failure(field=column.id, answers=(answer,), words={"row": str(row.number), "label": column.label})


@check(
    "ROW002",
    Severity.QUERY,
    "Rows {found} of “{sheet}” say the same of {label}, so their figures may be counted twice.",
    hint="Put them together in one row, or explain.",
    source="FORM 6",
)
def rows_doubled(case: Case) -> Iterator[Failure]:
    """The key columns of a table (such as country and group) tell its rows apart.

    Two rows with the same key count the same persons twice, or belong together.
    """
    for table in case.schema.tables:
        for rows in _same_key(table, case.returned.tables[table.id]):
            yield Failure(
                field=table.id,
                answers=tuple(row.answers[name] for row in rows for name in table.key if row.answers[name].cells),
                found=_numbers(rows),
                words=_key_in_words(table, rows[0]),
            )


@check(
    "ROW003",
    Severity.NOTE,
    "The table on “{sheet}” is filled, though it is not asked after what was answered before.",
    hint="Correct the answer on which the table hangs, or clear its rows.",
    source="FORM 1",
)
def table_filled_though_not_asked(case: Case) -> Iterator[Failure]:
    """Tables are asked only where there is something to report."""
    for table in case.schema.tables:
        rows = case.returned.tables[table.id]
        if rows and table.asked_if and is_false(table.asked_if, case.scope):
            yield Failure(field=table.id, answers=tuple(_first_answer(row) for row in rows), found=len(rows))


@check(
    "ROW004",
    Severity.NOTE,
    "The table “{label}” is asked, but has no rows.",
    hint="Fill the table, or correct the answer on which it hangs.",
    source="FORM 1",
    requires=("STR001",),
)
def table_empty_though_asked(case: Case) -> Iterator[Failure]:
    """An answer elsewhere says that there is something to report in this table."""
    for table in case.schema.tables:
        if table.asked_if and not case.returned.tables[table.id] and is_true(table.asked_if, case.scope):
            place = Answer(table.sheet, ())
            yield Failure(field=table.id, answers=(place,), words={"label": table.label})


@check(
    "ROW005",
    Severity.NOTE,
    "The column “{label}” of “{sheet}” has cells that are not answered: {count}.",
    hint="Answer, or write .. for numbers that are not available and na for what does not apply.",
    source="FORM 7",
)
def columns_unanswered(case: Case) -> Iterator[Failure]:
    """A blank in a row that is otherwise filled is unanswered, never zero. The cells of one column make one finding."""
    blank: dict[str, list[Answer]] = {}
    labels = {}
    for column, _, answer in _columns(case, Requirement.EXPECTED):
        if not answer.answered and answer.cells:
            blank.setdefault(column.id, []).append(answer)
            labels[column.id] = column.label
    for identifier, answers in blank.items():
        words: Mapping[str, Word] = {"label": labels[identifier], "count": len(answers)}
        yield Failure(field=identifier, answers=tuple(answers), found=len(answers), words=words)


def _columns(case: Case, requirement: Requirement) -> Iterator[tuple[Field, Row, Answer]]:
    for table in case.schema.tables:
        columns = [column for column in table.columns if column.requirement is requirement and not column.computed]
        for row in case.returned.tables[table.id]:
            for column in columns:
                answer = row.answers[column.name]
                if answer.cells:
                    yield column, row, answer


def _same_key(table: Table, rows: tuple[Row, ...]) -> Iterator[list[Row]]:
    """Rows that share their whole key; of keys with a part that is missing nothing is said."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows if table.key else ():
        key = tuple(_key_part(row.answers[name]) for name in table.key)
        if any(part is not None for part in key) and row.answers[table.key[0]].value is not None:
            groups.setdefault(key, []).append(row)
    return (same for same in groups.values() if len(same) > 1)


def _numbers(rows: Sequence[Row]) -> str:
    """The numbers of the rows; of very many the first and the last."""
    numbers = [str(row.number) for row in rows]
    return ", ".join(numbers if len(numbers) <= _ROWS_TOLD else [*numbers[: _ROWS_TOLD - 1], "…", numbers[-1]])


def _key_part(answer: Answer) -> object:
    return answer.value.casefold() if isinstance(answer.value, str) else answer.value


def _key_in_words(table: Table, row: Row) -> Mapping[str, Word]:
    """The label of each key column with what the row has there, and ``label`` for all of them."""
    words: dict[str, Word] = {}
    parts = []
    for name in table.key:
        if row.answers[name].text:
            column = table.by_name[name]
            words[f"{name}_label"], words[name] = Text(column.label, f"{column.id}.label"), row.answers[name].text
            parts.append(f"{{{name}_label}} {{{name}}}")
    words["label"] = Text(", ".join(parts))
    return words


def _first_answer(row: Row) -> Answer:
    """The first cell of the row with anything in it."""
    return next(answer for answer in row.answers.values() if answer.answered)

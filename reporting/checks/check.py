"""What a check is.

Code, severity, message, documentation and function stand together::

    @check("ROW001", Severity.ERROR, "Row {row} of “{sheet}” has no {label}.")
    def key_missing(case: Case) -> Iterator[Failure]:
        \"\"\"What identifies a record must be given. …\"\"\"

A check is pure and yields a failure for every fault it finds; what failures of one check share is its
:class:`~reporting.findings.FindingKind`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cached_property

from reporting.findings import Finding, FindingKind, Severity, Word
from reporting.schema.model import Field, Schema
from reporting.workbook.answers import Answer, Return
from reporting.workbook.scope import ReturnScope


@dataclass(frozen=True)
class Case:
    """What a check looks at."""

    returned: Return
    schema: Schema
    scope: ReturnScope
    previous: Case | None = None
    """Last year's return, where it is at hand."""

    @classmethod
    def of(cls, returned: Return, schema: Schema, previous: Case | None = None) -> Case:
        """The case of one return, with that of the year before if there is one."""
        return cls(returned, schema, ReturnScope.of(returned, previous.scope if previous else None, schema), previous)

    @cached_property
    def fields_by_cell(self) -> Mapping[tuple[str, str], str]:
        """The id of the question or column that each cell of the form answers, by sheet and address."""
        return {(answer.sheet, cell): name for name, answer in self.returned.answers() for cell in answer.cells}

    @cached_property
    def answered(self) -> Sequence[tuple[Field, Answer]]:
        """Every answer with a value, with its question or column, but what is computed; of impact indicators none."""
        fields = ((question, self.returned.fields[question.id]) for question in self.schema.fields.values())
        given = [
            (question, answer) for question, answer in fields if not question.computed and answer.value is not None
        ]
        for table in self.schema.tables:
            columns = [(column.name, column) for column in table.columns]
            for row in self.returned.tables[table.id]:
                cells = ((column, row.answers[name]) for name, column in columns)
                given += [(column, answer) for column, answer in cells if answer.value is not None]
        return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One fault: where it is, and the words of the message. ``field`` is the id of the question or table."""

    field: str
    answers: tuple[Answer, ...]
    """The cells involved; the first one's sheet is that of the finding."""
    found: str | int | float | None = None
    expected: str | int | float | None = None
    suggestion: str = ""
    words: Mapping[str, Word] = attribute(default_factory=dict)
    printed: Mapping[str, Word] = attribute(default_factory=dict)
    """What the message tells in place of a value."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check with what its findings have in common."""

    kind: FindingKind
    failures: Callable[[Case], Iterator[Failure]]

    def findings(self, case: Case) -> Iterator[Finding]:
        """A finding for every failure."""
        return (finding_of(self.kind, failure) for failure in self.failures(case))


def check(
    code: str, severity: Severity, message: str, *, hint: str = "", source: str = "", requires: tuple[str, ...] = ()
) -> Callable[[Callable[[Case], Iterator[Failure]]], Check]:
    """Make a function into a check; its docstring is the documentation of the code."""

    def decorate(function: Callable[[Case], Iterator[Failure]]) -> Check:
        documentation = " ".join((inspect.getdoc(function) or "").split())
        kind = FindingKind(
            code=code,
            severity=severity,
            message=message,
            documentation=documentation,
            hint=hint,
            source=source,
            requires=requires,
        )
        return Check(kind, function)

    return decorate


def finding_of(kind: FindingKind, failure: Failure) -> Finding:
    """The finding that ``failure`` makes."""
    sheet = next((answer.sheet for answer in failure.answers if answer.sheet), "")
    return kind.finding(
        sheet=sheet,
        cells=tuple(dict.fromkeys(place for answer in failure.answers for place in _places(answer, sheet))),
        field=failure.field,
        found=failure.found,
        expected=failure.expected,
        difference=_difference(failure.found, failure.expected),
        suggestion=failure.suggestion,
        printed=failure.printed,
        **failure.words,
    )


def _places(answer: Answer, sheet: str) -> Iterator[str]:
    for cell in answer.cells:
        yield cell if answer.sheet == sheet else f"{answer.sheet}!{cell}"


def _difference(found: str | float | None, expected: str | float | None) -> float | None:
    """Found less expected, where both are numbers."""
    if isinstance(found, int | float) and isinstance(expected, int | float):
        return found - expected
    return None

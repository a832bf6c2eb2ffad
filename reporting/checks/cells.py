"""Checks on single answers: whether they had to be given, and whether they are within their limits."""

from __future__ import annotations

from collections.abc import Iterator

from reporting.checks.asked import asks_for_impact, chapters, impact_answers, is_asked, is_not_asked
from reporting.checks.check import Case, Failure, check
from reporting.findings import Severity
from reporting.schema.model import NUMERIC, Field, FieldType, Requirement
from reporting.workbook.answers import Answer


@check(
    "CEL001",
    Severity.ERROR,
    "“{label}” must be answered.",
    hint="Answer the question.",
    source="FORM 3",
    requires=("STR003",),
)
def required_answer_missing(case: Case) -> Iterator[Failure]:
    """Some questions must be answered where they are asked at all: without them the return cannot be used."""
    for question in case.schema.fields.values():
        answer = case.returned.fields[question.id]
        is_blank = answer.cells and not answer.answered
        if question.requirement is Requirement.REQUIRED and is_blank and is_asked(question, case):
            yield _failure(question, answer)


@check(
    "CEL002",
    Severity.NOTE,
    "“{label}” has questions that are asked but not answered: {count}.",
    hint="Answer them, or write .. for numbers that are not available and na for what does not apply.",
    source="FORM 7",
)
def questions_unanswered(case: Case) -> Iterator[Failure]:
    """A blank means that the question is unanswered; it is never taken for zero, no, or not applicable.

    The questions of one sheet make one finding, which names all their cells.
    """
    for chapter in chapters(case):
        blank = [
            answer
            for question in chapter.fields
            if question.requirement is Requirement.EXPECTED
            and not (answer := case.returned.fields[question.id]).answered
            and answer.cells
            and is_asked(question, case)
        ]
        for area in chapter.areas:
            if asks_for_impact(area, case):
                blank += [answer for answer in impact_answers(area, case) if not answer.answered and answer.cells]
        if blank:
            yield Failure(
                field=chapter.id,
                answers=tuple(blank),
                found=len(blank),
                words={"label": chapter.label, "count": len(blank)},
            )


@check(
    "CEL003",
    Severity.NOTE,
    "“{label}” has answers to questions that are not asked after what was answered before: {count}.",
    hint="Correct the answer on which they hang, or clear these cells. Reports leave such answers out.",
    source="FORM 3",
)
def answered_though_not_asked(case: Case) -> Iterator[Failure]:
    """Skip logic asks some questions only after a certain answer to another one.

    What stands there nevertheless may be a leftover, or the other answer is wrong. Headquarters' answers do not count.
    """
    for chapter in chapters(case):
        given = [
            answer
            for question in chapter.fields
            if question.asked_if
            and not question.computed
            and (answer := case.returned.fields[question.id]).answered
            and answer.given_by == "office"
            and is_not_asked(question, case)
        ]
        if given:
            yield Failure(
                field=chapter.id,
                answers=tuple(given),
                found=len(given),
                words={"label": chapter.label, "count": len(given)},
            )


@check(
    "CEL004",
    Severity.ERROR,
    "“{label}” has {found} characters, more than the {expected} that fit.",
    hint="Shorten the text; reports print it whole or not at all.",
    source="FORM 3",
)
def text_too_long(case: Case) -> Iterator[Failure]:
    """Texts have a limit, so that a report over forty offices can be read."""
    for question, answer in case.answered:
        if question.max_length and isinstance(answer.value, str) and len(answer.value) > question.max_length:
            yield _failure(question, answer, len(answer.value), question.max_length)


@check(
    "CEL005",
    Severity.ERROR,
    "“{label}” is {found}, but cannot be less than {expected}.",
    hint="Correct the number.",
)
def below_minimum(case: Case) -> Iterator[Failure]:
    """Counts and shares cannot be negative; some questions have another least answer. For dates it is the first year."""
    for question, answer in case.answered:
        value, least = _size(question, answer), _minimum(question)
        if value is not None and least is not None and value < least:
            yield _failure(question, answer, _found(answer), least)


@check(
    "CEL006",
    Severity.ERROR,
    "“{label}” is {found}, but cannot be more than {expected}.",
    hint="Correct the number.",
)
def above_maximum(case: Case) -> Iterator[Failure]:
    """Shares end at 100 per cent; some questions have another greatest answer. For dates it is the last year."""
    for question, answer in case.answered:
        value, most = _size(question, answer), _maximum(question)
        if value is not None and most is not None and value > most:
            yield _failure(question, answer, _found(answer), most)


def _failure(
    question: Field, answer: Answer, found: str | float | None = None, expected: float | None = None
) -> Failure:
    is_year = question.type in (FieldType.YEAR, FieldType.DATE) and found is not None
    return Failure(
        field=question.id,
        answers=(answer,),
        found=found,
        expected=expected,
        words={"label": question.label},
        printed={"found": str(found), "expected": str(expected)} if is_year else {},
    )


def _size(question: Field, answer: Answer) -> float | None:
    """What is compared with a minimum or maximum: a number, and of a date its year."""
    if isinstance(answer.value, int | float) and (question.type in NUMERIC or question.type is FieldType.YEAR):
        return answer.value
    return getattr(answer.value, "year", None) if question.type is FieldType.DATE else None


def _found(answer: Answer) -> str | int | float | None:
    return answer.value if isinstance(answer.value, int | float) else answer.text


def _minimum(question: Field) -> float | None:
    least = 0.0 if question.type in NUMERIC and question.minimum is None else question.minimum
    if question.type is FieldType.YEAR and least is None:
        least = 1900.0
    return _whole(least)


def _maximum(question: Field) -> float | None:
    most = 100.0 if question.type is FieldType.PERCENT and question.maximum is None else question.maximum
    if question.type is FieldType.YEAR and most is None:
        most = 2100.0
    return _whole(most)


def _whole(number: float | None) -> float | None:
    """Limits print without decimals where they have none."""
    return int(number) if number is not None and float(number).is_integer() else number

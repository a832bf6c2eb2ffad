"""What makes a narrative of no use: placeholders, last year's words, another language (FORM 6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from reporting.checks.check import Case, Failure, check
from reporting.checks.language import is_plainly, language_of
from reporting.findings import Severity, Text
from reporting.schema.model import Field, FieldType
from reporting.words import words
from reporting.workbook.answers import Answer
from reporting.workbook.codes import folded

SHORTEST_NARRATIVE: Final = 200
"""Characters that a question must allow for its answers to be narratives."""
SHORTEST_COPY: Final = 40
"""A shorter answer may well be the same two years running."""


@check(
    "QUA001",
    Severity.QUERY,
    "“{label}” holds a placeholder, not an answer: “{found}”.",
    hint="Write the answer, or clear the cell: blank says that the question is unanswered.",
    source="FORM 6",
)
def placeholder(case: Case) -> Iterator[Failure]:
    """Words such as “to be completed”, a filler text, or a text without any letter tell a reader nothing."""
    whole = frozenset(folded(text).replace(".", "") for text in words("placeholder"))
    fillers = tuple(map(folded, words("filler")))
    for question, answer, text in _narratives(case):
        plain = folded(text)
        is_word = plain.replace(".", "").strip(" …。:;!?-–()[]") in whole
        says_nothing = not any(map(str.isalpha, text)) or (len(plain) > 2 and len(set(plain)) == 1)  # "zzzz"
        if is_word or says_nothing or any(filler in plain for filler in fillers):
            yield _failure(question, answer, found=text[:60])


@check(
    "QUA002",
    Severity.QUERY,
    "“{label}” is word for word what last year's return says.",
    hint="Say what changed; where nothing did, say so in a word and explain.",
    source="FORM 6",
)
def same_as_last_year(case: Case) -> Iterator[Failure]:
    """A narrative copied from the year before looks like news and is none. Needs last year's return."""
    if case.previous is None:
        return
    before = {folded(text) for _, _, text in _narratives(case.previous)}
    for question, answer, text in _narratives(case):
        if len(text) >= SHORTEST_COPY and folded(text) in before:
            yield _failure(question, answer)


@check(
    "QUA003",
    Severity.NOTE,
    "“{label}” seems to be written in {found}, and the cover says {expected}.",
    hint="Correct the language on the cover, or leave the text: it is printed as it stands.",
    source="FORM 6",
)
def other_language(case: Case) -> Iterator[Failure]:
    """Texts of some length whose language is plain, and not the one that the cover names."""
    codes = case.schema.codes.get("languages")
    for question, answer, text in _narratives(case):
        language = None if is_plainly(text, case.returned.language) else language_of(text)
        if codes and language and language != case.returned.language:
            is_known = language in codes.by_code
            found = Text(codes.label_of(language), f"languages.{language}") if is_known else Text("another language")
            expected = Text(codes.label_of(case.returned.language), f"languages.{case.returned.language}")
            yield _failure(question, answer, found=found, expected=expected)


def _narratives(case: Case) -> Iterator[tuple[Field, Answer, str]]:
    """The narratives that the office has written."""
    return _texts(case.answered)


def _texts(answered: Iterable[tuple[Field, Answer]]) -> Iterator[tuple[Field, Answer, str]]:
    for question, answer in answered:
        is_narrative = question.type is FieldType.TEXT and (question.max_length or 0) >= SHORTEST_NARRATIVE
        if is_narrative and isinstance(answer.value, str) and answer.given_by == "office":
            yield question, answer, answer.value


def _failure(question: Field, answer: Answer, *, found: str | None = None, expected: str | None = None) -> Failure:
    return Failure(
        field=question.id,
        answers=(answer,),
        found=str(found) if found is not None else None,
        expected=str(expected) if expected is not None else None,
        words={"label": question.label},
        printed={"found": found, "expected": expected},
    )

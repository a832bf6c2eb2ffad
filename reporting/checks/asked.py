"""Which questions a return is asked: skip logic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reporting.checks.check import Case
from reporting.schema.evaluate import is_false, is_true
from reporting.schema.model import Area, Field
from reporting.workbook.answers import Answer

USES_FOCUS: Final = "cover.uses_focus"
"""Impact indicators are asked only of offices that use FOCUS (FORM 1)."""
APPLICABLE: Final = "applicable"
"""The question of an area on which the rest of the area hangs (FORM 3)."""


def is_asked(question: Field, case: Case) -> bool:
    """Whether the office has to answer: what cannot be known yet is not asked yet."""
    return not question.computed and (not question.asked_if or is_true(question.asked_if, case.scope))


def is_not_asked(question: Field, case: Case) -> bool:
    """Whether the office certainly does not have to answer."""
    return bool(question.asked_if) and is_false(question.asked_if, case.scope)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the form whose unanswered questions are told together: a section or a category, that is, a sheet."""

    id: str
    label: str
    fields: tuple[Field, ...]
    areas: tuple[Area, ...] = ()


def chapters(case: Case) -> Iterator[Chapter]:
    """All parts of the form, in its order."""
    for section in case.schema.sections:
        yield Chapter(section.id, section.label, section.fields)
    for category in case.schema.categories:
        fields = tuple(question for area in category.areas for question in area.fields)
        yield Chapter(category.id, category.label, fields, category.areas)


def asks_for_impact(area: Area, case: Case) -> bool:
    """Whether the office reports impact indicators in this area."""
    applicable = case.scope.answer(f"{area.id}.{APPLICABLE}")
    applies = applicable is None or applicable.value == "yes"
    return applies and case.scope.value(USES_FOCUS) == "yes"


def impact_answers(area: Area, case: Case) -> Iterator[Answer]:
    """The three values of each of the area's impact indicators."""
    for indicator in area.indicators:
        if values := case.returned.impact.get(indicator.id):
            yield from (values.baseline, values.target, values.year_end)

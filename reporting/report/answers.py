"""What offices answered, as cells of tables: every field type, every kind of missing answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from reporting.languages import to_say
from reporting.personal_data import masked
from reporting.report import numbers
from reporting.report.blocks import Statement
from reporting.report.cells import Cell
from reporting.report.material import Material, paragraphs
from reporting.schema.evaluate import is_false
from reporting.schema.model import NUMERIC, Field, FieldType
from reporting.workbook.answers import Answer, Missing, Return
from reporting.workbook.scope import ReturnScope

_YES_NO = {"yes": to_say("Yes"), "no": to_say("No"), "unknown": to_say("Unknown")}


def answer_cell(material: Material, returned: Return, field: Field) -> Cell:
    """What a return answers to a form field; why there is no answer is said in words."""
    answer = returned.fields.get(field.id)
    if answer is None or answer.missing is Missing.BLANK:
        asked = not field.asked_if or not is_false(field.asked_if, ReturnScope.of(returned))
        return Cell(material.say("not answered") if asked else material.say("not asked"), tone="muted")
    return value_cell(material, answer, field)


def value_cell(material: Material, answer: Answer | None, field: Field) -> Cell:
    """A value as printed; blank where nothing was written."""
    if answer is None or answer.missing is Missing.BLANK:
        return Cell("")
    if answer.value is None:
        return Cell(missing_text(material, answer.missing), tone="muted")
    text = value_text(material, answer, field)
    tone = {"yes": "yes", "no": "no"}.get(str(answer.value), "") if field.type in YES_OR_NO else ""
    return Cell(text, tone=tone, direction=material.direction(text) if field.type is FieldType.TEXT else "")


YES_OR_NO = frozenset({FieldType.YES_NO, FieldType.YES_NO_UNKNOWN})


def value_text(material: Material, answer: Answer, field: Field) -> str:
    """A known value in words or figures."""
    value = answer.value
    if isinstance(value, tuple):
        return material.listed_apart(material.label(field.codes, code) for code in value)
    if isinstance(value, date):
        return numbers.day(value, material.language)
    if isinstance(value, int | float):
        return str(value) if field.type is FieldType.YEAR else material.number(value)
    if field.type in YES_OR_NO:
        return material.say(_YES_NO.get(str(value), str(value)))
    return material.label(field.codes, str(value)) if field.codes else masked(str(value))


def is_number(field: Field) -> bool:
    """Whether a field's column is set to the right."""
    return field.type in NUMERIC


def texts(material: Material, field: Field) -> Mapping[str, str]:
    """What offices wrote to a text field, by office; without those that wrote nothing."""
    written = ((returned.office, returned.fields.get(field.id)) for returned in material.returns)
    return {office: str(answer.value) for office, answer in written if answer is not None and answer.value is not None}


def statements(
    material: Material, written: Mapping[str, str], remarks: Mapping[str, str] = MappingProxyType({})
) -> tuple[Statement, ...]:
    """What offices wrote, by office; offices that wrote the same words stand together. ``remarks`` go by office, too."""
    languages = {returned.office: returned.language for returned in material.returns}
    together: dict[tuple[str, str, str], list[str]] = {}
    for office, text in written.items():
        together.setdefault((text, remarks.get(office, ""), languages.get(office, "")), []).append(office)
    return tuple(
        Statement(
            "" if material.single else material.listed(material.office(office) for office in offices),
            paragraphs(text),
            language,
            material.direction(text),
            remark,
            tuple(offices),
        )
        for (text, remark, language), offices in together.items()
    )


def missing_text(material: Material, missing: Missing | None) -> str:
    """What stands in the place of a value that is not there."""
    if missing is Missing.NOT_AVAILABLE:
        return numbers.NOT_AVAILABLE
    if missing is Missing.NOT_APPLICABLE:
        return numbers.NOT_APPLICABLE
    return material.say("not readable")

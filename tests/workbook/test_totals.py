"""Computed fields: the workbook shows what reading works out."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.schema.compiled import load_schema
from reporting.schema.model import Field, FieldType
from reporting.workbook.arrangement import layout_of
from reporting.workbook.filling import Entry, Filling
from reporting.workbook.reader import read_return
from reporting.workbook.template import write_return
from reporting.workbook.totals import computed
from tests.libreoffice import converted

SCHEMA = load_schema("apr-2008")
LAYOUT = layout_of(SCHEMA)
COMPUTED = [field for field in SCHEMA.fields.values() if field.computed]


def formula(expression: str) -> str | None:
    field = Field(id="a.b.c", type=FieldType.COUNT, label="", computed=expression)
    return computed(field, SCHEMA, LAYOUT)


def test_a_label_with_wild_cards_or_quotation_marks_is_taken_literally() -> None:
    made = formula("""sum(training.women, topic == 'what? "this" * that~')""")
    assert made is not None
    assert 'what? ""this"" * that~' in made
    assert "SUMPRODUCT(" in made


def test_unequal_leaves_rows_without_an_answer_out() -> None:
    made = formula("sum(training.women, internal != 'yes')")
    internal = LAYOUT.answer("training.internal").absolute()
    assert made is not None
    assert f'{internal},"No"' in made


@pytest.mark.parametrize(
    "expression",
    ["sum(training.women, this.internal == 'yes')", "max(1, 2)", "sum(training.women, women == men or men > 2)", "3"],
)
def test_what_a_formula_cannot_say_is_left_to_the_validator(expression: str) -> None:
    assert formula(expression) is None


def victims(unknown: bool) -> Filling:
    """Persons found at the border and in detention, in all manners of knowing how many."""
    persons: tuple[Entry, ...] = ("..", "na", None) if unknown else (3, "..", 40)
    places = ("border", "detention", "reception")
    rows: list[dict[str, Entry]] = [
        {"country": "XAA", "age": "12_17", "scale": "not_of_concern", "identified_at": place, "persons": count}
        for place, count in zip(places, persons, strict=True)
    ]
    gates = {f"{area.id}.applicable": "yes" for _, area in SCHEMA.areas}
    fields: dict[str, Entry] = {**gates, "cover.trafficking_assessment": "something_to_report"}
    return Filling(office="XAA", year=2008, fields=fields, tables={"trafficked_persons": rows})


@pytest.mark.slow
@pytest.mark.parametrize(
    "filling",
    [victims(unknown=False), victims(unknown=True), Filling(office="XAA", year=2008)],
    ids=["counted", "unknown", "blank"],
)
def test_libreoffice_shows_what_reading_works_out(filling: Filling, tmp_path: Path) -> None:
    write_return(SCHEMA, filling, tmp_path / "return.xlsx")
    saved = converted((tmp_path / "return.xlsx").read_bytes(), tmp_path)
    read = read_return(saved, saved.read_bytes())
    workbook = load_workbook(saved, data_only=True)
    shown, worked_out = {}, {}
    for field in COMPUTED:
        place, answer = LAYOUT.answer(field.id), read.fields[field.id]
        content = workbook[place.sheet][place.cell].value
        shown[field.id] = "" if content is None else content
        worked_out[field.id] = answer.value if answer.missing is None else answer.missing.value
    assert shown == worked_out

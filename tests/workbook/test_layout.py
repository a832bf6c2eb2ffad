"""Where everything stands in the workbook."""

import pytest

from reporting.schema.compiled import load_schema
from reporting.schema.model import Code, CodeList, Schema
from reporting.workbook import choices
from reporting.workbook.addresses import Place, column_of, letter_of
from reporting.workbook.arrangement import layout_of
from reporting.workbook.layout import Role, RowKind

SCHEMAS = ("apr-2007", "apr-2008")


@pytest.fixture(scope="module", params=SCHEMAS)
def schema(request: pytest.FixtureRequest) -> Schema:
    return load_schema(request.param)


def test_every_field_has_one_row_or_one_column(schema: Schema) -> None:
    made = layout_of(schema)
    rows = [row.id for form in made.forms for row in form.rows if row.kind is RowKind.QUESTION]
    columns = [column.field.id for sheet in made.tables for column in sheet.columns]
    assert rows == list(schema.fields)
    assert columns == [column.id for table in schema.tables for column in table.columns]


def test_every_impact_indicator_has_a_row() -> None:
    schema = load_schema("apr-2008")
    made = layout_of(schema)
    rows = [row.id for form in made.forms for row in form.rows if row.indicator]
    assert rows == list(schema.impact_indicators)


def test_no_two_rows_share_an_id_or_a_number(schema: Schema) -> None:
    for form in layout_of(schema).forms:
        ids = [row.id for row in form.rows if row.id]
        assert len(ids) == len(set(ids))
        assert [row.number for row in form.rows] == list(range(2, len(form.rows) + 2))


def test_sheets_stand_in_the_order_of_the_form() -> None:
    titles = layout_of(load_schema("apr-2008")).titles
    assert titles[:4] == ("Cover", "Summary", "Populations", "1 Environment")
    assert titles[-2:] == ("Checks", "Guidance")
    assert len(set(titles)) == len(titles)


def test_a_short_list_of_several_choices_takes_one_row_a_code() -> None:
    schema = load_schema("apr-2008")
    made = layout_of(schema)
    forms = [code.code for code in schema.codes["forms"].codes]
    field = "environment.legal_framework.law_forms"
    assert [row for row in made.rows_by_id if row.startswith(f"{field}#")] == [f"{field}#{code}" for code in forms]


def test_a_long_list_of_several_choices_is_answered_in_one_cell() -> None:
    made = layout_of(load_schema("apr-2008"))
    assert "cover.countries" in made.rows_by_id
    assert not [row for row in made.rows_by_id if row.startswith("cover.countries#")]


def test_an_option_id_is_taken_apart_again() -> None:
    assert choices.split_option_id(choices.option_id("a.b.c", "x")) == ("a.b.c", "x")
    assert choices.split_option_id("a.b.c") == ("a.b.c", "")


def test_the_place_of_a_column_is_all_its_records() -> None:
    place = layout_of(load_schema("apr-2008")).answer("populations.closing")
    assert place == Place("Populations", "E5:E204")
    assert place.absolute() == "'Populations'!$E$5:$E$204"


def test_the_place_of_a_field_is_its_answer_cell() -> None:
    made = layout_of(load_schema("apr-2008"))
    form, row = made.rows_by_id["cover.office"]
    assert made.answer("cover.office") == Place(form.title, row.cell(Role.ANSWER))


def test_a_quote_in_a_sheet_title_is_doubled() -> None:
    assert Place("Côte d'Ivoire", "C4").absolute() == "'Côte d''Ivoire'!$C$4"


@pytest.mark.parametrize(
    ("number", "letter"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA"), (16384, "XFD")]
)
def test_column_letters_and_numbers_agree(number: int, letter: str) -> None:
    assert letter_of(number) == letter
    assert column_of(letter) == number


def test_real_offices_are_offered_real_places_and_fictional_ones_fictional_places() -> None:
    codes = CodeList(
        id="countries",
        label="Countries",
        codes=(
            Code(code="KEN", label="Kenya", attributes={"fictional": "no"}),
            Code(code="XAA", label="Aldermark", attributes={"fictional": "yes"}),
        ),
    )
    assert [code.code for code in choices.offered(codes, fictional=False)] == ["KEN"]
    assert [code.code for code in choices.offered(codes, fictional=True)] == ["XAA"]


def test_a_list_without_places_is_offered_whole() -> None:
    groups = load_schema("apr-2008").codes["groups"]
    assert choices.offered(groups, fictional=True) == choices.offered(groups, fictional=False) == groups.codes


def test_no_label_of_a_several_choice_list_holds_the_separator(schema: Schema) -> None:
    asked = [*schema.fields.values(), *(column for table in schema.tables for column in table.columns)]
    lists = {field.codes for field in asked if field.type == "choices"}
    assert not [code.label for name in lists for code in schema.codes[name].codes if ";" in code.label]

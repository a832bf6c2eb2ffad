"""Writing a return."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reporting.errors import UsageError
from reporting.schema.compiled import load_schema
from reporting.workbook.arrangement import layout_of
from reporting.workbook.checks_sheet import OTHER_QUERIES
from reporting.workbook.layout import LIST_SHEET, MACHINE_SHEET, Role, RowKind
from reporting.workbook.template import Entry, Filling, write_return

SCHEMA = load_schema("apr-2008")
LAYOUT = layout_of(SCHEMA)
LAW = "environment.legal_framework"

FILLED = Filling(
    office="XAA",
    year=2008,
    fields={
        "cover.countries": ("XAA", "XAB"),
        "cover.cleared_on": date(2009, 2, 27),
        "summary.overview": '=HYPERLINK("http://example.org")',
        f"{LAW}.trafficking_law": "in_force",
        f"{LAW}.law_forms": ("forced_labour", "debt_bondage"),
        "security.sgbv.trafficking_incidents": "..",
    },
    impact={next(iter(SCHEMA.impact_indicators)): (10, 20, "..")},
    tables={
        "populations": [
            {"country": "XAA", "group": "REF", "opening": 10, "closing": 12, "as_of": date(2008, 12, 31)},
            {"country": "XAB", "group": "RET", "opening": "na", "closing": 0},
        ],
        "trafficked_persons": [{"country": "XAA", "other_forms": ("forced_labour", "debt_bondage"), "persons": 3}],
    },
    explanations={"TOT002": "Registration was not finished."},
    given_by_headquarters=frozenset({"cover.countries"}),
)


def written(filling: Filling, folder: Path) -> Workbook:
    path = folder / "return.xlsx"
    write_return(SCHEMA, filling, path)
    return load_workbook(path)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return written(Filling(office="KEN", year=2008), tmp_path_factory.mktemp("blank"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return written(FILLED, tmp_path_factory.mktemp("filled"))


def answer(workbook: Workbook, identifier: str) -> Entry:
    place = LAYOUT.answer(identifier)
    return workbook[place.sheet][place.cell].value  # type: ignore[no-any-return]


def labels(workbook: Workbook, code_list: str) -> list[str]:
    """The answers that a drop-down over ``code_list`` offers."""
    sheet, cells = workbook.defined_names[f"list_{code_list}"].attr_text.replace("$", "").split("!")
    return [row[0].value for row in workbook[sheet.strip("'")][cells]]


def machine_values(workbook: Workbook) -> dict[object, object]:
    """The values of the machine sheet by key."""
    return {row[0]: row[1] for row in workbook[MACHINE_SHEET].iter_rows(values_only=True)}


def header(sheet: Worksheet) -> str | None:
    """The middle of the printed header."""
    assert sheet.oddHeader is not None
    return sheet.oddHeader.center.text


def validation_at(sheet: Worksheet, cell: str) -> DataValidation:
    found: DataValidation = next(item for item in sheet.data_validations.dataValidation if cell in item.sqref)
    return found


def records(workbook: Workbook) -> Iterator[tuple[Worksheet, int]]:
    """Every written row below the labels of a table."""
    for table in LAYOUT.tables:
        sheet = workbook[table.title]
        yield from ((sheet, row) for row in range(table.first_record, sheet.max_row + 1))


def test_every_row_of_the_layout_carries_its_id(blank: Workbook) -> None:
    for form in LAYOUT.forms:
        for row in form.rows:
            assert (blank[form.title][f"A{row.number}"].value or "") == row.id


def test_every_column_of_a_table_carries_its_id(blank: Workbook) -> None:
    for table in LAYOUT.tables:
        found = [blank[table.title][f"{column.letter}1"].value for column in table.columns]
        assert found == [column.field.id for column in table.columns]


def test_machine_rows_and_columns_are_hidden(blank: Workbook) -> None:
    for title in (*(form.title for form in LAYOUT.forms), *(table.title for table in LAYOUT.tables), "Checks"):
        assert blank[title].row_dimensions[1].hidden
        assert blank[title].column_dimensions["A"].hidden


def test_the_machine_sheet_says_what_the_workbook_is(blank: Workbook, filled: Workbook) -> None:
    read = machine_values(blank)
    assert blank[MACHINE_SHEET].sheet_state == "veryHidden"
    assert (read["schema"], read["office"], read["year"], read["fictional"]) == ("apr-2008", "KEN", 2008, "no")
    assert read["digest"] == SCHEMA.digest
    assert machine_values(filled)["fictional"] == "yes"


def test_the_cover_is_prefilled_and_can_be_corrected(blank: Workbook) -> None:
    assert answer(blank, "cover.office") == "Kenya"
    assert answer(blank, "cover.year") == 2008
    assert answer(blank, "cover.language") == "English"
    for name in ("office", "year", "language"):
        place = LAYOUT.answer(f"cover.{name}")
        assert not blank[place.sheet][place.cell].protection.locked


def test_codes_are_written_as_labels(filled: Workbook) -> None:
    assert answer(filled, f"{LAW}.trafficking_law") == SCHEMA.codes["law_status"].label_of("in_force")
    sheet = filled["Populations"]
    assert [sheet["C5"].value, sheet["C6"].value] == ["Refugees", "Returned refugees"]


def test_several_choices_are_ticked_in_their_rows(filled: Workbook) -> None:
    ticked = [code.code for code in SCHEMA.codes["forms"].codes if answer(filled, f"{LAW}.law_forms#{code.code}")]
    assert ticked == ["forced_labour", "debt_bondage"]
    assert answer(filled, f"{LAW}.law_forms#debt_bondage") == "Yes"


def test_several_choices_from_a_long_list_stand_in_one_cell(filled: Workbook) -> None:
    countries = SCHEMA.codes["countries"]
    assert answer(filled, "cover.countries") == f"{countries.label_of('XAA')}; {countries.label_of('XAB')}"


def test_missing_values_keep_their_reason(filled: Workbook) -> None:
    assert answer(filled, "security.sgbv.trafficking_incidents") == ".."
    assert filled["Populations"]["D6"].value == "na"
    assert filled["Populations"]["E6"].value == 0


def test_dates_are_dates(filled: Workbook) -> None:
    place = LAYOUT.answer("cover.cleared_on")
    cell = filled[place.sheet][place.cell]
    assert cell.is_date
    assert cell.value.date() == date(2009, 2, 27)


def test_a_text_that_begins_with_an_equals_sign_is_no_formula(filled: Workbook) -> None:
    place = LAYOUT.answer("summary.overview")
    assert filled[place.sheet][place.cell].data_type == "s"


def test_impact_indicators_show_standard_and_thresholds(filled: Workbook) -> None:
    identifier, indicator = next(iter(SCHEMA.impact_indicators.items()))
    form, row = LAYOUT.rows_by_id[identifier]
    sheet = filled[form.title]
    assert [sheet[row.cell(role)].value for role in (Role.ANSWER, Role.TARGET, Role.YEAR_END)] == [10, 20, ".."]
    assert sheet[row.cell(Role.STANDARD)].value == indicator.standard
    assert [sheet[row.cell(role)].value for role in (Role.GREEN, Role.RED)] == [indicator.green, indicator.red]


def test_explanations_stand_beside_their_rule(filled: Workbook) -> None:
    read = {row[0]: row[6] for row in filled["Checks"].iter_rows(min_row=5, values_only=True)}
    assert set(read) == {*(rule.code for rule in SCHEMA.rules), *OTHER_QUERIES}
    assert read["TOT002"] == "Registration was not finished."


def test_trafficking_questions_and_headquarters_answers_are_marked(filled: Workbook) -> None:
    def mark(identifier: str) -> Entry:
        form, row = LAYOUT.rows_by_id[identifier]
        return filled[form.title][row.cell(Role.MARK)].value  # type: ignore[no-any-return]

    assert mark(f"{LAW}.trafficking_law") == "◆"
    assert mark(f"{LAW}.us_tip_tier") == "◆ HQ"
    assert mark("cover.countries") == "HQ"
    assert mark("cover.office") is None


def test_record_rows_hold_no_locked_cell_formula_or_id(filled: Workbook) -> None:
    seen = 0
    for sheet, row in records(filled):
        for cell in sheet[row]:
            if cell.has_style:
                seen += 1
                assert not cell.protection.locked, (sheet.title, cell.coordinate)
            assert cell.data_type != "f"
        assert sheet[f"A{row}"].value is None
    assert seen == 5 + 4 + 3


def test_empty_record_rows_cost_no_cell_and_are_unlocked_by_their_columns(blank: Workbook) -> None:
    for table in LAYOUT.tables:
        sheet = blank[table.title]
        assert sheet.max_row == table.first_record - 1
        covered = [range(item.min or 0, (item.max or 0) + 1) for item in sheet.column_dimensions.values()]
        assert {number for numbers in covered for number in numbers} == set(range(1, 16385))
        assert not [key for key, item in sheet.column_dimensions.items() if item.protection.locked]


def test_labels_of_a_table_are_locked(blank: Workbook) -> None:
    for table in LAYOUT.tables:
        assert all(blank[table.title][f"{column.letter}4"].protection.locked for column in table.columns)


def test_work_is_allowed_on_protected_sheets(blank: Workbook) -> None:
    for title in LAYOUT.titles:
        protection = blank[title].protection
        assert protection.sheet
        assert not protection.password
        forbidden = [protection.formatColumns, protection.formatRows, protection.sort, protection.autoFilter]
        assert not any(forbidden)
    for table in LAYOUT.tables:
        assert not blank[table.title].protection.deleteRows
        assert not blank[table.title].protection.insertRows
    assert blank.security.lockStructure


def test_only_answers_are_unlocked_on_form_sheets(blank: Workbook) -> None:
    answers = {(form.title, row.number) for form in LAYOUT.forms for row in form.rows if row.id}
    for form in LAYOUT.forms:
        unlocked = {cell.row for row in blank[form.title].iter_rows() for cell in row if not cell.protection.locked}
        assert unlocked
        assert {(form.title, row) for row in unlocked} < answers


def test_every_drop_down_refers_to_a_defined_name_with_all_labels(blank: Workbook) -> None:
    names = {
        item.formula1
        for sheet in blank.worksheets
        for item in sheet.data_validations.dataValidation
        if item.type == "list"
    }
    assert names - set(blank.defined_names) == {'"Yes"'}
    assert labels(blank, "groups") == [code.label for code in SCHEMA.codes["groups"].codes]
    assert blank[LIST_SHEET].sheet_state == "hidden"


def test_every_question_with_a_list_has_its_drop_down(blank: Workbook) -> None:
    for form in LAYOUT.forms:
        for row in form.rows:
            if row.kind is RowKind.QUESTION and row.field and row.field.type == "choice":
                validation = validation_at(blank[form.title], row.cell(Role.ANSWER))
                assert validation.formula1 == f"list_{row.field.codes}"


def test_a_fictional_office_is_offered_only_fictional_places(blank: Workbook, filled: Workbook) -> None:
    countries = SCHEMA.codes["countries"].codes
    fictional = [code.label for code in countries if code.attributes["fictional"] == "yes"]
    assert labels(filled, "countries") == fictional
    assert not set(labels(blank, "countries")) & set(fictional)
    assert len(labels(blank, "countries")) == len(countries) - len(fictional)


def test_a_fictional_return_says_so_on_every_printed_page(blank: Workbook, filled: Workbook) -> None:
    assert {header(filled[title]) for title in LAYOUT.titles} == {"Fictional data"}
    assert {header(blank[title]) for title in LAYOUT.titles} == {None}


def test_numbers_also_take_the_reasons_for_having_none(blank: Workbook) -> None:
    validation = validation_at(blank["Populations"], "E5")
    assert validation.type == "custom"
    assert validation.formula1 == 'IF(ISNUMBER(E5),AND(E5>=0,E5=INT(E5)),OR(E5="",E5="..",LOWER(E5)="na"))'
    assert validation.errorStyle == "stop"
    assert str(validation.sqref) == "E5:E204"


def test_guidance_is_the_prompt_within_excels_lengths(blank: Workbook) -> None:
    place = LAYOUT.answer(f"{LAW}.trafficking_law")
    question = SCHEMA.fields[f"{LAW}.trafficking_law"]
    assert validation_at(blank[place.sheet], place.cell).prompt == question.guidance
    every = [item for sheet in blank.worksheets for item in sheet.data_validations.dataValidation]
    assert max(len(item.promptTitle or "") for item in every) <= 32
    assert max(len(item.prompt or "") for item in every) <= 255
    assert max(len(item.error or "") for item in every) <= 255


def test_a_question_that_is_ruled_out_turns_grey(blank: Workbook) -> None:
    form, row = LAYOUT.rows_by_id[f"{LAW}.law_internal"]
    formulas = [
        rule.formula[0]
        for cells in blank[form.title].conditional_formatting
        for rule in cells.rules
        if row.cell(Role.ANSWER) in cells.sqref
    ]
    law = LAYOUT.answer(f"{LAW}.trafficking_law").absolute()
    (formula,) = formulas
    condition = blank[form.title][formula.removesuffix("=0").replace("$", "")]
    assert condition.row == 1
    assert f'ISNUMBER(MATCH({law},{{"In force","Draft"}},0))' in str(condition.value)


def test_conditional_formats_stay_on_their_sheet(blank: Workbook) -> None:
    for sheet in blank.worksheets:
        for cells in sheet.conditional_formatting:
            assert not [rule for rule in cells.rules if "!" in rule.formula[0]]


def test_a_computed_field_adds_its_table_up(blank: Workbook) -> None:
    field = SCHEMA.fields["security.trafficking.child_victims"]
    assert field.computed == "sum(trafficked_persons.persons, age in ('0_11', '12_17'))"
    formula = str(answer(blank, field.id))
    persons = LAYOUT.answer("trafficked_persons.persons").absolute()
    age = LAYOUT.answer("trafficked_persons.age").absolute()
    assert f'SUMPRODUCT(1*ISNUMBER(MATCH({age},{{"0–11","12–17"}},0)),{persons})' in formula


def test_no_answer_looks_like_a_date_to_a_spreadsheet() -> None:
    """Chosen from a drop-down, a label such as 12-17 would become the seventeenth of December."""
    labels = [code.label for codes in SCHEMA.code_lists for code in codes.codes]
    assert not [label for label in labels if re.fullmatch(r"[0-9]+([-/.:][0-9]+)*", label)]


def test_a_computed_field_shows_nothing_for_an_empty_table_and_no_zero_for_unknowns(blank: Workbook) -> None:
    formula = str(answer(blank, "solutions.resettlement.victims_submitted"))
    submitted = LAYOUT.answer("resettlement_cases.submitted").absolute()
    assert "COUNTA('Resettlement cases'!$B$5:$M$204)=0" in formula
    assert f'COUNT({submitted})=0))),"..",SUM({submitted})' in formula


def test_no_formula_is_volatile_and_every_computed_field_has_one(blank: Workbook) -> None:
    for field in SCHEMA.fields.values():
        if field.computed:
            formula = str(answer(blank, field.id))
            assert formula.startswith("=")
            assert not any(name in formula for name in ("INDIRECT", "OFFSET", "NOW", "TODAY"))


def test_the_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first.xlsx", "second.xlsx"):
        write_return(SCHEMA, FILLED, tmp_path / name)
    first = (tmp_path / "first.xlsx").read_bytes()
    assert first == (tmp_path / "second.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "first.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2008-12-31T00:00:00Z" in archive.read("docProps/core.xml")


def test_the_document_names_no_person(blank: Workbook) -> None:
    assert blank.properties.title == "Annual protection return 2008: Kenya"
    assert blank.properties.creator == "Annual protection reporting"
    assert blank.properties.lastModifiedBy is None


def test_a_blank_return_is_small(tmp_path: Path) -> None:
    write_return(SCHEMA, Filling(office="KEN", year=2008), tmp_path / "blank.xlsx")
    assert (tmp_path / "blank.xlsx").stat().st_size < 200_000


@pytest.mark.parametrize(
    ("filling", "named"),
    [
        (Filling(office="KEN", year=2008, fields={"cover.colour": "blue"}), "cover.colour"),
        (Filling(office="KEN", year=2008, tables={"persons": []}), "persons"),
        (Filling(office="KEN", year=2008, tables={"populations": [{"sum": 1}]}), "populations.sum"),
        (Filling(office="KEN", year=2008, tables={"populations": [{}] * 201}), "at most 200"),
        (Filling(office="KEN", year=2008, impact={"security.sgbv.x": (1, 2, 3)}), "security.sgbv.x"),
    ],
)
def test_a_filling_that_names_what_the_form_does_not_have_is_refused(
    filling: Filling, named: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=named):
        write_return(SCHEMA, filling, tmp_path / "return.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_return_of_2007_can_be_written(tmp_path: Path) -> None:
    schema = load_schema("apr-2007")
    write_return(schema, Filling(office="KEN", year=2007), tmp_path / "return.xlsx")
    workbook = load_workbook(tmp_path / "return.xlsx")
    assert tuple(workbook.sheetnames[: len(layout_of(schema).titles)]) == layout_of(schema).titles

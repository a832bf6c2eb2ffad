"""Reading a return: the same answers whatever an office did to the workbook around them."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reporting.checks.run import check_return
from reporting.schema.compiled import load_schema
from reporting.workbook.answers import Answer, ImpactValues, Missing, Return
from reporting.workbook.arrangement import layout_of
from reporting.workbook.filling import Filling
from reporting.workbook.layout import MACHINE_SHEET, MARK_CELL, RULES_SHEET, Role
from reporting.workbook.reader import read_return
from reporting.workbook.template import write_return
from tests.libreoffice import converted
from tests.workbook.hostile import packed

ARABIC = "لا توجد معلومات كافية عن الاتجار بالأشخاص"
FIELDS: dict[str, Any] = {
    "cover.countries": ("HUN", "SVN", "BGR", "POL"),
    "cover.uses_focus": "yes",
    "cover.prepared_by_post": "Protection Officer",
    "cover.cleared_by_post": "Representative",
    "cover.cleared_on": date(2009, 2, 27),
    "cover.classification": "confidential",
    "cover.trafficking_assessment": "something_to_report",
    "summary.overview": ARABIC,
    "environment.legal_framework.applicable": "yes",
    "environment.legal_framework.law_forms": ("sexual_exploitation", "forced_labour"),
    "security.sgbv.trafficking_incidents": 0,
    "security.trafficking.persons_screened": "..",
    "security.trafficking.missing_persons_reports": "na",
}
POPULATIONS: list[dict[str, Any]] = [
    {"country": "HUN", "group": "REF", "opening": 8131, "closing": 7750, "f_18_59": 0, "approximate": "yes"},
    {"country": "SVN", "group": "RET", "opening": "na", "closing": "..", "as_of": date(2008, 6, 30)},
]
VICTIMS: list[dict[str, Any]] = [
    {"country": "HUN", "group": "REF", "main_form": "forced_labour", "other_forms": ("debt_bondage", "forced_begging"),
     "sex": "m", "age": "12_17", "unaccompanied": "unknown", "identified_at": "border", "persons": 3},
]  # fmt: skip
INDICATOR = "needs.water.litres_per_day"


@cache
def content() -> bytes:
    filling = Filling(
        office="HUN",
        year=2008,
        fields=FIELDS,
        impact={INDICATOR: (12.5, 20, "..")},
        tables={"populations": POPULATIONS, "trafficked_persons": VICTIMS},
        explanations={"TOT004": "Government figures, totals only."},
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "HUN-2008.xlsx"
        write_return(load_schema("apr-2008"), filling, path)
        return path.read_bytes()


def read(data: bytes) -> Return:
    return read_return(Path("HUN-2008.xlsx"), data)


def edited(edit: Callable[[openpyxl.Workbook], object]) -> Return:
    """The return after an edit with openpyxl."""
    return read(changed(edit))


def changed(edit: Callable[[openpyxl.Workbook], object]) -> bytes:
    """The workbook after an edit with openpyxl."""
    workbook = openpyxl.load_workbook(io.BytesIO(content()))
    edit(workbook)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def values(returned: Return) -> dict[str, list[tuple[object, Missing | None, str]]]:
    """All that was answered, without where it stood; what an instruction says beside options is no answer."""
    found: dict[str, list[tuple[object, Missing | None, str]]] = {}
    for identifier, answer in returned.answers():
        found.setdefault(identifier, []).append((answer.value, answer.missing, answer.given_by.value))
    return found


def codes(returned: Return) -> set[str]:
    return {finding.code for finding in returned.findings}


@pytest.fixture(scope="module")
def returned() -> Return:
    return read(content())


def test_everything_that_was_written_is_read_back(returned: Return) -> None:
    assert (returned.office, returned.year, returned.language, returned.schema_id) == ("HUN", 2008, "en", "apr-2008")
    missing = {"..": Missing.NOT_AVAILABLE, "na": Missing.NOT_APPLICABLE}
    for identifier, entry in FIELDS.items():
        answer = returned.fields[identifier]
        assert (answer.value, answer.missing) == ((None, missing[entry]) if entry in missing else (entry, None))
    for rows, written in (
        (returned.tables["populations"], POPULATIONS),
        (returned.tables["trafficked_persons"], VICTIMS),
    ):
        assert len(rows) == len(written)
        for row, entries in zip(rows, written, strict=True):
            for name, answer in row.answers.items():
                entry = entries.get(name, "")
                wanted = (None, missing.get(entry, Missing.BLANK)) if entry in {"", *missing} else (entry, None)
                assert (answer.value, answer.missing) == wanted, name
    assert returned.explanations == {"TOT004": "Government figures, totals only."}
    assert returned.findings == ()


def test_the_values_of_an_impact_indicator_are_read_with_their_decimals(returned: Return) -> None:
    impact: ImpactValues = returned.impact[INDICATOR]
    assert (impact.baseline.value, impact.target.value, impact.year_end.missing) == (12.5, 20, Missing.NOT_AVAILABLE)


def test_zero_blank_not_available_and_not_applicable_are_four_things(returned: Return) -> None:
    row = returned.tables["populations"][0].answers
    assert (row["f_18_59"].value, row["f_18_59"].missing) == (0, None)
    assert (row["m_18_59"].value, row["m_18_59"].missing) == (None, Missing.BLANK)
    assert returned.fields["security.trafficking.persons_screened"].missing is Missing.NOT_AVAILABLE
    assert returned.fields["security.trafficking.missing_persons_reports"].missing is Missing.NOT_APPLICABLE


def test_every_question_of_the_form_is_in_the_return(returned: Return) -> None:
    schema = load_schema("apr-2008")
    assert list(returned.fields) == list(schema.fields)
    assert list(returned.impact) == list(schema.impact_indicators)
    assert list(returned.tables) == [table.id for table in schema.tables]


def test_every_answer_knows_its_cell_as_openpyxl_sees_it(returned: Return) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(content()), data_only=True)
    computed = {identifier for identifier, question in load_schema("apr-2008").fields.items() if question.computed}
    compared = 0
    for identifier, answer in returned.answers():
        if identifier not in computed and answer.answered:
            seen = [workbook[answer.sheet][cell].value for cell in answer.cells]
            compared += _agrees(answer, seen)
    assert compared > 30


def _agrees(answer: Answer, seen: list[Any]) -> int:
    if isinstance(answer.value, int | float):
        assert seen == [answer.value]
    elif isinstance(answer.value, date):
        assert [cell.date() if isinstance(cell, datetime) else cell for cell in seen] == [answer.value]
    elif isinstance(answer.value, tuple) and len(seen) > 1:
        assert len(seen) >= len(answer.value)
    else:
        assert [str(cell) for cell in seen] == [answer.text]
    return 1


def test_sums_over_tables_are_computed_anew_and_never_read_from_the_cell() -> None:
    place = layout_of(load_schema("apr-2008")).answer("security.trafficking.child_victims")

    def falsify(workbook: openpyxl.Workbook) -> None:
        workbook[place.sheet][place.cell] = 999

    answer = edited(falsify).fields["security.trafficking.child_victims"]
    assert (answer.value, answer.cells) == (3, (place.cell,))


def test_from_an_empty_table_no_sum_follows_and_from_unknown_numbers_none_either() -> None:
    def clear(value: object) -> Callable[[openpyxl.Workbook], None]:
        def edit(workbook: openpyxl.Workbook) -> None:
            sheet = workbook["Trafficked persons"]
            for cell in sheet[5]:
                cell.value = value if cell.coordinate == "N5" else cell.value if value else None

        return edit

    assert edited(clear(None)).fields["security.trafficking.child_victims"].missing is Missing.BLANK
    assert edited(clear("..")).fields["security.trafficking.child_victims"].missing is Missing.NOT_AVAILABLE


def _insert_rows(workbook: openpyxl.Workbook) -> None:
    workbook["Cover"].insert_rows(3, 4)
    workbook["3 Security"].insert_rows(1, 2)
    workbook["Populations"].insert_rows(2, 3)
    workbook["Populations"].insert_rows(9, 2)


def _insert_columns(workbook: openpyxl.Workbook) -> None:
    workbook["Populations"].insert_cols(3, 2)
    workbook["Cover"].insert_cols(2)
    workbook["1 Environment"].insert_cols(3)


def _move_columns(workbook: openpyxl.Workbook) -> None:
    sheet = workbook["Populations"]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    for row in sheet.iter_rows():
        row[1].value, row[4].value = row[4].value, row[1].value


def _move_sheets(workbook: openpyxl.Workbook) -> None:
    workbook._sheets.reverse()  # type: ignore[attr-defined]


def _rename_sheets(workbook: openpyxl.Workbook) -> None:
    for number, sheet in enumerate(workbook.worksheets):
        if sheet.title not in ("Guidance", "_lists"):
            sheet.title = f"ورقة {number}"


@pytest.mark.parametrize("edit", [_insert_rows, _insert_columns, _move_columns, _move_sheets, _rename_sheets])
def test_what_an_office_moves_or_renames_changes_no_answer(
    returned: Return, edit: Callable[[openpyxl.Workbook], None]
) -> None:
    after = edited(edit)
    assert values(after) == values(returned)
    assert codes(after) <= {"STR005"}


def test_a_text_over_a_formula_and_a_formula_in_an_answer_cell_are_told() -> None:
    place = layout_of(load_schema("apr-2008")).answer("security.sgbv.trafficking_incidents")

    def write(value: str) -> Callable[[openpyxl.Workbook], None]:
        return lambda workbook: workbook[place.sheet].__setitem__(place.cell, value)

    formula = edited(write("=2+3"))
    assert formula.fields["security.sgbv.trafficking_incidents"].missing is Missing.INVALID
    assert codes(formula) == {"CEL015"}
    error = edited(write("#N/A"))
    assert error.fields["security.sgbv.trafficking_incidents"].text == "#N/A"
    assert codes(error) == {"CEL014"}


def test_str012_answers_in_hidden_rows_are_read_and_told() -> None:
    def hide(workbook: openpyxl.Workbook) -> None:
        workbook["Populations"].row_dimensions[5].hidden = True

    after = edited(hide)
    assert [finding.code for finding in after.findings] == ["STR012"]
    assert after.tables["populations"][0].answers["closing"].value == 7750
    assert all(cell.endswith("5") for cell in after.findings[0].cells)


@pytest.mark.parametrize("rewrite", [lambda xml: xml, lambda xml: xml.replace(b"<c r=", b"<c  r=", 1)])
def test_str012_answers_in_hidden_columns_are_read_and_told(rewrite: Callable[[bytes], bytes]) -> None:
    def hide(workbook: openpyxl.Workbook) -> None:
        workbook["Populations"].column_dimensions["E"].hidden = True

    archive = zipfile.ZipFile(io.BytesIO(changed(hide)))
    parts = {name: archive.read(name) for name in archive.namelist()}
    rewritten = {name: rewrite(part) if "worksheets/sheet" in name else part for name, part in parts.items()}
    after = read(packed(rewritten))
    assert [(finding.code, finding.sheet) for finding in after.findings] == [("STR012", "Populations")]
    assert all(cell.startswith("E") for cell in after.findings[0].cells)
    assert "in rows or columns that are hidden" in after.findings[0].message


def test_str012_answers_on_a_hidden_sheet_are_read_and_told() -> None:
    def hide(workbook: openpyxl.Workbook) -> None:
        workbook["Populations"].sheet_state = "hidden"

    after = edited(hide)
    assert [(finding.code, finding.sheet) for finding in after.findings] == [("STR012", "Populations")]
    assert "and is hidden" in after.findings[0].message
    assert after.tables["populations"][0].answers["closing"].value == 7750


def test_cel018_the_result_of_an_offices_own_formula_is_read_and_told() -> None:
    place = layout_of(load_schema("apr-2008")).answer("security.sgbv.trafficking_incidents")
    archive = zipfile.ZipFile(io.BytesIO(content()))
    name = f"xl/worksheets/sheet{openpyxl.load_workbook(io.BytesIO(content())).sheetnames.index(place.sheet) + 1}.xml"
    cell = f'<c r="{place.cell}"'.encode()
    files = {part: archive.read(part) for part in archive.namelist()}
    start = files[name].index(cell)
    end = files[name].index(b"</c>", start)
    files[name] = files[name][:start] + cell + b"><f>2+3</f><v>5</v>" + files[name][end:]
    after = read(packed(files))
    assert after.fields["security.sgbv.trafficking_incidents"].value == 5
    assert [(finding.code, finding.cells) for finding in after.findings] == [("CEL018", (place.cell,))]


def test_a_workbook_of_another_kind_is_no_return() -> None:
    from reporting.workbook.faults import UnreadableFile

    saved = io.BytesIO()
    openpyxl.Workbook().save(saved)
    with pytest.raises(UnreadableFile) as raised:
        read(saved.getvalue())
    assert [finding.code for finding in raised.value.findings] == ["FIL014"]
    assert MACHINE_SHEET in raised.value.findings[0].message


def test_a_row_far_below_the_table_is_read_and_noted() -> None:
    def add(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Populations"]
        sheet["B400"], sheet["C400"], sheet["E400"] = "POL", "REF", 12800

    after = edited(add)
    assert after.tables["populations"][-1].number == 400
    assert after.tables["populations"][-1].answers["closing"].value == 12800
    assert codes(after) == {"STR006"}


def test_ticks_of_options_are_read_in_any_language_of_the_cell() -> None:
    layout = layout_of(load_schema("apr-2008"))

    def tick(workbook: openpyxl.Workbook) -> None:
        sheet, row = layout.rows_by_id["environment.legal_framework.law_forms#organ_removal"]
        workbook[sheet.title][row.cell(Role.ANSWER)] = True
        sheet, row = layout.rows_by_id["environment.legal_framework.law_forms#forced_labour"]
        workbook[sheet.title][row.cell(Role.ANSWER)] = "no"

    answer = edited(tick).fields["environment.legal_framework.law_forms"]
    assert answer.value == ("sexual_exploitation", "organ_removal")
    assert len(answer.cells) == 3


@pytest.mark.slow
def test_a_copy_saved_by_libreoffice_says_the_same_and_has_the_same_findings(returned: Return, tmp_path: Path) -> None:
    after = read(converted(content(), tmp_path).read_bytes())
    schema = load_schema("apr-2008")
    assert values(after) == values(returned)
    assert check_return(after, schema) == check_return(returned, schema)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_the_hidden_sheet_of_states_is_no_part_of_the_return(state: str, returned: Return) -> None:
    after = edited(lambda workbook: setattr(workbook[RULES_SHEET], "sheet_state", state))
    assert (values(after), after.findings) == (values(returned), returned.findings)


def test_a_sheet_of_its_name_is_no_hiding_place() -> None:
    def show_another(workbook: openpyxl.Workbook) -> None:
        del workbook[RULES_SHEET]
        workbook.create_sheet(RULES_SHEET)[MARK_CELL] = "Something else"

    added = [finding.sheet for finding in edited(show_another).findings if finding.code == "STR010"]
    assert added == [RULES_SHEET]


# -- days, as spreadsheets number them ---------------------------------------------------------------------------------

DAY = "cover.cleared_on"
COVER = "xl/worksheets/sheet1.xml"


@cache
def parts() -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def dated(serial: float | str, *, since_1904: bool = False, form: str = "") -> Return:
    """The return with a number in a cell for a date, as it stands in the file; ``form`` is the number of its format."""
    cell = layout_of(load_schema("apr-2008")).answer(DAY).cell.encode()
    kind = b' t="b"' if serial is True else b' t="str"' if isinstance(serial, str) else b""
    value = b"<v>%s</v>" % str(int(serial) if serial is True else serial).encode()
    cover = re.sub(
        rb'<c r="%s" s="([0-9]+)"[^>]*>(?:.*?</c>)?' % cell,
        rb'<c r="%s" s="%s"%s>%s</c>' % (cell, form.encode() or rb"\1", kind, value),
        parts()[COVER],
        count=1,
    )
    book = parts()["xl/workbook.xml"]
    if since_1904:
        book = re.sub(rb"<workbookPr(?=[ /])", b'<workbookPr date1904="1"', book)
    return read(packed({**parts(), COVER: cover, "xl/workbook.xml": book}))


@pytest.mark.parametrize(
    ("serial", "since_1904", "day"),
    [
        (61, False, date(1900, 3, 1)),  # the first that all programs agree on
        (39871, False, date(2009, 2, 27)),
        (39871.75, False, date(2009, 2, 27)),
        (38409, True, date(2009, 2, 27)),
        (0.5 + 38409, True, date(2009, 2, 27)),
        (1, True, date(1904, 1, 2)),
        (2958465, False, date(9999, 12, 31)),
    ],
)
def test_a_day_is_read_from_its_number_in_either_epoch(serial: float, since_1904: bool, day: date) -> None:
    after = dated(serial, since_1904=since_1904)
    assert after.fields[DAY].value == day
    assert "CEL011" not in codes(after)


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize("serial", [-1, -39871, -0.5, 0, 0.5, 2958466, 1e15, True, "39871"])
def test_cel011_a_number_that_is_no_sure_day_is_refused_and_never_guessed(
    serial: float | str, since_1904: bool
) -> None:
    after = dated(serial, since_1904=since_1904)
    assert after.fields[DAY].missing is Missing.INVALID
    assert "CEL011" in codes(after)


@pytest.mark.parametrize("serial", [1, 59, 60, 60.5])
def test_cel011_days_before_march_1900_are_refused_since_programs_disagree_on_them(serial: float) -> None:
    after = dated(serial)
    assert after.fields[DAY].missing is Missing.INVALID
    assert "CEL011" in codes(after)


def test_cel011_a_day_that_lost_its_format_is_suggested_and_not_taken() -> None:
    after = dated(39871, form="0")
    assert after.fields[DAY].missing is Missing.INVALID
    assert [finding.suggestion for finding in after.findings if finding.code == "CEL011"] == ["2009-02-27"]


def test_cel009_a_count_that_a_spreadsheet_made_a_date_of_is_refused() -> None:
    def write(workbook: openpyxl.Workbook) -> None:
        place = layout_of(load_schema("apr-2008")).answer("security.sgbv.trafficking_incidents")
        workbook[place.sheet][place.cell] = 12
        workbook[place.sheet][place.cell].number_format = "dd/mm/yyyy"

    after = edited(write)
    assert after.fields["security.sgbv.trafficking_incidents"].missing is Missing.INVALID
    assert "CEL009" in codes(after)


@pytest.mark.parametrize(("written", "year"), [(2007, 2007), (0, 2008), (2080, 2008)])
def test_a_slip_on_the_cover_takes_no_return_out_of_its_year(tmp_path: Path, written: int, year: int) -> None:
    path = tmp_path / "KEN.xlsx"
    write_return(load_schema("apr-2008"), Filling(office="KEN", year=2008), path)
    book = openpyxl.load_workbook(path)
    (cell,) = (row[2] for row in book["Cover"].iter_rows() if row[2].value == 2008)
    cell.value = written
    book.save(path)
    returned = read_return(path, path.read_bytes())
    assert returned.year == year
    assert "STR008" in {finding.code for finding in returned.findings}

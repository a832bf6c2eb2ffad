"""The annotated copy of a return: marks, comments, the findings sheet, and taking them away again."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from reporting.checks.run import check_return
from reporting.errors import UsageError
from reporting.findings import Finding, Severity
from reporting.isolation import Outcome, Stopped
from reporting.paths import schemas_folder
from reporting.pipeline import Checked, annotate_files, annotated_copy, validate_file
from reporting.schema.compiled import load_schema
from reporting.workbook.annotate import annotated
from reporting.workbook.annotate_losses import losses
from reporting.workbook.annotate_marks import number_format_with
from reporting.workbook.annotate_merges import without_merges
from reporting.workbook.reader import read_return
from tests.libreoffice import converted

SAMPLES = schemas_folder().parent / "sample_submissions"
SAMPLE = SAMPLES / "2008" / "ALB-2008.xlsx"
DAY = date(2008, 12, 31)
ERROR = Finding(code="TOT001", severity=Severity.ERROR, message="Too many.", hint="Count.", sheet="Data", cells=("B2",))


@pytest.fixture(scope="module")
def checked() -> Checked:
    return validate_file(SAMPLE)


@pytest.fixture(scope="module")
def copy(checked: Checked, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return annotate_files([checked[0]], tmp_path_factory.mktemp("annotated"))[0][0]


def annotated_once(content: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """A return with its findings in it, and the findings."""
    returned = read_return(Path("X.xlsx"), content)
    findings = tuple(check_return(returned, load_schema(returned.schema_id)))
    return annotated(content, findings, DAY), findings


def look(cell: Any) -> tuple[object, ...]:
    """What an office sees of a cell beside its value."""
    sides = [getattr(getattr(cell.border, side), "style", None) for side in ("left", "right", "top", "bottom")]
    fill = cell.fill.fgColor.rgb if cell.fill.fill_type else ""
    return cell.number_format, sides, fill, cell.font.b, cell.protection.locked, cell.comment and cell.comment.text


def small() -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Data"
    sheet["B2"], sheet["B3"] = 1234, 5
    sheet["B2"].number_format = "#,##0"
    sheet["B2"].comment = Comment("Ask the registrar.", "Office")
    return written(workbook)


def written(workbook: Workbook) -> bytes:
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_the_annotated_copy_validates_to_the_findings_of_the_original(checked: Checked, copy: Path) -> None:
    assert checked[0].findings
    assert validate_file(copy)[0].findings == checked[0].findings


def test_the_same_return_gives_the_same_bytes(checked: Checked, copy: Path, tmp_path: Path) -> None:
    assert annotate_files([checked[0]], tmp_path)[0][0].read_bytes() == copy.read_bytes()


@pytest.mark.parametrize("name", ["2008/ALB-2008", "2007/BIH-2007", "fictional/2008/XAB-2008"])
def test_a_second_annotation_replaces_the_first_and_gives_the_same_bytes(name: str) -> None:
    first, found = annotated_once((SAMPLES / f"{name}.xlsx").read_bytes())
    second, again = annotated_once(first)
    assert found
    assert again == found
    assert second == first


def test_an_annotation_that_was_taken_away_leaves_no_trace() -> None:
    content = SAMPLE.read_bytes()
    first, _ = annotated_once(content)
    assert annotated(first, (), DAY) == annotated(content, (), DAY)


def test_the_findings_sheet_stands_after_the_cover_and_links_to_cells(checked: Checked, copy: Path) -> None:
    workbook = load_workbook(copy)
    assert workbook.sheetnames[:2] == ["Cover", "Findings"]
    codes = [row[0] for row in workbook["Findings"].iter_rows(min_row=4, max_col=1, values_only=True)]
    assert sorted(map(str, codes)) == sorted(finding.code for finding in checked[0].findings)
    assert any(cell.hyperlink and "!" in cell.hyperlink.location for cell in workbook["Findings"]["D"])


def test_values_and_protection_stay_as_they_were(copy: Path) -> None:
    before, after = load_workbook(SAMPLE), load_workbook(copy)
    for sheet in before.worksheets:
        twin = after[sheet.title]
        assert twin.protection.sheet == sheet.protection.sheet
        assert twin.sheet_state == sheet.sheet_state
        assert twin.data_validations.count == sheet.data_validations.count
        for row in sheet.iter_rows():
            for cell in row:
                same = twin[cell.coordinate]
                assert same.value == cell.value
                assert same.protection.locked == cell.protection.locked or not cell.has_style


def test_without_findings_the_original_formats_come_back(copy: Path) -> None:
    before = load_workbook(SAMPLE)
    after = load_workbook(BytesIO(annotated(copy.read_bytes(), (), DAY)))
    assert after.sheetnames == before.sheetnames
    for sheet in before.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                same = after[sheet.title][cell.coordinate]
                assert look(same) == look(cell)


def test_a_cell_gets_sign_border_and_comment_below_the_offices_own() -> None:
    cell = load_workbook(BytesIO(annotated(small(), (ERROR,), DAY)))["Data"]["B2"]
    assert cell.number_format.startswith('"✗ "#,##0')
    assert cell.border.left.style == "thick"
    assert cell.comment.text.startswith("Ask the registrar.")
    assert "TOT001 Too many." in cell.comment.text


def test_taking_the_findings_away_keeps_the_offices_comment() -> None:
    bare = load_workbook(BytesIO(annotated(annotated(small(), (ERROR,), DAY), (), DAY)))
    assert bare.sheetnames == ["Data"]
    assert bare["Data"]["B2"].comment.text == "Ask the registrar."
    assert bare["Data"]["B2"].number_format == "#,##0"


def test_a_marked_cell_that_the_office_moved_is_restored_too() -> None:
    marked = load_workbook(BytesIO(annotated(small(), (ERROR,), DAY)))
    marked["Data"].move_range("B2", rows=5)
    bare = load_workbook(BytesIO(annotated(written(marked), (), DAY)))
    assert bare["Data"]["B7"].number_format == "#,##0"
    assert bare["Data"]["B7"].border.left.style is None


def test_many_findings_at_one_cell_are_joined_and_counted() -> None:
    many = tuple(replace(ERROR, code=f"TOT{number:03}") for number in range(9))
    text = load_workbook(BytesIO(annotated(small(), many, DAY)))["Data"]["B2"].comment.text
    assert "TOT005" in text
    assert "TOT006" not in text
    assert "and 3 more" in text


@pytest.mark.parametrize(
    ("count", "said"), [(3, "B11, B12, B13"), (200, "B11, B12, B13 +197"), (201, "(the first 200 are marked)")]
)
def test_the_findings_sheet_says_when_not_all_cells_of_a_finding_are_marked(count: int, said: str) -> None:
    cells = tuple(f"B{row}" for row in range(11, count + 11))
    finding = Finding(code="XXX001", severity=Severity.NOTE, message="Odd.", sheet="Data", cells=cells)
    workbook = load_workbook(BytesIO(annotated(small(), [finding], date(2008, 12, 31))))
    assert str(workbook["Findings"].cell(4, 4).value).endswith(said)
    assert sum(workbook["Data"][cell].comment is not None for cell in cells) == min(count, 200)


def test_what_an_office_wrote_is_no_formula_on_the_findings_sheet() -> None:
    finding = replace(ERROR, found="=1+1")
    sheet = load_workbook(BytesIO(annotated(small(), (finding,), DAY)))["Findings"]
    assert sheet["G4"].value == "=1+1"
    assert sheet["G4"].data_type != "f"


def with_results(content: bytes, results: dict[bytes, bytes]) -> bytes:
    """The workbook with results beside the formulas of its first sheet, as Excel saves them."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for cell, result in results.items():
                    kind = b"" if result[3:-4].isdigit() else b' t="str"'
                    part = re.sub(
                        rb'<c r="%s"[^>]*>(<f>.*?</f>)<v\s*(/>|></v>)</c>' % cell,
                        rb'<c r="%s"%s>\1%s</c>' % (cell, kind, result),
                        part,
                    )
            target.writestr(name, part)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("given", "begins"),
    [
        ("General", '"✗ "General;"✗ "-General'),
        ("yyyy-mm-dd", '"✗ "yyyy-mm-dd;"✗ "yyyy'),
        ("@", '"✗ "@'),
        ("[Red]0", "["),
    ],
)
def test_the_sign_goes_before_what_a_format_shows(given: str, begins: str) -> None:
    assert number_format_with("✗ ", given).startswith(begins)


def test_an_ordinary_return_loses_nothing() -> None:
    assert losses(SAMPLE.read_bytes()) == ()


def test_the_folder_of_the_original_is_refused(checked: Checked) -> None:
    with pytest.raises(UsageError, match="choose another folder"):
        annotate_files([checked[0]], SAMPLE.parent)


def test_an_unreadable_file_gets_a_remark_and_no_copy(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"not a workbook")
    written, remarks = annotate_files([validate_file(broken)[0]], tmp_path / "out")
    assert written == []
    assert "cannot be read" in remarks[0]


def test_copies_are_made_in_processes_of_their_own(
    monkeypatch: pytest.MonkeyPatch, checked: Checked, tmp_path: Path
) -> None:
    other = validate_file(SAMPLES / "2007" / "MYS-2007.xlsx")
    monkeypatch.setattr("reporting.workbook.annotate.annotated", None)
    written, remarks = annotate_files([checked[0], other[0]], tmp_path)
    assert [path.name for path in written] == ["ALB-2008.xlsx", "MYS-2007.xlsx"]
    assert remarks == []


def test_a_copy_that_takes_too_long_is_given_up_and_told(
    monkeypatch: pytest.MonkeyPatch, checked: Checked, tmp_path: Path
) -> None:
    outcome: Outcome[object] = Outcome(None, Stopped.TIME, "more than 10 seconds")
    monkeypatch.setattr("reporting.pipeline.each", lambda *_arguments, **_options: iter([outcome]))
    written, remarks = annotate_files([checked[0]], tmp_path / "out")
    assert written == []
    assert remarks[0].endswith("no annotated copy, because making it was stopped (more than 10 seconds)")


def test_a_file_that_has_changed_or_gone_gets_no_copy(checked: Checked) -> None:
    changed, gone = replace(checked[0], sha256="0"), replace(checked[0], path="gone.xlsx")
    assert annotated_copy(changed)[1] == ("no annotated copy, because the file has changed since it was checked",)
    assert "cannot be opened" in annotated_copy(gone)[1][0]


def test_a_folder_that_cannot_be_written_to_is_told(checked: Checked, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UsageError, match="cannot be written"):
        annotate_files([checked[0]], tmp_path / "file")


def test_results_of_formulas_are_kept() -> None:
    workbook = load_workbook(BytesIO(small()))
    workbook["Data"]["C2"], workbook["Data"]["C3"] = "=B2+1", '="a"&"<b"'
    content = with_results(written(workbook), {b"C2": b"<v>1235</v>", b"C3": b"<v>a&lt;b</v>"})
    after = annotated(content, (replace(ERROR, cells=("C2",)),), DAY)
    kept = load_workbook(BytesIO(after), data_only=True)["Data"]
    assert (kept["C2"].value, kept["C3"].value) == (1235, "a<b")
    assert load_workbook(BytesIO(after))["Data"]["C2"].value == "=B2+1"


@pytest.mark.slow
def test_a_copy_saved_by_libreoffice_gives_the_same_findings(checked: Checked, copy: Path, tmp_path: Path) -> None:
    saved = converted(copy.read_bytes(), tmp_path)
    assert validate_file(saved)[0].findings == checked[0].findings
    once, _ = annotated_once(saved.read_bytes())
    assert annotated_once(once)[0] == once
    bare = load_workbook(BytesIO(annotated(once, (), DAY)))
    signs = ("✗ ", "? ", "i ")
    cells = [cell for sheet in bare.worksheets for line in sheet.iter_rows() for cell in line]
    assert bare.sheetnames == load_workbook(SAMPLE).sheetnames
    assert not [cell for cell in cells if cell.comment or any(sign in cell.number_format for sign in signs)]


# -- all that an annotation leaves as it was ---------------------------------------------------------------------------


def around(workbook: Workbook) -> dict[str, object]:
    """What a workbook holds beside its cells, by sheet: what steers typing, showing and printing."""
    told: dict[str, object] = {
        "names": {name: defined.attr_text for name, defined in workbook.defined_names.items()},
        "security": workbook.security,
        "title": workbook.properties.title,
    }
    return told | {sheet.title: _of_sheet(sheet) for sheet in workbook.worksheets}


def _of_sheet(sheet: Any) -> dict[str, object]:
    formats = {
        str(area.sqref): [
            (rule.type, rule.formula, rule.priority, rule.stopIfTrue, repr(rule.dxf)) for rule in area.rules
        ]
        for area in sheet.conditional_formatting
    }
    columns = {name: (one.width, one.hidden, one.min, one.max) for name, one in sheet.column_dimensions.items()}
    rows = {number: (one.height, one.hidden) for number, one in sheet.row_dimensions.items()}
    links = {cell.coordinate: cell.hyperlink.location for line in sheet.iter_rows() for cell in line if cell.hyperlink}
    named = ("protection", "sheet_properties", "page_setup", "print_options", "page_margins")
    return {
        "formats": formats,
        "validations": sorted(map(repr, sheet.data_validations.dataValidation)),
        "merges": str(sheet.merged_cells),
        "filter": repr(sheet.auto_filter),
        "frozen": sheet.freeze_panes,
        "printed": (sheet.print_title_rows, sheet.print_area),
        "footers": [str(part) for part in (sheet.oddHeader, sheet.oddFooter)],
        "state": sheet.sheet_state,
        "right to left": sheet.sheet_view.rightToLeft,
        "columns": columns,
        "rows": rows,
        "links": links,
        **{name: repr(getattr(sheet, name)) for name in named},
    }


def furnished() -> bytes:
    """A workbook with one of everything that offices add to a sheet."""
    workbook = load_workbook(BytesIO(small()))
    sheet = workbook["Data"]
    sheet.conditional_formatting.add("B2:B9", CellIsRule("lessThan", ["0"], font=Font(color="FF0000")))
    sheet.conditional_formatting.add("B2:C9", FormulaRule(["$B2>99"], fill=PatternFill("solid", bgColor="FFFF00")))
    sheet.conditional_formatting.add("C2:C9", ColorScaleRule("min", None, "FF0000", "max", None, "00FF00"))
    workbook.defined_names["chosen"] = DefinedName("chosen", attr_text="Data!$D$2:$D$9")
    sheet.data_validations.append(DataValidation("list", formula1="chosen", sqref="C2:C9", prompt="Choose."))  # type: ignore[no-untyped-call]
    sheet.row_dimensions[4].hidden = True
    sheet.row_dimensions[5].height = 44
    sheet.column_dimensions["D"].hidden = True
    sheet.column_dimensions["C"].width = 33.5
    sheet.merge_cells("B6:D7")
    sheet["B6"] = "merged"
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = "B1:D5"
    sheet.print_title_rows = "1:1"
    sheet.protection.sheet = True
    sheet.protection.set_password("secret")
    sheet.sheet_view.rightToLeft = True
    workbook.create_sheet("Notes").sheet_state = "hidden"
    return written(workbook)


@pytest.mark.parametrize("make", [furnished, SAMPLE.read_bytes, (SAMPLES / "2007" / "MYS-2007.xlsx").read_bytes])
def test_all_around_the_cells_stays_as_it_was(make: Callable[[], bytes]) -> None:
    content = make()
    before = load_workbook(BytesIO(content))
    cells = [(sheet.title, cell) for sheet in before.worksheets[:6] for cell in ("B2", "C7", "B6")]
    findings = [replace(ERROR, sheet=sheet, cells=(cell,)) for sheet, cell in cells]
    once = annotated(content, findings, DAY)
    after = load_workbook(BytesIO(once))
    added = {title: after[title] for title in after.sheetnames if title not in before.sheetnames}
    for sheet in added.values():
        after.remove(sheet)
    assert len(added) == 2
    assert around(after) == around(before)
    assert around(load_workbook(BytesIO(annotated(once, (), DAY)))) == around(before)


def test_a_marked_cell_that_the_file_does_not_hold_looks_like_its_column_and_can_be_typed_in() -> None:
    workbook = load_workbook(BytesIO(small()))
    column = workbook["Data"].column_dimensions["F"]
    column.fill, column.protection = PatternFill("solid", fgColor="FFF8DC"), Protection(locked=False)
    content = written(workbook)
    once = annotated(content, (replace(ERROR, cells=("F4",)),), DAY)
    marked = load_workbook(BytesIO(once))["Data"]["F4"]
    assert (marked.protection.locked, marked.fill.fgColor.rgb) == (False, "00FFF8DC")
    assert marked.border.left.style == "thick"
    assert annotated(once, (), DAY) == annotated(content, (), DAY)


def test_cells_under_a_merge_keep_their_own_formats() -> None:
    workbook = load_workbook(BytesIO(furnished()))
    sheet = workbook["Data"]
    sheet.column_dimensions["C"].border = Border(right=Side("thin"))
    sheet.unmerge_cells("B6:D7")
    for cell in ("B6", "C6", "D6"):
        sheet[cell].fill = PatternFill("solid", fgColor="EEEEEE")
    sheet.merged_cells.add("B6:D7")
    content = written(workbook)
    before, after = _sheet_without_merges(content), _sheet_without_merges(annotated(content, (ERROR,), DAY))
    assert [after[cell].fill.fgColor.rgb for cell in ("B6", "C6", "D6")] == ["00EEEEEE"] * 3
    assert [look(after[cell]) for cell in ("B6", "C6", "D6", "C7")] == [
        look(before[cell]) for cell in ("B6", "C6", "D6", "C7")
    ]


def _sheet_without_merges(content: bytes) -> Any:
    bare, merges = without_merges(content)
    assert merges == {"Data": ("B6:D7",)}
    return load_workbook(BytesIO(bare))["Data"]


def test_a_marked_merge_has_its_border_all_around_and_gets_its_own_back() -> None:
    workbook = load_workbook(BytesIO(furnished()))
    workbook["Data"]["B6"].border = Border(bottom=Side("thin"))
    content = written(workbook)
    once = annotated(content, (replace(ERROR, cells=("C7",)),), DAY)
    marked = load_workbook(BytesIO(once))["Data"]
    assert [marked[cell].border.bottom.style for cell in ("B7", "C7", "D7")] == ["thick"] * 3
    assert [marked[cell].border.right.style for cell in ("D6", "D7")] == ["thick"] * 2
    bare = load_workbook(BytesIO(annotated(once, (), DAY)))["Data"]
    assert [bare[cell].border.bottom.style for cell in ("B7", "C7", "D7")] == ["thin"] * 3
    assert bare["D6"].border.right.style is None


def test_suggestion_explanation_and_waiver_stand_at_the_cell_and_on_the_sheet_of_findings() -> None:
    finding = replace(ERROR, suggestion="1234", explanation="Counted twice.", waiver="Agreed.", found=1234567)
    workbook = load_workbook(BytesIO(annotated(small(), (finding,), DAY)))
    told = "Do you mean 1234?\nCount.\nExplained by the office: Counted twice.\nWaived by the bureau: Agreed."
    assert workbook["Findings"]["F4"].value == told
    assert workbook["Data"]["B2"].comment.text.endswith("\n→ ".join(["", *told.split("\n")]))
    assert workbook["Findings"]["G4"].number_format == "#,##0"


def test_what_a_copy_lacks_of_the_sheets_is_named() -> None:
    stream = BytesIO(small())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/worksheets/sheet9.xml", "<worksheet><protectedRanges/><extLst/></worksheet>")
    assert losses(stream.getvalue()) == (
        "extensions of newer spreadsheet programs (such as sparklines)",
        "permissions for single ranges",
    )


def test_drawings_are_missed_only_where_there_are_some() -> None:
    empty = b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"></xdr:wsDr>'
    for part, lost in ((empty, ()), (empty.replace(b"></", b"><xdr:oneCellAnchor/></"), ("drawings",))):
        stream = BytesIO(small())
        with zipfile.ZipFile(stream, "a") as archive:
            archive.writestr("xl/drawings/drawing1.xml", part)
        assert losses(stream.getvalue()) == lost

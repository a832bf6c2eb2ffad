"""The annotated copy of a return: marks, comments, the findings sheet, and taking them away again."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from reporting.checks.run import check_return
from reporting.errors import UsageError
from reporting.findings import Finding, Severity
from reporting.paths import schemas_folder
from reporting.pipeline import Checked, annotate_files, validate_file
from reporting.schema.compiled import load_schema
from reporting.workbook.annotate import annotated
from reporting.workbook.annotate_losses import losses
from reporting.workbook.annotate_marks import number_format_with
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
                assert (same.value, same.protection.locked) == (cell.value, cell.protection.locked)


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

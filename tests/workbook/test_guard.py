"""The look at the bytes, beyond the cases in ``tests/checks/FIL*.yaml``."""

from __future__ import annotations

import io
import zipfile

import pytest

from reporting.workbook.faults import UnreadableFile
from reporting.workbook.grids import read_grids
from reporting.workbook.guard import MOST_PARTS, inspect
from sample_submissions.conformance.cases import clean
from sample_submissions.conformance.files import edited
from tests.workbook.hostile import MAIN, element, parts, row, workbook
from tests.workbook.hostile import packed as archive


def packed(sheet: str, target: str = "worksheets/sheet1.xml", **added: bytes) -> bytes:
    """A workbook of one sheet with ``sheet`` as the content of its rows."""
    return workbook(sheet, target=target, **added)


def code(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as raised:
        inspect(content)
    return raised.value.findings[0].code


@pytest.mark.parametrize("target", ["worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize(
    "cell",
    [
        '<c r="C12" t="e"><v>#REF!</v></c>',
        "<c s='3' t='e' r='C12'><f>A1/0</f><v>#REF!</v></c>",
        '<x:c xmlns:x="{MAIN}" r="C12" s="1" t="e"><x:f>A1</x:f><x:v>#REF!</x:v></x:c>'.replace("{MAIN}", MAIN),
    ],
)
def test_error_values_are_seen_however_they_are_written(cell: str, target: str) -> None:
    marks = inspect(packed(f'<row r="12"><c r="B12" t="s"><v>0</v></c>{cell}</row>', target)).marks
    assert marks["Sums & more"].errors == {"C12": "#REF!"}


@pytest.mark.parametrize(
    "cell",
    ['<c r="C12"><f>1+1</f><v></v></c>', '<c r="C12" s="2"><f>1+1</f></c>', '<c r="C12"><f t="shared" si="0"/></c>'],
)
def test_a_formula_without_its_result_is_seen(cell: str) -> None:
    assert inspect(packed(row(cell, number=12))).marks["Sums & more"].uncalculated == {"C12"}


@pytest.mark.parametrize(
    "cell", ['<c r="C12"><f>1+1</f><v>2</v></c>', '<c r="C12" t="str"><f>""</f><v></v></c>', '<c r="C12"><v>2</v></c>']
)
def test_a_formula_with_its_result_is_none_of_the_guards_business(cell: str) -> None:
    marks = inspect(packed(row(cell, number=12))).marks["Sums & more"]
    assert (marks.errors, marks.uncalculated) == ({}, frozenset())


@pytest.mark.parametrize(
    "target", ["odd/place.xml", "worksheets/../odd/place.xml", "odd/place.dat", "worksheets/sheet1.xml"]
)
def test_no_sheet_escapes_the_guard_by_standing_elsewhere(target: str) -> None:
    far = f'<worksheet xmlns="{MAIN}"><sheetData><row><c r="XFD1048576"/></row></sheetData></worksheet>'.encode()
    name = "xl/odd/place." + target[-3:]
    assert code(packed("", target, **{name: far})) in ("FIL008", "FIL011")


def test_fil017_an_archive_of_very_many_parts_is_refused() -> None:
    assert code(packed("", **{f"xl/odd/{number}.bin": b"" for number in range(MOST_PARTS)})) == "FIL017"


def test_fil017_a_part_that_stands_twice_is_refused() -> None:
    file = io.BytesIO(packed(""))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", parts()["xl/workbook.xml"])
    assert code(file.getvalue()) == "FIL017"


def test_fil006_an_archive_with_a_password_is_told_as_such() -> None:
    locked = bytearray(packed(""))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(signature) + offset] |= 1
    assert code(bytes(locked)) == "FIL006"


def test_a_workbook_cut_anywhere_ends_in_a_verdict() -> None:
    content = clean("apr-2007")
    for length in range(1, len(content), len(content) // 40):
        assert code(edited(content, {"cut": length})).startswith("FIL")


def test_fil013_a_panic_of_the_library_is_a_finding_and_leaves_no_trace_on_the_screen(
    capfd: pytest.CaptureFixture[str],
) -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'.encode()
    links = parts()["xl/_rels/workbook.xml.rels"].replace(
        b"</Rel", b'<Relationship Id="rId9" Type="styles" Target="styles.xml"/></Rel'
    )
    cell = row('<c r="A1" s="0"><v>-inf</v></c>')
    with pytest.raises(UnreadableFile) as raised:
        read_grids(packed(cell, **{"xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": links}))
    assert [finding.code for finding in raised.value.findings] == ["FIL013"]
    assert capfd.readouterr().err == ""


def test_fil013_names_the_sheet_that_cannot_be_read() -> None:
    with pytest.raises(UnreadableFile, match="on the sheet “Sums & more”"):
        read_grids(packed(row('<c r="A1" t="b"><v>2</v></c>')))


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("xl/worksheets/sheet1.xml", "<sheetData><row><c r='A1'><v>1</c></row></sheetData>"),
        ("xl/worksheets/sheet1.xml", "<sheetData><row r='1' r='1'><c r='A1'><v>1</v></c></row></sheetData>"),
        ("xl/worksheets/sheet1.xml", "<sheetData><row><c r='A1' t='str'><v>&nothing;</v></c></row></sheetData>"),
        ("xl/sharedStrings.xml", "<si><t>one</si>"),
        ("xl/styles.xml", "<cellXfs><xf></cellXfs>"),
    ],
)
def test_fil008_a_part_that_is_not_well_formed_is_never_half_read(name: str, broken: str) -> None:
    roots = {"sheet1": "worksheet", "sharedStrings": "sst", "styles": "styleSheet"}
    root = next(root for start, root in roots.items() if start in name)
    assert code(packed("", **{name: element(root, broken).encode()})) == "FIL008"


def test_fil010_elements_within_elements_without_end_are_refused() -> None:
    deep = "<a>" * 600_000 + "</a>" * 600_000
    assert code(packed("", **{"xl/worksheets/sheet1.xml": element("worksheet", deep).encode()})) == "FIL010"


@pytest.mark.parametrize("prefix", ["", "x"])
def test_a_truth_value_as_libreoffice_saves_it_is_no_formula(prefix: str) -> None:
    mark = f"{prefix}:" if prefix else ""
    cells = "".join(
        f'<{mark}c r="{cell}" t="b"><{mark}f aca="false">{formula}</{mark}f><{mark}v>1</{mark}v></{mark}c>'
        for cell, formula in (("A1", "TRUE()"), ("B1", "FALSE()"), ("C1", "TRUE()=A1"))
    )
    content = archive(parts(f'<{mark}row r="1">{cells}</{mark}row>', prefix=prefix))
    assert inspect(content).marks["Sums & more"].formulas == {"C1"}

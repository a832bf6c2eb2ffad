"""openpyxl reads the same as the reader: every sample, whoever saved it, cell for cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from reporting.checks.run import check_return
from reporting.findings import FileResult, Finding, verdict_of
from reporting.outputs.json_report import json_text
from reporting.outputs.text import text_report
from reporting.schema.compiled import load_schema
from reporting.workbook.arrangement import layout_of
from reporting.workbook.grids import address, read_grids
from reporting.workbook.layout import LIST_SHEET, RULES_SHEET
from reporting.workbook.reader import read_return
from reporting.workbook.values import Broken, Raw
from tests.libreoffice import converted
from tests.workbook.hostile import MAIN, element, packed, parts, row, workbook

SAMPLES = Path(__file__).resolve().parents[2] / "sample_submissions"
WRITTEN = sorted(SAMPLES.rglob("*.xlsx"))
ONE = SAMPLES / "2008" / "KEN-2008.xlsx"


def by_the_reader(content: bytes) -> dict[str, dict[str, object]]:
    """The cells that are not empty, by sheet and address."""
    return {
        grid.title: {
            address(number, column): same(cell)
            for number, line in enumerate(grid.rows, start=1)
            for column, cell in enumerate(line, start=1)
            if cell != "" and not (isinstance(cell, Broken) and cell.text == "=")
        }
        for grid in read_grids(content)
    }


def by_openpyxl(content: bytes) -> dict[str, dict[str, object]]:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {
        sheet.title: {
            cell.coordinate: same(cell.value)
            for line in sheet.iter_rows()
            for cell in line
            if cell.value not in (None, "")
        }
        for sheet in book.worksheets
        if sheet.title not in (LIST_SHEET, RULES_SHEET)
    }


def same(cell: Raw | object) -> object:
    """A value in the one form that both give it in."""
    match cell:
        case Broken():
            return cell.text
        case bool():
            return cell
        case int() | float():
            return float(cell)
        case str():
            return cell.replace("\r\n", "\n")
        case datetime() if cell.time() == time():
            return cell.date()
    return cell


@pytest.mark.parametrize("path", WRITTEN[:: max(1, len(WRITTEN) // 12)], ids=lambda path: path.stem)
def test_a_sample_is_read_as_openpyxl_reads_it(path: Path) -> None:
    content = path.read_bytes()
    assert by_the_reader(content) == by_openpyxl(content)


@pytest.mark.slow
@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_every_sample_is_read_as_openpyxl_reads_it(path: Path) -> None:
    content = path.read_bytes()
    assert by_the_reader(content) == by_openpyxl(content)


@pytest.mark.parametrize("epoch", ["", '<workbookPr date1904="1"/>'])
def test_dates_of_both_epochs_are_read_as_openpyxl_reads_them(epoch: str) -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    cells = (f'<c r="{letter}1" s="1"><v>{day}</v></c>' for letter, day in zip("ABC", (61, 38137, 39599), strict=True))
    files = parts(row(*cells)) | {"xl/styles.xml": styles.encode()}
    files["xl/workbook.xml"] = files["xl/workbook.xml"].replace(b"<sheets>", f"{epoch}<sheets>".encode())
    links = files["xl/_rels/workbook.xml.rels"].replace(
        b"</Rel", b'<Relationship Id="rId9" Type="styles" Target="styles.xml"/></Rel'
    )
    read = by_the_reader(packed(files | {"xl/_rels/workbook.xml.rels": links}))["Sums & more"]
    expected = date(2008, 5, 31)
    assert read["B1" if epoch else "C1"] == expected
    assert read["A1"] == (date(1904, 3, 2) if epoch else date(1900, 3, 1))


# -- the same return, saved by others ----------------------------------------------------------------------------------


def told(content: bytes) -> tuple[Finding, ...]:
    returned = read_return(ONE, content)
    return tuple(check_return(returned, load_schema(returned.schema_id)))


def printed(content: bytes) -> tuple[str, str]:
    """What is said of a return as JSON and as text."""
    findings = told(content)
    result = FileResult(path="KEN-2008.xlsx", sha256="", verdict=verdict_of(findings), findings=findings)
    return json_text([result], schema=None), text_report([result], everything=True)


@cache
def faulty() -> bytes:
    """A return with every kind of fault that a cell can have, and some around them."""
    book = openpyxl.load_workbook(ONE)
    layout = layout_of(load_schema("apr-2008"))
    answers: dict[str, object] = {
        "cover.cleared_on": "31/12/2008",
        "cover.classification": "Sekret",
        "environment.legal_framework.protocol_date": datetime(1999, 1, 1),  # noqa: DTZ001 - cells know no time zone
        "environment.access_to_territory.border_missions": "1 234",
        "environment.access_to_territory.detention_visits": 12.5,
        "environment.access_to_territory.screening": True,
        "environment.partnerships.iom_consulted": False,
        "security.trafficking.persons_screened": "\u0661\u0662",
        "security.sgbv.trafficking_incidents": -3,
        "security.child_protection.guardians": "17",
        "needs.victim_services.remedy_obtained": "..",
        "participation.awareness.campaigns": "n/a",
        "participation.awareness.persons_reached": 10**16,
    }
    for identifier, answer in answers.items():
        place = layout.answer(identifier)
        book[place.sheet][place.cell] = answer
    table = book["Populations"]
    for cell, value in {"B5": "Atlantis", "C5": "ref", "E5": "#DIV/0!", "F5": date(2008, 1, 1), "B9": "KEN"}.items():
        table[cell] = value
    table["AF40"] = "a note beside the table"
    table.row_dimensions[5].hidden = True
    table.column_dimensions["F"].hidden = True
    book["Guidance"].sheet_state = "hidden"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def saved_by_openpyxl(content: bytes, *, reverse: bool = False) -> bytes:
    book, saved = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    if reverse:
        book._sheets.reverse()  # type: ignore[attr-defined]
    book.save(saved)
    return saved.getvalue()


def with_a_list_of_texts(content: bytes) -> bytes:
    """As Excel saves it: every text in a list of its own. (openpyxl, like streaming writers, leaves them in the cells.)"""
    files, texts = contents(content), dict[bytes, int]()
    for name in files:
        if name.startswith("xl/worksheets/sheet"):
            files[name] = re.sub(
                rb't="inlineStr"><is>(.*?)</is>',
                lambda found: b't="s"><v>%d</v>' % texts.setdefault(found[1], len(texts)),
                files[name],
                flags=re.DOTALL,
            )
    assert len(texts) > 100
    listed = "".join(f"<si>{text.decode()}</si>" for text in texts)
    link = b'<Relationship Id="rId999" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    links = files["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", link)
    types = files["[Content_Types].xml"].replace(b"</Types>", _type_of("sharedStrings") + b"</Types>")
    added = {"xl/_rels/workbook.xml.rels": links, "[Content_Types].xml": types}
    return packed(files | added | {"xl/sharedStrings.xml": element("sst", listed).encode()})


def _type_of(part: str) -> bytes:
    """What the list of types says of a part; openpyxl looks there, the reader does not."""
    kind = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{part}+xml"
    name = part.partition(".")[0].replace("sheet", "workbook")
    return f'<Override PartName="/xl/{name}.xml" ContentType="{kind}"/>'.encode()


def with_prefixes(content: bytes) -> bytes:
    """As some libraries write it: every element of the sheets with a prefix."""
    files = contents(content)
    for name in files:
        if name.startswith("xl/worksheets/sheet"):
            prefixed = re.sub(rb"<(/?)([a-zA-Z]+)(?=[\s/>])", rb"<\1x:\2", files[name])
            files[name] = prefixed.replace(b'xmlns="' + MAIN.encode(), b'xmlns:x="' + MAIN.encode())
    return packed(files)


def contents(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("make", [ONE.read_bytes, faulty], ids=["sample", "faulty"])
def test_whoever_saves_a_return_its_findings_stay_the_same_cell_for_cell(make: Callable[[], bytes]) -> None:
    content = make()
    original, saved = printed(content), saved_by_openpyxl(content)
    assert told(content)
    for again in (saved, with_a_list_of_texts(saved), with_prefixes(content), saved_by_openpyxl(content, reverse=True)):
        assert printed(again) == original
        assert by_the_reader(again) == by_openpyxl(again)


def test_the_faulty_return_has_faults_of_every_kind() -> None:
    codes = {finding.code for finding in told(faulty())}
    assert len(codes) >= 15
    assert {"CEL007", "CEL008", "CEL009", "CEL010", "CEL011", "CEL013", "CEL014", "STR012"} <= codes


@pytest.mark.slow
@pytest.mark.parametrize("make", [ONE.read_bytes, faulty], ids=["sample", "faulty"])
def test_a_return_saved_by_libreoffice_has_the_same_findings_and_is_read_as_openpyxl_reads_it(
    make: Callable[[], bytes], tmp_path: Path
) -> None:
    content = make()
    saved = converted(content, tmp_path).read_bytes()
    assert printed(saved) == printed(content)
    assert by_the_reader(saved) == by_openpyxl(saved)


def test_a_workbook_with_prefixes_is_read_like_another() -> None:
    cells = '<x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1"><x:v>4</x:v></x:c></x:row>'
    plain = workbook(row('<c r="A1" t="s"><v>0</v></c>', '<c r="B1"><v>4</v></c>'))
    assert (
        by_the_reader(packed(parts(cells, prefix="x")))
        == by_the_reader(plain)
        == {"Sums & more": {"A1": "one", "B1": 4.0}}
    )


def test_texts_and_numbers_are_read_as_openpyxl_reads_them_however_excel_writes_them() -> None:
    texts = (
        '<si><r><rPr><b/></rPr><t>bold</t></r><r><t xml:space="preserve"> tail</t></r></si>',
        '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>',
        "<si><t>line1&#10;line2</t></si>",
        "<si><t>a&amp;b &lt; &#233; &#x4e2d;</t></si>",
        "<si><t/></si>",
        "<si/>",
    )
    named = (f'<c r="{letter}1" t="s"><v>{number}</v></c>' for number, letter in enumerate("ABCDEF"))
    others = (
        '<c r="A2" t="inlineStr"><is><r><t>x</t></r><r><t>y</t></r></is></c>',
        '<c r="B2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>',
        '<c r="C2" t="b"><f>TRUE()</f><v>1</v></c>',
        *(
            f'<c r="{letter}2"><v>{number}</v></c>'
            for letter, number in zip("DEFG", ("1E3", ".5", "-0", "12.0000000000001"), strict=True)
        ),
    )
    overrides = _type_of("sheet.main") + _type_of("sharedStrings")
    types = parts()["[Content_Types].xml"].replace(b"/>", b">" + overrides + b"</Types>")
    content = workbook(
        row(*named) + row(*others, number=2),
        **{"xl/sharedStrings.xml": element("sst", "".join(texts)).encode(), "[Content_Types].xml": types},
    )
    read = by_the_reader(content)["Sums & more"]
    assert read == by_openpyxl(content)["Sums & more"]
    assert [read[cell] for cell in ("A1", "B1", "C1", "C2", "D2")] == [
        "bold tail",
        "東京",
        "line1\nline2",
        True,
        1000.0,
    ]
    assert not {"E1", "F1"} & read.keys()

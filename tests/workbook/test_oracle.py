"""openpyxl reads the same as the reader: every sample, whoever saved it, cell for cell."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from reporting.checks.run import check_return
from reporting.findings import Finding
from reporting.schema.compiled import load_schema
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
    return packed(
        files | {"xl/_rels/workbook.xml.rels": links, "xl/sharedStrings.xml": element("sst", listed).encode()}
    )


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


def test_whoever_saves_a_return_its_findings_stay_the_same_cell_for_cell() -> None:
    content = ONE.read_bytes()
    original, saved = told(content), saved_by_openpyxl(content)
    assert original
    assert told(saved) == original
    assert told(with_a_list_of_texts(saved)) == original
    assert told(with_prefixes(content)) == original
    assert sorted(map(str, told(saved_by_openpyxl(content, reverse=True)))) == sorted(map(str, original))


@pytest.mark.slow
def test_a_return_saved_by_libreoffice_has_the_same_findings_and_is_read_as_openpyxl_reads_it(tmp_path: Path) -> None:
    content = ONE.read_bytes()
    saved = converted(content, tmp_path).read_bytes()
    assert told(saved) == told(content)
    assert by_the_reader(saved) == by_openpyxl(saved)


def test_a_workbook_with_prefixes_is_read_like_another() -> None:
    cells = '<x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="B1"><x:v>4</x:v></x:c></x:row>'
    plain = workbook(row('<c r="A1" t="s"><v>0</v></c>', '<c r="B1"><v>4</v></c>'))
    assert (
        by_the_reader(packed(parts(cells, prefix="x")))
        == by_the_reader(plain)
        == {"Sums & more": {"A1": "one", "B1": 4.0}}
    )

"""A report put together from sections is the report: same structure, links, outline and page numbers; checkers find no error."""

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from reporting.cache import Cache
from reporting.report.blocks import Column, Document, Row, Statement, Statements, Table
from reporting.report.cells import Cell
from reporting.report.pages import sections
from reporting.report.pages.bundle import read_bundle
from reporting.report.pages.setters import Sections, set_section
from reporting.report.pdf import assembled, write_pdf, write_pdfs
from tests.report.reports import ARABIC, HOSTILE, document

VENV = Path(sys.executable).parent


def with_a_note(made: Document) -> Document:
    """The report with a footnote and a text in Arabic in its second chapter."""
    rows = (Row((Cell("Kenya", note="The census gives totals only."), Cell("320,598"))),)
    table = Table("Persons", (Column("Office", 50), Column("Number", 50)), rows, id="table-noted")
    said = Statements((Statement("Kenya", (ARABIC,), "ar", "rtl"),))
    chapter = replace(made.chapters[1], blocks=(*made.chapters[1].blocks, table, said))
    return replace(made, chapters=(made.chapters[0], chapter, *made.chapters[2:]))


@pytest.fixture(scope="module")
def made() -> Document:
    return with_a_note(document())


@pytest.fixture(scope="module")
def report(made: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("assembled") / "regional.pdf"
    write_pdf(made, path)
    return path


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element of a file, from the top."""
    waiting = list(pdf.Root.StructTreeRoot.K)
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Dictionary) and "/S" in item:
            yield item
            kids = item.get("/K", pikepdf.Array())
            waiting += list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def counts(pdf: pikepdf.Pdf) -> Counter[str]:
    return Counter(str(item.S) for item in elements(pdf))


def pages_by_object(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}


def text_of(path: Path, page: int) -> str:
    command = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_structure_is_that_of_one_rendering(made: Document, report: Path) -> None:
    divided = sections.divided(made)
    whole = read_bundle(set_section(sections.whole_job(divided)))
    with pikepdf.open(BytesIO(whole.pdf)) as single, pikepdf.open(report) as pdf:
        assert len(pdf.pages) == len(single.pages)
        of_one, of_many = counts(single), counts(pdf)
    # One rendering draws the page numbers of the contents as links of their own within the links.
    pages_in_contents = of_one["/Link"] - of_many["/Link"]
    assert pages_in_contents >= 0
    for kind in set(of_one) | set(of_many) - {"/Link"}:
        if kind not in {"/Link", "/Span", "/NonStruct", "/Div"}:
            assert of_many[kind] == of_one[kind], kind


def test_every_piece_of_content_has_its_element(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        keys = [int(key) for key in numbers[::2]]
        assert keys == list(range(len(keys)))
        tree = dict(zip(keys, numbers[1::2], strict=True))
        for page in pdf.pages:
            for element in tree[int(page.obj.StructParents)]:
                assert element.Pg.objgen == page.obj.objgen
            for annotation in page.obj.get("/Annots", ()):
                assert pikepdf.Name.Link == tree[int(annotation.StructParent)].S


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_contents_and_bookmarks_lead_to_the_page_they_name(made: Document, report: Path) -> None:
    with pikepdf.open(report) as pdf:
        numbers = pages_by_object(pdf)
        names = list(pdf.Root.Names.Dests.Names)
        places = {str(name): numbers[where[0].objgen] for name, where in zip(names[::2], names[1::2], strict=True)}
        for page in pdf.pages:
            for annotation in page.obj.get("/Annots", ()):
                assert str(annotation.Dest) in places
        with pdf.open_outline() as outline:
            waiting = list(outline.root)
            marks = []
            while waiting:
                item = waiting.pop()
                waiting += item.children
                marks.append((item.title, numbers[item.destination[0].objgen]))
    contents = "\n".join(text_of(report, page) for page in range(places["contents"], places[made.body[0].id]))
    headings = [(chapter.id, chapter.title) for chapter in made.chapters if not chapter.continues]
    headings += [
        (block.id, block.text)
        for chapter in made.chapters
        for block in chapter.blocks
        if block.draw == "heading" and block.level == 2 and block.id
    ]
    assert len(headings) > 20
    assert made.tables
    assert made.figures
    for name, title in headings:
        assert plain(title) in plain(text_of(report, places[name])), title
        assert f"{plain(title)}{places[name]}" in plain(contents), title
    for block in (*made.tables, *made.figures):
        assert plain(block.title) in plain(text_of(report, places[block.id])), block.title
        assert f"{plain(block.number + block.title)}{places[block.id]}" in plain(contents), block.title
    for title, page in marks:
        assert plain(title) in plain(text_of(report, page)), title


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_index_names_every_page_that_tells_of_an_office(made: Document, report: Path) -> None:
    with pikepdf.open(report) as pdf:
        numbers = pages_by_object(pdf)
        names = list(pdf.Root.Names.Dests.Names)
        last = len(pdf.pages)
        links = {str(annotation.Dest) for annotation in pdf.pages[last - 1].obj.Annots}
    places = {str(name): numbers[where[0].objgen] for name, where in zip(names[::2], names[1::2], strict=True)}
    kenya, sudan = made.index
    for entry in (kenya, sudan):
        assert entry.places
        for place in entry.places:
            assert entry.label in text_of(report, places[place.id]), place
    assert links <= {place.id for entry in (kenya, sudan) for place in entry.places}
    printed = re.search(r"Kenya(.*)Sudan(.*)Regional", text_of(report, last), re.DOTALL)
    assert printed is not None
    for entry, text in zip((kenya, sudan), printed.groups(), strict=True):
        ranges = [part.split("–") for part in re.sub(r"[\s\u2066\u2069]", "", text).split(",")]
        pages = {page for ends in ranges for page in range(int(ends[0]), int(ends[-1]) + 1)}
        assert pages == {places[place.id] for place in entry.places}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_each_page_bears_its_own_number(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        pages = len(pdf.pages)
    for page in range(2, pages + 1):
        assert text_of(report, page).split()[-1].strip("\u202a\u202b\u202c") == str(page)


def test_running_heads_are_artifacts_and_notes_are_notes(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        for page in list(pdf.pages)[1:]:
            drawn = page.obj.Contents[-1].read_bytes()
            assert drawn.count(b"/Artifact") == drawn.count(b"EMC") == 2
        kinds = counts(pdf)
        notes = list(pdf.Root.StructTreeRoot.IDTree.Names)[1::2]
        identifiers = [str(note.ID) for note in notes]
    assert len(set(identifiers)) == len(identifiers) == kinds["/Note"] > 0
    assert 3 <= kinds["/TOC"] <= 6  # contents, tables and figures; one a page
    assert kinds["/TOCI"] > 20


def test_header_cells_have_a_scope_and_other_languages_a_mark(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        heads = [item for item in elements(pdf) if item.S == pikepdf.Name.TH]
        assert heads
        assert {str(item.A.Scope) for item in heads} == {"/Column", "/Row"}
        assert "ar" in {str(item.Lang) for item in elements(pdf) if "/Lang" in item}


def test_it_is_marked_as_built_to_both_standards(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata.pdfa_status == "2A"
        assert pdf.Root.OutputIntents[0].S == pikepdf.Name.GTS_PDFA1


@pytest.mark.parametrize(("kind", "bureau"), [("regional", "africa"), ("global", None)])
def test_the_checkers_find_no_error(kind: str, bureau: str | None, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.pdf"
    write_pdf(document(kind, bureau), path)
    for command in ([VENV / "outloud", "-q", path], [VENV / "pdfua", "check", "--min-severity", "error", path]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_order_number_of_workers_and_cache_change_nothing(made: Document, report: Path, tmp_path: Path) -> None:
    class Shuffled(ThreadPoolExecutor):
        """Begins what it is given in another order."""

        def submit(self, function: Any, /, *given: Any, **named: Any) -> Any:
            ahead = random.Random(len(repr(given))).random()
            return super().submit(lambda: (ahead, function(*given, **named))[1])

    cache = Cache(tmp_path / "sections")
    with Shuffled(max_workers=3) as pool:
        first = assembled(made, Sections(pool, cache))[0]
    assert first == report.read_bytes()
    with ThreadPoolExecutor(max_workers=1) as pool:
        assert assembled(made, Sections(pool, cache))[0] == first


def test_reports_that_are_set_together_are_those_set_alone(made: Document, report: Path, tmp_path: Path) -> None:
    other = document("global", None)
    pages = write_pdfs([(made, tmp_path / "one.pdf"), (other, tmp_path / "other.pdf"), (made, tmp_path / "again.pdf")])
    alone = write_pdf(other, tmp_path / "alone.pdf")
    assert (tmp_path / "other.pdf").read_bytes() == (tmp_path / "alone.pdf").read_bytes()
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "again.pdf").read_bytes() == report.read_bytes()
    assert pages[1] == alone
    assert pages[0] == pages[2]


def test_another_hash_seed_gives_the_same_bytes(report: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    program = (
        "import sys; from pathlib import Path; from reporting.report.pdf import write_pdf; "
        "from tests.report.reports import document; from tests.report.test_assembly import with_a_note; "
        "write_pdf(with_a_note(document()), Path(sys.argv[1]), jobs=1)"
    )
    subprocess.run([sys.executable, "-c", program, again], env={**os.environ, "PYTHONHASHSEED": "7"}, check=True)
    assert again.read_bytes() == report.read_bytes()


def test_a_changed_chapter_is_the_only_one_set_again(made: Document, tmp_path: Path) -> None:
    asked: list[str] = []

    class Counting(ThreadPoolExecutor):
        def submit(self, function: Any, /, *given: Any, **named: Any) -> Any:
            asked.append(given[0].html)
            return super().submit(function, *given, **named)

    cache = Cache(tmp_path / "sections")
    with Counting(max_workers=2) as pool:
        assembled(made, Sections(pool, cache))
        asked.clear()
        assembled(made, Sections(pool, cache))
        assert asked == []
        entries = Statements((Statement("Kenya", ("Something else happened.",)),))
        chapter = made.chapters[1]
        changed = replace(chapter, blocks=(*chapter.blocks, entries))
        chapters = (made.chapters[0], changed, *made.chapters[2:])
        assembled(replace(made, chapters=chapters), Sections(pool, cache))
    assert len([html for html in asked if "Something else happened." in html]) == 1
    assert len(asked) == 1


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_hostile_narratives_come_out_literal_and_whole(report: Path) -> None:
    text = subprocess.run(["pdftotext", str(report), "-"], capture_output=True, text=True, check=True).stdout
    assert "<script>alert(1)</script> {{7*7}} <img src=file:///etc/passwd>" in " ".join(text.split())
    assert plain(text).count("w") >= HOSTILE.count("w")
    assert "root:" not in text

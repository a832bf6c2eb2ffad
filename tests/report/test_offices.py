"""Reports that bind the offices' own chapters: every office once, its pages shared by all reports that bind it."""

import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from reporting.errors import UsageError
from reporting.report.blocks import Document, Heading, Table
from reporting.report.html import draw
from reporting.report.pages import sections
from reporting.report.pdf import write_pdf
from reporting.report.render import file_name, report_document
from reporting.report.request import Kind, Request
from tests.report.reports import collection

VENV = Path(sys.executable).parent


def bound(kind: Kind, bureau: str | None = None) -> Document:
    return report_document(Request(kind=kind, bureau=bureau, offices=True), collection())


def test_every_office_has_its_chapter_with_numbers_and_ids_of_its_own() -> None:
    made = bound(Kind.GLOBAL)
    offices = [chapter for chapter in made.chapters if chapter.id.startswith("office-") and not chapter.continues]
    assert {chapter.number for chapter in offices} == {"KEN", "SDN", "HUN"}
    assert {chapter.title for chapter in offices} >= {"Kenya"}
    tables = [block for chapter in made.chapters for block in chapter.blocks if isinstance(block, Table)]
    assert len({table.id for table in tables}) == len(tables)
    assert "Table KEN-1" in {table.number for table in tables}


def test_headings_stay_in_order_one_level_down() -> None:
    level = 1
    for chapter in bound(Kind.GLOBAL).chapters:
        level = level if chapter.continues else 1
        for block in chapter.blocks:
            if isinstance(block, Heading):
                assert 2 <= block.level <= level + 1, block
                level = block.level


def test_regional_and_global_report_share_the_pages_of_an_office() -> None:
    regional, everywhere = (
        {
            sections.chapter_job(document, chapter).key
            for document in [sections.divided(made)]
            for chapter in document.chapters
            if chapter.id.startswith("office-")
        }
        for made in (bound(Kind.REGIONAL, "africa"), bound(Kind.GLOBAL))
    )
    assert regional
    assert regional < everywhere


def test_the_bound_report_is_whole_and_the_checkers_find_no_error(tmp_path: Path) -> None:
    path = tmp_path / "global.pdf"
    write_pdf(bound(Kind.GLOBAL), path)
    for command in ([VENV / "outloud", "-q", path], [VENV / "pdfua", "check", "--min-severity", "error", path]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        assert {"Kenya", "Sudan", "Hungary"} <= {item.title.split(" ", 2)[-1] for item in outline.root}
    assert "office-KEN" in draw(bound(Kind.GLOBAL), "screen")


def test_only_regional_and_global_reports_bind_offices() -> None:
    with pytest.raises(UsageError, match="--offices"):
        Request(kind=Kind.COVERAGE, offices=True)
    assert file_name(Request(kind=Kind.GLOBAL, offices=True), collection()) == "global-2008-offices"

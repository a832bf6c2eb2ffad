"""References of the headline pages: each leads to the table or figure that the statement comes from, on the page it names."""

import re
from pathlib import Path

import pikepdf
import pytest

from reporting.report.blocks import CallOut, Chapter, Document, Table, Tiles
from reporting.report.html import draw
from reporting.report.pages import sections
from reporting.report.pdf import write_pdf
from reporting.report.references import references_of
from tests.report.reports import document


def opening(report: Document) -> Chapter:
    (chapter,) = report.opening
    return chapter


@pytest.mark.parametrize("kind", ["regional", "global", "trafficking"])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_reference_names_a_table_or_figure_behind_the_contents(kind: str, language: str) -> None:
    report = document(kind, "africa" if kind == "regional" else None, language=language)
    printed = {block.id: block.number for block in (*report.tables, *report.figures)}
    found = list(references_of(opening(report)))
    assert found
    assert all(printed[item.id] == item.number for item in found)
    html = draw(report, "screen")
    for item in found:
        assert html.count(f'id="{item.id}"') == 1
        assert f'href="#{item.id}"' in html


def test_the_statements_come_from_what_they_refer_to() -> None:
    report = document()
    titles = {table.id: table.title for table in report.tables}
    (tiles,) = [block for block in opening(report).blocks if isinstance(block, Tiles)]
    persons, _, victims, practices = tiles.tiles
    assert titles[persons.references[0].id].startswith("Persons of concern by group")
    assert titles[victims.references[0].id].startswith("Trafficked persons known to UNHCR, and")
    drawn = {figure.id: figure.source for figure in report.figures}
    assert "good_practices.count/bureau/africa" in drawn[practices.references[0].id]
    (certainty,) = [
        block for block in opening(report).blocks if isinstance(block, CallOut) and block.style == "caution"
    ]
    assert [titles[item.id] for item in certainty.references] == ["Returns expected and received, 2008"]


def test_a_figure_stands_in_the_source_of_what_is_referred_to() -> None:
    report = document("trafficking")
    sources = {block.id: block.source for block in (*report.tables, *report.figures)}
    (tiles,) = [block for block in opening(report).blocks if isinstance(block, Tiles)]
    assert "trafficking.victims/bureau/africa" in sources[tiles.tiles[0].references[0].id]
    tables = {block.id for block in report.tables if isinstance(block, Table)}
    assert tiles.tiles[0].references[0].id in tables


def test_references_lead_to_the_page_they_name(tmp_path: Path) -> None:
    report = document("trafficking")
    path = tmp_path / "report.pdf"
    write_pdf(report, path, jobs=1)
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: place for place, page in enumerate(pdf.pages, start=1)}
        names = list(pdf.Root.Names.Dests.Names)
        pages = {str(name): numbers[where[0].objgen] for name, where in zip(names[::2], names[1::2], strict=True)}
        first = next(page for page in pdf.pages if numbers[page.obj.objgen] == pages["trafficking-glance"])
        links = [str(annotation.Dest) for annotation in first.get("/Annots", ())]
    found = list(references_of(opening(report)))
    assert {item.id for item in found} == set(links)
    html = sections.chapter_job(report, opening(report), pages).html
    for item in found:
        assert re.search(rf'class="toc-page" href="#{item.id}">{pages[item.id]}</a>', html)

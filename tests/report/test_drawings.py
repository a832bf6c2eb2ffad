"""Every drawing of every kind of report: its title, its words for who does not see it, its source, and its numbers."""

from functools import cache

import pytest

from reporting.report.blocks import Document, Table
from reporting.report.chapters.population_places import COVERED, MISSING, NIL, SILENT, shades
from reporting.report.drawings import Drawing, MapFigure, Panels, Pyramid
from reporting.report.html import draw
from reporting.report.render import report_document
from reporting.report.request import Kind, Request
from reporting.report.selection import material_of
from tests.report.reports import collection, document

PLACES = [
    (Kind.OFFICE, None, "KEN"),
    (Kind.REGIONAL, "africa", None),
    (Kind.GLOBAL, None, None),
    *((kind, place, None) for kind in (Kind.TRAFFICKING, Kind.PRACTICES) for place in ("africa", None)),
    *((kind, place, None) for kind in (Kind.FOLLOW_UP, Kind.COVERAGE) for place in ("africa", None)),
]


@cache
def report_of(kind: Kind, bureau: str | None, office: str | None, language: str = "en") -> Document:
    """A report of the small collection, made once."""
    return document(kind, bureau, office, language)


def alternatives(item: Drawing) -> tuple[str, ...]:
    """What a drawing says in words, a text for each of its pictures."""
    if isinstance(item, Panels):
        return tuple(panel.alternative for panel in item.panels)
    if isinstance(item, Pyramid):
        return item.alternative_left, item.alternative_right
    return (item.alternative,)


def places_drawn(report: Document, item: MapFigure) -> list[Table]:
    """The tables of the chapter that holds a map."""
    chapter = next(chapter for chapter in report.chapters if item in chapter.blocks)
    return [block for block in chapter.blocks if isinstance(block, Table)]


@pytest.mark.parametrize(("kind", "bureau", "office"), PLACES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_drawing_has_a_title_words_a_source_and_a_place(
    kind: Kind, bureau: str | None, office: str | None, language: str
) -> None:
    report = report_of(kind, bureau, office, language)
    html = draw(report, "page")
    for item in report.figures:
        assert item.title, item.id
        assert item.number, item.title
        assert all(len(text) > len(item.number) for text in alternatives(item)), item.title
        assert item.source, item.title
        assert "2008" in f"{item.title} {item.source}", item.title
        assert html.count(f'id="{item.id}"') == 1, item.title


@pytest.mark.parametrize(("kind", "bureau", "office"), PLACES)
def test_every_map_has_the_disclaimer_a_legend_and_a_table_of_its_countries(
    kind: Kind, bureau: str | None, office: str | None
) -> None:
    report = report_of(kind, bureau, office)
    for item in report.figures:
        if isinstance(item, MapFigure):
            assert item.disclaimer
            assert item.keys
            listed = {row.cells[0].text for table in places_drawn(report, item) for row in table.rows}
            for place in item.picture.places:
                assert any(place.text.startswith(name) for name in listed if name), place.text


def test_every_chart_prints_its_numbers_beside_it() -> None:
    for kind, bureau, office in PLACES:
        for item in report_of(kind, bureau, office).figures:
            for bar in getattr(item, "bars", ()):
                assert any(bar.values), (item.title, bar.label)


def test_a_map_tells_nil_from_no_figure_and_from_no_return() -> None:
    material = material_of(Request(kind=Kind.GLOBAL), collection())
    fills = shades(material, {"KEN": 5.0, "HUN": 0.0})
    assert (fills["KEN"], fills["HUN"], fills["SDN"]) == (COVERED, NIL, SILENT)
    assert len({COVERED, NIL, SILENT, MISSING}) == 4


def test_a_report_on_trafficking_has_a_map_with_the_answers_beside_it() -> None:
    report = report_document(Request(kind=Kind.TRAFFICKING, bureau="africa"), collection())
    (drawn,) = [item for item in report.figures if isinstance(item, MapFigure)]
    (table,) = [item for item in report.tables if item.title == drawn.title]
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
    assert rows["Kenya"] == ["Something to report", "about 25"]
    assert rows["Sudan"][0] == "not answered"
    assert "Something to report: Kenya" in drawn.alternative

"""What stands in a report: figures as the returns give them, and every question on trafficking."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reporting.aggregate.collection import collection_of
from reporting.aggregate.coverage import State
from reporting.aggregate.figure_ids import parse_figure_id
from reporting.errors import UsageError
from reporting.findings import Finding, Severity, Verdict
from reporting.report.blocks import CallOut, Chapter, Table, Tiles
from reporting.report.drawings import BarChart, Panels
from reporting.report.html import draw
from reporting.report.render import file_name, report_document
from reporting.report.request import Kind, Request
from reporting.returns.follow_up import COLUMNS
from tests.aggregate.returns import SCHEMA, result_of, return_of, stock
from tests.report.reports import ARABIC, collection, document, page


def rows_of(chapter: Chapter, title: str) -> dict[str, list[str]]:
    """The rows of the first table whose title begins so, by their first cell."""
    table = next(block for block in chapter.blocks if isinstance(block, Table) and block.title.startswith(title))
    return {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}


def chapter_of(kind: str, identifier: str, bureau: str | None = None) -> Chapter:
    return next(chapter for chapter in document(kind, bureau).chapters if chapter.id == identifier)


def test_the_table_of_groups_prints_the_sums_of_the_returns() -> None:
    rows = rows_of(chapter_of("regional", "populations", "africa"), "Persons of concern by group")
    assert rows["Refugees"] == ["265,729", "320,598", "+54,869", "+20.6%", "1"]
    assert rows["Returned refugees"] == ["na", "7", "na", "na", "1"]
    assert rows["Internally displaced persons"] == ["–", "–", "–", "–", "1"]
    assert rows["Stateless persons"][1] == "not answered"


def test_what_is_not_available_is_never_a_zero() -> None:
    rows = rows_of(chapter_of("regional", "populations", "africa"), "Persons of concern by country")
    assert rows["Sudan"][0] == ".."
    assert rows["Kenya"][0] == "320,598"
    assert rows["Kenya"][3] == ""


def test_a_global_report_has_every_bureau_and_their_sum() -> None:
    rows = rows_of(chapter_of("global", "populations"), "Persons of concern by bureau")
    assert [rows[name][0] for name in ("Africa", "Europe", "All bureaux")] == ["320,598", "8,008", "328,606"]


def test_every_question_on_trafficking_stands_in_the_chapter_on_trafficking() -> None:
    text = " ".join(
        repr(chapter) for chapter in document("global", None).chapters if chapter.id in {"trafficking", "records"}
    )
    asked = [field for field in SCHEMA.fields.values() if "trafficking" in field.themes]
    assert len(asked) > 80
    assert [field.id for field in asked if field.label not in text] == []


def test_only_returns_that_the_register_calls_rebuilt_are_said_to_be() -> None:
    own = collection()
    kenya = replace(own.coverage.rows[0], rebuilt=True)
    rebuilt = replace(own, coverage=replace(own.coverage, rows=(kenya, *own.coverage.rows[1:])))
    request = Request(kind=Kind.GLOBAL)
    assert "rebuilt" in report_document(request, rebuilt).cover.explanation
    assert report_document(request, own).cover.explanation == ""
    assert "demonstration" not in draw(report_document(request, own), "screen")


def test_a_rejected_file_and_its_replacement_are_one_expected_return() -> None:
    own = collection()
    first = replace(own.coverage.rows[0], state=State.REJECTED, path="first.xlsx")
    twice = replace(own, coverage=replace(own.coverage, rows=(first, *own.coverage.rows)))
    for made in (own, twice):
        (coverage,) = [
            chapter for chapter in report_document(Request(kind=Kind.GLOBAL), made).chapters if chapter.id == "coverage"
        ]
        chart = next(block for block in coverage.blocks if isinstance(block, BarChart))
        assert [bar.values for bar in chart.bars] == [("2 / 2",), ("1 / 1",)]


def test_no_two_tables_of_a_report_have_the_same_title() -> None:
    titles = [
        block.title
        for chapter in document("global", None).chapters
        for block in chapter.blocks
        if isinstance(block, Table)
    ]
    assert sorted(titles) == sorted(set(titles))


def test_an_approximate_number_of_persons_prints_with_about() -> None:
    rows = rows_of(chapter_of("regional", "trafficking", "africa"), "Trafficked persons: totals")
    assert rows["Trafficked persons"] == ["about 25"]


def test_a_total_of_approximate_numbers_prints_with_about_wherever_it_stands() -> None:
    returns = (
        return_of("KEN", [stock("KEN", "REF", 41000, approximate="yes"), stock("KEN", "ASY", 600)]),
        return_of("SDN", [stock("SDN", "REF", "..")]),
    )
    held = collection_of([(result_of(item), item) for item in returns], None, 2008)
    made = report_document(Request(kind=Kind.REGIONAL, bureau="africa"), held)
    (persons,) = [chapter for chapter in made.chapters if chapter.id == "populations"]
    assert rows_of(persons, "Persons of concern by group")["All groups"][1] == "about 41,600"
    assert rows_of(persons, "Persons of concern by country")["Total"][-1] == "about 41,600"
    chart = next(block for block in persons.blocks if isinstance(block, BarChart) and "by country" in block.title)
    assert {bar.label: bar.values for bar in chart.bars} == {"Kenya": ("about 41,600",), "Sudan": ("..",)}
    tiles = next(block for block in made.opening[0].blocks if isinstance(block, Tiles))
    assert tiles.tiles[0].value == "about 41,600"
    assert "give about 41,600 persons of concern for 2008" in draw(made, "screen")


def test_counts_of_trafficked_persons_are_never_called_prevalence() -> None:
    assert "never prevalence" in repr(chapter_of("regional", "trafficking", "africa"))


def test_an_arabic_narrative_runs_from_right_to_left_in_an_english_report() -> None:
    html = page()
    assert f'<p dir="rtl" lang="en">{ARABIC.strip()}' in html


def test_without_a_register_nobody_is_said_to_be_missing() -> None:
    assert "Without a register" in document().cover.coverage[0]


def test_tables_figures_and_chapters_have_ids_of_their_own() -> None:
    made = document("global", None)
    ids = [chapter.id for chapter in made.chapters]
    ids += [block.id for chapter in made.chapters for block in chapter.blocks if getattr(block, "id", "")]
    assert len(ids) == len(set(ids))


def test_a_report_bears_the_date_of_the_last_clearance_and_never_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    assert document("global", None).date == "2009-02-13"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1237766400")
    assert document("global", None).date == "2009-03-23"


def test_the_names_of_files_say_what_they_are() -> None:
    assert file_name(Request(kind=Kind.REGIONAL, bureau="asia_pacific"), collection()) == "regional-asia-pacific-2008"
    assert file_name(Request(kind=Kind.GLOBAL), collection()) == "global-2008"
    assert file_name(Request(kind=Kind.TRAFFICKING, office="KEN"), collection()) == "trafficking-KEN-2008"


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("regional", {}),
        ("office", {}),
        ("global", {"bureau": "africa"}),
        ("trafficking", {"bureau": "africa", "office": "KEN"}),
        ("practices", {"edition": "public"}),
    ],
)
def test_what_no_report_can_be_about_is_refused(kind: str, named: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Request(kind=Kind(kind), **named)  # type: ignore[arg-type]


@pytest.mark.parametrize("named", [{"bureau": "mena"}, {"office": "THA"}])
def test_a_report_of_what_is_not_there_is_refused(named: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="here"):
        report_document(Request(kind=Kind.TRAFFICKING, **named), collection())  # type: ignore[arg-type]


def test_an_office_has_a_report_of_its_own() -> None:
    made = report_document(Request(kind=Kind.OFFICE, office="KEN"), collection())
    assert made.cover.place == "Kenya"
    assert "320,598" in draw(made, "screen")


def test_an_explanation_stands_as_a_footnote_beside_the_figure() -> None:
    returned = return_of("KEN", [stock("KEN", "REF", 320598)])
    finding = Finding(
        code="TOT004",
        severity=Severity.QUERY,
        message="Parts are missing.",
        explanation="The census gives totals only.",
    )
    result = replace(result_of(returned, Verdict.QUERIES), findings=(finding,))
    made = report_document(
        Request(kind=Kind.REGIONAL, bureau="africa"), collection_of([(result, returned)], None, 2008)
    )
    assert '<span class="note" role="doc-footnote">Kenya. TOT004: The census gives totals only.</span>' in draw(
        made, "page"
    )


def follow_up(folder: Path, *rows: str) -> Chapter:
    """The follow-up of a report with a register of these rows; without rows there is no register."""
    path = folder / "follow_up.csv"
    path.write_text("\n".join((",".join(COLUMNS), *rows, "")), encoding="utf-8")
    made = report_document(Request(kind=Kind.FOLLOW_UP, follow_up=path if rows else None), collection())
    return next(chapter for chapter in made.chapters if chapter.id == "follow-up")


def test_the_follow_up_sets_decisions_beside_the_evidence(tmp_path: Path) -> None:
    rows = rows_of(follow_up(tmp_path, "R26,partly,Desk,2009,under_way,2009-03-02,Two countries"), "Recommendations")
    assert rows["R26"][2:6] == ["Partly", "Desk", "2009", "◐ Under way. 2 Mar 2009. Two countries"]
    assert "[security.trafficking.referral_mechanism.offices]" in rows["R26"][6]
    assert rows["R01"][2:6] == ["Not recorded"] * 4


def test_without_a_register_nobody_says_what_was_decided(tmp_path: Path) -> None:
    chapter = follow_up(tmp_path)
    assert "nobody can say here what was decided" in repr(chapter.blocks[0])
    assert not any(isinstance(block, BarChart) for block in chapter.blocks)


@pytest.mark.parametrize(
    ("kind", "first"), [("trafficking", "trafficking-glance"), ("practices", "practices"), ("coverage", "coverage")]
)
def test_a_report_on_one_matter_begins_with_it(kind: str, first: str) -> None:
    made = report_document(Request(kind=Kind(kind), bureau="africa"), collection())
    assert made.chapters[0].id == first
    assert made.cover.place == "Africa"
    assert "populations" not in {chapter.id for chapter in made.chapters}


def test_the_report_on_trafficking_begins_with_what_is_known_and_how_sure_it_is() -> None:
    made = report_document(Request(kind=Kind.TRAFFICKING), collection())
    glance = made.chapters[0]
    assert glance.id == "trafficking-glance"
    tiles = next(block for block in glance.blocks if isinstance(block, Tiles))
    assert [tile.value for tile in tiles.tiles] == ["about 25", "..", "1 / 3", ".."]
    drawn = next(block for block in glance.blocks if isinstance(block, Panels))
    assert [bar.values for bar in drawn.panels[0].bars] == [("about 21",), ("4",)]
    assert not any(isinstance(block, CallOut) and "was reported" in block.title for block in glance.blocks)
    assert "Offices that did not assess trafficking, or did not say: 2." in draw(made, "screen")
    assert "“Not assessed” means that nobody looked" in draw(made, "screen")


def test_where_no_numbers_are_known_the_first_page_says_what_was_answered() -> None:
    glance = report_document(Request(kind=Kind.TRAFFICKING, office="SDN"), collection()).opening[0]
    (reported,) = [block for block in glance.blocks if isinstance(block, CallOut) and "was reported" in block.title]
    assert reported.items[0] == "Assessment of trafficking: not answered."


def test_the_ids_under_tables_and_charts_lead_to_their_figures() -> None:
    made = document("regional", "africa")
    sources = [getattr(block, "source", "") for chapter in made.chapters for block in chapter.blocks]
    ids = {text for source in sources for text in re.findall(r"[\w.]+/bureau/africa", source)}
    assert {"populations.closing/bureau/africa", "trafficking.victims_by_sex/bureau/africa"} <= ids
    figures = {item.id for item in collection().figures}
    asked = [parse_figure_id(text) for text in ids]
    assert {item.indicator for item in asked} <= {item.id for item in SCHEMA.indicators}
    printed = [text for text in ids if any(figure == text or figure.startswith(f"{text}/") for figure in figures)]
    assert len(printed) > 8


def test_the_first_page_says_what_changed_and_what_cannot_be_compared() -> None:
    before = replace(collection(), year=2007)
    made = report_document(Request(kind=Kind.REGIONAL, bureau="africa", previous=before), collection())
    (changed,) = [block for block in made.chapters[0].blocks if isinstance(block, CallOut) and "since" in block.title]
    assert changed.items[0].startswith(
        "Persons of concern of the offices that report in both years: 320,598, now 320,598"
    )
    assert "no office gives a figure in both years" in changed.items[1]
    assert not any(
        "since" in getattr(block, "title", "") for block in document("regional", "africa").chapters[0].blocks
    )

"""The chapter on what changed: two years side by side, with what is not comparable said so."""

from dataclasses import replace

from reporting.aggregate.collection import Collection, collection_of
from reporting.report.blocks import Bullets, Chapter, Paragraph, Table
from reporting.report.render import report_document
from reporting.report.request import Kind, Request
from reporting.workbook.answers import Return
from tests.aggregate.returns import result_of, return_of, stock
from tests.report.reports import collection

INCIDENTS = "security.sgbv.trafficking_incidents"


def earlier() -> Collection:
    """Kenya a year before; Sudan sent nothing."""
    kenya = return_of(
        "KEN", [stock("KEN", "REF", 250000), stock("KEN", "STA", 100, approximate="yes")], fields={INCIDENTS: 8}
    )
    return collected(replace(kenya, year=2007))


def collected(*returns: Return) -> Collection:
    return collection_of([(result_of(item), item) for item in returns], None, None)


def chapter(kind: str = "regional", bureau: str | None = "africa", office: str | None = None) -> Chapter:
    request = Request(kind=Kind(kind), bureau=bureau, office=office, previous=earlier())
    (found,) = [item for item in report_document(request, collection()).chapters if item.id == "changes"]
    return found


def table(found: Chapter, title: str) -> dict[str, list[str]]:
    (block,) = [item for item in found.blocks if isinstance(item, Table) and item.title.startswith(title)]
    return {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in block.rows}


def test_persons_of_both_years_stand_side_by_side() -> None:
    rows = table(chapter(), "Persons of concern at the end of 2007 and of 2008")
    assert rows["Refugees"] == ["250,000", "320,598", "+70,598", "+28.2%", "1", "320,598", "office"]
    assert rows["Stateless persons"] == ["..", "..", "not comparable", "", "–", "..", "office"]


def test_the_lead_says_how_many_offices_are_in_both_years_and_which_are_not() -> None:
    lead = next(block.text for block in chapter().blocks if isinstance(block, Paragraph))
    assert "1 of 2 offices have a return in the figures of both years." in lead
    assert lead.endswith("Only in 2008: Sudan.")


def test_the_report_of_one_office_gives_its_own_figures_and_counts_no_offices() -> None:
    found = chapter("office", bureau=None, office="KEN")
    rows = table(found, "Persons of concern at the end of 2007 and of 2008")
    assert rows["Refugees"] == ["250,000", "320,598", "+70,598", "+28.2%", "office"]
    assert rows["Stateless persons"] == ["about 100", "..", "not comparable", "", "office"]
    lead = next(block.text for block in found.blocks if isinstance(block, Paragraph))
    assert lead.endswith("only what the office gave, for a country, in 2007 and in 2008.")


def test_an_office_without_a_return_of_the_year_before_is_told_so() -> None:
    lead = next(
        block.text for block in chapter("office", bureau=None, office="SDN").blocks if isinstance(block, Paragraph)
    )
    assert lead == "No return of 2007 can be compared with this one."


def test_the_report_on_trafficking_compares_trafficking_only() -> None:
    found = chapter("trafficking")
    titles = [block.title for block in found.blocks if isinstance(block, Table)]
    assert titles
    assert not any(title.startswith("Persons of concern") for title in titles)
    assert "never a zero" in next(block for block in found.blocks if isinstance(block, Bullets)).items[-1]


def test_counts_of_incidents_and_victims_carry_their_caution() -> None:
    (block,) = [
        item for item in chapter().blocks if isinstance(item, Table) and item.title.startswith("Trafficking in persons")
    ]
    assert "Known to UNHCR in the year; not a measure of prevalence." in block.notes


def test_without_an_earlier_year_there_is_no_such_chapter() -> None:
    made = report_document(Request(kind=Kind.GLOBAL), collection())
    assert "changes" not in [item.id for item in made.chapters]

"""Where a collection of returns stands on a day, and what is to be done next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reporting.aggregate.collection import collection_of
from reporting.aggregate.coverage import State
from reporting.aggregate.exports.status_page import status_document, status_html
from reporting.aggregate.status import Status, status_of
from reporting.findings import FileResult, Finding, Severity, Verdict
from reporting.returns.register import ExpectedReturn, Register
from reporting.workbook.answers import Return
from tests.aggregate.returns import result_of, return_of, stock

DUE = date(2009, 2, 15)
QUERY = Finding(code="TOT004", severity=Severity.QUERY, message="Parts are missing.")
ERROR = Finding(code="TOT001", severity=Severity.ERROR, message="The parts exceed the total.")


def expected(office: str, bureau: str, received: date | None = None) -> ExpectedReturn:
    return ExpectedReturn(
        office=office, label=office, year=2008, bureau=bureau, countries=(office,), due=DUE, received=received
    )


def sent(office: str, *findings: Finding, verdict: Verdict = Verdict.ACCEPTED) -> tuple[FileResult, Return]:
    returned = return_of(office, [stock(office, "REF", 5)])
    return replace(result_of(returned, verdict), findings=findings), returned


def status(as_of: date | None = None) -> Status:
    """Kenya on time with an open and an explained query, Sudan late, Chad rejected, Uganda missing; Hungary on time."""
    register = Register(
        (
            expected("KEN", "africa", date(2009, 2, 10)),
            expected("SDN", "africa", date(2009, 3, 1)),
            expected("TCD", "africa", date(2009, 2, 12)),
            expected("UGA", "africa"),
            expected("HUN", "europe", date(2009, 2, 15)),
        )
    )
    explained = replace(QUERY, explanation="The census gives totals only.")
    files = [
        sent("KEN", QUERY, explained, verdict=Verdict.QUERIES),
        sent("SDN"),
        sent("TCD", ERROR, ERROR, verdict=Verdict.REJECTED),
        sent("HUN"),
    ]
    collection = collection_of(files, register, 2008)
    return status_of(collection.coverage, collection.results, as_of)


def test_each_return_has_its_state_and_its_next_step() -> None:
    found = {item.row.office: (item.row.state, item.next_step) for item in status(date(2009, 3, 17)).standings}
    assert found == {
        "KEN": (State.ON_TIME, "ask for explanations: 1 open query"),
        "SDN": (State.LATE, ""),
        "TCD": (State.REJECTED, "send it back to be corrected: 2 errors"),
        "UGA": (State.MISSING, "ask the office for it: 30 days overdue"),
        "HUN": (State.ON_TIME, ""),
    }


def test_what_came_later_has_not_come_yet() -> None:
    made = status(date(2009, 2, 10))
    assert [item.row.office for item in made.standings if item.row.state is not State.MISSING] == ["KEN"]
    assert made.next_due == DUE
    assert made.coverage.used() == 1
    assert {item.next_step for item in made.standings if item.row.office == "UGA"} == {"due on 2009-02-15"}


def test_without_a_day_nothing_is_overdue() -> None:
    made = status()
    assert [item.overdue for item in made.standings] == [None] * 5
    assert made.next_due is None


def test_json_sums_up_what_is_open() -> None:
    document = status_document(status(date(2009, 3, 17)))
    assert (document["queries_open"], document["overdue"], document["next_due"]) == (1, 1, None)
    assert [(row["bureau"], row["queries_open"], row["overdue"]) for row in document["bureaus"]] == [
        ("africa", 1, 1),
        ("europe", 0, 0),
    ]


@pytest.mark.parametrize("fictional", [True, False])
def test_the_page_shows_every_return_and_says_what_is_made_up(fictional: bool) -> None:
    page = status_html(status(date(2009, 3, 17)), {"africa": "Africa & <Sons>"}, fictional=fictional)
    assert ("Fictional data" in page) is fictional
    assert "Africa &amp; &lt;Sons&gt;" in page
    for said in ("3 of 5 returns", "30 days overdue", "◐ late", "✗ rejected", "1 open query"):
        assert said in page

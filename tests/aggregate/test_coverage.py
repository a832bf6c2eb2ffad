"""Coverage: on time, late, missing, rejected and superseded returns are told apart."""

from datetime import date

import pytest

from reporting.aggregate.collection import collection_of
from reporting.aggregate.coverage import Coverage, State, is_nil
from reporting.aggregate.figures import Level
from reporting.errors import UsageError
from reporting.findings import FileResult, Verdict
from reporting.returns.register import ExpectedReturn, Register
from reporting.workbook.answers import Return
from tests.aggregate.returns import result_of, return_of, stock

DUE = date(2009, 3, 31)


def owed(office: str, bureau: str = "africa", received: date | None = None, due: date | None = DUE) -> ExpectedReturn:
    return ExpectedReturn(
        office=office, label=office.title(), year=2008, bureau=bureau, countries=(office,), due=due, received=received
    )


def coverage(register: Register | None, *returns: Return, rejected: tuple[str, ...] = ()) -> Coverage:
    checked: list[tuple[FileResult, Return | None]] = [
        (result_of(item, Verdict.REJECTED if item.office in rejected else Verdict.ACCEPTED), item) for item in returns
    ]
    return collection_of(checked, register, 2008).coverage


def states(found: Coverage) -> dict[str, State]:
    return {row.path or row.office: row.state for row in found.rows}


def test_each_state_is_told_apart() -> None:
    register = Register(
        (
            owed("KEN", received=date(2009, 3, 31)),
            owed("SDN", received=date(2009, 4, 1)),
            owed("ETH"),
            owed("COD", received=date(2009, 3, 1)),
            owed("CMR", received=date(2009, 3, 1)),
            owed("ZAF", due=None),
        )
    )
    sent = [return_of(office, [stock(office, "REF", 5)]) for office in ("KEN", "SDN", "COD", "CMR", "ZAF")]
    found = coverage(register, *sent, rejected=("COD",))
    assert states(found) == {
        "KEN-2008.xlsx": State.ON_TIME,
        "SDN-2008.xlsx": State.LATE,
        "ETH": State.MISSING,
        "COD-2008.xlsx": State.REJECTED,
        "CMR-2008.xlsx": State.ON_TIME,
        "ZAF-2008.xlsx": State.RECEIVED,
    }
    assert (found.used(), found.expected(), found.registered) == (4, 6, True)


def test_the_later_clearance_wins_and_the_other_is_named() -> None:
    early = return_of("KEN", [stock("KEN", "REF", 1)], cleared=date(2009, 2, 1), path="KEN-2008-b.xlsx")
    late = return_of("KEN", [stock("KEN", "REF", 2)], cleared=date(2009, 3, 1), path="KEN-2008-a.xlsx")
    collection = collection_of([(result_of(early), early), (result_of(late), late)], None, None)
    assert [item.path for item in collection.returns] == ["KEN-2008-a.xlsx"]
    assert states(collection.coverage) == {"KEN-2008-b.xlsx": State.SUPERSEDED, "KEN-2008-a.xlsx": State.RECEIVED}
    figure = collection.figures.get("populations.closing", "world", "world", group="REF")
    assert figure is not None
    assert figure.value == 2


def test_a_rejected_return_does_not_displace_a_usable_one() -> None:
    usable = return_of("KEN", cleared=date(2009, 2, 1), path="a.xlsx")
    rejected = return_of("KEN", cleared=date(2009, 3, 1), path="b.xlsx")
    checked = [(result_of(usable), usable), (result_of(rejected, Verdict.REJECTED), rejected)]
    assert [item.path for item in collection_of(checked, None, None).returns] == ["a.xlsx"]


def test_without_a_register_nobody_is_called_missing() -> None:
    found = coverage(None, return_of("KEN"))
    assert (found.registered, found.expected(), found.rows[0].label, found.rows[0].bureau) == (
        False,
        1,
        "Kenya",
        "africa",
    )


def test_an_office_that_owes_nothing_is_in_the_figures_but_not_among_the_expected() -> None:
    found = coverage(Register((owed("SDN"),)), return_of("KEN"))
    assert {row.office: (row.owed, row.state) for row in found.rows} == {
        "KEN": (False, State.RECEIVED),
        "SDN": (True, State.MISSING),
    }
    assert (found.used(), found.expected(), found.unexpected()) == (0, 1, 1)


@pytest.mark.parametrize(
    ("assessment", "nil"),
    [("assessed_none", True), ("something_to_report", False), ("not_assessed", False), (None, False)],
)
def test_nil_is_a_return_that_looked_and_found_none(assessment: str | None, nil: bool) -> None:
    returned = return_of("KEN", fields={"cover.trafficking_assessment": assessment})
    assert is_nil(result_of(returned)) is nil
    assert coverage(None, returned).nil() == int(nil)


def test_several_years_need_a_choice() -> None:
    one = return_of("KEN")
    other = FileResult(path="x", sha256="", office="KEN", year=2007, verdict=Verdict.ACCEPTED)
    with pytest.raises(UsageError, match="2007, 2008"):
        collection_of([(result_of(one), one), (other, None)], None, None)


def test_areas_that_should_report_are_known_with_whether_they_did() -> None:
    found = return_of("KEN", [stock("KEN", "REF", 1)])
    collection = collection_of([(result_of(found), found)], Register((owed("KEN"), owed("HUN", "europe"))), None)
    assert collection.areas(Level.OFFICE) == {"HUN": False, "KEN": True}
    assert collection.areas(Level.BUREAU) == {"africa": True, "europe": False}
    assert collection.areas(Level.COUNTRY) == {"HUN": False, "KEN": True}
    assert collection.areas(Level.WORLD) == {"world": True}

"""What stands behind a figure: offices expected, and the share of the persons of concern."""

from __future__ import annotations

import pytest

from reporting.aggregate.collection import Collection, collection_of
from reporting.aggregate.figures import Figure, Level
from reporting.findings import Verdict
from reporting.returns.register import ExpectedReturn, Register
from reporting.workbook.answers import Return
from tests.aggregate.returns import result_of, return_of, stock

VICTIMS = "trafficking.victims"


def owed(office: str, bureau: str = "africa", countries: tuple[str, ...] = ()) -> ExpectedReturn:
    return ExpectedReturn(office=office, label=office, year=2008, bureau=bureau, countries=countries or (office,))


def sent(office: str, persons: object, victims: int | None = None, countries: tuple[str, ...] = ()) -> Return:
    known = [{"country": office, "main_form": "forced_labour", "sex": "f", "age": "18_59", "persons": victims}]
    rows = known if victims is not None else []
    return return_of(office, [stock(office, "REF", persons)], countries=countries, trafficked_persons=rows)  # type: ignore[arg-type]


def collected(*returns: Return, register: Register | None = None, rejected: tuple[str, ...] = ()) -> Collection:
    checked = [
        (result_of(item, Verdict.REJECTED if item.office in rejected else Verdict.ACCEPTED), item) for item in returns
    ]
    return collection_of(checked, register, 2008)


def victims(collection: Collection, level: Level, area: str) -> Figure:
    (figure,) = collection.figures_at(level).select(VICTIMS, level, area)
    return figure


def behind(figure: Figure) -> tuple[int, int | None, float | None, bool]:
    return (figure.contributors, figure.expected, figure.persons_share, figure.persons_at_most)


def test_the_share_is_that_of_the_offices_with_a_value() -> None:
    made = collected(sent("KEN", 300, victims=5), sent("SDN", 100))
    assert behind(victims(made, Level.WORLD, "world")) == (1, 2, 75.0, False)


@pytest.mark.parametrize("rejected", [(), ("TCD",)])
def test_an_office_that_is_missing_or_rejected_makes_the_share_a_bound(rejected: tuple[str, ...]) -> None:
    returns = [sent("KEN", 300, victims=5), sent("SDN", 100), *([sent("TCD", 900)] if rejected else [])]
    register = Register((owed("KEN"), owed("SDN"), owed("TCD")))
    made = collected(*returns, register=register, rejected=rejected)
    assert behind(victims(made, Level.BUREAU, "africa")) == (1, 3, 75.0, True)


def test_an_office_whose_persons_are_not_available_makes_the_share_a_bound() -> None:
    made = collected(sent("KEN", 300, victims=5), sent("SDN", ".."))
    assert behind(victims(made, Level.WORLD, "world")) == (1, 2, 100.0, True)


def test_where_nobody_reports_persons_there_is_no_share() -> None:
    made = collected(sent("KEN", 0, victims=5), sent("SDN", 0))
    assert behind(victims(made, Level.WORLD, "world")) == (1, 2, None, False)


def test_an_office_stands_behind_its_own_figure_or_not() -> None:
    made = collected(sent("KEN", 300, victims=5), sent("SDN", 100))
    assert behind(victims(made, Level.OFFICE, "KEN")) == (1, 1, 100.0, False)
    assert behind(victims(made, Level.OFFICE, "SDN")) == (0, 1, 0.0, False)


def test_a_country_that_two_offices_cover_has_no_share() -> None:
    register = Register((owed("KEN"), owed("SDN", countries=("SDN", "KEN"))))
    made = collected(sent("KEN", 300, victims=5), sent("SDN", 100, countries=("SDN", "KEN")), register=register)
    assert behind(victims(made, Level.COUNTRY, "KEN")) == (1, 2, None, False)


def test_an_office_that_sent_two_returns_is_expected_once() -> None:
    register = Register((owed("KEN"), owed("SDN")))
    made = collected(sent("KEN", 300, victims=5), sent("KEN", 300, victims=5), sent("SDN", 100), register=register)
    assert victims(made, Level.WORLD, "world").expected == 2


def test_an_approximate_value_stays_approximate_and_missing_ones_stay_apart() -> None:
    register = Register((owed("KEN"), owed("SDN"), owed("TCD"), owed("UGA")))
    made = collected(sent("KEN", ".."), sent("SDN", "na"), sent("TCD", None), register=register)
    found = made.figures_at(Level.OFFICE).select("populations.closing", Level.OFFICE)
    assert {item.area: str(item.status) for item in found} == {
        "KEN": "not_available",
        "SDN": "not_applicable",
        "TCD": "not_answered",
        "UGA": "not_submitted",
    }
    assert {item.value for item in found} == {None}

"""What returns say of each other: the mirror, double coverage, the register."""

from __future__ import annotations

import pytest

from reporting.checks.network import between_offices
from reporting.findings import FileResult, Finding, Movement, Verdict
from reporting.outputs.formats import WRITERS, Told
from reporting.outputs.text import text_report
from reporting.returns.register import ExpectedReturn
from reporting.schema.compiled import load_schema

SCHEMA = load_schema("apr-2008")


def movement(direction: str, counterpart: str, persons: float, kind: str = "voluntary_return") -> Movement:
    return Movement(
        direction=direction, counterpart=counterpart, kind=kind, persons=persons, sheet="Movements", cell="F5"
    )


def result(office: str, *movements: Movement, countries: tuple[str, ...] = (), path: str = "") -> FileResult:
    return FileResult(
        path=path or f"{office}-2008.xlsx",
        sha256="x",
        form="apr-2008",
        office=office,
        year=2008,
        verdict=Verdict.ACCEPTED,
        countries=countries or (office,),
        movements=movements,
    )


def found(*results: FileResult, register: tuple[str, ...] | None = None) -> list[Finding]:
    owed = None
    if register is not None:
        owed = {
            office: ExpectedReturn(office=office, label=f"Office of {office}", year=2008, bureau="africa", countries=())
            for office in register
        }
    return list(between_offices(results, owed, SCHEMA))


@pytest.mark.parametrize(
    ("left", "reached", "code"),
    [
        (100, 100, None),
        (100, 95, "NET001"),
        (95, 100, "NET001"),
        (100, 94, "NET002"),
        (1, 2, "NET002"),
        (0, 3, "NET002"),
    ],
)
def test_two_offices_that_report_one_movement_are_compared(left: int, reached: int, code: str | None) -> None:
    findings = found(result("KEN", movement("out", "SDN", left)), result("SDN", movement("in", "KEN", reached)))
    assert [item.code for item in findings] == ([code] if code else [])
    for item in findings:
        assert (item.found, item.expected, item.difference) == (left, reached, left - reached)
        assert item.cells == ("KEN Movements!F5", "SDN Movements!F5")
        assert item.message.startswith("Voluntary return from KEN to SDN: KEN says")


@pytest.mark.parametrize(("persons", "codes"), [(99, []), (100, ["NET003"])])
@pytest.mark.parametrize("direction", ["in", "out"])
def test_silence_at_the_other_end_is_noticed_from_a_hundred_persons(
    direction: str, persons: int, codes: list[str]
) -> None:
    findings = found(result("KEN", movement(direction, "SDN", persons)), result("SDN"))
    assert [item.code for item in findings] == codes
    assert all("KEN says 100, the return of SDN says nothing" in item.message for item in findings)


def test_where_no_return_answers_for_the_other_country_nothing_is_compared() -> None:
    assert found(result("KEN", movement("out", "SOM", 5000))) == []


def test_rows_of_one_movement_are_added_up_and_kinds_kept_apart() -> None:
    kenya = result("KEN", movement("out", "SDN", 60), movement("out", "SDN", 40), movement("out", "SDN", 7, "referral"))
    sudan = result("SDN", movement("in", "KEN", 100), movement("in", "KEN", 8, "referral"))
    assert [(item.code, item.found, item.expected) for item in found(kenya, sudan)] == [("NET002", 7, 8)]


def test_a_regional_office_answers_for_its_countries_but_not_for_those_with_an_office() -> None:
    regional = result("HUN", movement("in", "KEN", 30), countries=("HUN", "SVN", "SRB"))
    own = result("SRB", movement("in", "KEN", 20))
    kenya = result("KEN", movement("out", "SVN", 30), movement("out", "SRB", 20))
    assert [item.code for item in found(regional, own, kenya)] == ["NET004"]


def test_a_country_covered_twice_is_told_with_the_office_that_counts() -> None:
    (item,) = found(result("HUN", countries=("HUN", "SRB")), result("SRB"))
    assert item.message == "SRB is covered by the returns of HUN, SRB; figures take it from SRB only."


def test_the_register_tells_who_is_missing_and_who_was_not_expected() -> None:
    findings = found(result("KEN"), result("USA"), register=("KEN", "SDN"))
    assert [(item.code, item.message) for item in findings] == [
        ("NET005", "The return of SDN (Office of SDN) for 2008 is expected and has not come."),
        ("NET006", "The return of USA for 2008 is in no line of the register."),
    ]


def test_of_two_files_of_one_office_one_counts() -> None:
    old = result("KEN", movement("out", "SDN", 5000), path="KEN-1.xlsx")
    new = result("KEN", movement("out", "SDN", 100), path="KEN-2.xlsx")
    assert found(old, new, result("SDN", movement("in", "KEN", 100))) == []


@pytest.mark.parametrize("form", ["text", *WRITERS])
def test_every_format_tells_what_stands_between_offices(form: str) -> None:
    results = [result("HUN", countries=("HUN", "SRB")), result("SRB")]
    network = tuple(found(*results))
    told = Told(results, network, "apr-2008", show=True)
    text = text_report(results, network=network) if form == "text" else WRITERS[form](told)
    assert "NET004" in text
    assert "figures take it from SRB only" in text

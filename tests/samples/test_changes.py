"""The real returns of 2007 and 2008 side by side, worked out again from the cells with loops of the test's own."""

from __future__ import annotations

from pathlib import Path

from reporting.aggregate.changes import BreakKind, changes
from reporting.aggregate.collection import Collection
from reporting.pipeline import collect

GROUPS = {
    "poc_refugees": "REF",
    "poc_asylum_seekers": "ASY",
    "poc_returned_refugees": "RET",
    "poc_idps": "IDP",
    "poc_returned_idps": "RDP",
    "poc_stateless": "STA",
    "poc_others": "OTH",
}
Said = dict[tuple[str, str, str], float]
"""The number that an office gives for a country and a group."""


def said_in_2007(collection: Collection) -> Said:
    return {
        (returned.office, str(row.answers["country"].value), group): value
        for returned in collection.returns
        for row in returned.tables["overview"]
        for column, group in GROUPS.items()
        if isinstance(value := row.answers[column].value, int | float)
    }


def said_in_2008(collection: Collection) -> Said:
    return {
        (returned.office, str(row.answers["country"].value), str(row.answers["group"].value)): value
        for returned in collection.returns
        for row in returned.tables["populations"]
        if isinstance(value := row.answers["closing"].value, int | float)
    }


def test_persons_of_both_years_are_those_that_an_office_gave_for_a_country_in_both(
    returns_2007: Path, returns_2008: Path
) -> None:
    earlier, collection = collect(returns_2007), collect(returns_2008)
    before, now = said_in_2007(earlier), said_in_2008(collection)
    both = before.keys() & now.keys()
    bureaus = {row.office: row.bureau for row in collection.coverage.rows}
    made = changes(collection, earlier)
    compared = 0
    for area in ("world", *sorted(set(bureaus.values()))):
        for group in GROUPS.values():
            found = made.get("populations.closing", "world" if area == "world" else "bureau", area, group=group)
            keys = [key for key in both if key[2] == group and area in ("world", bureaus[key[0]])]
            assert found is not None
            assert found.breaks[0].kind is BreakKind.FORM
            assert found.offices == len({office for office, _, _ in keys})
            if keys:
                assert (found.before, found.now) == (sum(before[key] for key in keys), sum(now[key] for key in keys))
                compared += 1
            else:
                assert not found.comparable
    assert compared > 30
    assert made.gained == ("IRQ", "MYS")

"""The tables ``origins`` and ``movements`` of 2008, from UNHCR's returns by country of origin and of asylum.

Only returned refugees have an origin here: the stocks of refugees and asylum-seekers by country of origin are not in
the tables, and applications lodged in a year are not a stock. Resettlement has no row: UNHCR's table gives the country
of origin and of resettlement, not the country of asylum from which the refugees departed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from reporting.workbook.filling import Entry
from sample_submissions.builder.populations import is_published
from sample_submissions.builder.sources import number, records

_KINDS_OF_PLACE = {"in": ("coo_iso", "coa_iso"), "out": ("coa_iso", "coo_iso")}
"""Direction → the column of the own country and the column of the other one."""


def returns_by_country(country: str, direction: str) -> Counter[str]:
    """Refugees who returned in 2008, by the other country: those who came back (``in``), those who left (``out``)."""
    own, other = _KINDS_OF_PLACE[direction]
    persons: Counter[str] = Counter()
    for row in records("unhcr_solutions_2008"):
        if row[own] == country and number(row["returned_refugees"]):
            persons[row[other]] += number(row["returned_refugees"])
    return persons


def origin_rows(country: str) -> Iterator[Mapping[str, Entry]]:
    """Returned refugees by the country of asylum they left."""
    if not is_published(country):
        return
    for other, persons in sorted(returns_by_country(country, "in").items()):
        if other != "UNK":
            yield {"country": country, "group": "RET", "other_country": other, "persons": persons}


def movement_rows(countries: tuple[str, ...]) -> Iterator[Mapping[str, Entry]]:
    """Voluntary returns into and out of the countries of one office, by the other country.

    Both ends of a movement name the group it began with, refugees, so that the two can be compared.
    """
    for direction in ("in", "out"):
        persons: Counter[str] = Counter()
        for country in countries:
            persons += returns_by_country(country, direction)
        for other, number_moved in sorted(persons.items()):
            if other != "UNK":
                yield {
                    "direction": direction,
                    "counterpart": other,
                    "kind": "voluntary_return",
                    "group": "REF",
                    "persons": number_moved,
                }

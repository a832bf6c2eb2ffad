"""The table ``populations`` of 2008: UNHCR's stocks by group, with sex and age where UNHCR published them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from reporting.workbook.filling import Entry
from sample_submissions.builder.sources import Record, number, records

NOT_AVAILABLE = ".."
NOT_APPLICABLE = "na"

STOCK_COLUMNS: Mapping[str, str] = {
    "REF": "refugees",
    "ASY": "asylum_seekers",
    "IDP": "idps",
    "RDP": "returned_idps",
    "STA": "stateless",
    "OTH": "ooc",
}
"""Our group → the column of UNHCR's population table. Returned refugees come from the table of solutions."""

DEMOGRAPHIC_GROUPS: Mapping[str, str] = {"OTH": "OOC"}
"""Our group → the code of UNHCR's demographic table, where they differ."""

AGES = ("0_4", "5_11", "12_17", "18_59", "60")
PARTS = (*(f"{sex}_{age}" for sex in "fm" for age in (*AGES, "unknown")), "sex_unknown")
GROUPS = ("REF", "ASY", "RET", "IDP", "RDP", "STA", "OTH")
FLOWS = frozenset({"RET", "RDP"})
"""Groups whose figure is the year's flow; they have no opening figure (FORM 5)."""


@cache
def _stocks() -> Mapping[tuple[str, str], Record]:
    return {(row["coa_iso"], row["year"]): row for row in records("unhcr_population_2007_2008")}


@cache
def _demographics() -> Mapping[tuple[str, str], Record]:
    return {(row["coa_iso"], row["pop_type"]): row for row in records("unhcr_demographics_2008")}


def is_published(country: str) -> bool:
    """Whether UNHCR publishes figures for ``country`` itself (those of Kosovo stand within Serbia's)."""
    return (country, "2008") in _stocks()


def at_end_of(year: int, country: str, group: str) -> int:
    """Persons of ``group`` in ``country`` at the end of ``year``; for RET and RDP those who returned in it.

    Returned refugees are counted by the country they returned to: the population table's own column counts
    departures by country of asylum.
    """
    if group == "RET":
        return sum(
            number(row["returned_refugees"]) for row in records("unhcr_solutions_2008") if row["coo_iso"] == country
        )
    return number(_stocks()[country, str(year)][STOCK_COLUMNS[group]])


def population_rows(country: str) -> Iterator[Mapping[str, Entry]]:
    """A row a group."""
    for group in GROUPS:
        if not is_published(country):
            opening: Entry = NOT_APPLICABLE if group in FLOWS else NOT_AVAILABLE
            yield {"country": country, "group": group, "opening": opening, "closing": NOT_AVAILABLE, **_unknown_parts()}
            continue
        closing = at_end_of(2008, country, group)
        opening = NOT_APPLICABLE if group in FLOWS else at_end_of(2007, country, group)
        yield {
            "country": country,
            "group": group,
            "opening": opening,
            "closing": closing,
            **parts(country, group, closing),
        }


def parts(country: str, group: str, total: int) -> Mapping[str, Entry]:
    """The published breakdown of ``total`` by sex and age.

    The published total wins: parts that exceed it, or that are all zero under a positive total, are not available.
    What the parts leave of the total is of unknown sex.
    """
    row = _demographics().get((country, DEMOGRAPHIC_GROUPS.get(group, group)))
    if total == 0:
        return dict.fromkeys(PARTS, 0)
    if row is None:
        return _unknown_parts()
    known: dict[str, Entry] = {}
    for sex in "fm":
        known |= {f"{sex}_{age}": number(row[f"{sex}_{age}"]) for age in AGES}
        known[f"{sex}_unknown"] = number(row[f"{sex}_other"])
    counted = number(row["f_total"]) + number(row["m_total"])
    if counted == 0 or counted > total:
        return _unknown_parts()
    return {**known, "sex_unknown": total - counted}


def _unknown_parts() -> Mapping[str, Entry]:
    return dict.fromkeys(PARTS, NOT_AVAILABLE)

"""The table ``population_changes`` of 2008: what UNHCR's flow tables say, and a balancing entry for the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reporting.workbook.filling import Entry
from sample_submissions.builder.populations import NOT_AVAILABLE, at_end_of, is_published
from sample_submissions.builder.sources import number, records

SOLUTIONS = "UNHCR, solutions 2008"
DECISIONS = "UNHCR, asylum decisions 2008, all levels"
APPLICATIONS = "UNHCR, asylum applications 2008, all levels, appeals included"
BALANCE = "Balancing entry: not in the sources"


@dataclass(frozen=True)
class Flow:
    """Persons and cases of one kind of change; UNHCR counts some procedures by case (mostly appeals)."""

    persons: int = 0
    cases: int = 0

    def __add__(self, other: Flow) -> Flow:
        return Flow(self.persons + other.persons, self.cases + other.cases)

    def __str__(self) -> str:
        sizes = {"persons": self.persons, "cases": self.cases}
        return " and ".join(f"{size:,} {unit}" for unit, size in sizes.items() if size) or "none"

    def __bool__(self) -> bool:
        return bool(self.persons or self.cases)


def applications(country: str) -> Flow:
    """Applications lodged in the country in 2008."""
    return _asylum("unhcr_asylum_applications_2008", country, "applied", "app_pc")


def decisions(country: str, outcome: str) -> Flow:
    """Decisions of 2008 by outcome: a column of UNHCR's table, such as ``dec_recognized``."""
    return _asylum("unhcr_asylum_decisions_2008", country, outcome, "dec_pc")


def solutions(country: str, solution: str, *, by: str = "coa_iso") -> int:
    """Persons of one column of UNHCR's solutions, by country of asylum, or of origin (``coo_iso``)."""
    return sum(number(row[solution]) for row in records("unhcr_solutions_2008") if row[by] == country)


def change_rows(country: str) -> Iterator[Mapping[str, Entry]]:
    """The changes of each group that has a stock, closed by a balancing entry where they do not explain its change."""
    if not is_published(country):
        return
    for group in ("REF", "ASY", "IDP", "STA", "OTH"):
        explained = 0
        for change, sign, flow, source in _known(country, group):
            if flow.cases:
                yield _row(country, group, change, NOT_AVAILABLE, _cases_text(source, flow))
            elif flow.persons:
                explained += sign * flow.persons
                yield _row(country, group, change, flow.persons, source)
        rest = at_end_of(2008, country, group) - at_end_of(2007, country, group) - explained
        if rest:
            yield _row(country, group, "other_increase" if rest > 0 else "other_decrease", abs(rest), BALANCE)


def _known(country: str, group: str) -> Iterator[tuple[str, int, Flow, str]]:
    """Change, sign, size and source."""
    if group == "REF":
        granted = decisions(country, "dec_recognized") + decisions(country, "dec_other")
        yield "individual_recognition", 1, granted, f"{DECISIONS}: refugee status and complementary protection"
        yield "resettled_in", 1, Flow(solutions(country, "resettlement")), f"{SOLUTIONS}: resettled into the country"
        yield "voluntary_return", -1, Flow(solutions(country, "returned_refugees")), SOLUTIONS
        yield "naturalization", -1, Flow(solutions(country, "naturalisation")), SOLUTIONS
    if group == "ASY":
        yield "applied", 1, applications(country), APPLICATIONS
        yield "recognised", -1, decisions(country, "dec_recognized"), DECISIONS
        yield "complementary", -1, decisions(country, "dec_other"), DECISIONS
        yield "rejected", -1, decisions(country, "dec_rejected"), DECISIONS
        yield "closed", -1, decisions(country, "dec_closed"), DECISIONS
    if group == "IDP":
        yield "returned", -1, Flow(at_end_of(2008, country, "RDP")), "UNHCR, population 2008: returned IDPs"


def _asylum(table: str, country: str, column: str, unit: str) -> Flow:
    total = Flow()
    for row in records(table):
        if row["coa_iso"] == country:
            size = number(row[column])
            total += Flow(persons=size) if row[unit] == "P" else Flow(cases=size)
    return total


def _cases_text(source: str, flow: Flow) -> str:
    return f"{source}. {flow}: cases are not persons"


def _row(country: str, group: str, change: str, persons: Entry, source: str) -> Mapping[str, Entry]:
    return {"country": country, "group": group, "change": change, "persons": persons, "source": source}

"""The made-up world: its countries, offices and movements, as the tables ``sources/fictional_*.csv`` give them.

Nothing here is real. Codes are user-assigned ones of ISO 3166 (XAA to XAZ); names stand in the code lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from reporting.schema.compiled import load_schema
from sample_submissions.builder.sources import number, records

SEED = 20080911
"""Fixed, so that the world is the same wherever and whenever it is built."""


@dataclass(frozen=True, kw_only=True)
class FictionalCountry:
    """What is known of a country at the end of 2007, in persons. ``demographics`` says how its people are broken down."""

    code: str
    national_population: int
    stocks: Mapping[str, int]
    """Persons of concern on 31 December 2007 by group; RET and RDP are the returns of 2007."""
    demographics: str
    basis: str
    source: str


@dataclass(frozen=True, kw_only=True)
class FictionalOffice:
    """An office and its story. ``victims`` are the trafficked persons of 2008, ``children`` the percentage of children."""

    code: str
    number: int
    """Its place among the offices, from 0: answers rotate with it, so that every answer occurs somewhere."""
    countries: tuple[str, ...]
    towns: tuple[str, ...]
    bodies: tuple[str, ...]
    assessment: str
    classification: str
    uses_focus: bool
    victims: int
    children: int
    exposure: str
    focal_point: str
    mechanism: str
    law: str
    plan: str
    access: str
    tier: str
    roles: tuple[str, ...]
    party_since: date | None
    scale: str
    received: Mapping[int, date | None]
    cleared: Mapping[int, date | None]
    post: str
    note: str

    @property
    def reports_victims(self) -> bool:
        """Whether the office has trafficked persons to report."""
        return self.assessment == "something_to_report"

    @property
    def label(self) -> str:
        """The office's name, from the code list."""
        return load_schema("apr-2008").codes["offices"].label_of(self.code)

    def random(self, subject: str) -> Random:
        """Chances of this office for ``subject`` only: a change elsewhere does not move them."""
        return Random(f"{SEED}/{self.code}/{subject}")


@dataclass(frozen=True, kw_only=True)
class Movement:
    """Persons who went from one country to another, as either end counted them; None where an end is silent."""

    origin: str
    destination: str
    kind: str
    group: str
    counted_by_origin: int | None
    counted_by_destination: int | None


@cache
def countries() -> Mapping[str, FictionalCountry]:
    """The 26 countries by code."""
    return {row["country"]: _country(row) for row in records("fictional_populations")}


@cache
def offices() -> tuple[FictionalOffice, ...]:
    """The 24 offices in the order of their codes."""
    return tuple(_office(place, row) for place, row in enumerate(records("fictional_offices")))


@cache
def movements() -> tuple[Movement, ...]:
    """Returns, resettlement and referrals of 2008; a few are contradicted on purpose."""
    return tuple(
        Movement(
            origin=row["origin"],
            destination=row["destination"],
            kind=row["kind"],
            group=row["group"],
            counted_by_origin=_count_or_none(row["counted_by_origin"]),
            counted_by_destination=_count_or_none(row["counted_by_destination"]),
        )
        for row in records("fictional_movements")
    )


def country_label(code: str) -> str:
    """The name of a country, from the code list."""
    return load_schema("apr-2008").codes["countries"].label_of(code)


def codes(identifier: str) -> tuple[str, ...]:
    """The codes of a list of the form, in its order."""
    return tuple(load_schema("apr-2008").codes[identifier].by_code)


def rotated(values: Sequence[str], start: int, size: int) -> tuple[str, ...]:
    """``size`` of the values from place ``start`` on, turning round at the end, in the order of the list."""
    chosen = {(start + step) % len(values) for step in range(min(size, len(values)))}
    return tuple(values[place] for place in sorted(chosen))


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """``total`` in whole parts as near to ``weights`` as possible; the parts add up to it (largest remainders)."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(weights)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def _country(row: Mapping[str, str]) -> FictionalCountry:
    columns = {
        "REF": "refugees",
        "ASY": "asylum_seekers",
        "RET": "returned_refugees",
        "IDP": "idps",
        "RDP": "returned_idps",
        "STA": "stateless",
        "OTH": "others",
    }
    return FictionalCountry(
        code=row["country"],
        national_population=number(row["national_population"]),
        stocks={group: number(row[column]) for group, column in columns.items()},
        demographics=row["demographics"],
        basis=row["basis"],
        source=row["source"],
    )


def _office(place: int, row: Mapping[str, str]) -> FictionalOffice:
    return FictionalOffice(
        code=row["office"],
        number=place,
        countries=tuple(row["countries"].split()),
        towns=tuple(row["towns"].split()),
        bodies=tuple(row["bodies"].split()),
        assessment=row["assessment"],
        classification=row["classification"],
        uses_focus=row["uses_focus"] == "yes",
        victims=number(row["victims"]),
        children=number(row["children"]),
        exposure=row["exposure"],
        focal_point=row["focal_point"],
        mechanism=row["mechanism"],
        law=row["law"],
        plan=row["plan"],
        access=row["access"],
        tier=row["tier"],
        roles=tuple(row["roles"].split()),
        party_since=_date_or_none(row["party_since"]),
        scale=row["scale"],
        received={year: _date_or_none(row[f"received_{year}"]) for year in (2007, 2008)},
        cleared={year: _date_or_none(row[f"cleared_{year}"]) for year in (2007, 2008)},
        post=row["post"],
        note=row["note"],
    )


def _date_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _count_or_none(text: str) -> int | None:
    return int(text) if text else None

"""Populations, changes, origins and movements of the made-up world in 2008: every stock follows from the one before.

The refugees of a country at the end of the year are those at its start, plus and minus changes; returns and
resettlement among the changes are the movements the office reports; asylum-seekers recognised become refugees.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from random import Random

from reporting.workbook.filling import Entry
from sample_submissions.builder.fictional_world import (
    SEED,
    FictionalCountry,
    FictionalOffice,
    countries,
    movements,
    shared_out,
)

Row = Mapping[str, Entry]

INCREASES = frozenset(
    {
        "arrival",
        "individual_recognition",
        "resettled_in",
        "applied",
        "newly_displaced",
        "nationality_lost",
        "birth",
        "other_increase",
    }
)
STOCKS = ("REF", "ASY", "IDP", "STA", "OTH")
SOURCES_OF_REFUGEES = {"XAD": 9, "XAL": 8, "XAO": 7, "XAV": 5, "XAG": 3, "XAZ": 1}
"""Countries people flee from, with their weight."""
INFLUX = {"XAQ": 0.46}
"""Countries with an influx in the year, and its size as a share of the refugees already there."""
AGES = ("0_4", "5_11", "12_17", "18_59", "60")
SHARES = (0.082, 0.098, 0.081, 0.206, 0.021, 0.085, 0.102, 0.086, 0.217, 0.022)
"""Females and then males by age, of a population in camps and towns."""
SOURCE_OF_CHANGE = {
    "arrival": "Registration of new arrivals at reception centres",
    "individual_recognition": "Decisions of the asylum authority",
    "resettled_in": "Arrival lists of the resettlement programme",
    "birth": "Registration database",
    "voluntary_return": "Convoy manifests, as in the sheet Movements",
    "resettlement": "Departure lists, as in the sheet Movements",
    "naturalization": "Ministry of the interior",
    "cessation": "Ministry of the interior",
    "death": "Registration database",
    "applied": "Asylum authority, monthly statistics",
    "recognised": "Asylum authority, monthly statistics",
    "complementary": "Asylum authority, monthly statistics",
    "rejected": "Asylum authority, final decisions",
    "closed": "Asylum authority, monthly statistics",
    "newly_displaced": "Joint displacement tracking",
    "returned": "Return monitoring of partners",
    "relocated": "Return monitoring of partners",
    "nationality_lost": "Estimate of the ministry of justice",
    "nationality_acquired": "Civil registry",
    "other_increase": "Correction after verification of the register",
    "other_decrease": "Removed from the register after verification",
}


def changes_of(country: FictionalCountry) -> Mapping[str, Mapping[str, int]]:
    """Persons by kind of change, for each group with a stock or a flow in the year."""
    asylum = _asylum_changes(country, _chance(country, "ASY"))
    made = {
        "REF": _refugee_changes(country, asylum, _chance(country, "REF")),
        "ASY": asylum,
        "IDP": _displacement_changes(country, _chance(country, "IDP")),
        "STA": _rates(
            country, "STA", {"nationality_lost": 0.002, "birth": 0.011, "nationality_acquired": 0.06, "death": 0.006}
        ),
        "OTH": _rates(country, "OTH", {"birth": 0.012, "other_increase": 0.03, "death": 0.004, "other_decrease": 0.05}),
    }
    return {
        group: {kind: size for kind, size in made[group].items() if size} for group in STOCKS if country.stocks[group]
    }


def closing_of(country: FictionalCountry) -> Mapping[str, int]:
    """Persons on 31 December 2008 by group; RET and RDP are those who returned in the year."""
    changed = changes_of(country)
    closing = {
        group: country.stocks[group] + sum(_signed(kind, size) for kind, size in changed[group].items())
        for group in changed
    }
    returned = sum(counted or 0 for _, counted in returns_to(country.code).items())
    if returned:
        closing["RET"] = returned
    if "IDP" in changed and changed["IDP"].get("returned"):
        closing["RDP"] = changed["IDP"]["returned"]
    return closing


def returns_to(country: str) -> Counter[str]:
    """Refugees who came home, by the country they left, as the country of return counted them."""
    return Counter(
        {
            move.origin: move.counted_by_destination
            for move in movements()
            if move.destination == country and move.kind == "voluntary_return" and move.counted_by_destination
        }
    )


def population_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``populations`` of an office."""
    for code in office.countries:
        country = countries()[code]
        for group, closing in closing_of(country).items():
            yield {
                "country": code,
                "group": group,
                "opening": "na" if group in {"RET", "RDP"} else country.stocks[group],
                "closing": closing,
                **_breakdown(country, group, closing),
                "assisted": shared_out(closing, (0.83, 0.17))[0] if group in {"REF", "RET", "IDP"} else "..",
                "basis": country.basis,
                "source": country.source,
                "as_of": date(2008, 11, 30) if country.basis in {"survey", "census"} else None,
                "approximate": "yes" if country.basis == "estimate" else "no",
            }


def change_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``population_changes`` of an office."""
    for code in office.countries:
        for group, changed in changes_of(countries()[code]).items():
            for kind, size in changed.items():
                yield {
                    "country": code,
                    "group": group,
                    "change": kind,
                    "persons": size,
                    "source": SOURCE_OF_CHANGE[kind],
                }


def origin_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``origins``: refugees and asylum-seekers by country of origin, returned refugees by the one they left."""
    for code in office.countries:
        country = countries()[code]
        closing = closing_of(country)
        for group in ("REF", "ASY"):
            for origin, persons in _origins(country, group, closing.get(group, 0)):
                yield {"country": code, "group": group, "other_country": origin, "persons": persons}
        for origin, persons in sorted(returns_to(code).items()):
            yield {"country": code, "group": "RET", "other_country": origin, "persons": persons}


def movement_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``movements``: what this office counted at its end of each movement."""
    for move in movements():
        if move.origin in office.countries and move.counted_by_origin is not None:
            yield _movement_row("out", move.destination, move.kind, move.group, move.counted_by_origin)
        if move.destination in office.countries and move.counted_by_destination is not None:
            yield _movement_row("in", move.origin, move.kind, move.group, move.counted_by_destination)


def _movement_row(direction: str, counterpart: str, kind: str, group: str, persons: int) -> Row:
    return {"direction": direction, "counterpart": counterpart, "kind": kind, "group": group, "persons": persons}


def _refugee_changes(country: FictionalCountry, asylum: Mapping[str, int], chance: Random) -> dict[str, int]:
    stock = country.stocks["REF"]
    host = stock > 10_000
    return {
        "arrival": int(stock * INFLUX.get(country.code, chance.uniform(0.02, 0.09))) if host else 0,
        "individual_recognition": asylum.get("recognised", 0) + asylum.get("complementary", 0),
        "resettled_in": _moved(country.code, "resettlement", arriving=True),
        "birth": int(stock * chance.uniform(0.015, 0.03)),
        "other_increase": int(stock * 0.004) if country.code in {"XAJ", "XAX"} else 0,
        "voluntary_return": _moved(country.code, "voluntary_return", arriving=False),
        "resettlement": _moved(country.code, "resettlement", arriving=False),
        "cessation": int(stock * 0.012) if country.code in {"XAB", "XAK"} else 0,
        "naturalization": int(stock * 0.021)
        if country.basis == "registration" and country.source == "government"
        else 0,
        "death": int(stock * chance.uniform(0.003, 0.006)),
        "other_decrease": int(stock * chance.uniform(0.0, 0.02)) if host else 0,
    }


def _asylum_changes(country: FictionalCountry, chance: Random) -> dict[str, int]:
    pending = country.stocks["ASY"]
    applied = int(pending * chance.uniform(0.7, 1.2))
    decided = min(pending + applied, int(applied * chance.uniform(0.8, 1.05)))
    recognised, complementary, rejected, closed = shared_out(decided, (0.31, 0.14, 0.42, 0.13))
    return {
        "applied": applied,
        "recognised": recognised,
        "complementary": complementary,
        "rejected": rejected,
        "closed": closed,
    }


def _displacement_changes(country: FictionalCountry, chance: Random) -> dict[str, int]:
    stock = country.stocks["IDP"]
    return {
        "newly_displaced": int(stock * chance.uniform(0.04, 0.13)),
        "birth": int(stock * 0.02),
        "returned": int(stock * chance.uniform(0.05, 0.12)),
        "relocated": int(stock * chance.uniform(0.01, 0.03)),
        "death": int(stock * 0.005),
    }


def _rates(country: FictionalCountry, group: str, rates: Mapping[str, float]) -> dict[str, int]:
    return {kind: int(country.stocks[group] * rate) for kind, rate in rates.items()}


def _moved(country: str, kind: str, *, arriving: bool) -> int:
    if arriving:
        return sum(m.counted_by_destination or 0 for m in movements() if m.destination == country and m.kind == kind)
    return sum(m.counted_by_origin or 0 for m in movements() if m.origin == country and m.kind == kind)


def _signed(kind: str, size: int) -> int:
    return size if kind in INCREASES else -size


def _chance(country: FictionalCountry, subject: str) -> Random:
    return Random(f"{SEED}/{country.code}/{subject}")


def _origins(country: FictionalCountry, group: str, total: int) -> Iterator[tuple[str, int]]:
    chance = _chance(country, f"origins {group}")
    weights = {
        code: weight * chance.uniform(0.1, 2) for code, weight in SOURCES_OF_REFUGEES.items() if code != country.code
    }
    for code, persons in zip(weights, shared_out(total, list(weights.values())), strict=True):
        if persons:
            yield code, persons


def _breakdown(country: FictionalCountry, group: str, closing: int) -> Row:
    """Persons by sex and age, as far as the country knows them; known parts never exceed the total."""
    columns = [f"{sex}_{age}" for sex in ("f", "m") for age in AGES]
    if country.demographics == "totals" or (country.demographics == "partial" and group in {"IDP", "RDP"}):
        unknown: dict[str, Entry] = dict.fromkeys([*columns, "f_unknown", "m_unknown", "sex_unknown"], "..")
        return unknown
    chance = _chance(country, f"ages {group}")
    known, no_age, no_sex = shared_out(closing, _known_shares(country.demographics))
    weights = [share * chance.uniform(0.8, 1.2) for share in SHARES]
    parts: dict[str, Entry] = dict(zip(columns, shared_out(known, weights), strict=True))
    girls_and_women, boys_and_men = shared_out(no_age, (0.49, 0.51))
    return parts | {"f_unknown": girls_and_women, "m_unknown": boys_and_men, "sex_unknown": no_sex}


def _known_shares(demographics: str) -> tuple[float, float, float]:
    """The shares of persons whose sex and age, only sex, and neither are known."""
    shares = {"unknown_age": (0.90, 0.10, 0.0), "unknown_sex": (0.70, 0.20, 0.10), "approximate": (0.97, 0.02, 0.01)}
    return shares.get(demographics, (1.0, 0.0, 0.0))

"""The made-up world as returns and registers: 24 offices, 2007 on the old form, 2008 on the new one.

It shows what real returns would make: offices on time, late, missing, rejected and nil, two returns of one office,
movements that agree and that do not. Nothing in it is real, and everything comes from a fixed seed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reporting.schema.compiled import load_schema
from reporting.workbook.template import Entry, Filling
from sample_submissions.builder.fictional_2007 import filling_2007
from sample_submissions.builder.fictional_answers import Tables, answers
from sample_submissions.builder.fictional_faults import REJECTED, SENT_TWICE, first_sent, with_faults
from sample_submissions.builder.fictional_focus import impact_of
from sample_submissions.builder.fictional_populations import change_rows, movement_rows, origin_rows, population_rows
from sample_submissions.builder.fictional_records import (
    advocacy_rows,
    good_practice_rows,
    partnership_rows,
    research_rows,
)
from sample_submissions.builder.fictional_trafficking import (
    claim_rows,
    focal_point_rows,
    nationality_rows,
    resettlement_rows,
    service_rows,
    training_rows,
    victims_rows,
)
from sample_submissions.builder.fictional_world import FictionalOffice, offices
from sample_submissions.builder.sources import records

DUE = {2007: "2008-02-15", 2008: "2009-02-15"}


def fillings() -> Iterator[tuple[str, Filling]]:
    """Each return with its path below ``sample_submissions``."""
    for office in offices():
        if office.cleared[2007]:
            yield f"fictional/2007/{office.code}-2007.xlsx", filling_2007(office)
        if not office.cleared[2008]:
            continue
        sent = filling_2008(office)
        if office.code == SENT_TWICE:
            yield f"fictional/2008/{office.code}-2008.xlsx", first_sent(sent)
            yield f"fictional/2008/{office.code}-2008-resubmitted.xlsx", sent
        else:
            yield f"fictional/2008/{office.code}-2008.xlsx", with_faults(sent) if office.code == REJECTED else sent


def registers() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The expected returns of both years, and the waivers and the register of follow-up of 2008."""
    for year in DUE:
        yield f"fictional/{year}/register.csv", [_expected(office, year) for office in offices()]
    for name in ("waivers", "follow_up"):
        yield f"fictional/2008/{name}.csv", [dict(row) for row in records(f"fictional_{name}")]


def filling_2008(office: FictionalOffice) -> Filling:
    """The return of an office for 2008, without any fault put in on purpose."""
    tables = _tables(office)
    impact = impact_of(office)
    return Filling(
        office=office.code,
        year=2008,
        fields=answers(office, tables, impact),
        impact=impact,
        tables=tables,
        explanations={
            row["code"]: row["text"] for row in records("fictional_explanations") if row["office"] == office.code
        },
    )


def _tables(office: FictionalOffice) -> Tables:
    tables: dict[str, list[Mapping[str, Entry]]] = {
        "populations": list(population_rows(office)),
        "population_changes": list(change_rows(office)),
        "origins": list(origin_rows(office)),
        "trafficked_persons": victims_rows(office),
        "victim_nationalities": list(nationality_rows(office)),
        "asylum_claims": list(claim_rows(office)),
        "resettlement_cases": list(resettlement_rows(office)),
        "victim_services": list(service_rows(office)),
        "movements": list(movement_rows(office)),
        "training": list(training_rows(office)),
        "partnerships": list(partnership_rows(office)),
        "focal_points": list(focal_point_rows(office)),
        "good_practices": list(good_practice_rows(office)),
        "advocacy": list(advocacy_rows(office)),
        "research": list(research_rows(office)),
    }
    return tables


def _expected(office: FictionalOffice, year: int) -> dict[str, str]:
    code = load_schema("apr-2008").codes["offices"].by_code[office.code]
    received, cleared = office.received[year], office.cleared[year]
    note = office.note if year == 2008 else ""
    return {
        "office": office.code,
        "label": code.label,
        "year": str(year),
        "bureau": code.attributes["bureau"],
        "countries": " ".join(office.countries),
        "due": DUE[year],
        "received": received.isoformat() if received else "",
        "cleared_on": cleared.isoformat() if cleared else "",
        "fictional": "yes",
        "note": note,
    }

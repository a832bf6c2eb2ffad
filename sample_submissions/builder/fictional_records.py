"""The tables of texts of the made-up offices: partnerships, good practices, advocacy and research."""

from __future__ import annotations

from collections.abc import Iterator

from reporting.workbook.template import Entry
from sample_submissions.builder.fictional_populations import Row
from sample_submissions.builder.fictional_world import FictionalOffice, codes, rotated
from sample_submissions.builder.sources import records

PRODUCTS = {
    "iom": "Joint procedures on identification and referral",
    "ilo": "A short course on forced labour for inspectors",
    "police": "A list of signs of trafficking for use at checkpoints",
    "asylum_authority": "A page on trafficking in the instructions of the authority",
    "national_group": "A national referral form",
    "judiciary": "A seminar on trafficking and refugee status",
    "labour_inspection": "Joint visits to work places",
    "labour_union": "A leaflet on contracts and wages",
    "child_welfare": "Guardians for children at risk",
    "unicef": "Common standards for the care of children who arrive alone",
    "faith_based": "Rooms for a first night in safety",
    "ngo": "A shelter agreement for persons of concern",
    "academic": "A study of routes and debts",
    "private_sector": "A code of conduct for recruiters",
    "community": "Watch groups against recruiters",
}


def partnership_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``partnerships``: the office's own partners, and a few of the wider list."""
    chance = office.random("partnerships")
    others = [body for body in codes("partner_bodies") if body != "unhcr"]
    further = rotated(others, office.number * 2, {"large": 6, "medium": 5, "small": 4, "tiny": 4}[office.scale])
    roles = codes("partner_roles")
    for place, body in enumerate(dict.fromkeys((*office.bodies, *further))):
        yield {
            "body": body,
            "role": roles[(office.number + place) % len(roles)],
            "meetings": chance.randint(1, 12) if chance.random() < 0.9 else "..",
            "joint_product": PRODUCTS.get(body),
        }


def good_practice_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``good_practices``."""
    for row in _own("fictional_practices", office):
        yield {**row, "since": int(str(row["since"]))}


def advocacy_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``advocacy``."""
    return _own("fictional_advocacy", office)


def research_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``research``."""
    return _own("fictional_research", office)


def _own(table: str, office: FictionalOffice) -> Iterator[dict[str, Entry]]:
    for row in records(table):
        if row["office"] == office.code:
            yield {name: text for name, text in row.items() if name != "office"}

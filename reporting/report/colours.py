"""The report's colours, from UNHCR's data visualization guidelines (``templates/colours.csv``)."""

from __future__ import annotations

import csv
from functools import cache
from typing import Final

from reporting.paths import templates_folder
from reporting.report.drawings import Hatching

_GROUPS: Final = {
    "REF": "Refugees",
    "ASY": "Asylum-seekers",
    "RET": "Returned refugees and IDPs",
    "IDP": "IDPs",
    "RDP": "Returned refugees and IDPs",
    "STA": "Stateless",
    "OTH": "Others of concern",
}

PAPER: Final = "#FFFFFF"
LAND: Final = "#E3E6EA"
"""Ground of charts and maps: what is not in the data."""


@cache
def colour(name: str, palette: str = "guideline_main") -> str:
    """The colour called ``name`` in a set of the guidelines, as ``#RRGGBB``."""
    return _table()[palette, name]


def group_fill(group: str) -> str:
    """The fill of a population group; returned displaced persons share the returned refugees' colour, hatched."""
    return "url(#hatch-RDP)" if group == "RDP" else colour(_GROUPS[group], "poc_2021")


def sex_fill(sex: str) -> str:
    """The fill of a sex: green and grey, never blue and red."""
    return {"f": colour("Green"), "m": colour("Grey")}.get(sex, "url(#hatch-unknown)")


def hatchings() -> tuple[Hatching, ...]:
    """The hatchings that fills refer to."""
    returned = colour("Returned refugees and IDPs", "poc_2021")
    return (
        Hatching("hatch-RDP", returned, PAPER),
        Hatching("hatch-unknown", colour("Others of concern", "poc_2021"), PAPER),
        Hatching("hatch-missing", colour("Red"), PAPER),
        Hatching("hatch-silent", colour("Others of concern", "poc_2021"), PAPER, across=True),
        Hatching("hatch-late", colour("Blue"), PAPER),
    )


@cache
def _table() -> dict[tuple[str, str], str]:
    with (templates_folder() / "colours.csv").open(encoding="utf-8", newline="") as file:
        return {(row["set"], row["name"]): row["hex"] for row in csv.DictReader(file)}

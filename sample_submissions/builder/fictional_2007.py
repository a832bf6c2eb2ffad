"""The returns of the made-up offices on the form of 2007: an overview of populations, narratives, one question."""

from __future__ import annotations

from datetime import date

from reporting.schema.compiled import load_schema
from reporting.workbook.template import Entry, Filling
from sample_submissions.builder.fictional_narratives import narrative, sentences, trafficking_narrative
from sample_submissions.builder.fictional_populations import Row
from sample_submissions.builder.fictional_world import FictionalCountry, FictionalOffice, codes, countries, rotated

COLUMNS = {
    "REF": "poc_refugees",
    "ASY": "poc_asylum_seekers",
    "RET": "poc_returned_refugees",
    "IDP": "poc_idps",
    "RDP": "poc_returned_idps",
    "STA": "poc_stateless",
    "OTH": "poc_others",
}

CORRECTED = ("XAK", "REF")
CORRECTED_LATER = 260
"""Persons counted twice in one return of 2007; the office opened 2008 without them."""


def filling_2007(office: FictionalOffice) -> Filling:
    """The return of an office for 2007; its populations are the opening figures of 2008."""
    return Filling(
        office=office.code,
        year=2007,
        fields={
            "cover.office": office.code,
            "cover.year": 2007,
            "cover.language": "en",
            "cover.countries": office.countries,
            "cover.prepared_by_post": office.post,
            "cover.cleared_by_post": "Representative",
            "cover.cleared_on": office.cleared[2007],
            "cover.classification": "confidential" if office.victims else "internal",
            "summary.overview": _narrative(office, "operations"),
            **{
                f"{category.id}.general.narrative": _narrative(office, category.id)
                for category in load_schema("apr-2007").categories
            },
            "security.sgbv.narrative": trafficking_narrative(office, "security.sgbv", 2007),
            "security.sgbv.trafficking_incidents": ".." if office.assessment == "not_assessed" else office.victims // 3,
        },
        tables={"overview": [_overview(office, countries()[code]) for code in office.countries]},
    )


def _narrative(office: FictionalOffice, category: str) -> str:
    """Two areas of the category, told in the words of the year."""
    areas = [area for area in sentences()["areas"] if area.startswith(f"{category}.")]
    chosen = office.random(f"areas {category}").sample(areas, 2)
    return "\n".join(narrative(office, area, "not_acceptable", 2007) for area in chosen)


def _overview(office: FictionalOffice, country: FictionalCountry) -> Row:
    approximate = "yes" if country.basis == "estimate" else "no"
    row: dict[str, Entry] = {
        "country": country.code,
        "poc_total": sum(country.stocks.values()) + (CORRECTED_LATER if country.code == CORRECTED[0] else 0),
        "poc_total_approximate": approximate,
        "national_population": country.national_population,
        "tip_tier": office.tier,
        "country_roles": office.roles,
        "forms": rotated([form for form in codes("forms") if form != "unknown"], office.number * 3, 3),
        "as_of": date(2007, 12, 31),
    }
    for group, column in COLUMNS.items():
        row[column] = country.stocks[group] + (CORRECTED_LATER if (country.code, group) == CORRECTED else 0)
        row[f"{column}_approximate"] = approximate if country.stocks[group] else "no"
    return row

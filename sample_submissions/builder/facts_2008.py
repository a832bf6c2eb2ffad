"""The form fields of 2008: what the review states of an office, and nothing else.

``answers_2008.csv`` names the few fields that a fact of the review answers, ``places_2008.csv`` the area in whose
narrative a fact stands. Work that the review does not date stands in narratives only; dated work only in its year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from reporting.schema.model import Area, FieldType, GivenBy, Schema
from reporting.workbook.filling import Entry
from sample_submissions.builder.changes import Flow, applications, decisions, solutions
from sample_submissions.builder.populations import NOT_AVAILABLE, at_end_of, is_published
from sample_submissions.builder.sources import Record, note_on, office_of, records

NOT_IN_SOURCES = "Not in the sources"
YEAR = "2008"

TIERS: Mapping[str, str] = {
    "1": "tier_1",
    "2": "tier_2",
    "2 Watch List": "tier_2_watch_list",
    "3": "tier_3",
    "special case": "special_case",
}
"""The tier as the review prints it → our code."""

ABOUT = (
    "Filled from public sources only, not by the office: UNHCR's statistics for 2007 and 2008 (Refugee Data Finder) and "
    "facts of UNHCR's review of trafficking of September 2008, cited by paragraph (¶). Work without a year is not dated in "
    "the review. What these sources do not say is left empty or marked as not available; an empty answer says nothing "
    "about the office."
)
ABOUT_TRAFFICKING = (
    "From the review of September 2008. Numbers of trafficked persons are not public and are marked as not available. "
    "The claims of ¶181 have no period and stand in narratives only."
)


def fields(office: str, countries: tuple[str, ...], schema: Schema) -> Mapping[str, Entry]:
    """Every field that the sources answer for ``office``."""
    answered: dict[str, Entry] = dict(_cover(office, countries))
    answered |= _answers(office, schema)
    answered |= _headquarters(office)
    answered |= _focal_point(office)
    answered |= _narratives(office, countries, schema)
    answered |= dict.fromkeys(_opened_areas(answered), "yes")
    return answered | dict.fromkeys(_numbers_not_public(answered, schema), NOT_AVAILABLE)


def headquarters_fields(answered: Mapping[str, Entry], schema: Schema) -> frozenset[str]:
    """The answered fields that headquarters gives."""
    return frozenset(name for name in answered if schema.fields[name].given_by is GivenBy.HEADQUARTERS)


def _cover(office: str, countries: tuple[str, ...]) -> Mapping[str, Entry]:
    return {
        "cover.office": office,
        "cover.year": int(YEAR),
        "cover.language": "en",
        "cover.countries": countries,
        "cover.uses_focus": "no",
        "cover.prepared_by_post": NOT_IN_SOURCES,
        "cover.cleared_by_post": NOT_IN_SOURCES,
        "cover.cleared_on": NOT_AVAILABLE,
        "cover.classification": "internal",
        "cover.trafficking_assessment": "not_assessed",
        "summary.overview": f"{ABOUT} {note_on(office)}".strip(),
        "summary.trafficking_overview": ABOUT_TRAFFICKING,
    }


def _answers(office: str, schema: Schema) -> Mapping[str, Entry]:
    stated = (row for row in records("answers_2008") if row["office"] in ("*", office))
    return {row["field"]: _typed(row, schema) for row in stated}


def _typed(row: Record, schema: Schema) -> Entry:
    asked = schema.fields[row["field"]]
    if asked.type is FieldType.COUNT and row["value"] != NOT_AVAILABLE:
        return int(row["value"])
    return row["value"]


def _headquarters(office: str) -> Mapping[str, Entry]:
    row = next((row for row in records("countries") if row["iso3"] == office), None)
    if row is None:
        return {}
    place = "environment.legal_framework"
    tier = TIERS.get(row["us_tip_tier"])
    given: dict[str, Entry] = {f"{place}.us_tip_tier": tier, f"{place}.tip_year": int(YEAR)} if tier else {}
    return given | {f"{place}.country_role": roles(row)}


def roles(row: Record) -> tuple[str, ...]:
    """Codes of the roles that Annex 5 states of a country without a doubt."""
    stated = {role: row[f"is_{role}"] for role in ("source", "transit", "destination")}
    stated["internal"] = row["internal_trafficking"]
    return tuple(role for role, word in stated.items() if word == "yes")


def _focal_point(office: str) -> Mapping[str, Entry]:
    named = any(row["iso3"] == office for row in records("focal_points"))
    return {"security.trafficking.focal_point": "yes"} if named else {}


def _narratives(office: str, countries: tuple[str, ...], schema: Schema) -> Mapping[str, Entry]:
    """Narratives by area: UNHCR's figures first, then the review's facts, those on trafficking apart where asked apart."""
    texts: dict[str, Entry] = {}
    facts = _facts_by_area(office)
    figures: defaultdict[str, list[str]] = defaultdict(list)
    for place, sentence in _figures(countries):
        figures[place].append(sentence)
    for _, area in schema.areas:
        sentences = facts.get(area.id, [])
        apart, rest = _split(sentences, area)
        if apart:
            texts[f"{area.id}.trafficking_narrative"] = " ".join(apart)
        if together := [*figures[area.id], *rest]:
            texts[f"{area.id}.narrative"] = " ".join(together)
    return texts


def _split(sentences: list[str], area: Area) -> tuple[list[str], list[str]]:
    """As many sentences as the trafficking narrative takes, and those left for the narrative."""
    room = next((item.max_length or 0 for item in area.fields if item.name == "trafficking_narrative"), 0)
    taken = 0
    while taken < len(sentences) and len(" ".join(sentences[: taken + 1])) <= room:
        taken += 1
    return sentences[:taken], sentences[taken:]


@cache
def _places() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Area by theme, and area by fact where a fact has a place of its own; an empty area leaves the fact out."""
    rows = records("places_2008")
    by_theme = {row["theme"]: row["area"] for row in rows if row["theme"]}
    return by_theme, {row["fact"]: row["area"] for row in rows if row["fact"]}


def _facts_by_area(office: str) -> Mapping[str, list[str]]:
    by_theme, by_fact = _places()
    placed: defaultdict[str, list[str]] = defaultdict(list)
    for row in records("office_facts"):
        if office_of(row["iso3"]) != office or not (row["id"] in by_fact or row["year"] in ("", YEAR)):
            continue
        area = by_fact.get(row["id"], by_theme[row["theme"]])
        sentence = _sentence(row, office)
        if area and sentence not in placed[area]:
            placed[area].append(sentence)
    return placed


def _sentence(row: Record, office: str) -> str:
    place = f"{row['office']}: " if row["iso3"] != office else ""
    cited = {"work": f"{row['year']}, {row['paragraph']}", "statement": f"{row['paragraph']}, as of {row['year']}"}
    return f"{place}{row['summary'].rstrip('.')} ({cited.get(row['year_of'], row['paragraph'])})."


def _figures(countries: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """A sentence with UNHCR's figures for the areas that they are about."""
    published = [country for country in countries if is_published(country)]
    lodged = sum((applications(country) for country in published), start=Flow())
    decided = sum((decisions(country, "dec_total") for country in published), start=Flow())
    if lodged or decided:
        text = f"UNHCR statistics 2008, all levels: applications of {lodged}; decisions on {decided}."
        yield "processes.status_determination", text
    for area, persons, words in (
        ("solutions.voluntary_return", _returned_to(published), "refugees returned to the country"),
        ("solutions.voluntary_return", _moved(published, "returned_refugees"), "refugees left it to return home"),
        ("solutions.resettlement", _moved(published, "resettlement"), "refugees were resettled into the country"),
        ("solutions.naturalization", _moved(published, "naturalisation"), "refugees were naturalized"),
    ):
        if persons:
            yield area, f"UNHCR statistics 2008: {persons:,} {words}."


def _returned_to(countries: list[str]) -> int:
    return sum(at_end_of(2008, country, "RET") for country in countries)


def _moved(countries: list[str], solution: str) -> int:
    return sum(solutions(country, solution) for country in countries)


def _opened_areas(answered: Mapping[str, Entry]) -> Iterator[str]:
    """The gate of every area in which something is answered; the others stay unanswered, never “no”."""
    for name in answered:
        category, _, rest = name.partition(".")
        area, _, field = rest.partition(".")
        if field:
            yield f"{category}.{area}.applicable"


def _numbers_not_public(answered: Mapping[str, Entry], schema: Schema) -> Iterator[str]:
    """Numbers of persons on trafficking that an opened area asks of an office with something to report."""
    if answered["cover.trafficking_assessment"] != "something_to_report":
        return
    for _, area in schema.areas:
        if f"{area.id}.applicable" in answered:
            for item in area.fields:
                if item.sensitive and not item.computed and item.id not in answered:
                    yield item.id

"""The reconstruction of 2007: Annex 5 of the review, put on the old form exactly as printed.

Figures stay as printed also where they do not add up; the validator says so. Where the review gives a closed list of
groups, the others are nil, else they stay blank (FORM 3). Slovenia stands in Hungary's return. Iraq has no figures in
the review and no return here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from reporting.workbook.filling import Entry, Filling
from sample_submissions.builder.facts_2008 import NOT_IN_SOURCES, TIERS, roles
from sample_submissions.builder.populations import NOT_AVAILABLE
from sample_submissions.builder.registers import NO_DATES, register_row
from sample_submissions.builder.sources import Record, office_of, records

YEAR = 2007
TOTAL = "poc_total"
GROUPS = (
    "poc_refugees",
    "poc_asylum_seekers",
    "poc_returned_refugees",
    "poc_idps",
    "poc_returned_idps",
    "poc_stateless",
    "poc_others",
)

FORMS: Mapping[str, str] = {
    "sexual exploitation": "sexual_exploitation",
    "forced labour": "forced_labour",
    "domestic servitude": "domestic_servitude",
    "slavery-like practices": "slavery_like",
    "forced marriage": "forced_marriage",
    "forced begging": "forced_begging",
    "debt bondage": "debt_bondage",
    "child soldiers/armed groups": "armed_group",
    "child sex tourism": "child_sex_tourism",
}
"""The form as our table of Annex 5 words it → our code."""

LATER_DATES: Mapping[str, date] = {"NPL": date(2008, 9, 30)}
"""Rows with a figure of a later month than the others: Nepal's asylum-seekers are of September 2008."""

SEATS_WITHOUT_FIGURES = ("HUN",)
"""Seats that Annex 5 does not describe, though the office answers for a country that it does."""

ABOUT = (
    "Reconstruction, not a return that an office sent: the figures are those that UNHCR's review of trafficking prints in "
    "its Annex 5 (September 2008), also where they do not add up. Other sheets of the return are empty because the review "
    "does not give their content."
)


def fillings() -> Iterator[tuple[str, Filling]]:
    """Each return with its path below ``sample_submissions``."""
    for office, rows in _by_office().items():
        yield f"{YEAR}/{office}-{YEAR}.xlsx", filling(office, rows)


def registers() -> Iterator[tuple[str, Sequence[Mapping[str, str]]]]:
    """The register of the 42 returns. Iraq, of which the review has no figures, is not expected."""
    note = f"Reconstruction from Annex 5 of the review. {NO_DATES}"
    yield (
        f"{YEAR}/register.csv",
        [register_row(office, YEAR, _countries(office, rows), note) for office, rows in _by_office().items()],
    )


def filling(office: str, rows: Sequence[Record]) -> Filling:
    """The return of one office from its countries' rows of Annex 5."""
    return Filling(
        office=office,
        year=YEAR,
        fields={
            "cover.office": office,
            "cover.year": YEAR,
            "cover.language": "en",
            "cover.countries": _countries(office, rows),
            "cover.prepared_by_post": NOT_IN_SOURCES,
            "cover.cleared_by_post": NOT_IN_SOURCES,
            "cover.cleared_on": NOT_AVAILABLE,
            "cover.classification": "internal",
            "summary.overview": " ".join([ABOUT, *(note for row in rows for note in _notes(row))]),
            "security.sgbv.trafficking_incidents": NOT_AVAILABLE,
            "security.general.narrative": " ".join(_situation(row) for row in rows),
        },
        tables={"overview": [*map(_not_described, _undescribed(office)), *map(overview_row, rows)]},
    )


def overview_row(row: Record) -> Mapping[str, Entry]:
    """A country's row as the review prints it; cells without a statement are left out."""
    approximate = approximate_figures(row)
    entries: dict[str, Entry] = {"country": row["iso3"], "national_population": int(row["population"])}
    for column in (TOTAL, *GROUPS):
        figure = _printed(row, column, approximate)
        if figure is not None:
            entries[column] = figure
            entries[f"{column}_approximate"] = "yes" if column in approximate else "no"
        elif column in _exact_beside_the_total(row):
            entries[column] = NOT_AVAILABLE
        elif row["breakdown_closed"] == "yes":
            entries[column] = 0
    if tier := TIERS.get(row["us_tip_tier"]):
        entries["tip_tier"] = tier
    entries["country_roles"] = roles(row)
    entries["forms"] = tuple(FORMS[form] for form in row["forms"].split("; "))
    entries["as_of"] = LATER_DATES.get(row["iso3"]) or date.fromisoformat(row["figures_as_of"])
    return entries


def approximate_figures(row: Record) -> Mapping[str, int]:
    """Column → figure that the review qualifies (“over”, “close to”, in words), where it names a number."""
    return {column: size for column, word, size in _qualified(row) if not word.startswith("exact")}


def _exact_beside_the_total(row: Record) -> Mapping[str, int]:
    """Column → exact figure that stands outside the total (Croatia's asylum-seekers, of another date).

    For the date of the total the figure is not available; the summary gives it with its own.
    """
    return {column: size for column, word, size in _qualified(row) if word.startswith("exact")}


def _qualified(row: Record) -> Iterator[tuple[str, str, int]]:
    for statement in filter(None, row["approximate_figures"].split("; ")):
        column, word, size = statement.split("|")
        if size:
            yield column, word, int(size)


def _printed(row: Record, column: str, approximate: Mapping[str, int]) -> int | None:
    """The figure that the review prints in the column, or None."""
    if row[column]:
        return int(row[column])
    return approximate.get(column)


def _notes(row: Record) -> Iterator[str]:
    if row["figures_as_of_basis"].startswith(("paragraph: total", "mixed")):
        yield f"{row['country']}, dates: {row['figures_as_of_basis']}."
    for column, size in _exact_beside_the_total(row).items():
        yield f"{row['country']}: {size:,} {column.removeprefix('poc_').replace('_', ' ')} are printed apart from the rest."
    if row["role_qualifier"]:
        yield f"{row['country']}, role: {row['role_qualifier']}."


def _situation(row: Record) -> str:
    """What Annex 5 names besides its figures."""
    named = {
        "affected": row["affected_groups"],
        "trafficked from": row["origin_countries"],
        "trafficked to": row["destination_countries"],
    }
    return (
        f"{row['country']} (Annex 5): "
        + "; ".join(f"{what} {whom.replace('; ', ', ')}" for what, whom in named.items() if whom)
        + "."
    )


def _by_office() -> Mapping[str, Sequence[Record]]:
    offices: dict[str, list[Record]] = {}
    for row in sorted(records("countries"), key=lambda row: office_of(row["iso3"])):
        offices.setdefault(office_of(row["iso3"]), []).append(row)
    return offices


def _undescribed(office: str) -> tuple[str, ...]:
    return (office,) if office in SEATS_WITHOUT_FIGURES else ()


def _not_described(country: str) -> Mapping[str, Entry]:
    return {"country": country, TOTAL: NOT_AVAILABLE, **dict.fromkeys(GROUPS, NOT_AVAILABLE)}


def _countries(office: str, rows: Sequence[Record]) -> tuple[str, ...]:
    return (*_undescribed(office), *(row["iso3"] for row in rows))

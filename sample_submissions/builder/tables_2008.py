"""The tables of 2008 on work against trafficking: rows that a fact of the review states, each with its paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reporting.workbook.filling import Entry
from sample_submissions.builder.populations import NOT_AVAILABLE
from sample_submissions.builder.sources import countries_covered, number, records

FACT_TABLES: Mapping[str, tuple[str, ...]] = {
    "partnerships": ("body", "role", "meetings", "joint_product"),
    "advocacy": ("kind", "subject", "stage", "outcome"),
    "research": ("title", "kind", "partners", "published"),
}
"""Tables whose rows stand, column by column, in ``<table>_2008.csv``."""


def fact_rows(table: str, office: str) -> list[Mapping[str, Entry]]:
    """The rows of one of :data:`FACT_TABLES`; empty cells stay empty."""
    columns = FACT_TABLES[table]
    stated = (row for row in records(f"{table}_2008") if row["office"] == office)
    return [{column: row[column] for column in columns if row[column]} for row in stated]


def focal_point_rows(office: str) -> Iterator[Mapping[str, Entry]]:
    """A row a post of Annex 9. The share of time is known for all offices together only (¶39)."""
    for row in records("focal_points"):
        if row["iso3"] == office:
            for post in row["post_titles"].split("; "):
                yield {
                    "post": post,
                    "share_of_time": NOT_AVAILABLE,
                    "trained": row["trained"] or None,
                    "countries": countries_covered()[office],
                }


def good_practice_rows(office: str) -> Iterator[Mapping[str, Entry]]:
    """The practices of Annex 10 that the table of sources gives a title; the review is public, so they may be published."""
    for row in records("good_practices"):
        if row["office"] == office and row["title"]:
            practice: dict[str, Entry] = {
                "category": row["category"],
                "title": row["title"],
                "summary": f"{row['summary']} (Annex 10)",
                "may_publish": "yes",
            }
            if row["partners"]:
                practice["partners"] = row["partners"]
            if row["year"]:
                practice["since"] = number(row["year"])
            yield practice


def trafficked_persons_rows(countries: tuple[str, ...]) -> Iterator[Mapping[str, Entry]]:
    """One row a country that says only that the number is not available."""
    unknown = dict.fromkeys(("main_form", "scope", "sex", "age", "identified_by", "identified_at"), "unknown")
    for country in countries:
        yield {"country": country, **unknown, "persons": NOT_AVAILABLE}

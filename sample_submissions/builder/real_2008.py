"""The 43 returns of 2008: real public facts, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reporting.schema.compiled import load_schema
from reporting.schema.model import Schema
from reporting.workbook.filling import Entry, Filling
from sample_submissions.builder.changes import change_rows
from sample_submissions.builder.facts_2008 import fields, headquarters_fields
from sample_submissions.builder.flows import movement_rows, origin_rows
from sample_submissions.builder.populations import population_rows
from sample_submissions.builder.registers import NO_DATES, register_row
from sample_submissions.builder.sources import countries_covered, note_on
from sample_submissions.builder.tables_2008 import (
    FACT_TABLES,
    fact_rows,
    focal_point_rows,
    good_practice_rows,
    trafficked_persons_rows,
)

YEAR = 2008


def fillings() -> Iterator[tuple[str, Filling]]:
    """Each return with its path below ``sample_submissions``."""
    schema = load_schema("apr-2008")
    for office, countries in countries_covered().items():
        yield f"{YEAR}/{office}-{YEAR}.xlsx", filling(office, countries, schema)


def filling(office: str, countries: tuple[str, ...], schema: Schema) -> Filling:
    """The return of one office."""
    answered = fields(office, countries, schema)
    return Filling(
        office=office,
        year=YEAR,
        fields=answered,
        tables=_tables(office, countries, answered),
        given_by_headquarters=headquarters_fields(answered, schema),
    )


def registers() -> Iterator[tuple[str, Sequence[Mapping[str, str]]]]:
    """The register of the 43 returns."""
    yield (
        f"{YEAR}/register.csv",
        [
            register_row(office, YEAR, countries, f"{NO_DATES}. {note_on(office)}".strip())
            for office, countries in countries_covered().items()
        ],
    )


def _tables(
    office: str, countries: tuple[str, ...], answered: Mapping[str, Entry]
) -> Mapping[str, Sequence[Mapping[str, Entry]]]:
    victims = answered["cover.trafficking_assessment"] == "something_to_report"
    return {
        "populations": [row for country in countries for row in population_rows(country)],
        "population_changes": [row for country in countries for row in change_rows(country)],
        "origins": [row for country in countries for row in origin_rows(country)],
        "movements": list(movement_rows(countries)),
        "trafficked_persons": list(trafficked_persons_rows(countries)) if victims else [],
        "focal_points": list(focal_point_rows(office)),
        "good_practices": list(good_practice_rows(office)),
        **{table: fact_rows(table, office) for table in FACT_TABLES},
    }

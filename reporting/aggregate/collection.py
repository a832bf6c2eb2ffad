"""A folder's returns of one year: what was sent, what of it counts, and what it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reporting.aggregate.coverage import Coverage, coverage_of
from reporting.aggregate.facts import claimed_countries, covered_twice, facts
from reporting.aggregate.figures import Figures, Level, figures
from reporting.errors import UsageError
from reporting.findings import FileResult
from reporting.returns.folder import authoritative
from reporting.returns.register import Register
from reporting.schema.compiled import load_schema
from reporting.schema.model import Schema
from reporting.workbook.answers import Return

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Collection:
    """``returns`` are those in the figures, sorted by office; ``results`` the outcome of every file of the year."""

    schema: Schema
    year: int
    results: tuple[FileResult, ...]
    returns: tuple[Return, ...]
    coverage: Coverage

    @cached_property
    def facts(self) -> pl.DataFrame:
        """Every value of the returns in the figures (:func:`reporting.aggregate.facts.facts`)."""
        return facts(self.returns, {row.office: row.bureau for row in self.coverage.rows})

    @cached_property
    def figures(self) -> Figures:
        """All figures of the schema, at all levels."""
        return figures(self.facts, self.schema)

    @property
    def fictional(self) -> bool:
        """Whether any return is of the made-up world: then everything made of it is."""
        offices = self.schema.codes["offices"].by_code
        return any(
            offices[row.office].attributes.get("fictional") == "yes"
            for row in self.coverage.rows
            if row.office in offices
        )

    def areas(self, level: Level) -> dict[str, bool]:
        """The places of ``level`` that should report, and whether a return in the figures stands behind each."""
        used = [row for row in self.coverage.rows if row.state.counts]
        match level:
            case Level.OFFICE:
                reporting = {row.office for row in used}
                every = {row.office for row in self.coverage.rows}
            case Level.COUNTRY:
                reporting = {country for row in used for country in row.countries}
                every = {country for row in self.coverage.rows for country in row.countries}
            case Level.BUREAU:
                reporting = {row.bureau for row in used}
                every = {row.bureau for row in self.coverage.rows}
            case Level.WORLD:
                return {"world": bool(used)}
        return {area: area in reporting for area in sorted(every) if area}


def collection_of(
    checked: Sequence[tuple[FileResult, Return | None]], register: Register | None, year: int | None
) -> Collection:
    """The collection of the files in ``checked``, of ``year`` or of the only one there is.

    Raises:
        UsageError: the files hold several years and ``year`` is not given, or none of them could be read.
    """
    chosen = _year(checked, register, year)
    of_year = [item for item in checked if item[0].year in (chosen, None)]
    usable = [returned for result, returned in of_year if returned is not None and result.verdict.usable]
    kept, _ = authoritative(usable)
    schema = load_schema(_schema_id(of_year, chosen))
    owed = register.of_year(chosen) if register else None
    twice = covered_twice({returned.office: claimed_countries(returned) for returned in kept})
    coverage = coverage_of(of_year, schema, owed, twice, chosen)
    results = tuple(result for result, _ in of_year)
    return Collection(schema, chosen, results, tuple(sorted(kept, key=lambda item: item.office)), coverage)


def _year(checked: Sequence[tuple[FileResult, Return | None]], register: Register | None, year: int | None) -> int:
    if year is not None:
        return year
    years = {result.year for result, _ in checked if result.year is not None}
    years = years or set(register.years if register else ())
    if not years:
        raise UsageError("no file here could be read as a return; `apr validate` says why")
    if len(years) > 1:
        raise UsageError(
            f"the files are of several years ({', '.join(map(str, sorted(years)))}): choose one with --year"
        )
    return years.pop()


def _schema_id(checked: Sequence[tuple[FileResult, Return | None]], year: int) -> str:
    """The form of the returns; several forms in one year would not add up."""
    forms = sorted({returned.schema_id for _, returned in checked if returned is not None})
    if len(forms) > 1:
        raise UsageError(f"the returns of {year} are on several forms ({', '.join(forms)}): bring them onto one")
    return forms[0] if forms else f"apr-{year}"

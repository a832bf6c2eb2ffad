"""A folder's returns of one year: what was sent, what of it counts, and what it covers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reporting.aggregate.behind import with_coverage
from reporting.aggregate.coverage import Coverage, coverage_of
from reporting.aggregate.facts import counted_once, covered_twice, facts_of
from reporting.aggregate.figures import Figures, Level, figures, with_gaps
from reporting.aggregate.observations import ORIGIN, PLACES, VALUES, by_id, ids_behind
from reporting.aggregate.trace import TracedFigure, Tracer
from reporting.errors import RegisterError, UsageError
from reporting.findings import FileResult
from reporting.returns.folder import authoritative
from reporting.returns.register import ExpectedReturn, Register
from reporting.schema.compiled import load_schema
from reporting.schema.model import Indicator, Schema
from reporting.workbook.answers import Return

if TYPE_CHECKING:
    import polars as pl

Recorded = Callable[[Sequence[FileResult]], "pl.LazyFrame"]
"""The facts of files that were read, as each has them (:func:`reporting.aggregate.facts.facts_of`)."""


@dataclass(frozen=True)
class Collection:
    """What was sent of ``year``.

    ``results`` are the outcomes of all files; ``used`` are those of the returns in the figures, sorted by office, and
    ``returns`` these returns themselves, empty where only their facts were asked for. ``recorded`` gives the facts of files.
    """

    schema: Schema
    year: int
    results: tuple[FileResult, ...]
    used: tuple[FileResult, ...]
    returns: tuple[Return, ...]
    coverage: Coverage
    recorded: Recorded
    folder: Path | None = None
    """Where the files were found."""

    @cached_property
    def facts(self) -> pl.DataFrame:
        """Every value of the returns in the figures, each with the bureau of its office, and none counted twice.

        A row about a country that two returns cover is counted once (:func:`reporting.aggregate.facts.counted_once`).
        """
        return self._facts.collect()

    @cached_property
    def figures(self) -> Figures:
        """All figures of the schema, at all levels."""
        made = figures(self.facts_behind(self.schema.indicators), self.schema)
        return with_coverage(made, self.coverage)

    def figures_at(self, level: Level, indicators: Sequence[Indicator] | None = None) -> Figures:
        """The figures of ``indicators`` (default: all) at one level, with one for each place of which nothing is known."""
        chosen = self.schema.indicators if indicators is None else indicators
        made = figures(self.facts_behind(chosen), self.schema, [level], [item.id for item in chosen])
        return with_coverage(with_gaps(made, level, self.areas(level)), self.coverage)

    def traced(self, made: Figures, level: Level) -> Iterator[TracedFigure]:
        """The figures of ``made`` at one level, each with the values behind it."""
        chosen = [series.indicator for series in made.series]
        tracer = Tracer(by_id(self.facts_behind(chosen, origin=True)), self.schema, self.results)
        for series in made.series:
            yield from tracer.trace(series.indicator, level, made.select(series.indicator.id, level))

    def facts_behind(self, indicators: Iterable[Indicator], *, origin: bool = False) -> pl.DataFrame:
        """The facts that ``indicators`` draw on, without columns that no figure needs; with ``origin`` those of a trace.

        Ten thousand returns have ten million facts, of which figures need a part.
        """
        import polars as pl

        ids = ids_behind(indicators, self.schema) | {self.schema.persons_of_concern}
        columns = (*PLACES, "id", "row", *VALUES, *(name for name in ORIGIN if origin and name != "id"))
        chosen = self._facts.filter(pl.col("id").is_in(pl.Series(sorted(ids), dtype=pl.Categorical).implode()))
        return chosen.select(columns).collect()

    @cached_property
    def _facts(self) -> pl.LazyFrame:
        twice = covered_twice({result.office: result.claims for result in self.used})
        return counted_once(self.recorded(self.used), twice, {row.office: row.bureau for row in self.coverage.rows})

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
    checked: Sequence[tuple[FileResult, Return | None]],
    register: Register | None,
    year: int | None,
    recorded: Recorded | None = None,
) -> Collection:
    """The collection of the files in ``checked``, of ``year`` or of the only one there is.

    ``recorded`` gives the facts of files; by default they are those of the returns in ``checked``.

    Raises:
        UsageError: the files hold several years and ``year`` is not given, it is none of them, or none could be read.
        RegisterError: the register knows a bureau that the form does not.
    """
    chosen = _year(checked, register, year)
    results = tuple(result for result, _ in checked if result.year in (chosen, None))
    used, _ = authoritative([result for result in results if result.verdict.usable])
    schema = load_schema(_schema_id(results, chosen))
    owed = register.of_year(chosen) if register else None
    _refuse_unknown_bureaus((owed or {}).values(), schema)
    twice = covered_twice({result.office: result.claims for result in used})
    coverage = coverage_of(results, schema, owed, twice, chosen)
    returns = {result.path: returned for result, returned in checked if returned is not None}
    counted = tuple(returns[result.path] for result in used if result.path in returns)
    source = recorded or (lambda _: facts_of(counted).lazy())
    return Collection(schema, chosen, results, tuple(used), counted, coverage, source)


def _year(checked: Sequence[tuple[FileResult, Return | None]], register: Register | None, year: int | None) -> int:
    read = {result.year for result, _ in checked if result.year is not None}
    owed = set(register.years if register else ())
    if year is not None and (known := read | owed) and year not in known:
        raise UsageError(f"there is no return of {year} here, and none is owed: --year is {_any_of(known)}")
    if year is not None:
        return year
    years = read or owed
    if not years:
        raise UsageError("no file here could be read as a return; `apr validate` says why")
    if len(years) > 1:
        raise UsageError(
            f"the files are of several years ({', '.join(map(str, sorted(years)))}): choose one with --year"
        )
    return years.pop()


def _any_of(years: Iterable[int]) -> str:
    return " or ".join(map(str, sorted(years)))


def _refuse_unknown_bureaus(owed: Iterable[ExpectedReturn], schema: Schema) -> None:
    """Refuse a register that puts an office into a bureau that the form does not know: no regional report would tell of it.

    Raises:
        RegisterError: an office stands in such a bureau.
    """
    bureaus = schema.codes["bureaus"].by_code
    for item in owed:
        if item.bureau not in bureaus:
            raise RegisterError(
                f"the register puts {item.office} into “{item.bureau}”, which is no bureau; there are {', '.join(bureaus)}"
            )


def _schema_id(results: Sequence[FileResult], year: int) -> str:
    """The form of the returns; several forms in one year would not add up."""
    forms = sorted({result.form for result in results if result.form})
    if len(forms) > 1:
        raise UsageError(f"the returns of {year} are on several forms ({', '.join(forms)}): bring them onto one")
    return forms[0] if forms else f"apr-{year}"

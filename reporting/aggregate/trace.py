"""From a figure back to the cells it is made of (DESIGN 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from reporting.aggregate.figures import Figure, Level
from reporting.aggregate.observations import FactsById, observations, whole_of
from reporting.aggregate.roll_up import NOT_STATED, headings_of, placed
from reporting.findings import FileResult, Finding
from reporting.schema.model import FieldType, Indicator, Schema
from reporting.workbook.addresses import column_of, letters_of, number_of

if TYPE_CHECKING:
    import polars as pl


class Role(StrEnum):
    """What a cell gives to a figure."""

    PART = "part"
    """What is added up, counted or listed."""
    WHOLE = "whole"
    """What the parts of a share or a ratio are set against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One value behind a figure, with the cell it stands in.

    ``number`` is what counts for the figure: the value, or 1 for an answer or a row that is counted; None where the
    value is missing, and ``missing`` says why. ``answer`` is the text of a coded answer, or the date; what an office
    wrote in its own words is not repeated here. ``findings`` name the codes at the cell, with the explanation of the office or the
    waiver of the bureau behind them.
    """

    role: Role
    office: str
    country: str
    field: str
    number: float | None
    answer: str
    missing: str
    approximate: bool
    given_by: str
    path: str
    sha256: str
    sheet: str
    cell: str
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TracedFigure:
    """A figure with all that stands behind it, sorted by office, sheet and cell."""

    figure: Figure
    contributions: tuple[Contribution, ...]


class Tracer:
    """Leads from the figures of a folder back to its cells; ``results`` are the outcomes of the files of the facts."""

    def __init__(self, facts: FactsById, schema: Schema, results: Iterable[FileResult]) -> None:
        self._facts = facts
        self._schema = schema
        self._files = {result.sha256: _File(result) for result in results}

    def trace(self, indicator: Indicator, level: Level, made: Iterable[Figure]) -> list[TracedFigure]:
        """The figures ``made`` of an indicator at a level, each with its contributions."""
        behind: dict[tuple[str, ...], list[Contribution]] = {}
        for role, source in ((Role.PART, indicator), (Role.WHOLE, whole_of(indicator))):
            if source is not None:
                rows = _rows(self._facts, source, self._schema, level)
                _gather(behind, rows, role, self._schema, self._files)
        return [
            TracedFigure(item, tuple(sorted(behind.get((item.area, *item.dimensions.values()), ()), key=_place)))
            for item in made
        ]


class _File:
    """A file with the findings at each of its cells."""

    def __init__(self, result: FileResult) -> None:
        self.path = result.path
        self._by_cell: dict[tuple[str, str], list[Finding]] = {}
        for finding in result.findings:
            for cell in finding.cells:
                sheet, _, address = cell.rpartition("!")
                self._by_cell.setdefault((sheet or finding.sheet, address), []).append(finding)

    def at(self, sheet: str, cells: Sequence[str]) -> tuple[str, ...]:
        """The findings at the cells, each once: its code and what was said to it."""
        found = (finding for cell in cells for finding in self._by_cell.get((sheet, cell), ()))
        return tuple(dict.fromkeys(_said(finding) for finding in found))


def _said(finding: Finding) -> str:
    if finding.waiver:
        return f"{finding.code} (waived: {finding.waiver})"
    return f"{finding.code} (explained: {finding.explanation})" if finding.explanation else finding.code


def _rows(indexed: FactsById, indicator: Indicator, schema: Schema, level: Level) -> pl.DataFrame:
    """The observations with their places and origins, headings as the figures have them."""
    import polars as pl

    seen = observations(indexed, indicator, schema, origin=True)
    headings = headings_of(seen)
    return placed(seen, level).with_columns(
        pl.concat_list("area", *(pl.col(name).fill_null(NOT_STATED) for name in headings)).alias("key")
    )


def _gather(
    behind: dict[tuple[str, ...], list[Contribution]],
    rows: pl.DataFrame,
    role: Role,
    schema: Schema,
    files: Mapping[str, _File],
) -> None:
    for row in rows.iter_rows(named=True):
        behind.setdefault(tuple(row["key"]), []).append(_contribution(row, role, schema, files))


def _contribution(row: Mapping[str, Any], role: Role, schema: Schema, files: Mapping[str, _File]) -> Contribution:
    question = schema.question(row["id"])
    own_words = question is not None and question.type is FieldType.TEXT
    file = files.get(row["sha256"])
    return Contribution(
        role=role,
        office=row["office"],
        country=row["country"],
        field=row["id"],
        number=row["number"],
        answer="" if own_words else row["text"] or "",
        missing=row["missing"] or "",
        approximate=row["approximate"],
        given_by=row["given_by"],
        path=file.path if file else "",
        sha256=row["sha256"],
        sheet=row["sheet"],
        cell=row["cell"],
        findings=file.at(row["sheet"], row["cell"].split()) if file else (),
    )


def _place(item: Contribution) -> tuple[Any, ...]:
    first = item.cell.partition(" ")[0]
    where = (number_of(first), column_of(letters_of(first))) if first else (0, 0)
    return (item.office, item.role, item.sheet, *where)

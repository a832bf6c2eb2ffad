"""What is exported as tables: the columns with their types, meanings and HXL tags, and the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from reporting.aggregate.coverage import Coverage, CoverageRow
from reporting.aggregate.figures import Figure, Figures, Level
from reporting.aggregate.trace import Contribution, TracedFigure
from reporting.schema.model import Indicator

Value = str | int | float | bool | None
"""A cell; None where nothing is known."""


class Kind(StrEnum):
    """What a column holds; the names are those of the Table Schema standard."""

    STRING = "string"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``tag`` is its hashtag of the Humanitarian Exchange Language; ``width`` is that in a workbook, in characters."""

    name: str
    kind: Kind
    tag: str
    description: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table to export. ``key`` names the column by which others refer to its rows, where there is one."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    key: str = ""


_TEXT, _NUMBER, _WHOLE, _TRUTH, _DATE = Kind.STRING, Kind.NUMBER, Kind.INTEGER, Kind.BOOLEAN, Kind.DATE
_FIGURE: Final = (
    Column("id", _TEXT, "#meta+id", "Identifies the figure; apr trace takes it.", 44),
    Column("indicator", _TEXT, "#indicator+code", "The indicator, explained in the table of indicators.", 34),
    Column("level", _TEXT, "#loc+type", "office, country, bureau or world.", 9),
    Column("area", _TEXT, "#loc+code", "The office, country or bureau; world.", 12),
    Column("dimensions", _TEXT, "#indicator+breakdown", "The breakdown, as heading=code.", 28),
)
_AREA_TAGS: Final = {
    Level.OFFICE: "#org+code",
    Level.COUNTRY: "#country+code+v_iso3",
    Level.BUREAU: "#org+code+bureau",
    Level.WORLD: "#loc+code",
}
FIGURES: Final = (
    *_FIGURE,
    Column("value", _NUMBER, "#indicator+value+num", "The figure; empty where it is not known.", 14),
    Column("status", _TEXT, "#status", "known, or why it is not.", 14),
    Column("approximate", _TRUTH, "#meta+approximate", "Whether any value in it is approximate.", 12),
    Column("items", _TEXT, "#indicator+list", "The answers counted, separated by spaces.", 16),
    Column("contributors", _WHOLE, "#meta+contributors+num", "Offices with a known value in it.", 12),
    Column("expected", _WHOLE, "#meta+expected+num", "Offices that should report.", 10),
    Column("persons_share", _NUMBER, "#meta+coverage+pct", "Per cent of the persons of concern behind it.", 13),
    Column("persons_at_most", _TRUTH, "#meta+coverage+bound", "Whether that share can only be smaller.", 15),
    Column("combines", _TEXT, "#meta+combines", "How it combines over places.", 12),
    Column("unit", _TEXT, "#indicator+unit", "What is counted.", 16),
    Column("caution", _TEXT, "#meta+caution", "What a reader must know.", 40),
)
TRACE: Final = (
    Column("figure", _TEXT, "#meta+id", "The figure that the value goes into.", 44),
    Column("role", _TEXT, "#meta+role", "part, or the whole it is set against.", 8),
    Column("office", _TEXT, "#org+code", "The office whose return it is.", 8),
    Column("country", _TEXT, "#country+code+v_iso3", "The country it is about; empty where it is about several.", 9),
    Column("field", _TEXT, "#meta+field", "The question of the form.", 34),
    Column("number", _NUMBER, "#indicator+value+num", "What counts; empty where it is missing.", 12),
    Column("answer", _TEXT, "#indicator+answer", "The code of an answer, or a date.", 18),
    Column("missing", _TEXT, "#meta+missing", ".. not available, na not applicable, blank.", 9),
    Column("approximate", _TRUTH, "#meta+approximate", "Whether the office marked it as approximate.", 12),
    Column("given_by", _TEXT, "#meta+source", "office or headquarters.", 12),
    Column("path", _TEXT, "#meta+file", "The file.", 30),
    Column("sha256", _TEXT, "#meta+hash", "The hash of the file.", 18),
    Column("sheet", _TEXT, "#meta+sheet", "The sheet of the workbook.", 18),
    Column("cell", _TEXT, "#meta+cell", "The cell, or the cells.", 8),
    Column("findings", _TEXT, "#meta+findings", "What was found at the cell, and how it was explained.", 40),
    Column("caution", _TEXT, "#meta+caution", "What a reader of the figure must know.", 40),
)
COVERAGE: Final = (
    Column("office", _TEXT, "#org+code", "The office.", 8),
    Column("label", _TEXT, "#org+name", "Its name.", 26),
    Column("bureau", _TEXT, "#org+parent+code", "The bureau it reports to.", 14),
    Column("countries", _TEXT, "#country+code+v_iso3+list", "The countries covered, separated by spaces.", 20),
    Column("state", _TEXT, "#status", "What has become of the return.", 14),
    Column("in_figures", _TRUTH, "#meta+used", "Whether the return is in the figures.", 10),
    Column("owed", _TRUTH, "#meta+owed", "Whether the register expects it.", 8),
    Column("nil", _TRUTH, "#meta+nil", "Whether it is nil as to trafficking: assessed, none found.", 8),
    Column("verdict", _TEXT, "#meta+verdict", "The verdict of the checks.", 12),
    Column("due", _DATE, "#date+due", "When it is due; empty where not recorded.", 12),
    Column("received", _DATE, "#date+received", "When it came.", 12),
    Column("cleared_on", _DATE, "#date+cleared", "When the office cleared it.", 12),
    Column("path", _TEXT, "#meta+file", "The file.", 34),
    Column("note", _TEXT, "#meta+remark", "The register's remark.", 40),
)
INDICATORS: Final = (
    Column("id", _TEXT, "#indicator+code", "Identifies the indicator.", 40),
    Column("label", _TEXT, "#indicator+name", "What it says.", 50),
    Column("measure", _TEXT, "#meta+measure", "How a figure is made of the values.", 14),
    Column("draws_on", _TEXT, "#meta+field+list", "The questions it is made of, separated by spaces.", 40),
    Column("filter", _TEXT, "#meta+filter", "Which rows count, in the form's language of rules.", 30),
    Column("breakdown", _TEXT, "#indicator+breakdown", "The headings, separated by spaces.", 20),
    Column("combines", _TEXT, "#meta+combines", "How it combines over places.", 12),
    Column("unit", _TEXT, "#indicator+unit", "What is counted.", 16),
    Column("caution", _TEXT, "#meta+caution", "What a reader must know.", 50),
    Column("source", _TEXT, "#meta+source", "Where the form or the review asks for it.", 24),
)


def figures_table(made: Figures) -> ExportTable:
    """One row a figure; where all are of one level, the tag of their areas says which."""
    rows = tuple(map(_figure, made))
    levels = {item.level for item in made}
    area = _AREA_TAGS[levels.pop() if len(levels) == 1 else Level.WORLD]
    columns = tuple(replace(column, tag=area) if column.name == "area" else column for column in FIGURES)
    return ExportTable("figures", "Figures", columns, rows, key="id")


def trace_table(traced: Iterable[TracedFigure], folder: Path | None = None) -> ExportTable:
    """One row a value in a figure; a figure that nothing stands behind has a row that is empty but for its id and caution.

    Files are named from ``folder`` on, so that the same returns give the same table wherever they lie.
    """
    rows = (_contribution(item.figure, one, folder) for item in traced for one in item.contributions or (None,))
    return ExportTable("trace", "The values behind the figures", TRACE, tuple(rows))


def coverage_table(coverage: Coverage, folder: Path | None = None) -> ExportTable:
    """One row a return that is owed or was sent; files are named from ``folder`` on."""
    rows = tuple(_coverage(row, folder) for row in coverage.rows)
    return ExportTable("coverage", "Coverage of returns", COVERAGE, rows)


def indicators_table(indicators: Sequence[Indicator]) -> ExportTable:
    """One row an indicator: how its figures are made."""
    return ExportTable("indicators", "Methods", INDICATORS, tuple(map(_indicator, indicators)), key="id")


def _within(path: str, folder: Path | None) -> str:
    if folder is None or not Path(path).is_relative_to(folder):
        return path
    return Path(path).relative_to(folder).as_posix()


def dimensions_text(item: Figure) -> str:
    """The breakdown of a figure as ``group=REF sex=f``."""
    return " ".join(f"{name}={code}" for name, code in item.dimensions.items())


def exact(value: float | None) -> int | float | None:
    """A whole number without its decimal point."""
    return int(value) if value is not None and value == int(value) else value


def _figure(item: Figure) -> tuple[Value, ...]:
    place = (item.id, item.indicator, str(item.level), item.area, dimensions_text(item))
    value = (exact(item.value), str(item.status), item.approximate, " ".join(item.items))
    share = None if item.persons_share is None else round(item.persons_share, 2)
    behind = (item.contributors, item.expected, share, item.persons_at_most)
    return (*place, *value, *behind, str(item.combines), item.unit, item.caution)


def _contribution(figure: Figure, one: Contribution | None, folder: Path | None) -> tuple[Value, ...]:
    if one is None:
        return (figure.id, *[None] * (len(TRACE) - 2), figure.caution)
    place = (figure.id, str(one.role), one.office, one.country, one.field)
    value = (exact(one.number), one.answer, one.missing, one.approximate, one.given_by)
    return (
        *place,
        *value,
        _within(one.path, folder),
        one.sha256,
        one.sheet,
        one.cell,
        "; ".join(one.findings),
        figure.caution,
    )


def _coverage(row: CoverageRow, folder: Path | None) -> tuple[Value, ...]:
    dates: Iterator[str | None] = (day.isoformat() if day else None for day in (row.due, row.received, row.cleared_on))
    said = (str(row.state), row.state.counts, row.owed, row.nil, str(row.verdict) if row.verdict else "")
    return (
        row.office,
        row.label,
        row.bureau,
        " ".join(row.countries),
        *said,
        *dates,
        _within(row.path, folder),
        row.note,
    )


def _indicator(item: Indicator) -> tuple[Value, ...]:
    drawn = dict.fromkeys((*((item.draws_on,) if item.draws_on else ()), *(part.draws_on for part in item.parts)))
    drawn |= dict.fromkeys((item.of,) if item.of else ())
    made = (str(item.measure), " ".join(drawn), item.where, " ".join(item.by), str(item.combines))
    return (item.id, item.label, *made, item.unit, item.caution, item.source)

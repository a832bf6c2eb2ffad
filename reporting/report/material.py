"""What the chapters draw on: the returns and figures of one report, with names, words and number formats."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from gettext import NullTranslations

from reporting.aggregate.changes import Changes
from reporting.aggregate.coverage import Coverage, CoverageRow, State
from reporting.aggregate.figures import WORLD_AREA, Figure, Level, added_up
from reporting.findings import FileResult, Finding, Severity
from reporting.languages import ENGLISH, report_words, to_say
from reporting.personal_data import masked
from reporting.report import numbers
from reporting.report.cells import Cell
from reporting.report.request import Kind
from reporting.returns.follow_up import Decisions
from reporting.schema.model import Schema
from reporting.translator import Translator
from reporting.workbook.answers import Return

GROUPS = ("REF", "ASY", "RET", "IDP", "RDP", "STA", "OTH")
FLOWS = ("RET", "RDP")
"""Groups that are the year's flow, not a stock: they have no opening figure."""

_WORDS = {
    "not_answered": to_say("not answered"),
    "not_submitted": to_say("not submitted"),
    "not_added": to_say("not added up"),
}
_SIGNS = {"not_available": numbers.NOT_AVAILABLE, "not_applicable": numbers.NOT_APPLICABLE}

FigureKey = tuple[str, str, str, frozenset[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of known values: None where none is known, approximate where one of them is."""

    value: float | None
    approximate: bool = False


@dataclass(frozen=True, kw_only=True)
class Material:
    """The content of one report.

    ``level`` says whether it is about an office, a bureau or the world; ``bureaus`` are those in scope, in the order of
    the schema; ``returns`` the authoritative, usable ones in scope, by bureau and label.
    """

    kind: Kind
    level: Level
    schema: Schema
    year: int
    language: str
    edition: str
    bureaus: tuple[str, ...]
    returns: tuple[Return, ...]
    files: tuple[FileResult, ...]
    coverage: Coverage
    figures: tuple[Figure, ...]
    fictional: bool
    as_of: date | None = None
    decisions: Decisions | None = None
    """What the register of follow-up says; None where there is no register."""
    between: tuple[Finding, ...] = ()
    """What the returns in the figures say of each other, where an office in scope is concerned."""
    changes: Changes | None = None
    """What changed since an earlier year, where the report is compared with one."""

    def say(self, text: str, **values: object) -> str:
        """``text`` in the report's language, with ``values`` put in."""
        said = self._words.gettext(text)
        return said.format(**values) if values else said

    def finding(self, finding: Finding) -> Finding:
        """A finding in the report's language."""
        return Translator(self.language).finding(finding, self.schema.id)

    def say_many(self, one: str, many: str, count: int, **values: object) -> str:
        """The form of a text that goes with ``count``, which stands as ``{count}`` in it."""
        return self._words.ngettext(one, many, count).format(count=self.count(count), **values)

    def offices(self, count: int) -> str:
        """So many offices."""
        return self.say_many("{count} office", "{count} offices", count)

    def countries(self, count: int) -> str:
        """So many countries and territories."""
        return self.say_many("{count} country or territory", "{count} countries and territories", count)

    def found(self, severity: Severity, count: int) -> str:
        """So many findings of a severity."""
        match severity:
            case Severity.ERROR:
                return self.say_many("{count} error", "{count} errors", count)
            case Severity.QUERY:
                return self.say_many("{count} query", "{count} queries", count)
            case Severity.NOTE:
                return self.say_many("{count} note", "{count} notes", count)

    def listed(self, items: Iterable[str]) -> str:
        """Names one after the other."""
        return self.say(", ").join(items)

    def listed_apart(self, items: Iterable[str]) -> str:
        """Phrases one after the other, which may have commas of their own."""
        return self.say("; ").join(items)

    def direction(self, text: str) -> str:
        """``rtl`` or ``ltr`` where a text runs against the report, by its first letter; else empty."""
        found = _direction(text)
        return found if found != numbers.direction_of(self.language) else ""

    def count(self, value: int) -> str:
        """A count within a sentence: nil is a figure, not a dash."""
        return numbers.number(value, self.language) if value else "0"

    def number(self, value: float) -> str:
        """A number as printed."""
        return numbers.number(value, self.language)

    def share(self, part: float | None, whole: float | None) -> str:
        """A part in per cent of the whole, as printed."""
        return numbers.share(part, whole, self.language)

    def label(self, code_list: str, code: str) -> str:
        """The label of a code."""
        codes = self.schema.codes.get(code_list)
        return codes.label_of(code) if codes else code

    def country(self, code: str) -> str:
        """A country's name; *stateless* and the like come from the same list."""
        return self.label("countries", code)

    def bureau(self, code: str) -> str:
        """A bureau's name."""
        return self.label("bureaus", code)

    def office(self, code: str) -> str:
        """An office's name: the register's word, which is English, else the code list's."""
        if self.language != ENGLISH and code in self.schema.codes["offices"].by_code:
            return self.label("offices", code)
        return self._office_labels.get(code) or self.label("offices", code)

    def bureau_of(self, office: str) -> str:
        """The bureau an office reports to: the register's word, else the code list's."""
        if office in self._office_bureaus:
            return self._office_bureaus[office]
        entry = self.schema.codes["offices"].by_code.get(office)
        return entry.attributes.get("bureau", "") if entry else ""

    def returns_of(self, bureau: str) -> tuple[Return, ...]:
        """The returns of one bureau."""
        return tuple(returned for returned in self.returns if self.bureau_of(returned.office) == bureau)

    def figure(self, indicator: str, level: str, area: str, **dimensions: str) -> Figure | None:
        """A figure, or None where it was not made; without dimensions, over all headings where these add up."""
        found = self._index.get((indicator, level, area, frozenset(dimensions.items())))
        if found is not None or dimensions or indicator not in self._adding_up:
            return found
        return added_up(self.series(indicator, level, area))

    def series(self, indicator: str, level: str | None = None, area: str | None = None) -> list[Figure]:
        """All figures of an indicator, at a place where one is named, in their own order."""
        return [
            item
            for item in self._by_indicator.get(indicator, ())
            if (level is None or item.level == level) and (area is None or item.area == area)
        ]

    @property
    def whole(self) -> tuple[str, str]:
        """Level and area of the whole report."""
        match self.level:
            case Level.BUREAU:
                return Level.BUREAU, self.bureaus[0]
            case Level.OFFICE:
                return Level.OFFICE, self.returns[0].office
            case _:
                return Level.WORLD, WORLD_AREA

    @property
    def worldwide(self) -> bool:
        """Whether the report is about the world, with a column or a group of rows a bureau."""
        return self.level is Level.WORLD

    @property
    def single(self) -> bool:
        """Whether the report is about one office: it says its answers, where others count offices."""
        return self.level is Level.OFFICE

    @property
    def places(self) -> tuple[tuple[str, str, str], ...]:
        """Columns of a breakdown: level, area, label; the whole last, its bureaus before it in a global report."""
        if not self.worldwide:
            return ((*self.whole, self.say("All offices") if self.level is Level.BUREAU else self.say("Office")),)
        parts = tuple(("bureau", code, self.bureau(code)) for code in self.bureaus)
        return (*parts, (*self.whole, self.say("All")))

    def printed(self, figure: Figure | None, blank: str = "") -> str:
        """A figure as printed: a number, a sign or words (FORM 7); ``blank`` where there is none."""
        if figure is None:
            return blank or self.say("not answered")
        if figure.value is None:
            sign = _SIGNS.get(figure.status)
            return sign or self.say(_WORDS.get(figure.status, figure.status))
        return numbers.number(
            figure.value,
            self.language,
            unit=figure.unit,
            approximate=figure.approximate,
            about=self.say("about {number}"),
        )

    def printed_total(self, whole: Total) -> str:
        """A total as printed, with *about* where it is approximate."""
        if whole.value is None:
            return numbers.NOT_AVAILABLE
        about = self.say("about {number}")
        return numbers.number(whole.value, self.language, approximate=whole.approximate, about=about)

    def cell(self, figure: Figure | None, blank: str = "") -> Cell:
        """A figure as a cell; words in grey."""
        text = self.printed(figure, blank)
        return Cell(text, tone="" if figure is not None and figure.status == "known" else "muted")

    def source(self, *indicators: str) -> str:
        """The line under a table or chart: what it draws on, how complete that is, and the ids of its figures.

        ``apr trace`` takes such an id and leads to the cells.
        """
        ids = ", ".join(self.figure_id(item) for item in indicators)
        return f"{self._returns()} {self.say('Figures: {ids}.', ids=ids)}" if ids else self._returns()

    def figure_id(self, indicator: str) -> str:
        """The id of an indicator's figures for the whole report, without a breakdown."""
        level, area = self.whole
        return "/".join((indicator, level) if level == Level.WORLD else (indicator, level, area))

    def _returns(self) -> str:
        if not self.coverage.registered:
            return self.say_many(
                "Source: one annual protection return {year}.",
                "Source: {count} annual protection returns {year}.",
                len(self.returns),
                year=self.year,
            )
        return self.say(
            "Source: annual protection returns {year}, {received} of {expected} expected.",
            year=self.year,
            received=self.used,
            expected=self.expected,
        )

    @property
    def expected(self) -> int:
        """The number of offices in scope that owe a return."""
        return len({row.office for row in self.rows if row.owed})

    @property
    def used(self) -> int:
        """The number of returns in the figures, of those owed."""
        return sum(row.state.counts and row.owed for row in self.rows)

    @property
    def standing(self) -> tuple[CoverageRow, ...]:
        """One row an office that owes a return, or without a register sent one: the one in the figures, else its first."""
        kept: dict[str, CoverageRow] = {}
        for row in self.rows:
            if row.owed and (row.office not in kept or (row.state.counts and not kept[row.office].state.counts)):
                kept[row.office] = row
        return tuple(kept.values())

    @property
    def rebuilt(self) -> bool:
        """Whether the register says that returns were rebuilt from public figures: then they are not the offices' own."""
        return any(row.rebuilt for row in self.rows)

    @property
    def unexpected(self) -> int:
        """The number of returns in the figures that the register does not have."""
        return sum(row.state.counts and not row.owed for row in self.rows)

    @cached_property
    def absent(self) -> tuple[str, ...]:
        """The names of the offices in scope without a return in the figures."""
        present = {returned.office for returned in self.returns}
        names = (self.named(row) for row in self.rows if row.office not in present)
        return tuple(dict.fromkeys(names))

    def named(self, row: CoverageRow) -> str:
        """What to call the office of a coverage row, also where nobody knows which it is."""
        return self.office(row.office) if row.office else row.label or row.path

    def explanation(self, office: str, subjects: Collection[str]) -> str:
        """What an office, or its bureau's waiver, explained about a table or fields, by rule; empty where nothing."""
        told = dict(self._explained.get(office, {}))
        shown = [
            f"{code}: {text}" for code, text in sorted(told.items()) if self._subjects.get(code, set()) & set(subjects)
        ]
        return f"{self.office(office)}. {' '.join(shown)}" if shown else ""

    @cached_property
    def _words(self) -> NullTranslations:
        return report_words(self.language)

    @cached_property
    def _explained(self) -> Mapping[str, Mapping[str, str]]:
        told: dict[str, dict[str, str]] = {}
        for file in self.files:
            for finding in file.findings:
                text = masked(finding.explanation or finding.waiver)
                if text and file.sha256 in self._hashes:
                    told.setdefault(file.office, {})[finding.code] = text
        return told

    @cached_property
    def _hashes(self) -> frozenset[str]:
        return frozenset(returned.sha256 for returned in self.returns)

    @cached_property
    def _subjects(self) -> Mapping[str, set[str]]:
        """The tables and fields that each rule is about, by code."""
        return {
            rule.code: {rule.table, *rule.cells, *(cell.partition(".")[0] for cell in rule.cells)} - {""}
            for rule in self.schema.rules
        }

    @cached_property
    def rows(self) -> tuple[CoverageRow, ...]:
        """The coverage rows in scope, of the authoritative or missing returns."""
        rows = (row for row in self.coverage.rows if row.state is not State.SUPERSEDED)
        if self.level is Level.OFFICE:
            return tuple(row for row in rows if row.office == self.returns[0].office)
        return tuple(row for row in rows if row.bureau in self.bureaus)

    @cached_property
    def _office_labels(self) -> Mapping[str, str]:
        return {row.office: row.label for row in self.coverage.rows if row.label}

    @cached_property
    def _office_bureaus(self) -> Mapping[str, str]:
        return {row.office: row.bureau for row in self.coverage.rows if row.bureau}

    @cached_property
    def _adding_up(self) -> frozenset[str]:
        return frozenset(item.id for item in self.schema.indicators if item.adds_up)

    @cached_property
    def _index(self) -> Mapping[FigureKey, Figure]:
        return {
            (item.indicator, item.level, item.area, frozenset(item.dimensions.items())): item for item in self.figures
        }

    @cached_property
    def _by_indicator(self) -> Mapping[str, tuple[Figure, ...]]:
        return _grouped(self.figures)


def known(figure: Figure | None) -> float | None:
    """The value of a figure, or None."""
    return None if figure is None else figure.value


def total(figures: Iterable[Figure | None]) -> Total:
    """The sum of the known values."""
    summed = [figure for figure in figures if figure is not None and figure.value is not None]
    value = sum(figure.value or 0 for figure in summed) if summed else None
    return Total(value, any(figure.approximate for figure in summed))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a narrative, without empty lines; personal data in them is masked."""
    return tuple(line.strip() for line in masked(text).splitlines() if line.strip())


def _direction(text: str) -> str:
    """``rtl`` or ``ltr`` by the first letter of a text (Unicode's bidirectional classes); empty without letters."""
    import unicodedata

    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"R", "AL"}:
            return "rtl"
        if kind == "L":
            return "ltr"
    return ""


def _grouped(figures: Iterable[Figure]) -> Mapping[str, tuple[Figure, ...]]:
    groups: dict[str, list[Figure]] = {}
    for item in figures:
        groups.setdefault(item.indicator, []).append(item)
    return {indicator: tuple(items) for indicator, items in groups.items()}

"""The parts of a schema.

Plain frozen dataclasses, so that validating a return imports neither pydantic nor PyYAML; pydantic reads the YAML into
them in :mod:`reporting.schema.load` and refuses unknown or ill-typed keys.

Ids are permanent: ``category.area.field`` and ``table.column``. Every text stands here in English with an id made of
its place (``<id>.label``, ``<id>.guidance``); translations stand in gettext catalogues under that id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from reporting.findings import Severity
from reporting.schema.annexes import Correspondence, Guidance, Recommendation
from reporting.schema.strict import Strict


class FieldType(StrEnum):
    """What a cell may hold. Numbers also take ``..`` (not available) and ``na`` (does not apply)."""

    YES_NO = "yes_no"
    YES_NO_UNKNOWN = "yes_no_unknown"
    COUNT = "count"
    """A whole number of zero or more."""
    NUMBER = "number"
    """A number of zero or more, decimals allowed."""
    PERCENT = "percent"
    """A number from 0 to 100."""
    CHOICE = "choice"
    """One code of a list."""
    CHOICES = "choices"
    """Several codes of a list. On a form: one row a code. In a table cell: codes or labels separated by semicolons."""
    TEXT = "text"
    DATE = "date"
    YEAR = "year"


NUMERIC = frozenset({FieldType.COUNT, FieldType.NUMBER, FieldType.PERCENT})


class Requirement(StrEnum):
    """What a blank means, where the field is asked at all."""

    REQUIRED = "required"
    """An error."""
    EXPECTED = "expected"
    """Unanswered: counted in the completeness of the return, and a note."""
    OPTIONAL = "optional"
    """Nothing."""


class GivenBy(StrEnum):
    """Whose word a value is."""

    OFFICE = "office"
    HEADQUARTERS = "headquarters"


class Combines(StrEnum):
    """How values of a figure combine."""

    SUM = "sum"
    """They add up, over places and over years."""
    LATEST = "latest"
    """A stock: it adds up over places; over years the latest stands."""
    MAXIMUM = "maximum"
    """Over places and years the largest stands."""
    DO_NOT_ADD = "do_not_add"
    """They never add up: each place is computed anew where the measure allows it, else given for offices only."""


class Measure(StrEnum):
    """How a figure is made from the cells it draws on."""

    SUM = "sum"
    """The sum of known numbers."""
    COUNT_ROWS = "count_rows"
    """The number of table rows."""
    COUNT_OFFICES = "count_offices"
    """The number of offices by answer."""
    SHARE = "share"
    """The percentage of ``of`` that ``draws_on`` is, where both are known."""
    RATIO = "ratio"
    """``draws_on`` for each one of ``of``, where both are known."""
    MEDIAN = "median"
    """The median of the known numbers."""
    LIST = "list"
    """The different answers, in order; the figure's value is how many they are."""
    CRITICALITY = "criticality"
    """The FOCUS score of impact indicators, from 0 to 1: the mean of 1 for acceptable, 0.5 for not acceptable, 0 for critical."""
    ACHIEVEMENT = "achievement"
    """The mean achievement of impact indicators from baseline to target, each from 0 to 100 per cent."""
    COUNT_VALUES = "count_values"
    """The number of year-end values of impact indicators."""

    @property
    def of_focus(self) -> bool:
        """Whether the figure is made of all impact indicators of the schema, and not of what ``draws_on`` names."""
        return self in {Measure.CRITICALITY, Measure.ACHIEVEMENT, Measure.COUNT_VALUES}

    @property
    def computed_anew(self) -> bool:
        """Whether the figure of a place is made of the values behind it, never of the figures of its parts."""
        means = {Measure.MEDIAN, Measure.CRITICALITY, Measure.ACHIEVEMENT}
        return self in {Measure.SHARE, Measure.RATIO, Measure.LIST, *means}

    @property
    def has_whole(self) -> bool:
        """Whether the figure sets one sum against another."""
        return self in {Measure.SHARE, Measure.RATIO}


FOCUS_HEADINGS = ("category", "impact_area", "impact_indicator", "situation")
"""What breaks down figures of the impact indicators; ``situation`` is the class of a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Strict):
    """One entry of a code list. ``attributes`` are further columns, such as ``sign`` or ``bureau``."""

    code: str
    label: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "attributes", MappingProxyType(dict(self.attributes)))


@dataclass(frozen=True, kw_only=True)
class CodeList(Strict):
    """A closed list of answers, in the order in which it is shown."""

    id: str
    label: str
    codes: tuple[Code, ...]
    source: str = ""

    @cached_property
    def by_code(self) -> Mapping[str, Code]:
        """Entries by code."""
        return MappingProxyType({entry.code: entry for entry in self.codes})

    def label_of(self, code: str) -> str:
        """The label of ``code``, or the code itself where the list does not have it."""
        entry = self.by_code.get(code)
        return entry.label if entry else code


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Strict):
    """One question: on a form sheet asked once, as a table's column asked once a row.

    ``asked_if`` and ``computed`` are expressions (:mod:`reporting.schema.expressions`). ``max_length`` is in
    characters. ``source`` cites a paragraph of the 2008 review (¶) or a further field (M…) of the sources.
    """

    id: str
    type: FieldType
    label: str
    guidance: str = ""
    codes: str = ""
    requirement: Requirement = Requirement.EXPECTED
    asked_if: str = ""
    computed: str = ""
    given_by: GivenBy = GivenBy.OFFICE
    themes: tuple[str, ...] = ()
    source: str = ""
    focus_path: str = ""
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    sensitive: bool = False

    @property
    def name(self) -> str:
        """The last part of the id."""
        return self.id.rpartition(".")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactIndicator(Strict):
    """A FOCUS impact indicator; a return gives its baseline, target and year-end value.

    ``green`` and ``red`` are the thresholds of criticality: not below green is acceptable, below red critical; for a
    ``reversed`` indicator, where less is better, not above green and above red. Source: the published FOCUS plans of
    2012 and 2013 (``schemas/code_lists``). ``in_criticality`` is false where a threshold would reward silence.
    """

    id: str
    label: str
    objective: str
    problem: str
    standard: float
    reversed: bool
    green: float
    red: float
    unit: str = ""
    in_criticality: bool = True
    guidance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Strict):
    """An area of impact within a category, with its questions in the order of the form."""

    id: str
    label: str
    fields: tuple[Field, ...] = ()
    indicators: tuple[ImpactIndicator, ...] = ()
    guidance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Strict):
    """A rights group: one sheet of the workbook and one chapter of the report. ``sheet`` is the tab's title."""

    id: str
    label: str
    sheet: str
    areas: tuple[Area, ...]
    guidance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Strict):
    """A form sheet outside the categories: the cover and the summary. ``sheet`` is the tab's title."""

    id: str
    label: str
    sheet: str
    fields: tuple[Field, ...]
    guidance: str = ""


@dataclass(frozen=True, kw_only=True)
class Table(Strict):
    """A table of records, one row a record, on a sheet of its own.

    ``key`` names the columns that together identify a row; ``sheet`` is the tab's title.
    """

    id: str
    label: str
    sheet: str
    columns: tuple[Field, ...]
    key: tuple[str, ...] = ()
    guidance: str = ""
    asked_if: str = ""
    themes: tuple[str, ...] = ()
    source: str = ""
    max_rows: int = 200

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Columns by their name within the table."""
        return MappingProxyType({column.name: column for column in self.columns})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Strict):
    """A content rule: ``holds`` must be true where it can be known.

    With ``table`` the rule is checked for each row that meets ``where``, else once a return. ``cells`` names the fields
    or columns a finding points at, the first one the field it is about; a full ``table.column`` stands for its cells in
    all rows. ``found`` and ``expected`` are expressions for the values printed in the message, which may use
    ``{found}``, ``{expected}`` and ``{difference}``.
    """

    code: str
    severity: Severity
    holds: str
    message: str
    cells: tuple[str, ...]
    hint: str = ""
    table: str = ""
    where: str = ""
    found: str = ""
    expected: str = ""
    source: str = ""
    requires: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    beta: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Strict):
    """A column that stands for one cell of a breakdown, such as ``f_0_4`` for sex ``f`` and age ``0_4``."""

    draws_on: str
    dimensions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Strict):
    """A figure that reports and ``apr aggregate`` give.

    ``draws_on`` is a field id or ``table.column``; ``where`` filters table rows; ``by`` names the columns (or
    ``answer``) that break the figure down; ``of`` is the whole of a share. ``parts`` take the place of ``draws_on``
    where a breakdown stands in columns; a measure of the impact indicators (:attr:`Measure.of_focus`) has neither. ``adds_up`` is false where one person or office may stand under several headings
    of the breakdown, so that no total over the headings is given; places still combine as ``combines`` says.
    """

    id: str
    label: str
    measure: Measure
    draws_on: str = ""
    parts: tuple[Part, ...] = ()
    where: str = ""
    by: tuple[str, ...] = ()
    of: str = ""
    of_where: str = ""
    adds_up: bool = True
    combines: Combines = Combines.SUM
    unit: str = ""
    themes: tuple[str, ...] = ()
    caution: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Schema:
    """One version of the return."""

    id: str
    label: str
    year: int
    source: str
    cover: Section
    summary: Section
    categories: tuple[Category, ...]
    tables: tuple[Table, ...]
    code_lists: tuple[CodeList, ...]
    rules: tuple[Rule, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    series: tuple[Correspondence, ...] = ()
    """What earlier forms asked of the same thing; figures of one id and measure correspond without an entry."""
    guidance: tuple[Guidance, ...] = ()
    themes: Mapping[str, str] = field(default_factory=dict)
    persons_of_concern: str = ""
    """The column that gives the persons of concern, by which coverage is weighed."""
    digest: str = ""
    """SHA-256 of the YAML and its code lists."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """The form sheets outside the categories, in the order of the workbook."""
        return (self.cover, self.summary)

    @property
    def areas(self) -> Iterator[tuple[Category, Area]]:
        """All areas with their category, in the order of the form."""
        return ((category, area) for category in self.categories for area in category.areas)

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """All form fields by id, in the order of the form; columns of tables are not among them."""
        asked = [item for section in self.sections for item in section.fields]
        asked += [item for _, area in self.areas for item in area.fields]
        return MappingProxyType({item.id: item for item in asked})

    @cached_property
    def impact_indicators(self) -> Mapping[str, ImpactIndicator]:
        """All FOCUS impact indicators by id."""
        return MappingProxyType({item.id: item for _, area in self.areas for item in area.indicators})

    @cached_property
    def tables_by_id(self) -> Mapping[str, Table]:
        """Tables by id."""
        return MappingProxyType({table.id: table for table in self.tables})

    @cached_property
    def codes(self) -> Mapping[str, CodeList]:
        """Code lists by id."""
        return MappingProxyType({codes.id: codes for codes in self.code_lists})

    def question(self, identifier: str) -> Field | None:
        """The field or column called ``identifier``, or None."""
        if identifier in self.fields:
            return self.fields[identifier]
        table, _, column = identifier.partition(".")
        return self.tables_by_id[table].by_name.get(column) if table in self.tables_by_id else None

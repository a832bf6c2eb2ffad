"""Where everything stands in the workbook: the only place of cell addresses, for writing and for reading.

A *form sheet* (cover, summary, categories) has column roles in hidden row 1 and ids in hidden column A::

      | A id                    | B question | C answer | D target | E year_end | F standard | G green | H red | I mark
    1 | id                      | question   | answer   | target   | …          (hidden)
    2 |                         | title
    3 |                         | guidance
    4 | cover.office            | Office     | Kenya
    5 | cover.countries#KEN     |   Kenya    | Yes      (one row a code of a short list)
    6 | security.sgbv.incidence | Indicator  | baseline | target   | year end   | standard   | …

A *table sheet* has full column ids in hidden row 1 from column B on, its labels in the row whose cell A says
:data:`LABELS_MARK`, and records below. Column A is hidden and empty beside records: a record row holds nothing locked.

The reader finds sheets and rows by these ids and marks, wherever an office has moved them; :func:`layout_of` says where
they stand when the workbook is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from reporting.schema.model import (
    Area,
    Category,
    Code,
    CodeList,
    Field,
    FieldType,
    ImpactIndicator,
    Schema,
    Section,
    Table,
)
from reporting.workbook.addresses import Place, column_of, letter_of

ID_ROW = 1
"""The hidden row of column roles and column ids, as written."""
ID_COLUMN = "A"
"""The hidden column of row ids, as written."""
TITLE_ROW = 2
GUIDANCE_ROW = 3
LABELS_ROW = 4
"""The row of a table's column labels; records follow it."""
LABELS_MARK = "labels"
"""Stands in column A beside a table's column labels."""
FIRST_COLUMN = "B"
"""The first column that an office sees."""

GUIDANCE_COLUMNS = ("B", "C", "D")
"""What is meant, the words, the source, on the guidance sheet."""
MACHINE_COLUMNS = ("A", "B")
"""Key and value on the machine sheet."""
BELOW_TITLE = f"A{GUIDANCE_ROW}"
"""What is below the title scrolls under it."""
REPEATED_TITLE = f"{TITLE_ROW}:{TITLE_ROW}"
REPEATED_LABELS = f"{LABELS_ROW}:{LABELS_ROW}"
"""Rows repeated on each printed page."""

GUIDANCE_SHEET = "Guidance"
CHECKS_SHEET = "Checks"
LIST_SHEET = "_lists"
MACHINE_SHEET = "_apr"
FINDINGS_SHEET = "Findings"
FINDINGS_MARK = "apr:findings"
"""Stands in :data:`MARK_CELL` of the findings sheet of an annotated return, whatever its tab is called."""
RECORD_SHEET = "_apr_marks"
RECORD_MARK = "apr:marks"
"""Stands in :data:`MARK_CELL` of the very hidden sheet that remembers what marked cells looked like."""
MARK_CELL = "A1"
"""Where the mark of a sheet that belongs to an annotation stands."""
ANNOTATION_MARKS = frozenset({FINDINGS_MARK, RECORD_MARK})
MACHINE_KEYS = ("schema", "digest", "tool_version", "office", "year", "language", "fictional")
"""Keys in column A of the machine sheet from row 1 on, values in column B."""

LONGEST_LIST_IN_ROWS = 40
"""A field of several choices from a longer list is answered in one cell."""
CHOICE_SEPARATOR = "; "
"""Between several choices in one cell; the reader also takes a semicolon without space."""


class Role(StrEnum):
    """What a column of a form sheet or of the checks sheet holds; written in its hidden row 1."""

    ID = "id"
    QUESTION = "question"
    ANSWER = "answer"
    """Of an impact indicator: the baseline."""
    TARGET = "target"
    YEAR_END = "year_end"
    STANDARD = "standard"
    GREEN = "green"
    RED = "red"
    MARK = "mark"
    CODE = "code"
    SEVERITY = "severity"
    CHECKED = "checked"
    STATE = "state"
    EXPLANATION = "explanation"


FORM_COLUMNS: Mapping[Role, str] = MappingProxyType(
    {
        Role.ID: "A",
        Role.QUESTION: "B",
        Role.ANSWER: "C",
        Role.TARGET: "D",
        Role.YEAR_END: "E",
        Role.STANDARD: "F",
        Role.GREEN: "G",
        Role.RED: "H",
        Role.MARK: "I",
    }
)
"""Columns of a form sheet, as written."""
CHECKS_COLUMNS: Mapping[Role, str] = MappingProxyType(
    {
        Role.ID: "A",
        Role.CODE: "B",
        Role.SEVERITY: "C",
        Role.CHECKED: "D",
        Role.STATE: "E",
        Role.EXPLANATION: "F",
    }
)
"""Columns of the checks sheet, as written; its column A holds the code of a rule, too."""
IMPACT_ROLES = (Role.ANSWER, Role.TARGET, Role.YEAR_END)
"""Baseline, target and year-end value of an impact indicator."""


class RowKind(StrEnum):
    """What a row of a form sheet is."""

    TITLE = "title"
    GUIDANCE = "guidance"
    INSTRUCTION = "instruction"
    HEADING = "heading"
    AREA_GUIDANCE = "area_guidance"
    QUESTION = "question"
    OPTION = "option"
    INDICATOR_HEAD = "indicator_head"
    INDICATOR = "indicator"
    LEGEND = "legend"
    LINK = "link"
    SPACE = "space"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """A row of a form sheet. ``id`` is what stands in column A: of questions, options and indicators only."""

    kind: RowKind
    number: int = 0
    id: str = ""
    field: Field | None = None
    code: Code | None = None
    area: Area | None = None
    indicator: ImpactIndicator | None = None
    text: str = ""
    """The key of a legend entry, or the title of the sheet that a link leads to."""

    def cell(self, role: Role) -> str:
        """The address of this row's cell in the column of ``role``."""
        return f"{FORM_COLUMNS[role]}{self.number}"


@dataclass(frozen=True, kw_only=True)
class FormSheet:
    """The cover, the summary or a category."""

    id: str
    title: str
    part: Section | Category
    rows: tuple[FormRow, ...]

    @cached_property
    def by_id(self) -> Mapping[str, FormRow]:
        """Rows with an id."""
        return MappingProxyType({row.id: row for row in self.rows if row.id})


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table sheet."""

    letter: str
    field: Field


@dataclass(frozen=True, kw_only=True)
class TableSheet:
    """A table of records."""

    id: str
    title: str
    table: Table
    columns: tuple[TableColumn, ...]

    @property
    def first_record(self) -> int:
        """The row of the first record."""
        return LABELS_ROW + 1

    @property
    def last_record(self) -> int:
        """The last row that may hold a record."""
        return LABELS_ROW + self.table.max_rows

    @property
    def last_column(self) -> str:
        """The letter of the last column."""
        return self.columns[-1].letter

    @cached_property
    def by_name(self) -> Mapping[str, TableColumn]:
        """Columns by their name within the table."""
        return MappingProxyType({column.field.name: column for column in self.columns})

    def records(self, name: str) -> str:
        """The range of all records in the column called ``name``, such as ``D5:D204``."""
        letter = self.by_name[name].letter
        return f"{letter}{self.first_record}:{letter}{self.last_record}"


@dataclass(frozen=True, kw_only=True)
class WorkbookLayout:
    """All sheets of a return, as written."""

    forms: tuple[FormSheet, ...]
    tables: tuple[TableSheet, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The tabs that an office sees, in their order: the first table stands before the categories (FORM 2)."""
        forms = [form.title for form in self.forms]
        tables = [table.title for table in self.tables]
        return (*forms[:2], *tables[:1], *forms[2:], *tables[1:], CHECKS_SHEET, GUIDANCE_SHEET)

    @cached_property
    def tables_by_id(self) -> Mapping[str, TableSheet]:
        """Table sheets by the table's id."""
        return MappingProxyType({table.id: table for table in self.tables})

    @cached_property
    def rows_by_id(self) -> Mapping[str, tuple[FormSheet, FormRow]]:
        """Rows of form sheets by what stands in their column A."""
        return MappingProxyType({key: (form, row) for form in self.forms for key, row in form.by_id.items()})

    def answer(self, identifier: str) -> Place:
        """The answer cell of a field, option or indicator (its baseline), or the records of ``table.column``.

        Raises:
            KeyError: the form has nothing of that id.
        """
        if identifier in self.rows_by_id:
            form, row = self.rows_by_id[identifier]
            return Place(form.title, row.cell(Role.ANSWER))
        table, _, column = identifier.partition(".")
        sheet = self.tables_by_id[table]
        return Place(sheet.title, sheet.records(column))


FIRST_MIRROR = "K"
"""In the hidden row 1 from this column on, a form sheet repeats answers of other sheets that its conditional formats
depend on: those cannot refer to another sheet."""
LEGEND = ("answer", "required", "headquarters", "computed", "trafficking", "not_asked")
"""Entries of the legend on the cover."""
INSTRUCTIONS = 6
"""The number of instruction rows on the cover."""


def layout_of(schema: Schema) -> WorkbookLayout:
    """Where everything of ``schema`` stands in a workbook that is written from it."""
    tables = tuple(_table_sheet(table) for table in schema.tables)
    others = (_summary(schema), *(_category(schema, category) for category in schema.categories))
    without_cover = WorkbookLayout(forms=(_cover(schema, ()), *others), tables=tables)
    return WorkbookLayout(forms=(_cover(schema, without_cover.titles[1:]), *others), tables=tables)


def code_list_of(schema: Schema, field: Field) -> CodeList | None:
    """The list that a field is answered from; yes/no questions have one of their type's name."""
    if field.type in (FieldType.YES_NO, FieldType.YES_NO_UNKNOWN):
        return schema.codes.get(field.type.value)
    return schema.codes.get(field.codes) if field.codes else None


def answered_in_rows(schema: Schema, field: Field) -> bool:
    """Whether a form field is answered with one row a code."""
    codes = code_list_of(schema, field)
    return field.type is FieldType.CHOICES and codes is not None and len(codes.codes) <= LONGEST_LIST_IN_ROWS


def option_id(field: str, code: str) -> str:
    """The id of the row in which one of several choices is ticked."""
    return f"{field}#{code}"


def split_option_id(identifier: str) -> tuple[str, str]:
    """Field and code of an option's row id; the code is empty for other ids."""
    field, _, code = identifier.partition("#")
    return field, code


def offered(codes: CodeList, *, fictional: bool) -> tuple[Code, ...]:
    """The codes a return may use: fictional places are for fictional offices, real places for real ones."""
    return tuple(code for code in codes.codes if "fictional" not in code.attributes or is_fictional(code) is fictional)


def is_fictional(code: Code) -> bool:
    """Whether a code stands for something of the made-up world."""
    return code.attributes.get("fictional", "") == "yes"


def list_name(codes: CodeList) -> str:
    """The defined name over a code list."""
    return f"list_{codes.id}"


def list_place(position: int, length: int) -> Place:
    """The range of the code list at ``position`` (from 0) on the list sheet; its id stands in row 1 above."""
    letter = letter_of(position + 1)
    return Place(LIST_SHEET, f"{letter}2:{letter}{length + 1}")


def checks_row(position: int) -> int:
    """The row of the rule at ``position`` (from 0) on the checks sheet."""
    return LABELS_ROW + 1 + position


def _table_sheet(table: Table) -> TableSheet:
    first = column_of(FIRST_COLUMN)
    columns = tuple(TableColumn(letter_of(first + place), field) for place, field in enumerate(table.columns))
    return TableSheet(id=table.id, title=table.sheet, table=table, columns=columns)


def _cover(schema: Schema, linked: tuple[str, ...]) -> FormSheet:
    rows = [
        *_opening(),
        *(FormRow(kind=RowKind.INSTRUCTION, text=str(place)) for place in range(INSTRUCTIONS)),
        FormRow(kind=RowKind.HEADING, text="questions"),
        *_questions(schema, schema.cover.fields),
        FormRow(kind=RowKind.SPACE),
        FormRow(kind=RowKind.HEADING, text="legend"),
        *(FormRow(kind=RowKind.LEGEND, text=key) for key in LEGEND),
        FormRow(kind=RowKind.SPACE),
        FormRow(kind=RowKind.HEADING, text="contents"),
        *(FormRow(kind=RowKind.LINK, text=title) for title in linked),
    ]
    return FormSheet(id=schema.cover.id, title=schema.cover.sheet, part=schema.cover, rows=_numbered(rows))


def _summary(schema: Schema) -> FormSheet:
    rows = _numbered([*_opening(), *_questions(schema, schema.summary.fields)])
    return FormSheet(id=schema.summary.id, title=schema.summary.sheet, part=schema.summary, rows=rows)


def _category(schema: Schema, category: Category) -> FormSheet:
    rows = [*_opening()]
    for area in category.areas:
        rows += _area_rows(schema, area)
    return FormSheet(id=category.id, title=category.sheet, part=category, rows=_numbered(rows))


def _opening() -> tuple[FormRow, ...]:
    return FormRow(kind=RowKind.TITLE), FormRow(kind=RowKind.GUIDANCE)


def _area_rows(schema: Schema, area: Area) -> Iterator[FormRow]:
    yield FormRow(kind=RowKind.HEADING, area=area)
    if area.guidance:
        yield FormRow(kind=RowKind.AREA_GUIDANCE, area=area)
    for row in _questions(schema, area.fields):
        yield replace(row, area=area)
    if area.indicators:
        yield FormRow(kind=RowKind.INDICATOR_HEAD, area=area)
    for indicator in area.indicators:
        yield FormRow(kind=RowKind.INDICATOR, id=indicator.id, indicator=indicator, area=area)
    yield FormRow(kind=RowKind.SPACE, area=area)


def _questions(schema: Schema, fields: Iterable[Field]) -> Iterator[FormRow]:
    for field in fields:
        yield FormRow(kind=RowKind.QUESTION, id=field.id, field=field)
        codes = code_list_of(schema, field)
        if codes is not None and answered_in_rows(schema, field):
            for code in codes.codes:
                yield FormRow(kind=RowKind.OPTION, id=option_id(field.id, code.code), field=field, code=code)


def _numbered(rows: Iterable[FormRow]) -> tuple[FormRow, ...]:
    return tuple(replace(row, number=number) for number, row in enumerate(rows, start=TITLE_ROW))

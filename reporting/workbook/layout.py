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

The reader finds sheets and rows by these ids and marks, wherever an office has moved them; :mod:`reporting.workbook.arrangement`
says where they stand when the workbook is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from reporting.schema.model import Area, Category, Code, Field, ImpactIndicator, Section, Table
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
RULES_SHEET = "_rules"
"""Very hidden: the rules' states, from which the checks sheet and conditional formats read."""
RULES_MARK = "apr:rules"
"""Stands in :data:`MARK_CELL` of the sheet of the rules' states."""
FINDINGS_SHEET = "Findings"
FINDINGS_MARK = "apr:findings"
"""Stands in :data:`MARK_CELL` of the findings sheet of an annotated return, whatever its tab is called."""
RECORD_SHEET = "_apr_marks"
RECORD_MARK = "apr:marks"
"""Stands in :data:`MARK_CELL` of the very hidden sheet that remembers what marked cells looked like."""
MARK_CELL = "A1"
"""Where the mark of a sheet stands that is not the form's."""
ANNOTATION_MARKS = frozenset({FINDINGS_MARK, RECORD_MARK})
PASSED_OVER = ANNOTATION_MARKS | {RULES_MARK}
"""The marks of sheets in which nothing is answered."""
MACHINE_KEYS = ("schema", "digest", "tool_version", "office", "year", "language", "fictional")
"""Keys in column A of the machine sheet from row 1 on, values in column B."""


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
    WHERE = "where"
    EXPLANATION = "explanation"
    CARRIED = "carried"
    """What an explanation taken over from last year was about; hidden."""


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
        Role.WHERE: "F",
        Role.EXPLANATION: "G",
        Role.CARRIED: "H",
    }
)
"""Columns of the checks sheet, as written; its column A holds the code of a rule, too."""
VALUES_APART = " | "
"""Between the values that an explanation taken over was about."""
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
    PROGRESS = "progress"
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
    """The key of a legend entry or of a row of progress, or the title of the sheet that a link leads to."""

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

    @property
    def area(self) -> Place:
        """All columns of all records."""
        cells = f"{self.columns[0].letter}{self.first_record}:{self.last_column}{self.last_record}"
        return Place(self.title, cells)

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

    @cached_property
    def column_ids(self) -> frozenset[str]:
        """The ids of the columns of all tables."""
        return frozenset(column.field.id for sheet in self.tables for column in sheet.columns)

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


FIRST_CONDITION = "K"
"""In the hidden row 1 from this column on, a form sheet works out the conditions of its questions: conditional formats
cannot refer to another sheet."""


def list_place(position: int, length: int) -> Place:
    """The range of the code list at ``position`` (from 0) on the list sheet; its id stands in row 1 above."""
    letter = letter_of(position + 1)
    return Place(LIST_SHEET, f"{letter}2:{letter}{length + 1}")


def checks_row(position: int) -> int:
    """The row of the rule at ``position`` (from 0) on the checks sheet."""
    return LABELS_ROW + 1 + position


class RulesColumn(StrEnum):
    """The columns of the rules sheet; those of the tables follow."""

    RECORD = "A"
    """The numbers of records, which the rules of tables look at."""
    CODE = "B"
    SEVERITY = "C"
    STATE = "D"
    """Of the rule as a whole: 1 broken, 0 holds, - not known."""
    COUNT = "E"
    """Of how many records (or the return) the rule is broken."""
    EXPLAINED = "F"
    CHOSEN = "G"
    """The several choices of fields that are answered in one cell, from the first row on."""
    OPEN = "H"
    """The numbers of open errors, queries and notes, from the first row on."""
    ASKED = "I"
    """How many answers each question of the form asks for, from the first row on."""
    ANSWERED = "J"
    """How many of them are given."""
    MISSING = "K"
    """How many are missing that the return cannot do without; those of tables follow the questions."""


RECORD_NUMBER = f"'{RULES_SHEET}'!${RulesColumn.RECORD.value}1"
"""The number of the record in the same row of the rules sheet, as a defined name writes it: relative to row 1."""
_FIRST_TABLE = "L"


def rules_place(column: RulesColumn, first: int = 0, count: int = 1) -> Place:
    """``count`` cells of a column of the rules sheet, the one at position ``first`` (from 0) the uppermost."""
    return _down(column.value, first, count)


def states_place(position: int, records: int) -> Place:
    """On the rules sheet, the states of the records of the table with rules at ``position`` (from 0)."""
    return _down(letter_of(column_of(_FIRST_TABLE) + position), 0, records)


def _down(letter: str, first: int, count: int) -> Place:
    top = LABELS_ROW + 1 + first
    return Place(RULES_SHEET, f"{letter}{top}" if count == 1 else f"{letter}{top}:{letter}{top + count - 1}")

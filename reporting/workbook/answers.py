"""A return as it was read: every answer with the cell it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from reporting.findings import Finding
from reporting.schema.model import GivenBy

Value = int | float | str | date | tuple[str, ...]
"""A typed answer. Counts are int, other numbers int or float; yes/no and choices are codes; several choices a tuple."""


class Missing(StrEnum):
    """Why there is no value (FORM 7). Missing is never zero."""

    BLANK = ""
    NOT_AVAILABLE = ".."
    NOT_APPLICABLE = "na"
    INVALID = "invalid"
    """The cell holds something that could not be read; a finding says what."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The content of one cell, or of one row a code where several choices stand in rows.

    Either ``value`` is not None, or ``missing`` says why. ``text`` is what the cell shows, for messages.
    ``cells`` are the addresses on ``sheet`` it was read from.
    """

    sheet: str
    cells: tuple[str, ...]
    value: Value | None = None
    missing: Missing | None = Missing.BLANK
    text: str = ""
    given_by: GivenBy = GivenBy.OFFICE

    @property
    def cell(self) -> str:
        """The first cell; empty where the question is missing from the workbook."""
        return self.cells[0] if self.cells else ""

    @property
    def answered(self) -> bool:
        """Whether the office wrote anything: ``..`` and ``na`` are answers."""
        return self.missing is not Missing.BLANK


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a table. ``number`` is its row in the sheet, 1 for the first row of the sheet."""

    sheet: str
    number: int
    answers: Mapping[str, Answer]
    """By column name, every column of the table present."""

    @property
    def country(self) -> str:
        """The country the row is about; empty where it does not say."""
        answer = self.answers.get("country")
        return answer.value if answer and isinstance(answer.value, str) else ""


@dataclass(frozen=True, slots=True)
class ImpactValues:
    """The values of one FOCUS impact indicator."""

    baseline: Answer
    target: Answer
    year_end: Answer


@dataclass(frozen=True, slots=True)
class Carried:
    """An explanation taken over from last year's return.

    It stands for the same ``values`` only, as :attr:`reporting.findings.Finding.values` gives them: when they change, the
    office has to explain anew (FORM 6).
    """

    text: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A text anywhere in the file that may hold personal data: the checks look closely.

    ``where`` says what it is: a cell, a comment, the title of a sheet, or a property of the document, by its ``name``.
    """

    where: str
    text: str
    sheet: str = ""
    cell: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Return:
    """One filled workbook.

    ``findings`` are those of reading: cells whose content is not of the field's type, unknown codes, missing sheets.
    ``explanations`` are what the office wrote beside a rule on the ``Checks`` sheet, by rule code; ``carried`` are those taken
    over from last year. ``suspects`` are texts
    that may hold personal data, from all of the file, also from outside the form.
    """

    path: str
    sha256: str
    schema_id: str
    office: str
    year: int
    language: str
    fields: Mapping[str, Answer]
    impact: Mapping[str, ImpactValues]
    tables: Mapping[str, tuple[Row, ...]]
    explanations: Mapping[str, str] = field(default_factory=dict)
    carried: Mapping[str, Carried] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    suspects: tuple[Suspect, ...] = ()

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries the return covers, as the cover names them; the office's own where it names none."""
        answer = self.fields.get("cover.countries")
        if answer is None or not isinstance(answer.value, tuple):
            return (self.office,)
        return answer.value

    @property
    def claims(self) -> frozenset[str]:
        """The countries that the return covers by its cover, or has rows about."""
        named = (row.country for rows in self.tables.values() for row in rows)
        return frozenset((*self.countries, *named)) - {""}

    def answers(self) -> Iterator[tuple[str, Answer]]:
        """Every answer with its id (``table.column`` for rows), in the order of the form."""
        yield from self.fields.items()
        for identifier, values in self.impact.items():
            yield f"{identifier}.baseline", values.baseline
            yield f"{identifier}.target", values.target
            yield f"{identifier}.year_end", values.year_end
        for table, rows in self.tables.items():
            for row in rows:
                for name, answer in row.answers.items():
                    yield f"{table}.{name}", answer

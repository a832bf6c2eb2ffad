"""What a check says of a return, and the verdict that follows from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Self

_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Severity(StrEnum):
    """How much a finding asks of the office (DESIGN 6)."""

    ERROR = "error"
    """Must be corrected."""
    QUERY = "query"
    """Correct or explain."""
    NOTE = "note"
    """For information."""


class Verdict(StrEnum):
    """What becomes of a file."""

    ACCEPTED = "accepted"
    QUERIES = "queries"
    REJECTED = "rejected"
    UNREADABLE = "unreadable"

    @property
    def usable(self) -> bool:
        """Whether the return's values go into figures (DESIGN 7)."""
        return self in (Verdict.ACCEPTED, Verdict.QUERIES)


Word = str | int | float | None
"""What is put into a message; None is what is not known."""


class Text(str):
    """A word of a message that is a text itself, and so is said in the reader's language.

    With ``place`` it is a text of the form, by its place there (:mod:`reporting.schema.texts`); else it is one of the
    program's, and its own places in braces are filled with the other words.
    """

    __slots__ = ("place",)
    place: str

    def __new__(cls, text: str, place: str = "") -> Self:
        made = super().__new__(cls, text)
        made.place = place
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault, with its place, what is wrong and how to correct it.

    ``found``, ``expected`` and ``difference`` (found - expected) are given where the fault is about a value.
    ``cells`` holds addresses on ``sheet`` such as ``C12``, every cell involved; a cell of another sheet is written
    ``Cover!C12``. ``message`` is English. What it was made of goes with it, so that it can be said in another language
    (:mod:`reporting.translator`): the ``template``, the ``words`` in it by their names, the place of those that are a
    :class:`Text`, and how many findings ``alike`` this one stands for.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    field: str = ""
    sheet: str = ""
    cells: tuple[str, ...] = ()
    found: str | int | float | None = None
    expected: str | int | float | None = None
    difference: int | float | None = None
    suggestion: str = ""
    explanation: str = ""
    waiver: str = ""
    template: str = ""
    words: tuple[tuple[str, Word], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    alike: int = 0

    @property
    def values(self) -> str:
        """What was found and expected, by which an explanation knows what it is about; nothing where there is no value."""
        given = (value for value in (self.found, self.expected) if value is not None)
        return " / ".join(f"{value:.15g}" if isinstance(value, float) else str(value) for value in given)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingKind:
    """What all findings of one code have in common; the catalogue and ``apr explain`` are made of these.

    ``message`` has places for values in braces, such as ``{found}``. ``documentation`` says when the finding comes and why.
    ``requires`` names the codes whose presence on the same cell takes the ground from under this one.
    """

    code: str
    severity: Severity
    message: str
    documentation: str
    hint: str = ""
    source: str = ""
    requires: tuple[str, ...] = ()

    def finding(
        self,
        *,
        sheet: str = "",
        cells: tuple[str, ...] = (),
        field: str = "",
        found: str | float | None = None,
        expected: str | float | None = None,
        difference: float | None = None,
        suggestion: str = "",
        printed: Mapping[str, Word] | None = None,
        **words: Word,
    ) -> Finding:
        """A finding of this kind.

        ``words`` fill further places of the message; a plain ``label`` is that of ``field``. ``printed`` is told in place of a
        value: a year, which takes no separators, or a :class:`Text`.
        """
        values = {"sheet": sheet, "found": found, "expected": expected, "difference": difference, **words}
        values |= printed or {}
        if field and "label" in words and not isinstance(words["label"], Text):
            values["label"] = Text(str(words["label"]), f"{field}.label")
        used = "".join((self.message, *(value for value in values.values() if isinstance(value, Text))))
        values = {name: value for name, value in values.items() if f"{{{name}}}" in used}
        texts = {name: value.place for name, value in values.items() if isinstance(value, Text)}
        plain = {name: str(value) if isinstance(value, Text) else value for name, value in values.items()}
        return Finding(
            code=self.code,
            severity=self.severity,
            message=filled(self.message, {name: shown(value) for name, value in plain.items()}, texts),
            hint=self.hint,
            field=field,
            sheet=sheet,
            cells=cells,
            found=found,
            expected=expected,
            difference=difference,
            suggestion=suggestion,
            template=self.message,
            words=tuple(plain.items()),
            texts=tuple(texts.items()),
        )


def filled(template: str, words: Mapping[str, str], texts: Mapping[str, str]) -> str:
    """``template`` with its words in it; those of the program's own ``texts`` (by name; without a place) filled first."""
    said = dict(words)
    for name, place in texts.items():
        if not place:
            said[name] = said[name].format_map(said)
    return template.format_map(said)


def shown(value: Word) -> str:
    """A word as an English message prints it; what is not known prints as in the form (FORM 7)."""
    if value is None:
        return ".."
    if isinstance(value, str):
        return value
    return f"{value:,.15g}" if isinstance(value, float) else f"{value:,}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What a return says of persons who crossed a border; the office at the other end says the same, or ought to.

    ``direction`` is in or out, ``counterpart`` the other country, ``persons`` their number.
    """

    direction: str
    counterpart: str
    kind: str
    persons: int | float
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """The outcome of validating one file.

    ``sha256`` is the hash of the exact bytes read; ``form`` is the id of the schema; ``form``, ``office`` and ``year`` are
    empty where they could not be read. ``countries`` are those the return covers; these and ``movements`` are for the checks
    between offices. ``claims`` are these and the countries that rows are about; ``cleared_on`` and ``trafficking`` are what
    the cover says of the clearance and of the assessment of trafficking: so coverage is known without the answers.
    """

    path: str
    sha256: str
    form: str = ""
    office: str = ""
    year: int | None = None
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    countries: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    cleared_on: date | None = None
    trafficking: str = ""
    movements: tuple[Movement, ...] = ()

    @property
    def shown_path(self) -> str:
        """The path as it can be printed: a file name may hold bytes that are no text, and marks that steer a terminal."""
        return printable(self.path)

    @property
    def counts(self) -> dict[Severity, int]:
        """Number of findings by severity, all three severities present."""
        return count_by_severity(self.findings)


def printable(text: str) -> str:
    """``text`` with a mark in the place of what is no character, or steers a terminal."""
    return _UNPRINTABLE.sub("\ufffd", text)


def count_by_severity(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Number of findings by severity, all three severities present."""
    counted = Counter(finding.severity for finding in findings)
    return {severity: counted[severity] for severity in Severity}


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """The verdict on a file that could be read: waived errors and explained queries still count as queries."""
    severities = {
        Severity.QUERY if finding.waiver and finding.severity is Severity.ERROR else finding.severity
        for finding in findings
    }
    if Severity.ERROR in severities:
        return Verdict.REJECTED
    return Verdict.QUERIES if Severity.QUERY in severities else Verdict.ACCEPTED

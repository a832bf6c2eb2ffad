"""The mark of a cell: a number format with a sign, and a comment with what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reporting.findings import Finding, Severity
from reporting.translator import Translator

if TYPE_CHECKING:
    from openpyxl.comments import Comment

AUTHOR = "apr validate"
BEGIN = "── apr validate ──"
"""Opens the findings in a comment; what the office itself wrote stands above it."""
MOST_FINDINGS = 6
"""Told in one comment; the sheet of findings holds all."""
_MOST_LETTERS = 700
"""Of one finding, in a comment."""


def number_format_with(sign: str, given: str) -> str:
    """A number format that shows ``sign`` before what ``given`` shows, numbers, dates and text alike.

    Formats with colours or conditions in brackets keep to their own sections: a sign in front would break them.
    """
    if "[" in given:
        return given
    sections = given.split(";") if '"' not in given else [given]
    if sections == ["@"] or len(sections) > 4:
        return f'"{sign}"@'
    if len(sections) == 1:
        is_date = any(letter in given.lower() for letter in "ymdhs") and '"' not in given
        sections = [given, given if is_date else f"-{given}", given]
    elif len(sections) == 2:
        sections.append(sections[0])
    if len(sections) == 3:
        sections.append("@")
    return ";".join(f'"{sign}"{section}' for section in sections)


def commented(
    given: Comment | None, findings: Sequence[Finding], signs: Mapping[Severity, str], words: Translator
) -> Comment:
    """A comment with the findings, below what the office had written there."""
    from openpyxl.comments import Comment

    lines = [BEGIN, *(_told(finding, signs, words) for finding in findings[:MOST_FINDINGS])]
    if len(findings) > MOST_FINDINGS:
        left = len(findings) - MOST_FINDINGS
        lines.append(words.opening + words.say("and {count} more: see the sheet of findings", count=left))
    above = [given.text] if given else []
    text = "\n".join([*above, *lines])
    rows = sum(1 + len(line) // 48 for line in text.split("\n"))
    return Comment(text, given.author if given else AUTHOR, height=min(24 + 17 * rows, 420), width=340)


def own_comment(given: Comment) -> Comment | None:
    """The comment without findings; None where nothing else stood there."""
    from openpyxl.comments import Comment

    own, found, _ = given.text.partition(BEGIN)
    if not found:
        return given
    _, by_tool, rest = own.partition(f"{AUTHOR}:")
    own = rest if by_tool else own
    return Comment(own.rstrip("\n"), given.author) if own.strip() else None


def advice(finding: Finding, words: Translator) -> Iterator[str]:
    """What to do about a finding, and what has been done about it."""
    if finding.suggestion:
        yield words.say("Do you mean {suggestion}?", suggestion=finding.suggestion)
    if finding.hint:
        yield finding.hint
    if finding.explanation:
        yield f"{words.say('Explained by the office')}: {finding.explanation}"
    if finding.waiver:
        yield f"{words.say('Waived by the bureau')}: {finding.waiver}"


def _told(finding: Finding, signs: Mapping[Severity, str], words: Translator) -> str:
    head = f"{words.opening}{signs[finding.severity]}{finding.code} {finding.message}"
    text = f"\n{words.opening}→ ".join((head, *advice(finding, words)))
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"

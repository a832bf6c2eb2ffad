"""The words and signs for verdicts and severities, the same in every output that a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reporting.findings import Severity, Verdict

SIGNS: Final = {Severity.ERROR: "✗", Severity.QUERY: "?", Severity.NOTE: "·"}
VERDICTS: Final = {
    Verdict.ACCEPTED: "accepted",
    Verdict.QUERIES: "accepted with queries: correct or explain them",
    Verdict.REJECTED: "rejected: correct the errors and send the return again",
    Verdict.UNREADABLE: "unreadable",
}


def counted(counts: Mapping[Severity, int]) -> str:
    """Numbers of findings, such as “1 error, 2 queries, 0 notes”."""
    words = {Severity.ERROR: "error", Severity.QUERY: "query", Severity.NOTE: "note"}
    return ", ".join(plural(counts[severity], word) for severity, word in words.items())


def plural(number: int, word: str) -> str:
    """A number and what it counts."""
    many = "queries" if word == "query" else f"{word}s"
    return f"{number} {word if number == 1 else many}"

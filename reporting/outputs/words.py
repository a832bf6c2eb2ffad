"""The words and signs for verdicts and severities, the same in every output that a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reporting.findings import Finding, Severity, Verdict
from reporting.languages import to_say
from reporting.translator import ENGLISH_WORDS, Translator

SIGNS: Final = {Severity.ERROR: "✗", Severity.QUERY: "?", Severity.NOTE: "·"}
SEVERITIES: Final = {
    Severity.ERROR: to_say("error"),
    Severity.QUERY: to_say("query"),
    Severity.NOTE: to_say("note"),
}
VERDICTS: Final = {
    Verdict.ACCEPTED: to_say("accepted"),
    Verdict.QUERIES: to_say("accepted with queries: correct or explain them"),
    Verdict.REJECTED: to_say("rejected: correct the errors and send the return again"),
    Verdict.UNREADABLE: to_say("unreadable"),
}


def counted(counts: Mapping[Severity, int], words: Translator = ENGLISH_WORDS) -> str:
    """Numbers of findings, such as “1 error, 2 queries, 0 notes”."""
    return words.say(
        "{errors}, {queries}, {notes}",
        errors=words.say_many("{count} error", "{count} errors", counts[Severity.ERROR]),
        queries=words.say_many("{count} query", "{count} queries", counts[Severity.QUERY]),
        notes=words.say_many("{count} note", "{count} notes", counts[Severity.NOTE]),
    )


def line(finding: Finding, words: Translator) -> str:
    """A finding in one line: place, fault, suggestion and cure."""
    place = " ".join(filter(None, (finding.sheet, ", ".join(finding.cells))))
    suggestion = words.say("Do you mean {suggestion}?", suggestion=finding.suggestion) if finding.suggestion else ""
    text = " ".join(filter(None, (finding.message, suggestion, finding.hint)))
    return f"{place}: {text}" if place else text

"""Findings as workflow commands of GitHub Actions, which shows them beside the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reporting.findings import FileResult, Finding, Severity
from reporting.outputs.junit import fails
from reporting.outputs.words import line
from reporting.translator import ENGLISH_WORDS, Translator

_LEVELS: Final = {Severity.ERROR: "error", Severity.QUERY: "warning", Severity.NOTE: "notice"}


SHOWN: Final = 10
"""The annotations of a level that GitHub shows of one step; the others stand in its log alone."""


def github_text(results: Sequence[FileResult], words: Translator = ENGLISH_WORDS) -> str:
    """A command for the findings of one code in a file, errors first.

    Where a level has more commands than GitHub shows, the last one shown says how many follow in the log.
    """
    commands = [found for result in results for found in _commands(result, words)]
    return "".join(
        f"{command}\n"
        for level in _LEVELS.values()
        for command in _within_shown(level, [command for found, command in commands if found == level], words)
    )


def _within_shown(level: str, commands: Sequence[str], words: Translator) -> Iterator[str]:
    if len(commands) <= SHOWN:
        yield from commands
        return
    yield from commands[: SHOWN - 1]
    rest = commands[SHOWN - 1 :]
    title = words.say("and {count} more", count=len(rest))
    text = words.say("{count} more of this level stand in the log of this step.", count=len(rest))
    yield f"::{level} title={_property(title)}::{_data(text)}"
    yield from rest


def _commands(result: FileResult, words: Translator) -> Iterator[tuple[str, str]]:
    """Level and command of each code that was found."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in result.findings:
        alike.setdefault((finding.code, _level(finding)), []).append(finding)
    for (code, level), findings in alike.items():
        times = f" ({words.say('{count} times', count=len(findings))})" if len(findings) > 1 else ""
        text = _data("\n".join(line(finding, words) for finding in findings))
        yield level, f"::{level} file={_property(result.shown_path)},title={_property(code + times)}::{text}"


def _level(finding: Finding) -> str:
    return "warning" if finding.waiver and not fails(finding) else _LEVELS[finding.severity]


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

"""Findings as workflow commands of GitHub Actions, which shows them beside the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reporting.findings import FileResult, Finding, Severity
from reporting.outputs.junit import fails, line

_LEVELS: Final = {Severity.ERROR: "error", Severity.QUERY: "warning", Severity.NOTE: "notice"}


SHOWN: Final = 10
"""The annotations of a level that GitHub shows of one step; the others stand in its log alone."""


def github_text(results: Sequence[FileResult]) -> str:
    """A command for the findings of one code in a file, errors first.

    Where a level has more commands than GitHub shows, the last one shown says how many follow in the log.
    """
    commands = [found for result in results for found in _commands(result)]
    return "".join(
        f"{command}\n"
        for level in _LEVELS.values()
        for command in _within_shown(level, [command for found, command in commands if found == level])
    )


def _within_shown(level: str, commands: Sequence[str]) -> Iterator[str]:
    if len(commands) <= SHOWN:
        yield from commands
        return
    yield from commands[: SHOWN - 1]
    rest = commands[SHOWN - 1 :]
    yield f"::{level} title=and {len(rest)} more::{len(rest)} more of this level stand in the log of this step."
    yield from rest


def _commands(result: FileResult) -> Iterator[tuple[str, str]]:
    """Level and command of each code that was found."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in result.findings:
        alike.setdefault((finding.code, _level(finding)), []).append(finding)
    for (code, level), findings in alike.items():
        times = f" ({len(findings)} times)" if len(findings) > 1 else ""
        text = _data("\n".join(map(line, findings)))
        yield level, f"::{level} file={_property(result.shown_path)},title={_property(code + times)}::{text}"


def _level(finding: Finding) -> str:
    return "warning" if finding.waiver and not fails(finding) else _LEVELS[finding.severity]


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

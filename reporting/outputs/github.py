"""Findings as workflow commands of GitHub Actions, which shows them beside the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reporting.findings import FileResult, Finding, Severity
from reporting.outputs.junit import fails, line

_LEVELS: Final = {Severity.ERROR: "error", Severity.QUERY: "warning", Severity.NOTE: "notice"}


def github_text(results: Sequence[FileResult]) -> str:
    """A command for the findings of one code in a file: GitHub shows ten of a kind in a step, so alike ones go together."""
    return "".join(f"{command}\n" for result in results for command in _commands(result))


def _commands(result: FileResult) -> Iterator[str]:
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in result.findings:
        alike.setdefault((finding.code, _level(finding)), []).append(finding)
    for (code, level), findings in alike.items():
        times = f" ({len(findings)} times)" if len(findings) > 1 else ""
        text = _data("\n".join(map(line, findings)))
        yield f"::{level} file={_property(result.path)},title={_property(code + times)}::{text}"


def _level(finding: Finding) -> str:
    return "warning" if finding.waiver and not fails(finding) else _LEVELS[finding.severity]


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

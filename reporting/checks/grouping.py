"""One finding for one cause: the same fault in many cells is told once, with all cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reporting.findings import Finding

MOST_APART = 10
"""So many findings of one code about one question stand by themselves; more are one finding, told by its first case."""


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with repeats put together, in their order."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.code, finding.sheet, finding.field, finding.message, finding.suggestion)
        alike.setdefault(key, []).append(finding)
    once = [_merged(group) for group in alike.values()]
    about: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in once:
        about.setdefault((finding.code, finding.sheet, finding.field), []).append(finding)
    return [finding for group in about.values() for finding in _few(group)]


def _merged(group: list[Finding]) -> Finding:
    first = group[0]
    return first if len(group) == 1 else replace(first, cells=_cells(group))


def _few(group: list[Finding]) -> list[Finding]:
    if len(group) <= MOST_APART:
        return group
    first = group[0]
    message = f"{first.message} ({len(group)} findings like this one, same cause.)"
    return [replace(first, message=message, cells=_cells(group), alike=len(group))]


def _cells(group: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell for finding in group for cell in finding.cells))

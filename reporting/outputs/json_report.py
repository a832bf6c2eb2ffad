"""The results of validating as JSON (DESIGN 13)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from reporting import __version__
from reporting.findings import FileResult, Finding, Severity, Verdict


def document(results: Sequence[FileResult], *, schema: str | None, network: Iterable[Finding] = ()) -> dict[str, Any]:
    """The results as plain values.

    ``schema`` is the id of the form, the newest where the files are of several; ``network`` are findings between offices.
    """
    between = [_finding(finding) for finding in network]
    return {
        "schema": schema,
        "tool_version": __version__,
        "files": [_file(result) for result in results],
        "network": between,
        "summary": summary(results),
    }


def json_text(results: Sequence[FileResult], *, schema: str | None, network: Iterable[Finding] = ()) -> str:
    """The document as text, indented, with a line break at its end."""
    content = document(results, schema=schema, network=network)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def summary(results: Iterable[FileResult]) -> dict[str, Any]:
    """Numbers of files, verdicts and findings; every verdict and severity is present."""
    everything = list(results)
    verdicts = Counter(result.verdict for result in everything)
    counts: Counter[Severity] = Counter()
    for result in everything:
        counts.update(result.counts)
    return {
        "files": len(everything),
        "verdicts": {verdict.value: verdicts[verdict] for verdict in Verdict},
        "counts": {severity.value: counts[severity] for severity in Severity},
    }


def _file(result: FileResult) -> dict[str, Any]:
    return {
        "path": result.shown_path,
        "sha256": result.sha256,
        "office": result.office,
        "year": result.year,
        "verdict": result.verdict.value,
        "counts": {severity.value: number for severity, number in result.counts.items()},
        "findings": [_finding(finding) for finding in result.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        "sheet": finding.sheet,
        "cells": list(finding.cells),
        "found": finding.found,
        "expected": finding.expected,
        "difference": finding.difference,
        "message": finding.message,
        "hint": finding.hint,
        "suggestion": finding.suggestion,
        "explanation": finding.explanation,
        "waiver": finding.waiver,
    }

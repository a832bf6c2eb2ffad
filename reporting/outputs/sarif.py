"""Findings as SARIF 2.1.0 (OASIS standard), for code scanning."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from reporting import __version__
from reporting.findings import FileResult, Finding, FindingKind, Severity
from reporting.outputs.words import line
from reporting.translator import ENGLISH_WORDS, Translator

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_WORD_OF_A_FINDING: Final = re.compile(r"\{[^{}]*\}")
_LEVELS: Final = {Severity.ERROR: "error", Severity.QUERY: "warning", Severity.NOTE: "note"}


def sarif_text(
    results: Sequence[FileResult], kinds: Mapping[str, FindingKind], words: Translator = ENGLISH_WORDS
) -> str:
    """One run; its rules are those of the catalogue ``kinds`` that the findings use."""
    codes = sorted({finding.code for result in results for finding in result.findings})
    driver = {"name": "apr", "version": __version__, "rules": [_rule(code, kinds.get(code)) for code in codes]}
    found = [item for result in results for item in _results(result, codes, words)]
    run: dict[str, Any] = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}
    if words.translates:
        run["language"] = words.language
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, kind: FindingKind | None) -> dict[str, Any]:
    if kind is None:
        return {"id": code}
    message = _general(kind.message)
    return {
        "id": code,
        "shortDescription": {"text": message},
        "fullDescription": {"text": kind.documentation or message},
        "help": {"text": _general(kind.hint) or kind.documentation or message},
        "defaultConfiguration": {"level": _LEVELS[kind.severity]},
    }


def _general(text: str) -> str:
    """A message as it is for every finding: an ellipsis where each has a word of its own."""
    return _WORD_OF_A_FINDING.sub("…", text)


def _results(result: FileResult, codes: Sequence[str], words: Translator) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    items = []
    for finding in result.findings:
        identity = "\n".join((result.shown_path, finding.code, finding.field, finding.sheet, *finding.cells))
        seen[identity] += 1
        items.append(_result(result, finding, codes.index(finding.code), f"{identity}\n{seen[identity]}", words))
    return items


def _result(result: FileResult, finding: Finding, index: int, identity: str, words: Translator) -> dict[str, Any]:
    """One result. Its fingerprint is of the place and code, never of values, so that it outlives a changed wording."""
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(result.path)}, "region": {"startLine": 1}}
    }
    if cells := [_cell(finding.sheet, cell) for cell in finding.cells] or [finding.sheet] * bool(finding.sheet):
        location["logicalLocations"] = [{"fullyQualifiedName": cell, "kind": "member"} for cell in cells]
    item: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": line(finding, words)},
        "locations": [location],
        "partialFingerprints": {"place/v1": hashlib.sha256(identity.encode()).hexdigest()},
    }
    if finding.waiver:
        item["suppressions"] = [{"kind": "external", "status": "accepted", "justification": finding.waiver}]
    return item


def _cell(sheet: str, cell: str) -> str:
    return cell if "!" in cell or not sheet else f"{sheet}!{cell}"


def _uri(path: str) -> str:
    return quote(os.fsencode(path.replace("\\", "/")), safe="/")

"""Findings that repeat no personal data: masked where they are made, so that nothing that shows them can forget it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from reporting.findings import Finding
from reporting.personal_data import masked, may_hold

_TEXTS: Final = ("message", "hint", "found", "expected", "suggestion", "explanation", "sheet")


def without_personal_data(finding: Finding) -> Finding:
    """The finding, whose words never repeat personal data that the office has written; nor does the title of a sheet."""
    texts = {name: getattr(finding, name) for name in _TEXTS}
    changed: dict[str, Any] = {
        name: masked(text) for name, text in texts.items() if isinstance(text, str) and may_hold(text)
    }
    if "message" in changed:
        changed["words"] = tuple(
            (name, masked(word) if isinstance(word, str) else word) for name, word in finding.words
        )
    cells = tuple(masked(cell) if "!" in cell else cell for cell in finding.cells)
    return replace(finding, **changed, cells=cells) if changed or cells != finding.cells else finding

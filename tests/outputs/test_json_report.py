"""The JSON of DESIGN 13."""

from __future__ import annotations

import json

from reporting.findings import FileResult, Finding, Severity, Verdict
from reporting.outputs.json_report import json_text

FINDING = Finding(
    code="TOT001",
    severity=Severity.ERROR,
    message="The total is 12, but the parts make 13.",
    hint="Correct one of them.",
    field="populations.closing",
    sheet="Populations",
    cells=("E5", "F5"),
    found=12,
    expected=13,
    difference=-1,
)
RESULT = FileResult(
    path="KEN-2008.xlsx", sha256="ab", office="KEN", year=2008, verdict=Verdict.REJECTED, findings=(FINDING,)
)


def test_the_document_has_exactly_the_promised_keys() -> None:
    document = json.loads(json_text([RESULT], schema="apr-2008"))
    assert list(document) == ["schema", "tool_version", "files", "network", "summary"]
    assert document["schema"] == "apr-2008"
    assert document["files"] == [
        {
            "path": "KEN-2008.xlsx",
            "sha256": "ab",
            "office": "KEN",
            "year": 2008,
            "verdict": "rejected",
            "counts": {"error": 1, "query": 0, "note": 0},
            "findings": [
                {
                    "code": "TOT001",
                    "severity": "error",
                    "field": "populations.closing",
                    "sheet": "Populations",
                    "cells": ["E5", "F5"],
                    "found": 12,
                    "expected": 13,
                    "difference": -1,
                    "message": "The total is 12, but the parts make 13.",
                    "hint": "Correct one of them.",
                    "suggestion": "",
                    "explanation": "",
                    "waiver": "",
                }
            ],
        }
    ]
    assert document["network"] == []
    assert document["summary"] == {
        "files": 1,
        "verdicts": {"accepted": 0, "queries": 0, "rejected": 1, "unreadable": 0},
        "counts": {"error": 1, "query": 0, "note": 0},
    }


def test_nothing_found_is_a_document_too_and_letters_of_any_script_stay_readable() -> None:
    assert json.loads(json_text([], schema=None))["summary"]["files"] == 0
    arabic = FileResult(path="تقرير.xlsx", sha256="", verdict=Verdict.UNREADABLE)
    text = json_text([arabic], schema=None)
    assert "تقرير.xlsx" in text
    assert text.endswith("}\n")

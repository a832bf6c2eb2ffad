"""Findings as JUnit XML: a test suite a file, a test case a finding code; unwaived errors are failures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as ET

from reporting.findings import FileResult, Finding, Severity
from reporting.outputs.words import SEVERITIES, line
from reporting.translator import ENGLISH_WORDS, Translator

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def junit_text(results: Sequence[FileResult], words: Translator = ENGLISH_WORDS) -> str:
    """The results as one document. A file without findings has one case that passes; queries and notes go to system-out."""
    root = ET.Element("testsuites", name="apr validate")
    for result in results:
        _suite(root, result, words)
    suites = list(root)
    for count in ("tests", "failures"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    root.set("errors", "0")
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def fails(finding: Finding) -> bool:
    """Whether a finding is an error that no bureau has waived."""
    return finding.severity is Severity.ERROR and not finding.waiver


def _suite(root: ET.Element, result: FileResult, words: Translator) -> None:
    alike: dict[str, list[Finding]] = {}
    for finding in result.findings:
        alike.setdefault(finding.code, []).append(finding)
    failures = sum(any(map(fails, findings)) for findings in alike.values())
    attributes = {"name": result.shown_path, "tests": str(len(alike) or 1), "failures": str(failures), "errors": "0"}
    suite = ET.SubElement(root, "testsuite", attributes)
    for code, findings in alike.items():
        _case(suite, result.shown_path, code, findings, words)
    if not alike:
        ET.SubElement(suite, "testcase", classname=result.shown_path, name=result.verdict.value)


def _case(suite: ET.Element, path: str, code: str, findings: Sequence[Finding], words: Translator) -> None:
    case = ET.SubElement(suite, "testcase", classname=path, name=code)
    failing = [finding for finding in findings if fails(finding)]
    others = [finding for finding in findings if not fails(finding)]
    if failing:
        failure = ET.SubElement(case, "failure", message=_clean(failing[0].message), type="error")
        failure.text = _clean("\n".join(line(finding, words) for finding in failing))
    if others:
        out = ET.SubElement(case, "system-out")
        said = (f"{words.say(SEVERITIES[finding.severity])}: {line(finding, words)}" for finding in others)
        out.text = _clean("\n".join(said))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)

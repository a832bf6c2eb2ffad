"""Findings as text."""

from __future__ import annotations

from dataclasses import replace

from reporting.findings import FileResult, Finding, Severity, Verdict
from reporting.outputs.columns import wrapped
from reporting.outputs.text import coloured, text_report

ERROR = Finding(
    code="CEL009",
    severity=Severity.ERROR,
    message="“Persons screened” needs a number, but the cell says “1,234”.",
    hint="Write digits only, .. if the number is not available, or na if the question does not apply.",
    field="security.trafficking.persons_screened",
    sheet="3 Security",
    cells=("C47",),
    suggestion="1234",
)
QUERY = Finding(
    code="TOT004",
    severity=Severity.QUERY,
    message="Sex and age are given for only 0 of 725 persons.",
    sheet="Populations",
    cells=tuple(f"E{row}" for row in range(5, 25)),
    explanation="Government figures.",
    waiver="Agreed. (Senior Officer, 2009-03-01)",
)


def report(*findings: Finding, everything: bool = False) -> str:
    result = FileResult(
        path="KEN-2008.xlsx", sha256="", office="KEN", year=2008, verdict=Verdict.REJECTED, findings=findings
    )
    return text_report([result], everything=everything)


def test_a_finding_tells_place_fault_suggestion_and_cure() -> None:
    assert report(ERROR).splitlines() == [
        "KEN-2008.xlsx",
        "  KEN 2008, rejected: correct the errors and send the return again",
        "    (1 error, 0 queries, 0 notes)",
        "  ✗ CEL009  3 Security C47",
        "    “Persons screened” needs a number, but the cell says “1,234”.",
        "    → Do you mean 1234?",
        "    → Write digits only, .. if the number is not available, or na if the",
        "      question does not apply.",
        "",
        "1 file: 1 rejected (1 error, 0 queries, 0 notes)",
        "Most frequent: CEL009 (1). “apr explain CODE” tells more.",
    ]


def test_an_explanation_and_a_waiver_are_printed_with_the_finding_and_many_cells_are_counted() -> None:
    lines = report(QUERY).splitlines()
    assert lines[3] == "  ? TOT004  Populations E5, E6, E7, E8, E9, E10 and 14 more"
    assert "    Explained by the office: Government figures." in lines
    assert "    Waived by the bureau: Agreed. (Senior Officer, 2009-03-01)" in lines


def test_repeats_of_a_code_are_named_by_place_unless_all_is_asked_for() -> None:
    findings = [replace(ERROR, cells=(f"C{row}",)) for row in range(40, 52)]
    brief, full = report(*findings), report(*findings, everything=True)
    assert brief.count("✗ CEL009") == 3
    assert "  ✗ 9 more of CEL009: 3 Security C43; 3 Security C44; 3 Security C45;" in brief
    assert "and 3 more" in brief
    assert full.count("✗ CEL009") == 12


def test_text_for_a_mail_has_no_colours_and_stays_within_its_width() -> None:
    text = report(ERROR, QUERY)
    assert "\x1b" not in text
    assert all(len(line) <= 80 for line in text.splitlines() if line.startswith("    "))


def test_chinese_letters_count_as_two_columns_and_what_is_too_long_for_a_line_is_broken() -> None:
    assert [*wrapped("数据不全 ab " + "x" * 12, 10, "- ", "  ")] == ["- 数据不全", "  ab", "  xxxxxxxx", "  xxxx"]
    assert [*wrapped("数据不全的报告", 10)] == ["数据不全的", "报告"]
    assert [*wrapped("", 10, "- ")] == []


def test_colours_are_there_for_a_terminal() -> None:
    result = FileResult(path="KEN-2008.xlsx", sha256="", verdict=Verdict.ACCEPTED)
    assert "\x1b[32m" in text_report([result], paint=coloured)


def test_no_file_makes_a_summary_of_none() -> None:
    assert text_report([]) == "0 files: none (0 errors, 0 queries, 0 notes)\n"

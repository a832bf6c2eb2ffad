"""All checks on one return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reporting.checks.catalogue import CHECKS, PRIVACY_CHECKS, QUALITY_CHECKS, catalogue
from reporting.checks.check import Case, Check
from reporting.checks.content import rule_findings, rule_kind
from reporting.checks.grouping import grouped
from reporting.checks.masking import without_personal_data
from reporting.findings import Finding, FindingKind, Severity
from reporting.schema.compiled import load_schema
from reporting.schema.expressions import names, parse
from reporting.schema.model import Rule, Schema
from reporting.schema.rules import in_force
from reporting.workbook.answers import Return
from reporting.workbook.form_faults import SHEET_MISSING

_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def check_return(
    returned: Return, schema: Schema, *, previous: Return | None = None, quality: bool = True
) -> tuple[Finding, ...]:
    """Everything that is to be said of a return: what reading found and what the checks find.

    ``previous`` is the same office's return of the year before. Without ``quality`` narratives are not judged. The
    office's explanations are attached to queries. Errors come first, within a severity the order is that of the checks.
    """
    before = Case.of(previous, load_schema(previous.schema_id)) if previous else None
    case = Case.of(returned, schema, before)
    checks = (*CHECKS, *PRIVACY_CHECKS, *(QUALITY_CHECKS if quality else ()))
    found = grouped(_with_ground([*returned.findings, *_findings(case, checks)], catalogue(schema)))
    answered = (without_personal_data(_answered(finding, returned)) for finding in found)
    return tuple(sorted(answered, key=lambda finding: _RANK[finding.severity]))


def _findings(case: Case, checks: Iterable[Check]) -> Iterator[Finding]:
    for item in checks:
        yield from item.findings(case)
    lost = tuple(
        finding.field for finding in case.returned.findings if finding.code == SHEET_MISSING.code and finding.field
    )
    for rule in case.schema.rules:
        if in_force(rule, case.returned.year) and not (lost and _asks_of(rule, lost)):
            yield from rule_findings(rule, rule_kind(rule), case)


def _asks_of(rule: Rule, lost: tuple[str, ...]) -> bool:
    """Whether the rule looks at a sheet that is missing: its rows and answers are not none, they are not known."""
    asked = {rule.table, *(name for text in (rule.holds, rule.where) if text for name in names(parse(text)))}
    return any(name == place or name.startswith(f"{place}.") for name in asked for place in lost)


def _with_ground(findings: Iterable[Finding], kinds: Mapping[str, FindingKind]) -> Iterator[Finding]:
    """The findings without those that only follow from another.

    That other one has a code of ``requires`` and is about the same cell or, where it is about no cell, about the same
    question or sheet.
    """
    everything = list(findings)
    taken: dict[str, set[tuple[str, str]]] = {}
    for finding in everything:
        places = {(finding.sheet, cell) for cell in finding.cells} or {("", finding.field), (finding.sheet, "")}
        taken.setdefault(finding.code, set()).update(places)
    for finding in everything:
        places = {(finding.sheet, cell) for cell in finding.cells} | {("", finding.field)}
        if not finding.cells:
            places.add((finding.sheet, ""))
        kind = kinds.get(finding.code)
        if kind is None or not any(places & taken.get(code, set()) for code in kind.requires):
            yield finding


def _answered(finding: Finding, returned: Return) -> Finding:
    """The finding with the office's explanation, if it is a query; one taken over from last year lapses with its value."""
    explanation = returned.explanations.get(finding.code, "") if finding.severity is Severity.QUERY else ""
    carried = returned.carried.get(finding.code)
    if carried and carried.text == explanation and finding.values not in carried.values:
        return finding
    return replace(finding, explanation=explanation) if explanation else finding

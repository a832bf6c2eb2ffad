"""Every code that a finding can have."""

from __future__ import annotations

from collections.abc import Iterator

from reporting.checks import cells, privacy, quality, rows
from reporting.checks.check import Check
from reporting.checks.content import rule_kind
from reporting.checks.network import NETWORK_KINDS
from reporting.findings import FindingKind
from reporting.schema.model import Schema
from reporting.workbook.faults import FAULTS

CHECKS: tuple[Check, ...] = (
    cells.required_answer_missing,
    cells.questions_unanswered,
    cells.answered_though_not_asked,
    cells.text_too_long,
    cells.below_minimum,
    cells.above_maximum,
    rows.required_column_missing,
    rows.rows_doubled,
    rows.table_filled_though_not_asked,
    rows.table_empty_though_asked,
    rows.columns_unanswered,
)
"""All checks written in Python, in the order in which they run; the rules of the schema follow them."""
PRIVACY_CHECKS: tuple[Check, ...] = (
    privacy.email_address,
    privacy.telephone_number,
    privacy.case_number,
    privacy.likely_name,
)
"""Looking for personal data; their time is measured apart."""
QUALITY_CHECKS: tuple[Check, ...] = (quality.placeholder, quality.same_as_last_year, quality.other_language)
"""Judging narratives; their time is measured apart."""


def catalogue(*schemas: Schema) -> dict[str, FindingKind]:
    """What each code means, by code, in the order of the codes; of a rule in several schemas the last one's wording."""
    checks = (*CHECKS, *PRIVACY_CHECKS, *QUALITY_CHECKS)
    kinds = [*FAULTS, *(item.kind for item in checks), *NETWORK_KINDS, *_rules(schemas)]
    return {kind.code: kind for kind in sorted(kinds, key=lambda kind: kind.code)}


def _rules(schemas: tuple[Schema, ...]) -> Iterator[FindingKind]:
    return (rule_kind(rule) for schema in schemas for rule in schema.rules)

"""What is plain from a rule without any return."""

from __future__ import annotations

from reporting.findings import Severity
from reporting.schema.model import Rule


def in_force(rule: Rule, year: int) -> bool:
    """Whether the rule holds for returns of ``year``."""
    return (rule.first_year or year) <= year <= (rule.last_year or year)


def severity_of(rule: Rule) -> Severity:
    """The severity of its findings: a beta rule makes notes."""
    return Severity.NOTE if rule.beta else rule.severity

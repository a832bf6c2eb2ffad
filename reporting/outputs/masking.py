"""Values of sensitive fields kept out of what CI systems publish (DESIGN 6); masking of personal data has its place here."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from reporting.findings import FileResult, Finding, FindingKind
from reporting.schema.model import Field, Rule, Schema

HIDDEN: Final = "(hidden)"
"""Stands in a message where a value of a sensitive field would stand."""


def masked(results: Sequence[FileResult], schemas: Sequence[Schema]) -> list[FileResult]:
    """The results with no value of a field that is sensitive in any of ``schemas``; codes and cells stay."""
    from reporting.checks.catalogue import catalogue

    kinds = catalogue(*schemas)
    fields = frozenset(field.id for schema in schemas for field in _fields(schema) if field.sensitive)
    codes = frozenset(rule.code for schema in schemas for rule in schema.rules if _draws_on(rule, fields))
    return [
        replace(result, findings=tuple(_masked(item, kinds, fields, codes) for item in result.findings))
        for result in results
    ]


def _fields(schema: Schema) -> Iterable[Field]:
    yield from schema.cover.fields
    yield from schema.summary.fields
    for category in schema.categories:
        for area in category.areas:
            yield from area.fields
    for table in schema.tables:
        yield from table.columns


def _draws_on(rule: Rule, fields: frozenset[str]) -> bool:
    """Whether a rule names a sensitive field; in a rule for a table's rows, its columns go by their short names."""
    texts = " ".join((rule.holds, rule.where, rule.found, rule.expected, *rule.cells))
    names = {field.removeprefix(f"{rule.table}.") if rule.table else field for field in fields}
    return any(name in texts for name in names)


def _masked(
    finding: Finding, kinds: Mapping[str, FindingKind], fields: frozenset[str], codes: frozenset[str]
) -> Finding:
    inside = any(field == finding.field or field.startswith(f"{finding.field}.") for field in fields)
    if not (finding.code in codes or (finding.field and inside)):
        return finding
    kind = kinds.get(finding.code)
    message = _without_values(kind.message, finding.sheet) if kind else f"A finding on a sensitive answer {HIDDEN}."
    hint = kind.hint if kind else ""
    cleared = replace(finding, message=message, hint=hint, found=None, expected=None, difference=None)
    return replace(cleared, suggestion="", explanation="", waiver="waived" if finding.waiver else "")


def _without_values(pattern: str, sheet: str) -> str:
    parts = []
    for text, name, _, _ in string.Formatter().parse(pattern):
        parts += [text, "" if name is None else sheet if name == "sheet" else HIDDEN]
    return "".join(parts)

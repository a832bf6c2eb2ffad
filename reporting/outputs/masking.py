"""Values of sensitive fields kept out of what CI systems publish (DESIGN 6).

Personal data is another matter: no finding ever holds any (:mod:`reporting.checks.run`).
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reporting.findings import FileResult, Finding, FindingKind, filled
from reporting.languages import to_say
from reporting.schema.model import Field, Rule, Schema
from reporting.schema.rules import fields_read
from reporting.workbook.addresses import number_of

HIDDEN: Final = to_say("(hidden)")
"""Stands in a message where a value of a sensitive field would stand."""
_SENSITIVE: Final = to_say("A sensitive answer {found}.")


def masked(results: Sequence[FileResult], schemas: Sequence[Schema]) -> list[FileResult]:
    """The results with no value of a field that is sensitive in any of ``schemas``; codes and cells stay."""
    from reporting.checks.catalogue import catalogue

    kinds = catalogue(*schemas)
    sensitive = _Sensitive.of(schemas)
    return [
        replace(result, findings=tuple(_masked(item, kinds, sensitive) for item in result.findings))
        for result in results
    ]


@dataclass(frozen=True)
class _Sensitive:
    """What must not be published."""

    fields: frozenset[str]
    """Ids of fields and columns: those that the schema marks, and those that are computed from them."""
    tables: frozenset[str]
    """Tables of which a key column is sensitive: a finding about the table names the key."""
    sheets: frozenset[str]
    """Titles of sheets with a sensitive field: what stands there in the wrong place may be its value."""
    printed: frozenset[str]
    """Codes of the rules that print a sensitive value."""
    judged: frozenset[str]
    """Codes of the rules that draw on a sensitive value, whether they print it or not."""
    labels: Mapping[str, str]
    """The label of every field, column and table, by id."""

    @classmethod
    def of(cls, schemas: Sequence[Schema]) -> _Sensitive:
        by_sheet = [(sheet, field) for schema in schemas for sheet, field in _fields(schema)]
        fields = with_computed([field for _, field in by_sheet])
        tables = [table for schema in schemas for table in schema.tables]
        rules = [rule for schema in schemas for rule in schema.rules]
        return cls(
            fields=fields,
            tables=frozenset(table.id for table in tables if fields & {f"{table.id}.{name}" for name in table.key}),
            sheets=frozenset(sheet for sheet, field in by_sheet if field.id in fields),
            printed=frozenset(rule.code for rule in rules if fields & _printed(rule)),
            judged=frozenset(rule.code for rule in rules if fields & _judged(rule)),
            labels={table.id: table.label for table in tables} | {field.id: field.label for _, field in by_sheet},
        )


def _fields(schema: Schema) -> Iterator[tuple[str, Field]]:
    """Every field and column with the title of its sheet."""
    for section in (schema.cover, schema.summary):
        yield from ((section.sheet, field) for field in section.fields)
    for category in schema.categories:
        for area in category.areas:
            yield from ((category.sheet, field) for field in area.fields)
    for table in schema.tables:
        yield from ((table.sheet, column) for column in table.columns)


def with_computed(fields: Iterable[Field]) -> frozenset[str]:
    """The sensitive fields, and those whose value follows from one, however far."""
    reads = [(field.id, fields_read(field.computed)) for field in fields if field.computed]
    found: set[str] = {field.id for field in fields if field.sensitive}
    while more := {identifier for identifier, read in reads if identifier not in found and read & found}:
        found |= more
    return frozenset(found)


def _printed(rule: Rule) -> frozenset[str]:
    """What the message of a rule tells: values, and the difference between them."""
    return fields_read(rule.found, rule.table) | fields_read(rule.expected, rule.table)


def _judged(rule: Rule) -> frozenset[str]:
    return _printed(rule) | fields_read(rule.holds, rule.table) | fields_read(rule.where, rule.table)


def _masked(finding: Finding, kinds: Mapping[str, FindingKind], sensitive: _Sensitive) -> Finding:
    if _prints(finding, sensitive):
        kind = kinds.get(finding.code)
        cleared = replace(finding, hint=kind.hint if kind else "", suggestion="", alike=0)
        spoken = _without_values(kind.message if kind else _SENSITIVE, cleared, sensitive)
        return _unspoken(replace(spoken, found=None, expected=None, difference=None))
    return _unspoken(finding) if finding.code in sensitive.judged else finding


def _unspoken(finding: Finding) -> Finding:
    """Without what the office and the bureau wrote, which may repeat a value: only that they did."""
    explanation = HIDDEN if finding.explanation else ""
    return replace(finding, explanation=explanation, waiver="waived" if finding.waiver else "")


def _prints(finding: Finding, sensitive: _Sensitive) -> bool:
    """Whether the finding tells a sensitive value.

    One about a chapter or a whole table only counts cells, unless it names the keys of rows.
    """
    if finding.field:
        return finding.code in sensitive.printed or finding.field in sensitive.fields | sensitive.tables
    return finding.code in sensitive.printed or (finding.found is not None and finding.sheet in sensitive.sheets)


def _without_values(template: str, finding: Finding, sensitive: _Sensitive) -> Finding:
    """The finding with the place in its message, but without its values."""
    cell = finding.cells[0].rpartition("!")[2] if finding.cells else ""
    words = {
        "sheet": finding.sheet,
        "label": sensitive.labels.get(finding.field, HIDDEN),
        "row": str(number_of(cell)) if cell else HIDDEN,
    }
    names = dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(template) if name)
    said = {name: words.get(name, HIDDEN) for name in names}
    texts = {name: "" for name in names if name not in words}
    if "label" in said:
        texts["label"] = f"{finding.field}.label" if said["label"] != HIDDEN else ""
    return replace(
        finding,
        message=filled(template, said, texts),
        template=template,
        words=tuple(said.items()),
        texts=tuple(texts.items()),
    )

"""Content rules: the expressions of the schema, so that headquarters adds one without a programmer (DESIGN 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from reporting.checks.check import Case, Failure, finding_of
from reporting.findings import Finding, FindingKind, Word
from reporting.schema.evaluate import Result, evaluate, meaning
from reporting.schema.model import Rule, Schema
from reporting.schema.rules import severity_of
from reporting.workbook.answers import Answer
from reporting.workbook.scope import ReturnScope, RowScope


def rule_kind(rule: Rule) -> FindingKind:
    """What all findings of a rule have in common; a beta rule makes notes."""
    return FindingKind(
        code=rule.code,
        severity=severity_of(rule),
        message=rule.message,
        documentation=_documentation(rule),
        hint=rule.hint,
        source=rule.source,
        requires=rule.requires,
    )


def rule_findings(rule: Rule, kind: FindingKind, case: Case) -> Iterator[Finding]:
    """A finding for the return, or for each row, in which the rule is known to be broken."""
    holds = meaning(rule.holds)
    for scope in _scopes(rule, case):
        if holds(scope) is False:
            yield finding_of(kind, _failure(rule, scope, case.schema))


def _scopes(rule: Rule, case: Case) -> Iterator[ReturnScope | RowScope]:
    where = meaning(rule.where) if rule.where else None
    scopes: Iterator[ReturnScope | RowScope] = iter(case.scope.rows(rule.table) if rule.table else (case.scope,))
    return (scope for scope in scopes if where is None or where(scope) is True)


def _failure(rule: Rule, scope: ReturnScope | RowScope, schema: Schema) -> Failure:
    return Failure(
        field=_identifier(rule.cells[0], rule, schema) if rule.cells else rule.table,
        answers=tuple(answer for path in rule.cells for answer in _answers(path, scope)),
        found=_printed(rule.found, scope),
        expected=_printed(rule.expected, scope),
        words=_place(scope),
    )


def _identifier(path: str, rule: Rule, schema: Schema) -> str:
    """The full id of a rule's column, or of the field it names."""
    table = schema.tables_by_id.get(rule.table)
    return table.by_name[path].id if table and path in table.by_name else path


def _answers(path: str, scope: ReturnScope | RowScope) -> Iterator[Answer]:
    """The answer to a field or column; of ``table.column`` seen from the return, those of all rows."""
    if (answer := scope.answer(path)) is not None:
        yield answer
        return
    table, _, column = path.partition(".")
    for row in scope.rows(table):
        if (answer := row.row.answers.get(column)) is not None and answer.answered:
            yield answer


def _printed(expression: str, scope: ReturnScope | RowScope) -> str | int | float | None:
    """The value that a message prints; None where it is not known."""
    if not expression:
        return None
    value: Result = evaluate(expression, scope)
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float() | str():
            return value
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(value)
    return None


def _place(scope: ReturnScope | RowScope) -> Mapping[str, Word]:
    return {"row": str(scope.row.number)} if isinstance(scope, RowScope) else {}


def _documentation(rule: Rule) -> str:
    parts = [f"For each row of `{rule.table}`" if rule.table else "Once a return"]
    if rule.where:
        parts.append(f", where `{rule.where}`")
    parts.append(f", this must hold where it can be known: `{rule.holds}`.")
    return "".join(parts)

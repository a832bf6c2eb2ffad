"""``apr explain``."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterator

import click

from reporting.errors import UsageError
from reporting.findings import FindingKind, Severity

_ASKS = {
    Severity.ERROR: "must be corrected",
    Severity.QUERY: "correct it, or explain it on the sheet “Checks”",
    Severity.NOTE: "for information",
}


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Say what a finding means and how to correct it; without CODE, list all.

    \b
      apr explain TOT001
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    kinds = _kinds()
    if code is None:
        for kind in kinds.values():
            click.echo(f"{kind.code}  {kind.severity.value:<5}  {kind.message}")
        return
    if code.upper() not in kinds:
        near = difflib.get_close_matches(code.upper(), kinds, n=3)
        raise UsageError(f"there is no finding “{code}”" + (f"; there are {', '.join(near)}" if near else ""))
    click.echo("\n".join((*_explained(kinds[code.upper()]), *_as_rule(code.upper()))))


def _kinds() -> dict[str, FindingKind]:
    from reporting.checks.catalogue import catalogue
    from reporting.schema.compiled import load_schema
    from reporting.schema.identifiers import schema_ids

    return catalogue(*(load_schema(identifier) for identifier in schema_ids()))


def _as_rule(code: str) -> Iterator[str]:
    """The rule of the newest form that has it, as it is written, in a sentence and as the formula of the workbook."""
    from reporting.schema.compiled import load_schema
    from reporting.schema.identifiers import schema_ids
    from reporting.workbook.live import rule_in_words

    for schema in map(load_schema, reversed(schema_ids())):
        for rule in schema.rules:
            if rule.code == code:
                yield from ("", f"The rule ({schema.id}):")
                for line in rule_in_words(rule, schema):
                    yield from ("", *textwrap.wrap(line, 80, break_long_words=False, break_on_hyphens=False))
                return


def _explained(kind: FindingKind) -> Iterator[str]:
    yield f"{kind.code}  {kind.severity.value}: {_ASKS[kind.severity]}"
    yield ""
    yield from textwrap.wrap(f"“{kind.message}”", 80, initial_indent="  ", subsequent_indent="  ")
    yield ""
    yield from textwrap.wrap(kind.documentation, 80)
    if kind.hint:
        yield from ("", *textwrap.wrap(f"What to do: {kind.hint}", 80))
    if kind.source:
        yield from ("", f"Source: {kind.source}")

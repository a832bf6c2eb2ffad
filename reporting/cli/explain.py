"""``apr explain``."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace

import click

from reporting.errors import UsageError
from reporting.findings import FindingKind, Severity
from reporting.languages import to_say
from reporting.outputs.columns import wrapped
from reporting.outputs.words import SEVERITIES
from reporting.translator import Translator, translator

_ASKS = {
    Severity.ERROR: to_say("must be corrected"),
    Severity.QUERY: to_say("correct it, or explain it on the sheet “Checks”"),
    Severity.NOTE: to_say("for information"),
}


@click.command("explain")
@click.argument("code", required=False)
@click.option("--lang", default="en", show_default=True, help="The language of the explanation.")
def command(code: str | None, lang: str) -> None:
    """Say what a finding means and how to correct it; without CODE, list all.

    \b
      apr explain TOT001
      apr explain TOT001 --lang fr
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    words = translator(lang)
    kinds = _kinds(words)
    if code is None:
        wide = max(len(words.say(text)) for text in SEVERITIES.values())
        for kind in kinds.values():
            click.echo(f"{kind.code}  {words.say(SEVERITIES[kind.severity]):<{wide}}  {kind.message}")
        return
    if code.upper() not in kinds:
        near = difflib.get_close_matches(code.upper(), kinds, n=3)
        raise UsageError(f"there is no finding “{code}”" + (f"; there are {', '.join(near)}" if near else ""))
    click.echo("\n".join((*_explained(kinds[code.upper()], words), *_as_rule(code.upper(), words))))


def _kinds(words: Translator) -> Mapping[str, FindingKind]:
    """Every code in the language of ``words``; a rule in the words of the newest form that has it.

    What is documented of a rule follows from how it is written, and is English.
    """
    from reporting.checks.catalogue import catalogue
    from reporting.schema.compiled import load_schema
    from reporting.schema.identifiers import schema_ids

    schemas = [load_schema(identifier) for identifier in schema_ids()]
    forms = {rule.code: schema.id for schema in schemas for rule in schema.rules}
    kinds = {code: words.kind(kind, forms.get(code, "")) for code, kind in catalogue(*schemas).items()}
    if not words.translates:
        return kinds
    return {code: replace(kind, documentation="") if code in forms else kind for code, kind in kinds.items()}


def _as_rule(code: str, words: Translator) -> Iterator[str]:
    """The rule of the newest form that has it, as it is written and as the formula of the workbook; in English a sentence, too."""
    from reporting.schema.compiled import load_schema
    from reporting.schema.identifiers import schema_ids
    from reporting.workbook.live import rule_in_words

    for schema in map(load_schema, reversed(schema_ids())):
        for rule in schema.rules:
            if rule.code == code:
                yield from ("", words.say("The rule ({form}):", form=schema.id))
                for line in rule_in_words(rule, schema, words):
                    yield from ("", *wrapped(line, 80))
                return


def _explained(kind: FindingKind, words: Translator) -> Iterator[str]:
    yield f"{kind.code}  {words.say(SEVERITIES[kind.severity])}: {words.say(_ASKS[kind.severity])}"
    yield ""
    yield from wrapped(f"“{kind.message}”", 80, "  ", "  ")
    if kind.documentation:
        yield from ("", *wrapped(kind.documentation, 80))
    if kind.hint:
        yield from ("", *wrapped(words.say("What to do: {hint}", hint=kind.hint), 80))
    if kind.source:
        yield from ("", words.say("Source: {source}", source=kind.source))

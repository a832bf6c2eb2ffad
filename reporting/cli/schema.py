"""``apr schema``: list, show, check, and the register of follow-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reporting.errors import UsageError

if TYPE_CHECKING:
    from reporting.schema.model import Field, Schema


@click.group("schema")
def command() -> None:
    """List, show and check the forms: one YAML file a year."""


@command.command("list")
def list_() -> None:
    """List the forms at hand."""
    from reporting.schema.compiled import load_schema
    from reporting.schema.identifiers import schema_ids

    for identifier in schema_ids():
        click.echo(f"{identifier}  {_size(load_schema(identifier))}")


@command.command("show")
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--rules", is_flag=True, help="Show the rules only: as written, in words, and as formulas.")
def show(identifier: str | None, *, rules: bool) -> None:
    """Show what a form asks: every question with its type, conditions and source.

    \b
      apr schema show apr-2008
      apr schema show apr-2008 --rules
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    from reporting.schema.compiled import load_schema
    from reporting.schema.identifiers import schema_ids

    at_hand = schema_ids()
    if identifier is None and not at_hand:
        raise UsageError("there is no schema")
    schema = load_schema(identifier or at_hand[-1])
    click.echo("\n".join(_rules(schema) if rules else _shown(schema)))


@command.command("check")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Check schema files, by default all at hand; every fault is told with its line."""
    from reporting.schema.identifiers import schema_ids, schema_path
    from reporting.schema.load import read_schema

    for path in paths or tuple(schema_path(identifier) for identifier in schema_ids()):
        click.echo(f"{path.name}: no faults; {_size(read_schema(path))}")


@command.command("follow-up")
@click.argument("identifier", metavar="SCHEMA")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to stdout.")
def follow_up(identifier: str, output: Path | None) -> None:
    """Give a register of follow-up to fill in: the recommendations of a schema, nothing decided.

    Keep it as follow_up.csv beside the register of returns; the reports read it there.
    """
    from reporting.cli.destination import write_result
    from reporting.returns.follow_up import empty_follow_up
    from reporting.schema.compiled import load_schema

    recommendations = [item.id for item in load_schema(identifier).recommendations]
    if not recommendations:
        raise UsageError(f"{identifier} has no recommendations to follow up")
    if output is not None and output.exists():
        raise UsageError(f"{output} is there already: name another file, lest what was recorded be lost")
    write_result(empty_follow_up(recommendations), output)


def _size(schema: Schema) -> str:
    areas = sum(len(category.areas) for category in schema.categories)
    return (
        f"{schema.label}: {len(schema.categories)} categories, {areas} areas, {len(schema.fields)} questions, "
        f"{len(schema.impact_indicators)} impact indicators, {len(schema.tables)} tables, {len(schema.rules)} rules"
    )


def _shown(schema: Schema) -> Iterator[str]:
    yield f"{schema.id}: {schema.label}"
    for section in schema.sections:
        yield from ("", f"# {section.label}", *_questions(section.fields))
    for category in schema.categories:
        yield from ("", f"# {category.label} ({category.id})")
        for area in category.areas:
            yield from ("", f"## {area.label} ({area.id})", *_questions(area.fields))
            yield from (f"  {item.id}  impact indicator: {item.label}" for item in area.indicators)
    for table in schema.tables:
        yield from ("", f"# Table: {table.label} ({table.id})", *_questions(table.columns))
    yield from ("", "# Rules", *(f"  {rule.code}  {rule.severity.value}: {rule.message}" for rule in schema.rules))


def _rules(schema: Schema) -> Iterator[str]:
    from reporting.schema.rules import severity_of
    from reporting.workbook.live import rule_in_words

    for rule in schema.rules:
        yield f"{rule.code}  {severity_of(rule).value}: {rule.message}"
        yield from (f"      {line}" for line in rule_in_words(rule, schema))


def _questions(questions: Iterable[Field]) -> Iterator[str]:
    for question in questions:
        kind = f"{question.type.value}: {question.codes}" if question.codes else question.type.value
        yield f"  {question.id}  [{kind}, {question.requirement.value}] {question.label}"
        for name, text in (("asked if", question.asked_if), ("computed", question.computed), ("from", question.source)):
            if text:
                yield f"      {name}: {' '.join(text.split())}"

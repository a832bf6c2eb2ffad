"""The workbook and the validator agree: the same rule, the same return, the same verdict (DESIGN 3).

Returns are filled at random from the seeds below, recalculated by LibreOffice in one run, and the state of every rule, of
every record of a table's rules, and the words of the checks sheet are compared with what the validator works out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from reporting.checks.check import Case
from reporting.checks.content import rule_findings, rule_kind
from reporting.findings import Severity
from reporting.schema.compiled import load_schema
from reporting.schema.evaluate import Scope, is_false, is_true
from reporting.schema.expressions import parse
from reporting.schema.model import Rule, Schema
from reporting.schema.rules import severity_of
from reporting.workbook.addresses import Place, letters_of
from reporting.workbook.answers import Return
from reporting.workbook.arrangement import layout_of
from reporting.workbook.layout import (
    CHECKS_COLUMNS,
    CHECKS_SHEET,
    Role,
    RulesColumn,
    checks_row,
    rules_place,
    states_place,
)
from reporting.workbook.live import LiveRules, live_rules
from reporting.workbook.reader import read_return
from reporting.workbook.scope import ReturnScope
from reporting.workbook.template import write_return
from reporting.workbook.texts import text, written_in
from tests.agreement.random_returns import filled_returns
from tests.libreoffice import converted_all

SEEDS = (
    ("apr-2008", "XAA", 20082, 26, "en"),
    ("apr-2008", "KEN", 20083, 26, "en"),
    ("apr-2007", "KEN", 20073, 18, "en"),
    ("apr-2008", "XAA", 20084, 6, "fr"),
    ("apr-2008", "KEN", 20085, 6, "ar"),
)
"""Schema, office, seed, number of returns, and the language of the workbooks."""
LEAST = 5_000
"""Comparisons."""


def expected_state(rule: Rule, scope: Scope) -> str:
    """The state of a rule as the validator evaluates it: 1 broken, 0 holds, - not known."""
    if rule.where and not is_true(parse(rule.where), scope):
        return "-"
    holds = parse(rule.holds)
    return "1" if is_false(holds, scope) else "0" if is_true(holds, scope) else "-"


def whole(states: list[str]) -> str:
    """The state of a rule from those of its records."""
    return "1" if "1" in states else "0" if "0" in states else "-"


@cache
def live_of(name: str) -> LiveRules:
    schema = load_schema(name)
    return live_rules(schema, schema.year)


def compared(book: openpyxl.Workbook, returned: Return, schema: Schema) -> Iterator[tuple[str, object, object]]:
    """What is compared, what the workbook says and what the validator says."""
    case = Case.of(returned, schema)
    scope, live = ReturnScope.of(returned), live_of(schema.id)
    rules = schema.rules
    for item in live.rules:
        rule = item.rule
        scopes = list(scope.rows(rule.table)) if rule.table else [scope]
        states = [expected_state(rule, each) for each in scopes]
        assert states.count("1") == len(list(rule_findings(rule, rule_kind(rule), case)))
        yield rule.code, value(book, rules_place(RulesColumn.STATE, item.number - 1)), whole(states)
        yield f"{rule.code} count", value(book, rules_place(RulesColumn.COUNT, item.number - 1)), states.count("1")
        words = value(book, Place(CHECKS_SHEET, f"{CHECKS_COLUMNS[Role.STATE]}{checks_row(rules.index(rule))}"))
        yield f"{rule.code} words", str(words), shown(rule, states, explained=rule.code in returned.explanations)
    for position, table in enumerate(live.tables):
        of_table = [item.rule for item in live.of_table(table)]
        for row in scope.rows(table):
            found = str(value(book, state_of_record(position, row.row.number)))
            for at, rule in enumerate(of_table):
                yield f"{rule.code} record {row.row.number}", found[at : at + 1], expected_state(rule, row)


def state_of_record(position: int, row: int) -> Place:
    """Where the states of the record stand that is written in ``row`` of its sheet."""
    column = states_place(position, 1)
    return replace(column, cell=f"{letters_of(column.cell)}{row}")


def shown(rule: Rule, states: list[str], *, explained: bool) -> str:
    """The words of the checks sheet."""
    broken = states.count("1")
    if broken and explained and severity_of(rule) is Severity.QUERY:
        return text("state.explained")
    if broken:
        return text(f"state.broken.{severity_of(rule).value}") + (f" ({broken}×)" if broken > 1 else "")
    return text("state.holds") if "0" in states else text("state.open")


def value(book: openpyxl.Workbook, place: Place) -> object:
    return book[place.sheet][place.cell].value


def computed(book: openpyxl.Workbook, returned: Return, schema: Schema) -> Iterator[tuple[str, object, object]]:
    """What the computed fields show and what reading works out."""
    layout = layout_of(schema)
    for field in schema.fields.values():
        if field.computed:
            answer, found = returned.fields[field.id], value(book, layout.answer(field.id))
            worked_out = answer.value if answer.missing is None else answer.missing.value
            yield field.id, "" if found is None else found, worked_out


def counted(book: openpyxl.Workbook, returned: Return, schema: Schema) -> Iterator[tuple[str, object, object]]:
    """The numbers of broken rules, explained queries left out."""
    case = Case.of(returned, schema)
    live = [item.rule for item in live_of(schema.id).rules]
    broken = [rule for rule in live if any(rule_findings(rule, rule_kind(rule), case))]
    for position, severity in enumerate(Severity):
        explained = returned.explanations if severity is Severity.QUERY else ()
        left = [rule for rule in broken if severity_of(rule) is severity and rule.code not in explained]
        yield f"open {severity}", value(book, rules_place(RulesColumn.OPEN, position)), len(left)


def recalculated(folder: Path) -> Iterator[tuple[Path, tuple[Schema, str]]]:
    """The random returns, saved by LibreOffice."""
    sources: dict[Path, tuple[Schema, str]] = {}
    for name, office, seed_number, count, language in SEEDS:
        schema = load_schema(name)
        for number, filling in enumerate(filled_returns(schema, office, seed_number=seed_number, count=count)):
            path = folder / f"{seed_number}-{number:02}.xlsx"
            write_return(schema, replace(filling, workbook_language=language), path)
            sources[path] = schema, language
    return zip(converted_all(list(sources), folder), sources.values(), strict=True)


def asked(book: openpyxl.Workbook, returned: Return, schema: Schema) -> Iterator[tuple[str, object, object]]:
    """Whether a question turns grey, and whether the validator knows that it is not asked; once a condition and sheet."""
    scope = ReturnScope.of(returned)
    for form in layout_of(schema).forms:
        formats = [(each.sqref, each.rules[0].formula[0]) for each in book[form.title].conditional_formatting]
        for row in {row.field.asked_if: row for row in form.rows if row.field and row.field.asked_if}.values():
            cell = row.cell(Role.ANSWER)
            (column,) = [formula for cells, formula in formats if cell in cells and formula.endswith("$1=0")]
            condition = value(book, Place(form.title, column.removesuffix("=0").replace("$", "")))
            yield f"{row.id} grey", condition == 0, row.field is not None and is_false(parse(row.field.asked_if), scope)


def everything(book: openpyxl.Workbook, returned: Return, schema: Schema) -> Iterator[tuple[str, object, object]]:
    """All that is compared in one return."""
    yield from compared(book, returned, schema)
    yield from counted(book, returned, schema)
    yield from computed(book, returned, schema)
    yield from asked(book, returned, schema)


@pytest.mark.slow
def test_every_rule_is_in_the_workbook_what_it_is_in_the_validator(tmp_path: Path) -> None:
    returns, disagreements, made = 0, [], 0
    seen: dict[str, set[object]] = {}
    for path, (schema, language) in recalculated(tmp_path):
        book = openpyxl.load_workbook(path, data_only=True)
        returns += 1
        with written_in(language):
            compare = list(everything(book, read_return(path, path.read_bytes()), schema))
        for what, workbook, validator in compare:
            made += 1
            seen.setdefault(what.partition(" record ")[0], set()).add(validator)
            if workbook != validator:
                disagreements.append((path.stem, what, workbook, validator))
    assert not disagreements
    assert returns >= 50
    assert made >= LEAST
    rules = [item.rule.code for name in ("apr-2007", "apr-2008") for item in live_of(name).rules]
    assert not [code for code in rules if not {"1", "0"} <= seen[code]], "rules never seen both broken and kept"

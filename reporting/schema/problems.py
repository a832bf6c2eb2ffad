"""What can be wrong in a schema beyond the shape of its file: names that lead nowhere, and doubles."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from string import Formatter

from reporting.errors import ExpressionError
from reporting.schema.expressions import OVER_ROWS, Arithmetic, Call, Compare, Expression, Logic, Name, Not, parse
from reporting.schema.model import FOCUS_HEADINGS, Category, FieldType, Indicator, Rule, Schema, Section, Table

LONGEST_PROMPT = 255
"""Characters that Excel shows as the prompt of a cell."""

_SHEET_TITLE = re.compile(r"[^][:*?/\\]{1,31}")

Problem = tuple[str, str]
"""The id of the definition at fault, and the message."""


def problems(schema: Schema) -> Iterator[Problem]:
    """Every fault of ``schema``, in the order of the file."""
    yield from _doubles(schema)
    yield from _questions(schema)
    yield from _tables(schema)
    for rule in schema.rules:
        yield from _rule(rule, schema)
    for indicator in schema.indicators:
        yield from _indicator(indicator, schema)
    known = {indicator.id for indicator in schema.indicators}
    for recommendation in schema.recommendations:
        yield from _unknown(recommendation.id, "indicator", recommendation.evidence, known)
    if schema.persons_of_concern:
        columns = (column.id for table in schema.tables for column in table.columns)
        yield from _unknown("persons_of_concern", "column", (schema.persons_of_concern,), columns)
    for item in schema.series:
        yield from _unknown(f"series {item.indicator}", "indicator", (item.indicator,), known)


def _doubles(schema: Schema) -> Iterator[Problem]:
    kinds: dict[str, Iterable[str]] = {
        "field": [item.id for section in schema.sections for item in section.fields]
        + [item.id for _, area in schema.areas for item in area.fields]
        + [item.id for _, area in schema.areas for item in area.indicators],
        "sheet": [part.sheet for part in _sheets(schema)],
        "table": [table.id for table in schema.tables],
        "column": [column.id for table in schema.tables for column in table.columns],
        "code list": [codes.id for codes in schema.code_lists],
        "code": [f"{codes.id}.{code.code}" for codes in schema.code_lists for code in codes.codes],
        "rule": [rule.code for rule in schema.rules],
        "indicator": [indicator.id for indicator in schema.indicators],
        "recommendation": [item.id for item in schema.recommendations],
    }
    for kind, ids in kinds.items():
        for identifier, times in Counter(ids).items():
            if times > 1:
                yield identifier, f"this {kind} is defined {times} times"


def _questions(schema: Schema) -> Iterator[Problem]:
    asked = [(item, None) for item in schema.fields.values()]
    columns = [(column, table) for table in schema.tables for column in table.columns]
    for item, table in (*asked, *columns):
        if item.type in (FieldType.CHOICE, FieldType.CHOICES) and not item.codes:
            yield item.id, "a choice needs a code list (codes)"
        if item.codes:
            yield from _unknown(item.id, "code list", (item.codes,), schema.codes)
        yield from _unknown(item.id, "theme", item.themes, schema.themes)
        if len(item.guidance) > LONGEST_PROMPT:
            yield item.id, f"the guidance has {len(item.guidance)} characters; a cell's prompt takes {LONGEST_PROMPT}"
        for text in (item.asked_if, item.computed):
            yield from _expression(item.id, text, schema, table)


def _sheets(schema: Schema) -> Iterator[Section | Category | Table]:
    yield from schema.sections
    yield from schema.categories
    yield from schema.tables


def _tables(schema: Schema) -> Iterator[Problem]:
    for part in _sheets(schema):
        if not _SHEET_TITLE.fullmatch(part.sheet):
            yield part.id, f"“{part.sheet}” cannot be the title of a sheet: 1 to 31 characters, none of [ ] : * ? / \\"
    for table in schema.tables:
        yield from _unknown(table.id, "column", table.key, table.by_name)
        yield from _expression(table.id, table.asked_if, schema, None)


def _rule(rule: Rule, schema: Schema) -> Iterator[Problem]:
    table = schema.tables_by_id.get(rule.table)
    if rule.table and table is None:
        yield from _unknown(rule.code, "table", (rule.table,), schema.tables_by_id)
        return
    for text in (rule.holds, rule.where, rule.found, rule.expected):
        yield from _expression(rule.code, text, schema, table)
    yield from _unknown(rule.code, "field", rule.cells, _names(schema, table) | _all_names(schema))
    yield from _message(rule)
    yield from _unknown(rule.code, "rule", rule.requires, {other.code for other in schema.rules})


def _message(rule: Rule) -> Iterator[Problem]:
    """What the message prints must be there to print."""
    at_hand = {"found": rule.found, "expected": rule.expected, "difference": rule.found and rule.expected}
    for text in (rule.message, rule.hint):
        for _, name, _, _ in Formatter().parse(text):
            if name is not None and not at_hand.get(name):
                yield rule.code, f"the message prints {{{name}}}, which the rule does not give"


def _indicator(indicator: Indicator, schema: Schema) -> Iterator[Problem]:
    if indicator.measure.of_focus:
        yield from _unknown(indicator.id, "heading", indicator.by, FOCUS_HEADINGS)
        if indicator.draws_on or indicator.parts or indicator.where:
            yield indicator.id, f"the measure {indicator.measure} draws on the impact indicators: leave out draws_on"
        return
    if bool(indicator.draws_on) is bool(indicator.parts):
        yield indicator.id, "an indicator has either draws_on or parts"
        return
    drawn = (indicator.draws_on,) if indicator.draws_on else tuple(part.draws_on for part in indicator.parts)
    for path in drawn + ((indicator.of,) if indicator.of else ()):
        if path not in schema.tables_by_id and schema.question(path) is None:
            yield from _unknown(indicator.id, "field", (path,), _all_names(schema))
    table = schema.tables_by_id.get(drawn[0].partition(".")[0])
    yield from _unknown(indicator.id, "column", indicator.by, table.by_name if table else {"answer"})
    yield from _unknown(indicator.id, "theme", indicator.themes, schema.themes)
    for text in (indicator.where, indicator.of_where):
        yield from _expression(indicator.id, text, schema, table)


def _expression(place: str, text: str, schema: Schema, table: Table | None) -> Iterator[Problem]:
    if not text:
        return
    try:
        tree = parse(text)
    except ExpressionError as error:
        yield place, str(error)
        return
    yield from _names_in(place, tree, schema, _names(schema, table))


def _names_in(place: str, tree: Expression, schema: Schema, known: set[str]) -> Iterator[Problem]:
    match tree:
        case Name(path):
            yield from _unknown(place, "field or column", (path,), known)
        case Call(function, (Name(path), *condition)) if function in OVER_ROWS:
            yield from _rows(place, path, condition, schema, known)
        case Not(operand):
            yield from _names_in(place, operand, schema, known)
        case Logic(_, operands) | Call(_, operands):
            for operand in operands:
                yield from _names_in(place, operand, schema, known)
        case Compare(_, left, right) | Arithmetic(_, left, right):
            yield from _names_in(place, left, schema, known)
            yield from _names_in(place, right, schema, known)


def _rows(place: str, path: str, condition: list[Expression], schema: Schema, outer: set[str]) -> Iterator[Problem]:
    table_id, _, column = path.partition(".")
    table = schema.tables_by_id.get(table_id)
    if table is None:
        yield from _unknown(place, "table", (table_id,), schema.tables_by_id)
        return
    if column:
        yield from _unknown(place, "column", (column,), table.by_name)
    inner = _names(schema, table) | {f"this.{name}" for name in outer if "." not in name}
    for expression in condition:
        yield from _names_in(place, expression, schema, inner)


def _names(schema: Schema, table: Table | None) -> set[str]:
    """The names an expression may use: fields, values of impact indicators and, in a row, the table's columns."""
    values = {f"{item}.{value}" for item in schema.impact_indicators for value in ("baseline", "target", "year_end")}
    columns = {column.name for column in table.columns} if table else set()
    return {*schema.fields, *values, *columns}


def _all_names(schema: Schema) -> set[str]:
    return {*schema.fields, *schema.tables_by_id, *(column.id for table in schema.tables for column in table.columns)}


def _unknown(place: str, kind: str, wanted: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    """A problem for each wanted name that is not known, with the nearest one that is."""
    at_hand = set(known)
    for name in wanted:
        if name not in at_hand:
            near = difflib.get_close_matches(name, at_hand, n=1)
            yield place, f"there is no {kind} “{name}”" + (f"; do you mean “{near[0]}”?" if near else "")

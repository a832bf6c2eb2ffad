"""Which rules are live in the workbook, and where their states can be read.

The very hidden rules sheet holds one defined name a rule, with its formula, and the states that follow from it:

- for each record of a table with rules one text of states, a character a rule (1 broken, 0 holds, - not known), nothing
  for an empty record; the records are the defined name :func:`states_name`;
- for each rule the number of records (or 1 for the return) of which it is broken; all of them are :data:`COUNTS_NAME`.

Conditional formats may not refer to another sheet, but they may use these names (:func:`marks`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reporting.errors import NotInExcel
from reporting.findings import Severity
from reporting.schema.model import Field, FieldType, Rule, Schema
from reporting.schema.rules import in_force, severity_of
from reporting.schema.sentences import sentence_of
from reporting.translator import ENGLISH_WORDS, Translator
from reporting.workbook.addresses import letters_of, number_of
from reporting.workbook.arrangement import layout_of
from reporting.workbook.choices import answered_in_rows
from reporting.workbook.layout import FIRST_COLUMN, LABELS_ROW, TableSheet, WorkbookLayout
from reporting.workbook.rule_formulas import BROKEN, state_formula
from reporting.workbook.sight import Sight, plain_sight, workbook_sight

LONGEST_FORMULA = 8192
"""Characters of a formula in Excel."""
COUNTS_NAME = "broken_counts"
"""The defined name of the numbers of records that break each rule, in the order of :attr:`LiveRules.rules`."""
OPEN_NAMES: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "open_errors", Severity.QUERY: "open_queries", Severity.NOTE: "open_notes"}
)
"""The defined names of the numbers of broken rules; explained queries do not count."""


@dataclass(frozen=True, slots=True)
class LiveRule:
    """A rule with its formula. ``number`` counts all live rules, ``place`` those of its table, both from 1."""

    rule: Rule
    formula: str
    number: int
    place: int

    @property
    def name(self) -> str:
        """The defined name of the rule's formula."""
        return f"rule_{self.rule.code}"

    @property
    def count(self) -> str:
        """The number of records that break the rule, as a formula."""
        return f"INDEX({COUNTS_NAME},{self.number})"


@dataclass(frozen=True, slots=True)
class LiveRules:
    """The rules of a schema in one year: those that are live, and the reason for each of the others, by code."""

    rules: tuple[LiveRule, ...]
    not_live: Mapping[str, str]

    def of_table(self, table: str) -> tuple[LiveRule, ...]:
        """The rules of a table's records; of the return as a whole where ``table`` is empty."""
        return tuple(live for live in self.rules if live.rule.table == table)

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables with rules, in the order of the rules."""
        return tuple(dict.fromkeys(live.rule.table for live in self.rules if live.rule.table))


@dataclass(frozen=True, slots=True)
class Mark:
    """A conditional format: ``formula`` is written for the first of ``cells``, and true where a rule is broken there."""

    sheet: str
    cells: str
    formula: str
    severity: Severity


def states_name(table: str) -> str:
    """The defined name of the states of a table's records."""
    return f"broken_{table}"


def live_rules(schema: Schema, year: int, layout: WorkbookLayout | None = None) -> LiveRules:
    """The rules that a workbook of ``schema`` for ``year`` works out itself."""
    made = layout or layout_of(schema)
    rules: list[LiveRule] = []
    not_live: dict[str, str] = {}
    for rule in schema.rules:
        try:
            formula = _formula(rule, workbook_sight(schema, made, rule.table), year)
        except NotInExcel as limit:
            not_live[rule.code] = str(limit)
            continue
        place = 1 + sum(other.rule.table == rule.table for other in rules)
        rules.append(LiveRule(rule, formula, len(rules) + 1, place))
    return LiveRules(tuple(rules), MappingProxyType(not_live))


def shown_formula(rule: Rule, schema: Schema) -> str:
    """The rule's state as a formula with ids in place of cells; nothing for a rule that is not live."""
    try:
        return f"={_formula(rule, plain_sight(schema, rule.table), schema.year)}"
    except NotInExcel:
        return ""


def rule_in_words(rule: Rule, schema: Schema, words: Translator = ENGLISH_WORDS) -> Iterator[str]:
    """The rule three times: in a sentence, as it is written, and as the workbook's formula where it is live.

    Sentences are built in English only (:mod:`reporting.schema.sentences`), so other languages have the other two.
    """
    if not words.translates:
        yield sentence_of(rule, schema)
    condition = f"if {' '.join(rule.where.split())}: " if rule.where else ""
    yield words.say("Written: {rule}", rule=f"{condition}{' '.join(rule.holds.split())}")
    if formula := shown_formula(rule, schema):
        yield words.say("In Excel: {formula}", formula=formula)


def _formula(rule: Rule, sight: Sight, year: int) -> str:
    if not in_force(rule, year):
        raise NotInExcel(f"it is not in force for returns of {year}")
    formula = state_formula(rule, sight)
    if len(formula) >= LONGEST_FORMULA:
        raise NotInExcel(f"its formula would be longer than {LONGEST_FORMULA:,} characters")
    return formula


def marks(live: LiveRules, layout: WorkbookLayout, schema: Schema) -> Iterator[Mark]:
    """The conditional formats that mark the cells of broken rules: those of errors first, then queries, then notes."""
    for severity in Severity:
        found: dict[tuple[str, str], list[str]] = {}
        for item in live.rules:
            if severity_of(item.rule) is severity:
                for name in item.rule.cells:
                    for sheet, cells, formula in _marked(item, name, layout, schema):
                        found.setdefault((sheet, cells), []).append(formula)
        for (sheet, cells), formulas in found.items():
            every = tuple(dict.fromkeys(formulas))
            yield Mark(sheet, cells, every[0] if len(every) == 1 else f"OR({','.join(every)})", severity)


def _marked(live: LiveRule, name: str, layout: WorkbookLayout, schema: Schema) -> Iterator[tuple[str, str, str]]:
    """Sheet, cells and formula for one of the cells that a rule names."""
    table = layout.tables_by_id.get(live.rule.table)
    if table and name in table.by_name:
        yield table.title, table.records(name), _broken_here(live, table)
        return
    other, _, column = name.partition(".")
    if name in layout.rows_by_id:
        yield layout.answer(name).sheet, _cells_of(schema.fields.get(name), name, layout, schema), f"{live.count}>0"
    elif other in layout.tables_by_id and column:
        sheet = layout.tables_by_id[other]
        first = f"${sheet.by_name[column].letter}{sheet.first_record}"
        yield sheet.title, sheet.records(column), f'AND({first}<>"",{live.count}>0)'


def _broken_here(live: LiveRule, table: TableSheet) -> str:
    """Whether the record of the formatted cell breaks the rule: its number is counted from the locked row of labels."""
    record = f"ROWS(${FIRST_COLUMN}${LABELS_ROW}:${FIRST_COLUMN}{table.first_record})-1"
    return f'MID(INDEX({states_name(table.id)},{record}),{live.place},1)="{BROKEN}"'


def _cells_of(question: Field | None, name: str, layout: WorkbookLayout, schema: Schema) -> str:
    """The answer's cell; with it those of its options."""
    cell = layout.answer(name).cell
    if question is None or question.type is not FieldType.CHOICES or not answered_in_rows(schema, question):
        return cell
    last = layout.answer([key for key in layout.rows_by_id if key.startswith(f"{name}#")][-1]).cell
    return f"{cell}:{letters_of(cell)}{number_of(last)}"

"""Returns filled at random, from recorded seeds, so that rules are broken, kept and not to be told in turn.

What is drawn blindly hardly ever adds up. So one return draws from few places, groups and kinds, that its records meet,
and some figures are then set to what a rule expects, or one off, or just beyond its tolerance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from reporting.schema.evaluate import UNKNOWN, Result, evaluate
from reporting.schema.expressions import Name, names, parse
from reporting.schema.model import Field, FieldType, Schema
from reporting.workbook.choices import code_list_of, offered
from reporting.workbook.filling import Entry, Filling

WRONG = "No such answer"
MISSING = ("..", "na", None)
OFF = (None, None, None, 0, 0, 0, 1, -1, 10, -11)
"""By how much a figure misses what a rule expects; often it is left alone."""
LONG = 60
"""Longer lists are of places and languages."""
ROWS = 7
Record = dict[str, Entry]


def filled_returns(schema: Schema, office: str, *, seed_number: int, count: int) -> list[Filling]:
    """``count`` returns of ``office``; the same for the same seed."""
    found: list[Filling] = []

    @seed(seed_number)
    @settings(max_examples=count, database=None, deadline=None, phases=(Phase.generate,),
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(_returns(schema, office))
    def collect(filling: Filling) -> None:
        found.append(filling)

    collect()
    return found[:count]


@st.composite
def _returns(draw: st.DrawFn, schema: Schema, office: str) -> Filling:
    """Hypothesis gives the generator; a whole return is more than it likes to draw bit by bit."""
    return _Drawing(schema, draw(st.randoms(use_true_random=True)), office).filling()


def _asked_by_formulas(schema: Schema) -> set[str]:
    texts = [text for rule in schema.rules for text in (rule.holds, rule.where)]
    texts += [field.asked_if for field in schema.fields.values()]
    return {path for text in texts if text for path in names(parse(text))}


class _Drawing:
    """What one return is drawn from: ``few`` holds some codes of each list, the same of lists that share them."""

    def __init__(self, schema: Schema, random: Random, office: str) -> None:
        self.schema, self.random, self.office = schema, random, office
        self.every = {
            codes.id: [code.code for code in offered(codes, fictional=office.startswith("X"))]
            for codes in schema.code_lists
        }
        kept = [
            *self.random.choice(((), ("REF",))),
            *self.some(["REF", "ASY", "RET", "IDP", "RDP", "STA", "OTH"], 1, 2),
        ]
        self.few = {name: self._few(codes, kept) for name, codes in self.every.items()}

    def _few(self, codes: list[str], kept: list[str]) -> list[str]:
        if groups := [code for code in codes if code in kept]:
            return groups + [code for code in codes if code == "none"]
        if len(codes) > LONG:
            return self.some(codes[:3], 2, 3)
        first = [codes[:1], self.some(codes, 1, 1)]
        return self.random.choice([*first, self.some(codes, 1, 3)])

    def some(self, among: list[str], least: int, most: int) -> list[str]:
        return self.random.sample(among, min(len(among), self.random.randint(least, most)))

    def filling(self) -> Filling:
        asked = _asked_by_formulas(self.schema)
        fields: Record = {
            identifier: self.entry(question, self.every, holes=0.12)
            for identifier, question in self.schema.fields.items()
            if identifier in asked and not question.computed and identifier != "cover.year"
        }
        tables = {table.id: self.records(table.columns) for table in self.schema.tables}
        self._make_some_add_up(fields, tables)
        codes = [rule.code for rule in self.schema.rules]
        explanations = dict.fromkeys(self.some(codes, 0, 9), "As reported.")
        return Filling(
            office=self.office, year=self.schema.year, fields=fields, tables=tables, explanations=explanations
        )

    def _make_some_add_up(self, fields: Record, tables: dict[str, list[Record]]) -> None:
        for rule in self.schema.rules:
            if rule.table and rule.found and rule.expected and isinstance(parse(rule.found), Name):
                for record in tables[rule.table]:
                    value = evaluate(parse(rule.expected), _Made(fields, tables, record))
                    off = self.random.choice(OFF)
                    if off is not None and isinstance(value, int) and value + off >= 0:
                        record[rule.found] = value + off

    def records(self, columns: tuple[Field, ...]) -> list[Record]:
        """No records, records with everything known, or records with holes."""
        holes = self.random.choice((0, 0, 0.15))
        few, most = self.random.random() < 0.2, self.random.choice((2, 12, 2000))
        count = self.random.choice((0, 1, 2, ROWS))
        if self.random.random() < 0.5:
            columns = tuple(column for column in columns if column.type is not FieldType.CHOICES)
        return [
            {
                column.name: self.entry(column, self.every if few else self.few, holes=holes, most=most)
                for column in columns
            }
            for _ in range(count)
        ]

    def entry(self, question: Field, lists: dict[str, list[str]], *, holes: float, most: int = 30) -> Entry:
        """An answer, or, as often as ``holes`` says, none or a wrong one."""
        if self.random.random() < (0.4 if holes and question.type is FieldType.CHOICES else holes):
            choices = (*MISSING, WRONG) if code_list_of(self.schema, question) else MISSING
            return None if question.type is FieldType.CHOICES else self.random.choice(choices)
        codes = code_list_of(self.schema, question)
        if codes is not None:
            drawn = self.few[codes.id] if len(lists[codes.id]) > LONG else lists[codes.id]
            return tuple(self.some(drawn, 1, 4)) if question.type is FieldType.CHOICES else self.random.choice(drawn)
        return self._value(question, most)

    def _value(self, question: Field, most: int) -> Entry:
        year = self.schema.year
        match question.type:
            case FieldType.DATE:
                return date(year - 8, 12, 1) + timedelta(days=self.random.randint(0, 366 * 10))
            case FieldType.YEAR:
                return year + self.random.randint(-3, 1)
            case FieldType.PERCENT:
                return self.random.choice((0, 34.5, 35, 35.5, 80, 100))
            case FieldType.TEXT:
                return self.random.choice(("Source A", "12", "x", "=1+1", "Register of the office"))
        return self.random.choice((0, self.random.randint(0, 3), self.random.randint(0, most), -2))


@dataclass(frozen=True)
class _Made:
    """The answers drawn so far, as the scope of an expression."""

    fields: Record
    tables: Mapping[str, list[Record]]
    record: Record | None
    outer: _Made | None = None

    def entry(self, path: str) -> Entry:
        if path.startswith("this."):
            return self.outer.entry(path.removeprefix("this.")) if self.outer else None
        return self.record[path] if self.record and path in self.record else self.fields.get(path)

    def value(self, path: str) -> Result:
        entry = self.entry(path)
        return UNKNOWN if entry is None or entry in (*MISSING, WRONG) else entry

    def is_blank(self, path: str) -> bool:
        return not self.tables[path] if path in self.tables else self.entry(path) is None

    def rows(self, table: str) -> list[_Made]:
        return [_Made(self.fields, self.tables, record, self) for record in self.tables[table]]

    def last_year(self) -> None:
        return None

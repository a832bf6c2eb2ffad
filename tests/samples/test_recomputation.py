"""Every published figure, worked out again from the facts as CSV with another tool: SQLite, and queries of its own."""

from __future__ import annotations

import csv
import io
import operator
import re
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from statistics import median

import pytest

from reporting.aggregate.collection import Collection
from reporting.aggregate.figures import Level
from reporting.pipeline import collect
from reporting.schema.model import Combines, Indicator, Measure, Part, Schema
from tests.samples.conftest import build

Key = tuple[str, ...]
"""Area, and the code of each heading."""
_TYPES = {"year": "INTEGER", "row": "INTEGER", "number": "REAL"}

_THREE_VALUES = """
SELECT office, country, bureau,
       MAX(CASE WHEN id = :id || '.baseline' THEN number END), MAX(CASE WHEN id = :id || '.target' THEN number END),
       MAX(CASE WHEN id = :id || '.year_end' THEN number END)
FROM facts WHERE id IN (:id || '.baseline', :id || '.target', :id || '.year_end') GROUP BY sha256
"""


class Recomputed:
    """The facts in a database, a table a table of the form and one for its fields; figures by SQL."""

    def __init__(self, facts: str, schema: Schema) -> None:
        self.schema = schema
        self.tables = {table.id: {column.name: column for column in table.columns} for table in schema.tables}
        self.database = sqlite3.connect(":memory:")
        rows = list(csv.DictReader(io.StringIO(facts)))
        columns = list(rows[0])
        typed = ", ".join(f'"{name}" {_TYPES.get(name, "TEXT")}' for name in columns)
        self.database.execute(f"CREATE TABLE facts ({typed})")
        places = ", ".join("?" * len(columns))
        values = [[row[name] if row[name] != "" else None for name in columns] for row in rows]
        self.database.executemany(f"INSERT INTO facts VALUES ({places})", values)  # noqa: S608 - a count of marks
        for table, names in self.tables.items():
            self._pivot(table, names)

    def _pivot(self, table: str, names: Mapping[str, object]) -> None:
        """A row a record: its place, and a column a question."""
        shown = ", ".join(
            f'MAX(CASE WHEN "column" = \'{name}\' THEN COALESCE(number, text) END) AS "{name}"' for name in names
        )
        places = "MAX(office) AS of_office, MAX(country) AS of_country, MAX(bureau) AS of_bureau"
        self.database.execute(
            f'CREATE TABLE "{table}" AS SELECT {places}, {shown} FROM facts WHERE "table" = \'{table}\' '  # noqa: S608
            "GROUP BY sha256, row"
        )

    def figures(self, indicator: Indicator, level: Level) -> dict[Key, float]:
        """The known figures of an indicator at a level, by area and headings."""
        if indicator.measure.of_focus:
            return self._focus(indicator, level)
        parts = list(self._values(indicator, indicator.where, level))
        if indicator.measure.has_whole:
            return self._quotients(indicator, level, parts)
        groups: dict[Key, list[object]] = {}
        for key, _, value in parts:
            groups.setdefault(key, []).append(value)
        return {key: _combined(indicator, values) for key, values in groups.items()}

    def _focus(self, indicator: Indicator, level: Level) -> dict[Key, float]:
        """Means of the classes or the achievement of impact indicators, or their number."""
        judged: dict[Key, list[float]] = {}
        for item in self.schema.impact_indicators.values():
            if not item.in_criticality:
                continue
            for office, country, bureau, baseline, target, end in self.database.execute(_THREE_VALUES, {"id": item.id}):
                area = _area(level, office, country, bureau)
                if end is None or not area or (indicator.measure is Measure.ACHIEVEMENT and None in {baseline, target}):
                    continue
                better = operator.le if item.reversed else operator.ge
                weight = 1.0 if better(end, item.green) else 0.5 if better(end, item.red) else 0.0
                headings = {
                    "category": item.id.split(".")[0],
                    "impact_area": item.id.rpartition(".")[0],
                    "situation": {1.0: "acceptable", 0.5: "not_acceptable", 0.0: "critical"}[weight],
                }
                value = weight
                if indicator.measure is Measure.ACHIEVEMENT:
                    no_way = better(baseline, target)
                    gone = 100.0 * better(end, target) if no_way else 100 * (end - baseline) / (target - baseline)
                    value = min(100.0, max(0.0, gone))
                judged.setdefault((area, *(headings[name] for name in indicator.by)), []).append(value)
        counted = indicator.measure is Measure.COUNT_VALUES
        return {key: float(len(found)) if counted else sum(found) / len(found) for key, found in judged.items()}

    def _quotients(self, indicator: Indicator, level: Level, parts: list[tuple[Key, Key, object]]) -> dict[Key, float]:
        whole = Indicator(
            id="", label="", measure=Measure.SUM, draws_on=indicator.of, where=indicator.of_where, by=indicator.by
        )
        sums: dict[tuple[Key, Key], float] = {}
        wholes: dict[tuple[Key, Key], float] = {}
        for target, found in ((sums, parts), (wholes, list(self._values(whole, whole.where, level)))):
            for key, pair, value in found:
                target[key, pair] = target.get((key, pair), 0.0) + float(str(value))
        if indicator.where:
            sums = {place: sums.get(place, 0.0) for place in wholes}
        factor = 100 if indicator.measure is Measure.SHARE else 1
        made: dict[Key, tuple[float, float]] = {}
        for place in sums.keys() & wholes.keys():
            above, below = made.get(place[0], (0.0, 0.0))
            made[place[0]] = (above + sums[place], below + wholes[place])
        return {key: factor * above / below for key, (above, below) in made.items() if below}

    def _values(self, indicator: Indicator, where: str, level: Level) -> Iterator[tuple[Key, Key, object]]:
        """Area and headings, office and country and headings, and value, of each known value."""
        for part in indicator.parts or (Part(draws_on=indicator.draws_on, dimensions={}),):
            for office, country, bureau, value, *headings in self.database.execute(self._query(indicator, part, where)):
                area = _area(level, office, country, bureau)
                if not area:
                    continue
                codes = [str(value) if code == "answer" else str(code or "not_stated") for code in headings]
                for chosen in product(*(code.split(";") for code in codes)):
                    key = (*chosen, *part.dimensions.values())
                    yield (area, *key), (office, country or "", *key), value

    def _query(self, indicator: Indicator, part: Part, where: str) -> str:
        table, _, column = part.draws_on.partition(".")
        if table not in self.tables:
            kind = "number" if indicator.measure in {Measure.SUM, Measure.MEDIAN} else "COALESCE(text, number)"
            headings = "".join(f", '{name}'" for name in indicator.by)
            return (
                f"SELECT office, country, bureau, {kind}{headings} FROM facts "  # noqa: S608
                f"WHERE id = '{part.draws_on}' AND {kind} IS NOT NULL"
            )
        headings = "".join(f', "{"of_country" if name == "country" else name}"' for name in indicator.by)
        counted = indicator.measure is Measure.COUNT_ROWS
        value = "1" if counted else f'"{column}"'
        known = "1" if counted else f"typeof({value}) {'=' if indicator.measure is Measure.LIST else '!='} 'text'"
        condition = f"({_sql(where)})" if where else "1"
        return (
            f'SELECT of_office, of_country, of_bureau, {value}{headings} FROM "{table}" '  # noqa: S608
            f"WHERE {value} IS NOT NULL AND {known} AND {condition}"
        )


def _area(level: Level, office: str, country: str | None, bureau: str | None) -> str:
    return {"office": office, "country": country or "", "bureau": bureau or "not_stated", "world": "world"}[level]


def _sql(where: str) -> str:
    """A filter of the form's language as SQL; both have the same null."""
    words = re.split(r"('[^']*')", where)
    named = [
        re.sub(r"\b(?!(?:in|and|or|not)\b)[a-z_]+\b", r'"\g<0>"', word) if place % 2 == 0 else word
        for place, word in enumerate(words)
    ]
    found = re.sub(r"('\w+') in (\"\w+\")", r"instr(';' || \2 || ';', ';' || \1 || ';') > 0", "".join(named))
    return found.replace("==", "=")


def _combined(indicator: Indicator, values: list[object]) -> float:
    numbers = [float(value) for value in values if isinstance(value, int | float)]
    match indicator.measure:
        case Measure.COUNT_OFFICES | Measure.LIST:
            return float(len(set(values))) if indicator.measure is Measure.LIST else float(len(values))
        case Measure.MEDIAN:
            return median(numbers)
        case _:
            return max(numbers) if indicator.combines is Combines.MAXIMUM else sum(numbers)


def published(collection: Collection, indicator: Indicator, level: Level) -> dict[Key, float]:
    found = collection.figures.select(indicator.id, level)
    return {(item.area, *item.dimensions.values()): item.value for item in found if item.value is not None}


def facts_csv(collection: Collection) -> str:
    text: str = collection.facts.write_csv()
    return text


@pytest.fixture(scope="module", params=[("2008", "."), ("fictional", "2008"), ("2007", ".")], ids=str)
def world(request: pytest.FixtureRequest) -> tuple[Collection, Recomputed]:
    name, year = request.param
    collection = collect(Path(build(name)) / year)
    return collection, Recomputed(facts_csv(collection), collection.schema)


def test_every_figure_is_what_the_facts_give_in_a_database(world: tuple[Collection, Recomputed]) -> None:
    collection, recomputed = world
    compared = 0
    for indicator in collection.schema.indicators:
        for level in Level:
            if indicator.combines is Combines.DO_NOT_ADD and not indicator.measure.computed_anew:
                continue
            ours = published(collection, indicator, level)
            theirs = recomputed.figures(indicator, level)
            assert ours == pytest.approx(theirs), (indicator.id, level)
            compared += len(ours)
    assert compared > 500


def test_the_world_is_the_sum_of_its_bureaux_and_of_its_offices(world: tuple[Collection, Recomputed]) -> None:
    collection, _ = world
    adding = [
        item
        for item in collection.schema.indicators
        if item.combines in {Combines.SUM, Combines.LATEST} and not item.measure.computed_anew
    ]
    compared = 0
    for indicator in adding:
        sums = {
            level: _by_headings(published(collection, indicator, level))
            for level in (Level.OFFICE, Level.BUREAU, Level.WORLD)
        }
        assert sums[Level.WORLD] == pytest.approx(sums[Level.BUREAU]), indicator.id
        assert sums[Level.WORLD] == pytest.approx(sums[Level.OFFICE]), indicator.id
        compared += len(sums[Level.WORLD])
    assert compared > 10


def _by_headings(figures: Mapping[Key, float]) -> dict[Key, float]:
    sums: dict[Key, float] = {}
    for key, value in figures.items():
        sums[key[1:]] = sums.get(key[1:], 0.0) + value
    return sums

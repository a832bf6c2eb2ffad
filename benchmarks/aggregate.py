"""Figures, against the same sums written as plain Python loops over the returns, and against reading the returns."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import best_of, line
from reporting.aggregate.collection import Collection
from reporting.aggregate.figures import Level, figures
from reporting.pipeline import collect
from reporting.schema.model import Indicator, Measure


def results(folder: Path) -> Iterator[str]:
    """Ratios over the returns of ``folder``; the two ways must give the same sums."""
    started = time.perf_counter()
    collection = collect(folder)
    reading = time.perf_counter() - started
    facts = collection.facts
    summed = [item for item in collection.schema.indicators if _is_plain_sum(item)]
    ids = [item.id for item in summed]
    made = figures(facts, collection.schema, [Level.WORLD], ids)
    ours = {(item.indicator, *item.dimensions.values()): item.value for item in made if item.value is not None}
    if ours != _with_loops(collection, summed):
        raise SystemExit("the two ways do not give the same sums")
    spent = best_of(
        3,
        {
            "figures": lambda: figures(facts, collection.schema),
            "sums": lambda: figures(facts, collection.schema, indicators=ids),
            "loops": lambda: [_with_loops(collection, summed) for _ in Level],
        },
    )
    count = sum(1 for _ in collection.figures)
    yield line(
        f"all {count:,} figures at four levels", spent["figures"] / reading, "reading the returns (wall, parallel)"
    )
    yield line(f"{len(ids)} plain sums in Python loops", spent["loops"] / spent["sums"], "the same from facts")


def _is_plain_sum(indicator: Indicator) -> bool:
    return indicator.measure is Measure.SUM and not indicator.where and not indicator.parts


def _with_loops(collection: Collection, indicators: list[Indicator]) -> dict[tuple[str, ...], float]:
    sums: Counter[tuple[str, ...]] = Counter()
    known: set[tuple[str, ...]] = set()
    for indicator in indicators:
        table, _, column = indicator.draws_on.partition(".")
        for returned in collection.returns:
            if table not in collection.schema.tables_by_id:
                rows = [{column: returned.fields[indicator.draws_on]}]
            else:
                rows = [dict(row.answers) for row in returned.tables[table]]
            for row in rows:
                value = row[column].value
                if isinstance(value, int | float):
                    key = (indicator.id, *(str(row[name].value or "not_stated") for name in indicator.by))
                    sums[key] += value
                    known.add(key)
    return {key: sums[key] for key in known}

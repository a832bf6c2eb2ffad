"""Figures of ten thousand returns from cached facts, against those of a tenth, and against pandas.

Returns are those of :mod:`benchmarks.generate`. Each measurement of size is a process of its own, which tells its seconds of
the clock and of processors, and the most memory it held; pandas works in the peers' environment, and must give the same figures.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.batch import MEGABYTE
from benchmarks.generate import collection, write_facts
from benchmarks.peers import HERE, python_of_peers
from benchmarks.timing import line
from reporting.aggregate.figures import Figures, Series, figures
from reporting.schema.model import Indicator, Measure

RETURNS: Final = 10_000
TENTH: Final = RETURNS // 10
SECONDS: Final = 15
MEGABYTES: Final = 2048
GROWTH: Final = 11
PANDAS: Final = 5


def results(_: Path) -> Iterator[str]:
    """Ratios over generated returns."""
    with tempfile.TemporaryDirectory() as made:
        generated = Path(made)
        write_facts(RETURNS, generated)
        yield from _of_size(generated)
        yield from _against_pandas(generated)


def _of_size(folder: Path) -> Iterator[str]:
    """The whole against its tenth."""
    tenth = min((_in_process(folder, TENTH) for _ in range(2)), key=lambda item: item["seconds"])
    whole = min((_in_process(folder, RETURNS) for _ in range(2)), key=lambda item: item["seconds"])
    ratio = whole["seconds"] / tenth["seconds"]
    yield line(f"all figures of {RETURNS:,} returns", ratio, f"those of {TENTH:,} (reach {GROWTH})")
    yield (
        f"{'':44} ({whole['seconds']:.1f} s, reach {SECONDS}; {whole['processor']:.1f} s of processors; "
        f"{whole['megabytes']:.0f} MB, reach {MEGABYTES}; "
        f"{whole['facts']:,} facts, {whole['figures']:,} figures, {whole['indicators']} indicators)"
    )


def _in_process(folder: Path, count: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.aggregate", folder, str(count)], check=True, capture_output=True, text=True
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def measure(folder: Path, count: int) -> dict[str, float]:
    """All figures at all levels from cached facts: seconds from reading the first file on, and the most memory held."""
    import polars as pl

    started = time.perf_counter()
    brought = collection(folder, count)
    made = brought.figures
    seconds = time.perf_counter() - started
    processor = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return {
        "seconds": seconds,
        "processor": processor,
        "megabytes": peak,
        "facts": brought.recorded(brought.used).select(pl.len()).collect().item(),
        "figures": sum(len(series.frame) for series in made.series),
        "indicators": len(made.series),
    }


def _against_pandas(folder: Path) -> Iterator[str]:
    """Sums, whole or by headings, at all levels, of a tenth of the returns; the values must be the same."""
    brought = collection(folder, TENTH)
    chosen = [item for item in brought.schema.indicators if item.measure is Measure.SUM and not item.where]
    facts = brought.facts_behind(chosen)
    ids = [item.id for item in chosen]
    spent = min(_clocked(lambda: figures(facts, brought.schema, indicators=ids)) for _ in range(2))
    facts.write_parquet(folder / "sums.parquet")
    asked = [{"id": item.id, "combines": item.combines, "parts": _parts(item)} for item in chosen]
    (folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    command = [str(python_of_peers()), str(HERE / "sums.py"), str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        yield f"{'pandas':<44} did not run: {done.stderr.strip().splitlines()[-1:]}"
        return
    theirs = json.loads(done.stdout)
    _same(figures(facts, brought.schema, indicators=ids), theirs["figures"])
    yield line(f"{len(ids)} sums of {TENTH:,} returns in pandas", theirs["seconds"] / spent, f"ours (reach {PANDAS})")


def _clocked(work: Callable[[], object]) -> float:
    """Seconds of the clock: pandas works on one processor, Polars on all."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _parts(indicator: Indicator) -> list[dict[str, Any]]:
    """What an indicator adds up: ids, each with the columns of its row and the words it is broken down by."""
    if not indicator.parts:
        table = indicator.draws_on.partition(".")[0]
        by = {name: f"{table}.{name}" for name in indicator.by}
        return [{"id": indicator.draws_on, "by": by, "words": {}}]
    return [
        {
            "id": part.draws_on,
            "by": {name: f"{part.draws_on.partition('.')[0]}.{name}" for name in indicator.by},
            "words": dict(part.dimensions),
        }
        for part in indicator.parts
    ]


def _same(ours: Figures, theirs: Sequence[Sequence[Any]]) -> None:
    """Hold the two against each other, figure by figure."""
    told = {tuple(key): tuple(outcome) for key, outcome in theirs}
    made = {key: outcome for series in ours.series for key, outcome in _keyed(series)}
    if made != told:
        differing = [
            (key, made.get(key), told.get(key)) for key in made.keys() | told.keys() if made.get(key) != told.get(key)
        ]
        raise SystemExit(f"pandas does not give the same figures: {len(differing)} differ, such as {differing[:3]}")


def _keyed(series: Series) -> Iterator[tuple[tuple[str, ...], tuple[Any, ...]]]:
    for row in series.frame.iter_rows(named=True):
        key = (series.indicator.id, row["level"], row["area"], *(row[name] for name in series.headings))
        yield key, (row["value"], row["status"], row["contributors"], row["approximate"])


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))

"""Whole folders: one worker against two, the first time against the second, and the memory of a worker.

Times are of the clock, since what is measured is the work of several processes.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.timing import line
from reporting.cache import Cache
from reporting.checked import Wanted
from reporting.pipeline import validate_files

RETURNS = 200
MEGABYTE = 1024 if sys.platform == "linux" else 1024 * 1024
"""Units of ``ru_maxrss`` in a megabyte."""


def results(folder: Path) -> Iterator[str]:
    """Ratios over :data:`RETURNS` files, copies of the returns of ``folder`` in turn, each with bytes of its own."""
    with tempfile.TemporaryDirectory() as made:
        paths = list(_copies(sorted(folder.glob("*.xlsx")), Path(made) / "returns"))
        one, two = _best_of_three([partial(validate_files, paths, jobs=jobs, wanted=Wanted.RESULT) for jobs in (1, 2)])
        yield line(f"{RETURNS} returns with one worker", one / two, "with two workers (reach 1.7)")
        kept = partial(validate_files, paths, wanted=Wanted.RESULT, cache=Cache(Path(made) / "kept"))
        first, again = _seconds(kept), _seconds(kept)
        yield line("the first time", first / again, "the same folder again, unchanged (reach 10)")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MEGABYTE
    yield f"{'':44} ({used:.0f} MB, the largest worker; reach 200)"


def _copies(sources: list[Path], folder: Path) -> Iterator[Path]:
    """Files that differ in bytes and not in content: a ZIP archive may end in a comment."""
    folder.mkdir()
    for number in range(RETURNS):
        content = sources[number % len(sources)].read_bytes()
        comment = f"{number:04}".encode()
        path = folder / f"{number:04}.xlsx"
        path.write_bytes(content[:-2] + len(comment).to_bytes(2, "little") + comment)
        yield path


def _best_of_three(competitors: Sequence[Callable[[], object]]) -> list[float]:
    rounds = [[_seconds(work) for work in competitors] for _ in range(3)]
    return [min(times) for times in zip(*rounds, strict=True)]


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started

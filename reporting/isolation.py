"""Work on many files at once, so that none of them can harm another.

Each file is handled in a worker process of its own kind; a worker that dies or takes too long costs one file its verdict,
and the others nothing. A single file is handled in this process.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

SECONDS: Final = 60.0
"""The longest that one file may take."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """The result of one piece of work, or why there is none."""

    result: R | None
    stopped: str = ""


def each(function: Callable[[T], R], items: Sequence[T], *, jobs: int | None = None) -> Iterator[Outcome[R]]:
    """The outcomes of ``function`` for ``items``, in their order, each as soon as it and those before it are there.

    ``jobs`` is the number of processes, by default one a processor; ``function`` must be importable by its name.
    """
    workers = min(jobs or os.cpu_count() or 1, len(items))
    if workers <= 1:
        return (_here(function, item) for item in items)
    return _in_workers(function, items, workers)


def _here(function: Callable[[T], R], item: T) -> Outcome[R]:
    """Work in this process; what fails here fails one item, as it would in a worker."""
    try:
        return Outcome(function(item))
    except Exception as error:  # noqa: BLE001 - whatever a file provokes is that file's outcome
        return Outcome(None, _reason(error))


def _in_workers(function: Callable[[T], R], items: Sequence[T], workers: int) -> Iterator[Outcome[R]]:
    from pebble import ProcessPool

    with ProcessPool(max_workers=workers, context=multiprocessing.get_context("spawn")) as pool:
        futures = [pool.schedule(function, args=(item,), timeout=SECONDS) for item in items]
        try:
            for future in futures:
                try:
                    yield Outcome(future.result())
                except OutOfTime:
                    yield Outcome(None, f"it took longer than {SECONDS:.0f} seconds")
                except Exception as error:  # noqa: BLE001 - a dead worker, or whatever a file provoked
                    yield Outcome(None, _reason(error))
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__

"""Work on files in processes of their own, so that none of them can harm this program or another file (DESIGN 5).

One item is handled by a plain child process, several by a pool of workers. Each process has a bounded address space, and
each item a bounded time; a process that dies, hangs or wants more memory costs its item the result, and the others
nothing. Where the platform cannot bound memory (Windows) or does not enforce it (macOS), the time limit still holds.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import islice
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from reporting.errors import WorkerError

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")

BATCH: Final = 16
"""Items that go to an executor at a time: starting a process for them takes as long as five files."""
AHEAD: Final = 64
"""Batches on their way at a time."""
STARTING_SECONDS: Final = 60.0
"""The longest that a process may take to start; one that takes longer will not start at all."""
_SPAWN: Final = multiprocessing.get_context("spawn")
_FORKS: Final = sys.platform == "linux"
_NO_WORKERS: Final = "no process could be started to read files in: check the memory, and the processes you may start"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process may use: address space in bytes, and seconds an item (of the clock, and of a processor)."""

    memory: int = 500 * 1024 * 1024
    seconds: float = 10.0


class Stopped(StrEnum):
    """Why there is no result."""

    TIME = "time"
    MEMORY = "memory"
    DIED = "died"
    FAILED = "failed"
    """The work itself raised an exception."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """The result of one piece of work, or why there is none; ``reason`` says it in words."""

    result: R | None
    stopped: Stopped | None = None
    reason: str = ""


def each(
    function: Callable[[T], R],
    items: Sequence[T],
    *,
    jobs: int | None = None,
    limits: Limits | None = None,
    executor: Executor | None = None,
) -> Iterator[Outcome[R]]:
    """The outcomes of ``function`` for ``items``, in their order, each as soon as it and those before it are there.

    ``jobs`` is the number of processes, by default one a processor; ``function`` must be importable by its name. With an
    ``executor`` the items go through it in batches, and each batch to a process of its own wherever that leads.

    Raises:
        WorkerError: no process can be started at all.
    """
    bounds = limits or Limits()
    if executor is not None:
        yield from _through(executor, function, items, bounds)
    elif len(items) == 1:
        yield _in_child(function, items[0], bounds)
    elif items:
        yield from _in_workers(function, items, min(jobs or os.cpu_count() or 1, len(items)), bounds)


def _through(
    executor: Executor, function: Callable[[T], R], items: Sequence[T], limits: Limits
) -> Iterator[Outcome[R]]:
    """The outcomes through an executor. Few batches are on their way at any time: items may be made as they are asked for."""
    batches = (items[start : start + BATCH] for start in range(0, len(items), BATCH))
    work = partial(_batch, function, limits=limits)
    on_their_way = deque(executor.submit(work, batch) for batch in islice(batches, AHEAD))
    while on_their_way:
        done = on_their_way.popleft()
        try:
            yield from done.result()
        except WorkerError:
            raise
        except Exception as error:
            raise WorkerError(f"a worker of the cluster was lost ({type(error).__name__}: {error})") from error
        on_their_way.extend(executor.submit(work, batch) for batch in islice(batches, 1))


def _batch(function: Callable[[T], R], items: Sequence[T], limits: Limits) -> list[Outcome[R]]:
    """What an executor's worker does: the items in one process beside it, which it outlives."""
    return list(_in_workers(function, items, 1, limits))


def _in_workers(function: Callable[[T], R], items: Sequence[T], workers: int, limits: Limits) -> Iterator[Outcome[R]]:
    from pebble import ProcessPool

    pool = ProcessPool(max_workers=workers, context=_SPAWN, initializer=_bound_memory, initargs=[limits.memory])
    with pool:
        try:
            _await_start(pool.schedule(os.getpid).result)
            work = partial(_bounded, function, limits.seconds)
            futures = [pool.schedule(work, args=(item,), timeout=limits.seconds) for item in items]
            for future in futures:
                yield _outcome(future.result, limits)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _await_start(answer: Callable[[float], int]) -> None:
    """Wait until a worker has answered.

    Raises:
        WorkerError: none does.
    """
    try:
        answer(STARTING_SECONDS)
    except Exception as error:
        raise WorkerError(_NO_WORKERS) from error


def _outcome(result: Callable[[], R], limits: Limits) -> Outcome[R]:
    from pebble import ProcessExpired

    try:
        return Outcome(result())
    except TimeoutError:
        return _out_of_time(limits)
    except ProcessExpired as error:
        return _died(error.exitcode, limits)
    except Exception as error:  # noqa: BLE001 - whatever a file provokes is that file's outcome
        return _failed(error)


def _in_child(function: Callable[[T], R], item: T, limits: Limits) -> Outcome[R]:
    """Work in a child process that ends with it."""
    receiver, sender = _SPAWN.Pipe(duplex=False)
    child = _context(limits).Process(target=_answer, args=(sender, function, item, limits), daemon=True)
    with receiver:
        try:
            _start(child, sender, receiver)
            if not receiver.poll(limits.seconds):
                return _out_of_time(limits)
            outcome: Outcome[R] = receiver.recv()
        except (EOFError, OSError):  # it ended before or while it answered
            child.join()
            return _died(child.exitcode or 0, limits)
        else:
            return outcome
        finally:
            _end(child)


def _start(child: BaseProcess, sender: Connection, receiver: Connection) -> None:
    """Start a child that answers through ``sender``, and wait for its first word.

    Raises:
        WorkerError: it does not start.
    """
    try:
        with sender:
            child.start()
    except OSError as error:
        raise WorkerError(_NO_WORKERS) from error
    _await_start(partial(_received, receiver))


def _context(limits: Limits) -> multiprocessing.context.ForkContext | multiprocessing.context.SpawnContext:
    """How to start a child: forking takes a tenth of the time of spawning, and is done where it is safe.

    No other thread may hold a lock, and what this process has loaded, which a forked child inherits, must leave the child
    most of the memory it may use.
    """
    small = _FORKS and _address_space() < limits.memory // 4
    return multiprocessing.get_context("fork") if small and threading.active_count() == 1 else _SPAWN


def _address_space() -> int:
    """The address space of this process, in bytes (Linux)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _received(receiver: Connection, seconds: float) -> int:
    """The child's first word, its process id."""
    if not receiver.poll(seconds):
        raise TimeoutError
    return int(receiver.recv())


def _end(child: BaseProcess) -> None:
    if child.pid is not None:
        child.kill()
        child.join()


def _answer(sender: Connection, function: Callable[[T], R], item: T, limits: Limits) -> None:
    """What the child does: say that it lives, then send the outcome."""
    _bound_memory(limits.memory)
    sender.send(os.getpid())
    try:
        outcome = Outcome(_bounded(function, limits.seconds, item))
    except Exception as error:  # noqa: BLE001 - whatever a file provokes is that file's outcome
        outcome = _failed(error)
    sender.send(outcome)


def _bound_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    bound = size if most == resource.RLIM_INFINITY else min(size, most)
    resource.setrlimit(resource.RLIMIT_AS, (bound, most))


def _bounded(function: Callable[[T], R], seconds: float, item: T) -> R:
    """The result of ``function``, in at most so many seconds of a processor from now on.

    The clock is watched from outside; this limit ends a process that nobody watches any more.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return function(item)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    bound = ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (bound if most == resource.RLIM_INFINITY else min(bound, most), most))
    return function(item)


def _out_of_time(limits: Limits) -> Outcome[R]:
    return Outcome(None, Stopped.TIME, f"more than {limits.seconds:g} seconds")


def _died(exit_code: int, limits: Limits) -> Outcome[R]:
    if exit_code == -getattr(signal, "SIGXCPU", 0) and exit_code:
        return _out_of_time(limits)
    return Outcome(None, Stopped.DIED, f"exit code {exit_code}")


def _failed(error: Exception) -> Outcome[R]:
    reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Outcome(None, Stopped.MEMORY if isinstance(error, MemoryError) else Stopped.FAILED, reason)

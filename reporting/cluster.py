"""A Dask cluster in place of this machine's own processes, through the executor that every such library offers."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from reporting.cache import program
from reporting.errors import UsageError, WorkerError

if TYPE_CHECKING:
    from concurrent.futures import Executor

CONNECTING_SECONDS: Final = 15
"""The longest that a scheduler may take to answer."""
_NO_DASK: Final = "--scheduler needs Dask, which is not installed: pip install “annual-protection-reporting[scale]”"
_DAEMONS: Final = (
    "the workers of {scheduler} may not start processes, so that no file could be kept from harming them; start them with "
    "DASK_DISTRIBUTED__WORKER__DAEMON=False"
)
_OTHER: Final = (
    "the workers of {scheduler} have another version of this program, or of its forms: install the same on each"
)


@contextmanager
def executor_of(scheduler: str | None) -> Iterator[Executor | None]:
    """An executor on the cluster of ``scheduler`` (``tcp://host:8786``); None, for this machine alone, without one.

    Raises:
        UsageError: Dask is not installed.
        WorkerError: no scheduler answers, it has no workers, or they cannot do the work.
    """
    if scheduler is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(_NO_DASK) from error
    try:
        client = Client(scheduler, timeout=CONNECTING_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise WorkerError(
            f"no Dask scheduler answers at {scheduler}: is the address right, and is it running?"
        ) from error
    with client:
        _check(scheduler, client.run)
        yield client.get_executor()  # type: ignore[no-untyped-call]


def _check(scheduler: str, run: Callable[[Callable[[], Any]], Mapping[str, Any]]) -> None:
    """See that every worker can do the work, and with the same outcome as this machine."""
    try:
        found = run(_presented)
    except Exception as error:
        raise WorkerError(_OTHER.format(scheduler=scheduler)) from error
    if not found:
        raise WorkerError(f"the scheduler at {scheduler} has no workers")
    if any(daemon for daemon, _ in found.values()):
        raise WorkerError(_DAEMONS.format(scheduler=scheduler))
    if {version for _, version in found.values()} != {program()}:
        raise WorkerError(_OTHER.format(scheduler=scheduler))


def _presented() -> tuple[bool, str]:
    """What a worker says of itself: whether it may not start processes, and the program it runs."""
    return multiprocessing.current_process().daemon, program()

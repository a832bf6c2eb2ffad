"""Work on many files: order, limits, and what one piece of work does to the others."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reporting import isolation
from reporting.errors import WorkerError
from reporting.findings import Verdict
from reporting.isolation import Limits, Outcome, Stopped, each
from reporting.pipeline import _stopped

MANY = [1, 13, 2]
ONE = [13]


def double(number: int) -> int:
    if number == 13:
        raise ValueError("unlucky")
    return 2 * number


def die_at_thirteen(number: int) -> int:
    if number == 13:
        os._exit(7)
    return 2 * number


def hang_at_thirteen(number: int) -> int:
    if number == 13:
        time.sleep(60)
    return 2 * number


def fill_memory_at_thirteen(number: int) -> int:
    if number == 13:
        return len(bytearray(2_000_000_000))
    return 2 * number


def end_at_once(*_: object) -> None:
    os._exit(3)


def process_of(_: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert [outcome.result for outcome in each(double, [3, 1, 2], jobs=jobs)] == [6, 2, 4]


@pytest.mark.parametrize("items", [[1], [1, 2]])
def test_neither_one_item_nor_many_are_handled_in_this_process(items: list[int]) -> None:
    found = {outcome.result for outcome in each(process_of, items, jobs=1)}
    assert None not in found
    assert os.getpid() not in found


@pytest.mark.parametrize("threads", [False, True])
def test_a_child_is_not_forked_from_a_process_that_is_large_or_has_threads(
    threads: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    real = isolation._context
    monkeypatch.setattr(isolation, "_address_space", lambda: 10**6 if threads else 400 * 10**6)
    monkeypatch.setattr(isolation.threading, "active_count", lambda: 2 if threads else 1)
    monkeypatch.setattr(
        isolation, "_context", lambda limits: started.append(real(limits).get_start_method()) or real(limits)
    )
    assert [outcome.result for outcome in each(double, [4])] == [8]
    assert started == ["spawn"]


def test_nothing_to_do_starts_nothing() -> None:
    assert list(each(double, [])) == []


@pytest.mark.parametrize(
    ("function", "stopped", "reason"),
    [
        pytest.param(double, Stopped.FAILED, "ValueError: unlucky", id="fil016"),
        pytest.param(hang_at_thirteen, Stopped.TIME, "more than 1 seconds", id="fil032"),
        pytest.param(fill_memory_at_thirteen, Stopped.MEMORY, "MemoryError", id="fil033"),
        pytest.param(die_at_thirteen, Stopped.DIED, "exit code 7", id="fil034"),
    ],
)
@pytest.mark.parametrize("items", [MANY, ONE], ids=["many", "one"])
def test_what_one_item_provokes_costs_only_its_own_result(
    function: Callable[[int], int], stopped: Stopped, reason: str, items: list[int]
) -> None:
    outcomes = dict(zip(items, each(function, items, jobs=2, limits=Limits(seconds=1)), strict=True))
    assert outcomes.pop(13) == Outcome(None, stopped, reason)
    assert {item: outcome.result for item, outcome in outcomes.items()} == {item: 2 * item for item in outcomes}
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    ("stopped", "code"),
    [
        (Stopped.FAILED, "FIL016"),
        (Stopped.TIME, "FIL032"),
        (Stopped.MEMORY, "FIL033"),
        (Stopped.DIED, "FIL034"),
    ],
)
def test_a_file_that_was_stopped_is_unreadable_and_keeps_its_hash(tmp_path: Path, stopped: Stopped, code: str) -> None:
    path = tmp_path / "KEN.xlsx"
    path.write_bytes(b"x")
    result, returned = _stopped(path, Outcome(None, stopped, "why it was"))
    assert (returned, result.verdict) == (None, Verdict.UNREADABLE)
    assert result.sha256.startswith("2d711642")
    assert [(finding.code, "why it was" in finding.message) for finding in result.findings] == [(code, True)]


@pytest.mark.parametrize("items", [MANY, ONE], ids=["many", "one"])
def test_processes_that_cannot_start_are_a_fault_of_the_tool_and_not_of_the_files(
    items: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "_bound_memory", end_at_once)
    monkeypatch.setattr(isolation, "_answer", end_at_once)
    monkeypatch.setattr(isolation, "STARTING_SECONDS", 2.0)
    with pytest.raises(WorkerError, match="no process could be started"):
        list(each(double, items, jobs=2))
    assert multiprocessing.active_children() == []

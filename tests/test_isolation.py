"""Work on many files: order, and what one piece of work does to the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reporting.findings import Verdict
from reporting.isolation import Outcome, each
from reporting.pipeline import _stopped


def double(number: int) -> int:
    if number == 13:
        raise ValueError("unlucky")
    return 2 * number


def die_at_thirteen(number: int) -> int:
    if number == 13:
        os._exit(7)
    return 2 * number


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert [outcome.result for outcome in each(double, [3, 1, 2], jobs=jobs)] == [6, 2, 4]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_one_item_provokes_leaves_the_others_alone(jobs: int) -> None:
    outcomes = list(each(double, [1, 13, 2], jobs=jobs))
    assert [outcome.result for outcome in outcomes] == [2, None, 4]
    assert outcomes[1].stopped == "ValueError: unlucky"


def test_fil016_a_worker_that_dies_costs_one_item_its_result() -> None:
    outcomes = list(each(die_at_thirteen, [1, 13, 2], jobs=2))
    assert [outcome.result for outcome in outcomes] == [2, None, 4]
    assert outcomes[1].stopped


def test_fil016_a_file_whose_worker_died_is_unreadable_and_keeps_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "KEN.xlsx"
    path.write_bytes(b"x")
    result, returned = _stopped(path, Outcome(None, "the worker died"))
    assert (returned, result.verdict) == (None, Verdict.UNREADABLE)
    assert result.sha256.startswith("2d711642")
    assert [(finding.code, "the worker died" in finding.message) for finding in result.findings] == [("FIL016", True)]

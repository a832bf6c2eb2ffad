"""Measuring: CPU time, the better of several rounds, competitors taking turns so that noise falls on all of them."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping


def best_of(rounds: int, competitors: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The least CPU time in seconds of each competitor over ``rounds`` rounds, after one that does not count."""
    best = dict.fromkeys(competitors, float("inf"))
    for round_ in range(rounds + 1):
        for name, work in competitors.items():
            gc.collect()
            started = time.process_time()
            work()
            spent = time.process_time() - started
            if round_:
                best[name] = min(best[name], spent)
    return best


def line(what: str, ratio: float, against: str) -> str:
    """One line of the result."""
    return f"{what:<44} {ratio:>7.1f} × {against}"

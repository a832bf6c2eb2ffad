"""How long the command takes to start, against a Python that does nothing. Times are of the clock, of whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import line

ROUNDS = 12


def results(folder: Path) -> Iterator[str]:
    """Ratios of the least times of processes that take turns."""
    path = max(folder.glob("*.xlsx"), key=lambda one: one.stat().st_size)
    apr = [sys.executable, "-c", "from reporting.cli import main; main()"]
    commands = {
        "nothing": [sys.executable, "-c", "pass"],
        "help": [*apr, "--help"],
        "validate": [*apr, "validate", "--no-cache", str(path)],
    }
    with tempfile.TemporaryDirectory() as cache:
        best = _least(commands, cache)
    yield line("apr --help", best["help"] / best["nothing"], "python -c pass (reach 6)")
    yield line(
        "apr validate of one return, nothing kept", best["validate"] / best["nothing"], "python -c pass (reach 20)"
    )


def _least(commands: dict[str, list[str]], cache: str) -> dict[str, float]:
    environment = {
        **os.environ,
        "APR_CACHE": cache,  # after the first round it holds the compiled form, and nothing else
        "PYTHONPYCACHEPREFIX": f"{cache}/bytecode",  # an installed package has its bytecode; a checkout may keep none
        "PYTHONDONTWRITEBYTECODE": "",
    }
    best = dict.fromkeys(commands, float("inf"))
    for round_ in range(ROUNDS + 1):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, check=False, capture_output=True, env=environment)
            if round_:
                best[name] = min(best[name], time.perf_counter() - started)
    return best

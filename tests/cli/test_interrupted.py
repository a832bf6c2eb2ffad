"""A run that is broken off, from the keyboard or from outside, leaves no process and no file behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sample_submissions.conformance.cases import clean

ROOT = Path(__file__).resolve().parents[2]
PROC = Path("/proc")
FILES = 300
SECONDS = 30.0

pytestmark = pytest.mark.skipif(not PROC.is_dir(), reason="processes are counted in /proc, which is Linux's")


def processes(mark: str) -> dict[int, str]:
    """The processes whose environment holds ``mark``, with their command lines; the dead that nobody collected are none."""
    found = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                if mark.encode() in (entry / "environ").read_bytes():
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
    return found


def is_at_work(number: int) -> bool:
    """Whether a worker has used more of a processor than it takes to start."""
    used = int((PROC / str(number) / "stat").read_text(encoding="ascii").rpartition(")")[2].split()[11])
    return used / os.sysconf("SC_CLK_TCK") > 1.0


def until(true: Callable[[], bool]) -> bool:
    """Whether something becomes true within :data:`SECONDS`."""
    limit = time.monotonic() + SECONDS
    while time.monotonic() < limit:
        if true():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def run(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str, Path]]:
    """``apr validate`` at work on many files, with its mark, and the folder for its temporary files."""
    returns, temporary = tmp_path / "returns", tmp_path / "tmp"
    returns.mkdir()
    temporary.mkdir()
    for number in range(FILES):
        (returns / f"{number:03}.xlsx").write_bytes(clean("apr-2008"))
    mark = f"APR_TEST_MARK={tmp_path}"
    environment = {**os.environ, "APR_TEST_MARK": str(tmp_path), "TMPDIR": str(temporary)}
    command = [sys.executable, "-c", "from reporting.cli import main; main()", "validate", "--no-cache", str(returns)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert until(lambda: sum("spawn_main" in line for line in processes(mark).values()) >= 1), "no worker started"
    yield process, mark, temporary
    process.kill()
    process.communicate()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda sent: sent.name)
def test_a_run_that_is_broken_off_leaves_nothing_behind(
    run: tuple[subprocess.Popen[str], str, Path], sent: signal.Signals
) -> None:
    process, mark, temporary = run
    if sent is signal.SIGINT:  # a terminal sends it to all processes of the run
        os.killpg(process.pid, sent)
    else:
        process.send_signal(sent)
    _, told = process.communicate(timeout=SECONDS)
    assert process.returncode == (-sent if sent is signal.SIGKILL else 128 + sent)
    assert until(lambda: not processes(mark)), processes(mark)
    assert list(temporary.iterdir()) == []
    assert sent is not signal.SIGINT or "Aborted!" in told


def test_a_worker_that_is_killed_costs_one_file(run: tuple[subprocess.Popen[str], str, Path]) -> None:
    process, mark, temporary = run
    workers = [number for number, line in processes(mark).items() if "spawn_main" in line]
    assert until(lambda: is_at_work(workers[0]))
    os.kill(workers[0], signal.SIGKILL)
    out, _ = process.communicate(timeout=4 * SECONDS)
    assert process.returncode in {0, 1}
    assert out.count("FIL034") <= 2
    assert f"{FILES} files" in out
    assert until(lambda: not processes(mark)), processes(mark)
    assert list(temporary.iterdir()) == []

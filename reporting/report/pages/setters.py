"""Having sections set: processes that wait for work, and a cache of what they have set.

The work goes through any :class:`concurrent.futures.Executor`; by default as many threads as there are processors, each with
a process of its own that loads WeasyPrint once (``setter.py``). :func:`set_section` can be sent to another machine as it
stands: it takes a text and returns bytes.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache as once
from importlib.metadata import version
from pathlib import Path
from typing import Final

from reporting.cache import Cache, fingerprint
from reporting.errors import RenderError
from reporting.paths import templates_folder
from reporting.report.pages.bundle import Bundle, read_bundle

SECONDS: Final = 300.0
"""The longest that one section may take."""
SECTION: Final = ("fonts", "design", "print")
"""The style sheets of a section."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be set, with the style sheets it takes; untagged pages are drawn into others as artifacts."""

    html: str
    sheets: tuple[str, ...] = SECTION
    tags: bool = True

    @property
    def key(self) -> str:
        """The hash of everything that the pages depend on."""
        return fingerprint((), self.html, *self.sheets, str(self.tags), _stamp())


class _Process:
    """A setter at work in a process of its own, one job at a time."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="apr-report-"))
        environment = {
            **os.environ,
            "FONTCONFIG_FILE": str(templates_folder() / "fonts" / "fonts.conf"),
            "PYTHONHASHSEED": "0",
            "SOURCE_DATE_EPOCH": "0",  # the time stamp of cut-down fonts
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._folder)),  # a child leaves its fonts there
        }
        self._said = (self._folder / "said").open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "reporting.report.pages.setter"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=environment,
            start_new_session=True,
        )
        self.used = False

    def set(self, job: Job, seconds: float) -> bytes:
        """The bundle.

        Raises:
            RenderError: the section could not be set, or took too long.
        """
        self.used = True
        source, target = self._folder / "section.html", self._folder / "section.bundle"
        source.write_text(job.html, encoding="utf-8")
        asked = {"html": str(source), "target": str(target), "sheets": job.sheets, "tags": job.tags}
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            self._process.stdin.flush()
        answer = self._answer(seconds)
        if answer != "done":
            raise RenderError(f"the report could not be set as pages: {answer}")
        content = target.read_bytes()
        target.unlink()
        return content

    def _answer(self, seconds: float) -> str:
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            if not selector.select(seconds):
                raise RenderError(f"the report took longer than {seconds:g} seconds to set; it was stopped")
        line = self._process.stdout.readline().decode().strip()
        return line or self._last_words()

    def _last_words(self) -> str:
        self._process.wait()
        said = Path(self._said.name).read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return said[-1] if said else f"exit code {self._process.returncode}"

    def end(self) -> None:
        """End the process and its child, and remove its folder."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL) if hasattr(os, "killpg") else self._process.kill()
        self._process.communicate()
        self._said.close()
        shutil.rmtree(self._folder, ignore_errors=True)


_idle: list[_Process] = []
_lock = threading.Lock()


def set_section(job: Job, seconds: float = SECONDS) -> bytes:
    """The bundle of a section, set in a process of its own.

    Raises:
        RenderError: the section could not be set, or took more memory or time than it may.
    """
    with _lock:
        process = _idle.pop() if _idle else None
    process = process or _Process()
    try:
        content = process.set(job, seconds)
    except BaseException:
        process.end()
        raise
    if sys.platform == "linux":  # elsewhere a process sets one section only
        with _lock:
            _idle.append(process)
    else:
        process.end()
    return content


def _get_ready() -> None:
    """Have a process load its libraries while the sections are still being drawn, unless one waits already."""
    with _lock:
        if not _idle:
            _idle.append(_Process())


def end_setters() -> None:
    """End the processes that wait for work."""
    with _lock:
        ended, _idle[:] = list(_idle), []
    for process in ended:
        process.end()


atexit.register(end_setters)


@contextmanager
def executor_of(jobs: int | None) -> Iterator[Executor]:
    """Threads for ``jobs`` sections at a time, by default one a processor; a first process gets ready at once."""
    _get_ready()
    with ThreadPoolExecutor(max_workers=jobs or os.cpu_count() or 1) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


class Sections:
    """The sections of reports, set once each: through ``executor``, unless ``cache`` holds them."""

    def __init__(self, executor: Executor, cache: Cache | None = None, seconds: float = SECONDS) -> None:
        self._executor = executor
        self._cache = cache
        self._seconds = seconds
        self._begun: dict[Job, Future[bytes]] = {}
        self._made: dict[Job, Bundle] = {}

    def begin(self, jobs: Iterable[Job]) -> None:
        """Have ``jobs`` set in the background. The largest are begun first, so that none is waited for alone."""
        for job in sorted(set(jobs) - self._begun.keys(), key=lambda job: (-len(job.html), job.html)):
            self._begun[job] = self._start(job)

    def get(self, jobs: Sequence[Job], progress: Progress | None = None) -> list[Bundle]:
        """The bundles of ``jobs``, in that order; ``progress`` is told how many sections are set, of all that are begun.

        Raises:
            RenderError: a section could not be set.
        """
        self.begin(jobs)
        for job in jobs:
            if job not in self._made:
                content = self._begun[job].result()
                if self._cache is not None:
                    self._cache.write(job.key, content)
                self._made[job] = read_bundle(content)
            if progress:
                progress(len(self._made), len(self._begun))
        return [self._made[job] for job in jobs]

    def _start(self, job: Job) -> Future[bytes]:
        kept = self._cache.read(job.key) if self._cache else None
        if kept is not None and _whole(kept):
            done: Future[bytes] = Future()
            done.set_result(kept)
            return done
        return self._executor.submit(set_section, job, self._seconds)


def _whole(content: bytes) -> bool:
    """Whether a bundle can be read."""
    try:
        read_bundle(content)
    except (ValueError, KeyError, TypeError):
        return False
    return True


@once
def _stamp() -> str:
    """The hash of what all sections depend on: style sheets, fonts, the page setter's code and versions."""
    root = templates_folder()
    files = [*sorted((root / "css").glob("*.css")), *sorted((root / "fonts").iterdir())]
    files += [Path(__file__).with_name(f"{name}.py") for name in ("setter", "structure", "swift", "swift_styles")]
    return fingerprint(files, *(f"{name} {version(name)}" for name in ("weasyprint", "pydyf", "tinyhtml5", "tinycss2")))

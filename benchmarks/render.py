"""A report, against WeasyPrint's own command line on the same page without tags, and against drawing the HTML alone."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.timing import line
from reporting.paths import templates_folder
from reporting.pipeline import collect
from reporting.report.blocks import Document
from reporting.report.html import draw
from reporting.report.pages.setters import SECTION, end_setters
from reporting.report.pdf import write_pdf
from reporting.report.render import report_document
from reporting.report.request import Kind, Request

ROUNDS = 2


def results(folder: Path) -> Iterator[str]:
    """Ratios for a regional report of the returns in ``folder``."""
    collection = collect(folder)
    bureau = collection.coverage.bureaus[0]
    document = report_document(Request(kind=Kind.REGIONAL, bureau=bureau), collection)
    started = time.process_time()
    html = draw(document, "page")
    drawing = time.process_time() - started
    with tempfile.TemporaryDirectory() as place:
        target = Path(place, "report.pdf")
        pages = write_pdf(document, target)
        ours = min(_children(lambda: _write(document, target)) for _ in range(ROUNDS))
        source = Path(place, "report.html")
        source.write_text(html, encoding="utf-8")
        sheets = [word for name in (*SECTION, "running") for word in ("-s", templates_folder() / "css" / f"{name}.css")]
        command = [
            sys.executable,
            "-m",
            "weasyprint",
            "-q",
            "-u",
            f"{templates_folder().as_uri()}/",
            *sheets,
            source,
            target,
        ]
        plain = min(_children(lambda: subprocess.run(command, check=True)) for _ in range(ROUNDS))
    yield line(f"tagged PDF of {pages} pages", ours / plain, "WeasyPrint on the same HTML, untagged")
    yield line("the same, page setting", ours / drawing, "drawing its HTML with the templates")
    yield f"{'':44} ({pages / ours:.1f} pages a second of CPU)"


def _write(document: Document, target: Path) -> None:
    write_pdf(document, target)
    end_setters()  # only then is what they spent counted


def _children(work: Callable[[], object]) -> float:
    """The CPU seconds that child processes spend on ``work``."""

    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = spent()
    work()
    return spent() - before

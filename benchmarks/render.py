"""Reports of about 190 and 510 pages, against plain WeasyPrint in one process and Chromium's print of the same HTML.

Times are of the clock, since the work is spread over processors; all of a line are taken in one run. Drawing the document with the
templates counts for our side only.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from reporting.aggregate.collection import Collection
from reporting.cache import Cache
from reporting.paths import templates_folder
from reporting.pipeline import collect
from reporting.report.blocks import Document, Paragraph
from reporting.report.pages import sections
from reporting.report.pages.setters import end_setters
from reporting.report.pdf import write_pdf, write_pdfs
from reporting.report.render import report_document
from reporting.report.request import Kind, Request

FEW_OFFICES = 12
"""Offices bound behind the global report to make about 190 pages; all 43 make about 510."""
Result = TypeVar("Result")
_SHEETS = ("fonts", "design", "print", "running")


def results(folder: Path) -> Iterator[str]:
    """The lines for the real returns beside the fictional ones in ``folder``."""
    collection = collect(folder.parents[1] / folder.name)
    everything = report_document(Request(kind=Kind.GLOBAL, offices=True), collection)
    with tempfile.TemporaryDirectory() as place:
        measured = [_ours(document, Path(place)) for document in (_with_offices(everything, FEW_OFFICES), everything)]
        for ours in measured:
            yield from _against_others(ours, Path(place))
        yield from _shared(collection, everything, Path(place))


@dataclass(frozen=True)
class _Measured:
    """A report set by us: seconds cold and with one office changed, and MB in the largest process so far."""

    document: Document
    pages: int
    cold: float
    changed: float
    setting: float
    assembling: float


def _ours(document: Document, place: Path) -> _Measured:
    """Measure us before any peer runs: the largest of all processes that ended is what the system remembers."""
    cache = Cache(place / "sections")
    target = place / "report.pdf"
    pages, cold = _timed(lambda: write_pdf(document, target, cache=cache))
    end_setters()
    _, changed = _timed(lambda: write_pdf(_with_one_changed(document), target, cache=cache))
    end_setters()
    shutil.rmtree(cache.folder)
    setting = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return _Measured(document, pages, cold, changed, setting, _own_peak())


def _against_others(ours: _Measured, place: Path) -> Iterator[str]:
    pages, cold = ours.pages, ours.cold
    html = _whole_page(ours.document, place)
    chromium = _chromium(html, place)
    _, plain = _timed(lambda: _weasyprint(html, place))
    yield f"{pages} pages, cold: {cold:.0f} s; plain WeasyPrint {plain:.0f} s, {plain / cold:.1f} times as long; " + (
        f"Chromium {chromium:.0f} s, of which we take {cold / chromium:.1f}" if chromium else "Chromium is not here"
    )
    yield (
        f"{pages} pages: {ours.setting:.0f} MB in the largest of our processes that read returns and set pages, "
        f"{ours.assembling:.0f} MB in the one that assembles"
    )
    share = f", {ours.changed / chromium:.2f} of Chromium's time" if chromium else ""
    yield f"{pages} pages, one office changed: {ours.changed:.1f} s{share}"


def _shared(collection: Collection, everything: Document, place: Path) -> Iterator[str]:
    """The global and all regional reports, each with its offices, against the global one alone."""
    target = place / "report.pdf"
    _, alone = _timed(lambda: write_pdf(everything, target, cache=Cache(place / "alone")))
    requests = [
        Request(kind=Kind.REGIONAL, bureau=bureau, offices=True) for bureau in collection.coverage.bureaus if bureau
    ]
    documents = [everything, *(report_document(request, collection) for request in requests)]
    reports = [(document, target) for document in documents]
    pages, all_of_them = _timed(lambda: write_pdfs(reports, cache=Cache(place / "shared")))
    yield f"{len(documents)} reports, {sum(pages)} pages, cold: in the time of {all_of_them / alone:.2f} global reports ({all_of_them:.0f} s)"


def _with_offices(document: Document, count: int) -> Document:
    """The report with the first ``count`` offices bound."""
    first = [chapter.id for chapter in document.chapters if chapter.id.startswith("office-") and not chapter.continues]
    kept, left_out = tuple(first[:count]), set(first[count:])
    index = tuple(
        replace(entry, places=tuple(place for place in entry.places if place.id not in left_out))
        for entry in document.index
    )
    return replace(
        document,
        index=index,
        chapters=tuple(
            chapter
            for chapter in document.chapters
            if not chapter.id.startswith("office-") or chapter.id.startswith(kept)
        ),
    )


def _with_one_changed(document: Document) -> Document:
    """The report after one office has sent a correction."""
    place = next(i for i, chapter in enumerate(document.chapters) if chapter.id.startswith("office-"))
    chapter = document.chapters[place]
    changed = replace(chapter, blocks=(*chapter.blocks, Paragraph("Corrected.")))
    return replace(document, chapters=(*document.chapters[:place], changed, *document.chapters[place + 1 :]))


def _whole_page(document: Document, place: Path) -> Path:
    """The report as one HTML file with its style sheets linked."""
    html = sections.whole_job(sections.divided(document)).html
    base = templates_folder().resolve().as_uri()
    links = "".join(f'<link rel="stylesheet" href="{base}/css/{name}.css"/>' for name in _SHEETS)
    path = place / "whole.html"
    path.write_text(html.replace("</head>", f"{links}</head>", 1), encoding="utf-8")
    return path


def _weasyprint(html: Path, place: Path) -> None:
    command = [sys.executable, "-m", "weasyprint", "-q", "--pdf-tags", html, place / "plain.pdf"]
    fonts = templates_folder() / "fonts" / "fonts.conf"
    subprocess.run(command, check=True, env={**os.environ, "FONTCONFIG_FILE": str(fonts)}, stderr=subprocess.DEVNULL)


def _chromium(html: Path, place: Path) -> float | None:
    """The seconds that Chromium takes, None where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        return None
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command = [program, *options, f"--print-to-pdf={place / 'chromium.pdf'}", html.as_uri()]
    return _timed(lambda: subprocess.run(command, check=True, capture_output=True))[1]


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    started = time.perf_counter()
    done = work()
    return done, time.perf_counter() - started


def _own_peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

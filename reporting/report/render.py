"""Writing a report of a collection of returns as PDF and HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from reporting.aggregate.collection import Collection
from reporting.cache import Cache
from reporting.languages import ENGLISH
from reporting.report.blocks import Document
from reporting.report.request import Kind, Request

FORMATS = ("pdf", "html")

Progress = Callable[[int, int], None]
"""Told how many sections are set, and of how many."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file written; ``pages`` is the number of its pages, None of a file without pages."""

    path: Path
    pages: int | None = None


def render_report(
    request: Request,
    collection: Collection,
    out: Path,
    formats: Sequence[str] = FORMATS,
    *,
    name: str | None = None,
    inputs: Sequence[Path] = (),
    jobs: int | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> list[Path]:
    """Write the report that is asked for into the folder ``out``, a file a format and the manifest; the files written.

    ``name`` is the files' name without suffix, by default that of :func:`file_name`; ``inputs`` are files read beside the
    returns, for the manifest.

    Raises:
        UsageError: the bureau or office has no returns here.
        RenderError: the pages could not be set.
    """
    from reporting.report.manifest import record

    document = report_document(request, collection)
    name = name or file_name(request, collection)
    written = write_document(document, out, name, formats, jobs=jobs, cache=cache, progress=progress, executor=executor)
    files = [item.path for item in written]
    return [*files, record(out, name, request, collection, files=files, inputs=inputs)]


def report_document(request: Request, collection: Collection) -> Document:
    """The document of a report, not yet drawn.

    Raises:
        UsageError: the bureau or office has no returns here.
    """
    from reporting.report.context import document_of
    from reporting.report.office_index import indexed
    from reporting.report.offices import bound
    from reporting.report.selection import material_of

    material = material_of(request, collection)
    document = document_of(material)
    if request.offices:
        asked = (
            replace(request, kind=Kind.OFFICE, bureau=None, office=item.office, offices=False, follow_up=None)
            for item in material.returns
        )
        document = bound(document, (material_of(each, collection) for each in asked))
    expected = (row.office for row in material.rows if row.office)
    codes = dict.fromkeys([*(item.office for item in material.returns), *expected])
    return indexed(document, {code: material.office(code) for code in codes}) if len(codes) > 1 else document


def write_document(
    document: Document,
    out: Path,
    name: str,
    formats: Sequence[str] = FORMATS,
    *,
    jobs: int | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> list[Written]:
    """Draw a document in each of ``formats`` as ``out/name.format``.

    ``jobs`` sections of the PDF are set at a time, or through ``executor``, which may be a cluster's; ``cache`` keeps them
    for this report and others; ``progress`` is told how many are done, and of how many.

    Raises:
        RenderError: the pages could not be set.
    """
    from reporting.report.html import draw
    from reporting.report.pdf import write_pdf

    out.mkdir(parents=True, exist_ok=True)
    sections = cache.beside("sections") if cache else None
    written = []
    for form in formats:
        path = out / f"{name}.{form}"
        if form == "pdf":
            pages = write_pdf(document, path, jobs=jobs, cache=sections, progress=progress, executor=executor)
            written.append(Written(path, pages))
        else:
            path.write_text(draw(document, "screen"), encoding="utf-8")
            written.append(Written(path))
    if sections:
        sections.remove_unused()
    return written


def file_name(request: Request, collection: Collection) -> str:
    """The name of a report's files, without suffix, such as ``regional-africa-2008`` or ``regional-africa-2008-fr``."""
    place = request.office or request.bureau
    parts = ["fictional"] if collection.fictional else []
    parts += [request.kind, *([place.replace("_", "-")] if place else []), str(collection.year)]
    parts += ["offices"] if request.offices else []
    parts += [] if request.language == ENGLISH else [request.language]
    return "-".join(parts)

"""Writing a report of a collection of returns as PDF and HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from reporting.aggregate.collection import Collection
from reporting.cache import Cache
from reporting.errors import UsageError
from reporting.languages import ENGLISH
from reporting.report.blocks import Document
from reporting.report.request import Kind, Request
from reporting.whole_files import write_whole

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
    """Write the reports that are asked for into the folder ``out``, a file a format, and the manifest; the files written.

    That is one report, or one of each bureau or office (:data:`~reporting.report.request.EVERY`). ``name`` is the files'
    name without suffix, by default that of :func:`file_name`; ``inputs`` are files read beside the returns, for the manifest.

    Raises:
        UsageError: the bureau or office has no returns here, or one name is given to several reports.
        RenderError: the pages could not be set.
    """
    from reporting.report.manifest import record
    from reporting.report.selection import each_place

    requests = each_place(request, collection)
    if name and len(requests) > 1:
        raise UsageError(f"there are {len(requests)} reports to write: name a folder, not one file")
    names = [name or file_name(each, collection) for each in requests]
    documents = ((report_document(each, collection), stem) for each, stem in zip(requests, names, strict=True))
    written = write_documents(documents, out, formats, jobs=jobs, cache=cache, progress=progress, executor=executor)
    files: list[Path] = []
    for each, stem, items in zip(requests, names, written, strict=True):
        outputs = [item.path for item in items]
        manifest = record(out, stem, each, collection, files=outputs, inputs=inputs)
        files += outputs
    return [*files, manifest]


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


def write_documents(
    documents: Iterable[tuple[Document, str]],
    out: Path,
    formats: Sequence[str] = FORMATS,
    *,
    jobs: int | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> list[list[Written]]:
    """Draw each document in each of ``formats`` as ``out/name.format``; the files written, document by document.

    ``jobs`` sections of the PDF are set at a time, or through ``executor``, which may be a cluster's; ``cache`` keeps them
    for these reports and others; ``progress`` is told how many are done, and of how many.

    Raises:
        RenderError: the pages could not be set.
    """
    from reporting.report.html import draw
    from reporting.report.pdf import write_pdfs

    out.mkdir(parents=True, exist_ok=True)
    sections = cache.beside("sections") if cache else None
    drawn: list[tuple[Document, str]] = []

    def to_set() -> Iterator[tuple[Document, Path]]:
        for document, name in documents:
            drawn.append((document, name))
            yield document, out / f"{name}.pdf"

    pages: list[int | None] = []
    if "pdf" in formats:
        pages += write_pdfs(to_set(), jobs=jobs, cache=sections, progress=progress, executor=executor)
    else:
        drawn += documents
        pages += [None] * len(drawn)
    if "html" in formats:
        for document, name in drawn:
            write_whole(out / f"{name}.html", draw(document, "screen").encode())
    if sections:
        sections.remove_unused()
    return [
        [Written(out / f"{name}.{form}", count if form == "pdf" else None) for form in formats]
        for (_, name), count in zip(drawn, pages, strict=True)
    ]


def file_name(request: Request, collection: Collection) -> str:
    """The name of a report's files, without suffix, such as ``regional-africa-2008`` or ``regional-africa-2008-fr``."""
    place = request.office or request.bureau
    parts = ["fictional"] if collection.fictional else []
    parts += [request.kind, *([place.replace("_", "-")] if place else []), str(collection.year)]
    parts += ["offices"] if request.offices else []
    parts += [] if request.language == ENGLISH else [request.language]
    return "-".join(parts)

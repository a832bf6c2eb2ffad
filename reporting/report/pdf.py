"""A report as a tagged PDF: its sections set in parallel, then put together with contents and page numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from pathlib import Path

from reporting.cache import Cache
from reporting.errors import RenderError
from reporting.report.blocks import Document
from reporting.report.pages import sections
from reporting.report.pages.assembly import Assembly, Part
from reporting.report.pages.bundle import Bundle
from reporting.report.pages.setters import SECONDS, Progress, Sections, executor_of

_TRIES = 4
"""The contents are set until their own length, which moves all page numbers, is as they say: twice is enough in practice."""


def write_pdf(
    document: Document,
    path: Path,
    *,
    jobs: int | None = None,
    cache: Cache | None = None,
    seconds: float = SECONDS,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> int:
    """Write ``document`` as a tagged PDF, built to PDF/UA-1 and PDF/A-2a; the number of its pages.

    ``jobs`` sections are set at a time, by default one a processor, or through ``executor``, which may be a cluster's;
    ``cache`` keeps them.

    Raises:
        RenderError: a section could not be set, or took more memory or time than it may.
    """
    with nullcontext(executor) if executor is not None else executor_of(jobs) as chosen:
        content, pages = assembled(document, Sections(chosen, cache, seconds), progress)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return pages


def assembled(document: Document, setters: Sections, progress: Progress | None = None) -> tuple[bytes, int]:
    """The file's content, and the number of its pages."""
    divided = sections.divided(document)
    of_chapters = sections.heads_of(divided)
    of_lists = [
        sections.Head(document.short_title, document.words[name], document.label, document.banner)
        for name in ("contents", "index")
    ]
    heads = list(dict.fromkeys([*of_lists, *of_chapters]))
    asked = [sections.chapter_job(divided, chapter) for chapter in divided.chapters]
    asked += [
        sections.cover_job(divided),
        sections.heads_job(divided, heads),
        sections.contents_job(divided, {}),
    ]
    *chapters, cover, furniture, draft = setters.get(asked, progress)
    set_chapters = [Part(bundle, heads.index(head)) for bundle, head in zip(chapters, of_chapters, strict=True)]
    opening = len(divided.opening)
    before, behind = [Part(cover), *set_chapters[:opening]], set_chapters[opening:]
    contents, *index = _lists(divided, setters, before, draft, behind)
    parts = [*before, Part(contents, 0), *behind, *(Part(bundle, 1) for bundle in index)]
    assembly = Assembly(document, furniture, len(heads))
    number = 0
    for part in parts:
        pages = range(number + 1, number + 1 + len(part.bundle.pages))
        assembly.add(part, [[int(digit) for digit in str(page)] for page in pages])
        number += len(pages)
    return assembly.save(), number


def _lists(
    document: Document, setters: Sections, before: Sequence[Part], draft: Bundle, behind: Sequence[Part]
) -> list[Bundle]:
    """The contents, and the index if there is one, with the numbers that the pages have in the end.

    Raises:
        RenderError: the length of the contents does not settle.
    """
    contents = draft
    for _ in range(_TRIES):
        pages = _pages([*(part.bundle for part in before), contents, *(part.bundle for part in behind)])
        jobs = [sections.contents_job(document, pages)]
        if document.index:
            jobs.append(sections.index_job(document, pages))
        made = setters.get(jobs)
        if len(made[0].pages) == len(contents.pages):
            return made
        contents = made[0]
    raise RenderError("the length of the contents does not settle")


def _pages(bundles: Iterable[Bundle]) -> dict[str, int]:
    """The page on which each place is, counted from one; the index stands behind them all."""
    pages: dict[str, int] = {}
    first = 1
    for bundle in bundles:
        for name, place in bundle.places.items():
            pages.setdefault(name, first + place.page)
        first += len(bundle.pages)
    return {**pages, "index": first}

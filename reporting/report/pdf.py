"""A report as a tagged PDF: its sections set in parallel, then put together with contents and page numbers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from reporting.cache import Cache
from reporting.errors import RenderError
from reporting.report.blocks import Document
from reporting.report.pages import sections
from reporting.report.pages.assembly import Assembly, Part
from reporting.report.pages.bundle import Bundle
from reporting.report.pages.setters import SECONDS, Job, Progress, Sections, executor_of
from reporting.whole_files import write_whole

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

    The rest is as for :func:`write_pdfs`.

    Raises:
        RenderError: a section could not be set, or took more memory or time than it may.
    """
    (pages,) = write_pdfs(
        [(document, path)], jobs=jobs, cache=cache, seconds=seconds, progress=progress, executor=executor
    )
    return pages


def write_pdfs(
    reports: Iterable[tuple[Document, Path]],
    *,
    jobs: int | None = None,
    cache: Cache | None = None,
    seconds: float = SECONDS,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> list[int]:
    """Write each of ``reports`` to its path; the numbers of their pages.

    A section that several of them hold is set once, and while one is put together the sections of the next are being set:
    ``reports`` is asked for it no sooner. ``jobs`` sections are set at a time, by default one a processor, or through
    ``executor``, which may be a cluster's; ``cache`` keeps them.

    Raises:
        RenderError: a section could not be set, or took more memory or time than it may.
    """
    with nullcontext(executor) if executor is not None else executor_of(jobs) as chosen:
        setters = Sections(chosen, cache, seconds)
        begun = ((_Begun.of(document, setters), path) for document, path in reports)
        coming = deque(islice(begun, 1))
        pages = []
        while coming:
            report, path = coming.popleft()
            content, count = report.finished(setters, progress, meanwhile=lambda: coming.extend(islice(begun, 1)))
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
            pages.append(count)
    return pages


def assembled(document: Document, setters: Sections, progress: Progress | None = None) -> tuple[bytes, int]:
    """The file's content, and the number of its pages."""
    return _Begun.of(document, setters).finished(setters, progress, meanwhile=lambda: None)


@dataclass(frozen=True)
class _Begun:
    """A report whose sections are being set: all but its contents and its index, which need the numbers of its pages."""

    document: Document
    """The report, divided."""
    asked: Sequence[Job]
    """The chapters, the cover, the running heads, and the contents without numbers."""
    heads: Sequence[sections.Head]

    @classmethod
    def of(cls, document: Document, setters: Sections) -> _Begun:
        """Begin with a report."""
        divided = sections.divided(document)
        of_lists = [
            sections.Head(document.short_title, document.words[name], document.label, document.banner)
            for name in ("contents", "index")
        ]
        heads = list(dict.fromkeys([*of_lists, *sections.heads_of(divided)]))
        asked = [sections.chapter_job(divided, chapter) for chapter in divided.chapters]
        asked += [
            sections.cover_job(divided),
            sections.heads_job(divided, heads),
            sections.contents_job(divided, {}),
        ]
        setters.begin(asked)
        return cls(divided, asked, heads)

    def finished(
        self, setters: Sections, progress: Progress | None, meanwhile: Callable[[], None]
    ) -> tuple[bytes, int]:
        """The file's content, and the number of its pages; ``meanwhile`` is done when nothing of this report waits to be set."""
        *chapters, cover, furniture, draft = setters.get(self.asked, progress)
        of_chapters = sections.heads_of(self.document)
        set_chapters = [
            Part(bundle, self.heads.index(head)) for bundle, head in zip(chapters, of_chapters, strict=True)
        ]
        opening = len(self.document.opening)
        before, behind = [Part(cover), *set_chapters[:opening]], set_chapters[opening:]
        setters.begin(self._list_jobs(before, draft, behind))
        meanwhile()
        contents, front, index = self._lists(setters, before, draft, behind)
        parts = [*front, Part(contents, 0), *behind, *(Part(bundle, 1) for bundle in index)]
        assembly = Assembly(self.document, furniture, len(self.heads))
        number = 0
        for part in parts:
            pages = range(number + 1, number + 1 + len(part.bundle.pages))
            assembly.add(part, [[int(digit) for digit in str(page)] for page in pages])
            number += len(pages)
        return assembly.save(), number

    def _lists(
        self, setters: Sections, before: Sequence[Part], draft: Bundle, behind: Sequence[Part]
    ) -> tuple[Bundle, Sequence[Part], list[Bundle]]:
        """The contents, what stands before them, and the index if there is one, with the numbers that pages have in the end.

        Raises:
            RenderError: the length of the contents does not settle.
        """
        contents = draft
        for _ in range(_TRIES):
            made = setters.get(self._list_jobs(before, contents, behind))
            bundles = made[1 : len(before)]
            front = [
                before[0],
                *(replace(part, bundle=bundle) for part, bundle in zip(before[1:], bundles, strict=True)),
            ]
            lengths = [len(bundle.pages) for bundle in made[: len(before)]]
            if lengths == [len(bundle.pages) for bundle in (contents, *(part.bundle for part in before[1:]))]:
                return made[0], front, made[len(before) :]
            contents, before = made[0], front
        raise RenderError("the length of the contents does not settle")

    def _list_jobs(self, before: Sequence[Part], contents: Bundle, behind: Sequence[Part]) -> list[Job]:
        """The contents, the opening chapters and the index, where the contents are as long as these ``contents``."""
        pages = _pages([*(part.bundle for part in before), contents, *(part.bundle for part in behind)])
        jobs = [sections.contents_job(self.document, pages)]
        jobs += [sections.chapter_job(self.document, chapter, pages) for chapter in self.document.opening]
        if self.document.index:
            jobs.append(sections.index_job(self.document, pages))
        return jobs


def _pages(bundles: Iterable[Bundle]) -> dict[str, int]:
    """The page on which each place is, counted from one; the index stands behind them all."""
    pages: dict[str, int] = {}
    first = 1
    for bundle in bundles:
        for name, place in bundle.places.items():
            pages.setdefault(name, first + place.page)
        first += len(bundle.pages)
    return {**pages, "index": first}

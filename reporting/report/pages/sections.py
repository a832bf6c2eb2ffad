"""The sections of a report: documents small enough to be set one by one, in parallel, and kept for the next report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reporting.report.blocks import Block, Chapter, Document, Heading
from reporting.report.html import draw_template
from reporting.report.office_index import lines_by_page, lines_without_pages
from reporting.report.pages.setters import SECTION, Job
from reporting.report.references import references_of

LONG: Final = 60_000
"""Characters of the blocks as Python writes them, some ten pages; a longer chapter is divided before headings of the second
level, and each part begins a page."""

_ANY_PAGE: Final = "000"
"""Stands for a page that is not known yet."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head and foot of the pages of a section, but for the page's number."""

    report: str
    chapter: str
    label: str
    banner: str
    landscape: bool = False

    @property
    def page_class(self) -> str:
        """The class of such pages in the style sheets."""
        names = [*(["fictional"] if self.banner else []), *(["landscape"] if self.landscape else [])]
        return "-".join([*names, "pages"]) if names else ""


def divided(document: Document) -> Document:
    """The document with its long chapters divided into chapters that continue them: each chapter is a section then."""
    return replace(document, chapters=tuple(part for chapter in document.chapters for part in _parts(chapter)))


def _parts(chapter: Chapter) -> Iterator[Chapter]:
    groups: list[list[Block]] = [[]]
    length = 0
    for block in chapter.blocks:
        if length > LONG and isinstance(block, Heading) and block.level == 2:
            groups.append([])
            length = 0
        groups[-1].append(block)
        length += len(repr(block))
    yield replace(chapter, blocks=tuple(groups[0]))
    for place, blocks in enumerate(groups[1:], start=2):
        yield replace(
            chapter, id=f"{chapter.id}-{place}", blocks=tuple(blocks), number="", continues=True, introduction=""
        )


def chapter_job(document: Document, chapter: Chapter, pages: Mapping[str, int] | None = None) -> Job:
    """A chapter, to be set by itself; ``pages`` gives those of what it refers to, where they are known."""
    page_class = "landscape-pages" if chapter.landscape else ""
    numbers = {
        item.id: page_number(pages[item.id], document) if pages else _ANY_PAGE for item in references_of(chapter)
    }
    return _job(document, "chapter", chapter.id, chapter=chapter, page_class=page_class, page_numbers=numbers)


def cover_job(document: Document) -> Job:
    """The cover, to be set by itself."""
    return _job(document, "cover", "cover", running=False)


def contents_job(document: Document, pages: Mapping[str, int]) -> Job:
    """The contents, with the lists of tables and figures and the page number of each place."""
    numbers = {name: page_number(page, document) for name, page in pages.items()}
    return _job(document, "contents", "contents", page_numbers=numbers, page_class="")


def index_job(document: Document, pages: Mapping[str, int]) -> Job:
    """The index, with the pages of each place; the pages before it are counted by then."""
    lines = lines_by_page(document, pages, lambda page: page_number(page, document))
    return _job(document, "index", "index", index=lines, page_class="")


def heads_job(document: Document, heads: Sequence[Head]) -> Job:
    """The running heads, one page each, then ten pages with the digits upright, and ten with the digits on wide pages."""
    sheets = (*SECTION, "running", "heads", *(("rtl", "rtl_heads") if document.direction == "rtl" else ()))
    html = draw_template("heads.html.j2", document=document, heads=heads, digits=digits(document))
    return Job(html, sheets, tags=False)


def whole_job(document: Document) -> Job:
    """The report in one go, as any page setter would have it: what the assembled one is held against."""
    sheets = (*SECTION, "running", *(("rtl",) if document.direction == "rtl" else ()))
    return Job(
        draw_template(
            "report.html.j2", document=document, medium="page", page_numbers={}, index=lines_without_pages(document)
        ),
        sheets,
    )


def heads_of(document: Document) -> list[Head]:
    """The running head of each chapter of a divided document."""
    heads = []
    title = ""
    for chapter in document.chapters:
        title = title if chapter.continues and title else chapter.title
        heads.append(Head(document.short_title, title, document.label, document.banner, chapter.landscape))
    return heads


def page_number(number: int, document: Document) -> str:
    """A page's number in the digits of the report's language."""
    from babel.numbers import format_decimal

    return format_decimal(number, format="0", locale=document.language)


def digits(document: Document) -> tuple[str, ...]:
    """The ten digits of page numbers, from nought."""
    return tuple(page_number(digit, document) for digit in range(10))


def _job(document: Document, part: str, name: str, **values: object) -> Job:
    html = draw_template("section.html.j2", document=document, medium="page", part=part, name=name, **values)
    return Job(html, SECTION)

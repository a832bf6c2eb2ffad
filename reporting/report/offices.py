"""The offices' own chapters, bound behind a regional or the global report.

An office's part depends on nothing but its return, so its pages are the same in every report that binds them, and are set once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

from reporting.report.blocks import Block, Chapter, Document, Heading, Paragraph
from reporting.report.context import chapters_of, numbered
from reporting.report.headings import in_order
from reporting.report.material import Material

_SAID_ONCE: Final = frozenset({"follow-up", "coverage", "methods"})
"""Chapters that would say the same of every office."""
_DEEPEST: Final = 4


def bound(document: Document, offices: Iterable[Material]) -> Document:
    """The report with a chapter for each office behind its own."""
    return replace(
        document, chapters=(*document.chapters, *(part for office in offices for part in office_chapters(office)))
    )


def office_chapters(material: Material) -> Iterator[Chapter]:
    """An office as one chapter; where its pages turn, a chapter that continues it."""
    office = material.returns[0].office
    chosen = [chapter for chapter in chapters_of(material) if chapter.id not in _SAID_ONCE]
    chapters = numbered(material, in_order(chosen), prefix=f"{office}-")
    for place, (landscape, together) in enumerate(groupby(chapters, key=lambda chapter: chapter.landscape)):
        yield Chapter(
            id=f"office-{office}-{place + 1}" if place else f"office-{office}",
            title=material.office(office),
            number="" if place else office,
            kicker=material.say("Office {code}", code=office),
            blocks=tuple(block for chapter in together for block in _one_level_down(chapter)),
            landscape=landscape,
            continues=place > 0,
            bound=True,
        )


def _one_level_down(chapter: Chapter) -> Iterator[Block]:
    """A chapter as part of another one. Its headings have no ids: the contents name offices, not their parts."""
    if not chapter.continues:
        yield Heading(chapter.title, level=2)
    if chapter.introduction:
        yield Paragraph(chapter.introduction)
    for block in chapter.blocks:
        if isinstance(block, Heading):
            yield replace(block, level=min(block.level + 1, _DEEPEST), id="")
        else:
            yield block

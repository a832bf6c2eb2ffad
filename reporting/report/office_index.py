"""The index of offices: where each is told of, in words, in cards and in tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from reporting.report.blocks import (
    Block,
    Card,
    Cards,
    Chapter,
    Document,
    IndexEntry,
    IndexPlace,
    Row,
    Statement,
    Statements,
    Table,
)
from reporting.report.numbers import from_left
from reporting.workbook.codes import folded

Line = tuple[str, tuple[tuple[str, str], ...]]
"""An entry as printed: its label, then id and text of each place; no text where the page setter gives the page."""
_RANGE: Final = "{first}–{last}"


def indexed(document: Document, offices: Mapping[str, str]) -> Document:
    """The report with an index of ``offices``, names by code; offices that it does not tell of are left out."""
    marker = _Marker(offices)
    chapters = tuple(marker.marked(chapter) for chapter in document.chapters)
    entries = [IndexEntry(name, tuple(marker.found[code])) for code, name in offices.items() if code in marker.found]
    entries.sort(key=lambda entry: (folded(entry.label), entry.label))
    return replace(document, chapters=chapters, index=tuple(entries))


def lines_by_chapter(document: Document) -> tuple[Line, ...]:
    """The index as a screen shows it: the chapters that tell of an office."""
    lines = []
    for entry in document.index:
        first: dict[str, str] = {}
        for place in entry.places:
            first.setdefault(place.chapter, place.id)
        lines.append((entry.label, tuple((id_, chapter) for chapter, id_ in first.items())))
    return tuple(lines)


def lines_by_page(document: Document, pages: Mapping[str, int], printed: Callable[[int], str]) -> tuple[Line, ...]:
    """The index as pages show it: pages that follow each other are a range, which leads to the first place on it.

    ``pages`` gives the page of a place; ``printed`` writes a page's number.
    """
    return tuple((entry.label, tuple(_ranges(entry, pages, printed, document.language))) for entry in document.index)


def lines_without_pages(document: Document) -> tuple[Line, ...]:
    """The index of a rendering in one go, whose page setter knows the pages."""
    return tuple((entry.label, tuple((place.id, "") for place in entry.places)) for entry in document.index)


def _ranges(
    entry: IndexEntry, pages: Mapping[str, int], printed: Callable[[int], str], language: str
) -> Iterator[tuple[str, str]]:
    """The id of the first place, and the text, of each run of pages."""
    first: dict[int, str] = {}
    for place in entry.places:
        first.setdefault(pages[place.id], place.id)
    runs: list[list[int]] = []
    for page in sorted(first):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    for run in runs:
        text = _RANGE.format(first=printed(run[0]), last=printed(run[-1])) if len(run) > 1 else printed(run[0])
        yield first[run[0]], from_left(text, language)


_Entry = TypeVar("_Entry", Statement, Card)


class _Marker:
    """Gives an id to each place that tells of an office, the same wherever the chapter is printed."""

    def __init__(self, offices: Mapping[str, str]) -> None:
        self.found: defaultdict[str, list[IndexPlace]] = defaultdict(list)
        self._codes = {name: code for code, name in offices.items()}
        self._known = frozenset(offices)
        self._given: Counter[tuple[str, str]] = Counter()
        self._title = ""

    def marked(self, chapter: Chapter) -> Chapter:
        """The chapter with an id at each place."""
        self._title = chapter.title
        if chapter.bound:
            if not chapter.continues and chapter.number in self._known:
                self.found[chapter.number].append(IndexPlace(chapter.id, chapter.title))
            return chapter
        return replace(chapter, blocks=tuple(self._block(chapter.id, block) for block in chapter.blocks))

    def _block(self, chapter: str, block: Block) -> Block:
        match block:
            case Table():
                return replace(block, rows=self._rows(chapter, block.rows))
            case Statements():
                return replace(block, entries=tuple(self._entry(chapter, entry) for entry in block.entries))
            case Cards():
                return replace(block, cards=tuple(self._entry(chapter, card) for card in block.cards))
        return block

    def _rows(self, chapter: str, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """The rows, the first of each office with an id."""
        seen: set[str] = set()
        done = []
        for row in rows:
            office = "" if row.kind else self._codes.get(row.cells[0].text, "")
            new = bool(office) and office not in seen
            seen.add(office)
            done.append(replace(row, id=self._place(chapter, office)) if new else row)
        return tuple(done)

    def _entry(self, chapter: str, entry: _Entry) -> _Entry:
        return replace(entry, ids=tuple(self._place(chapter, code) for code in entry.offices if code in self._known))

    def _place(self, chapter: str, office: str) -> str:
        self._given[chapter, office] += 1
        id_ = f"{chapter}-{office}-{self._given[chapter, office]}"
        self.found[office].append(IndexPlace(id_, self._title))
        return id_

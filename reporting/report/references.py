"""References from the headline pages to the table or figure that a statement comes from.

A statement names its origin by the id of a figure, such as ``populations.closing/world``, or by a title; the reference leads to
the first table, else the first drawing, of the report's chapters that has that title or whose source names that figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reporting.report.blocks import Block, CallOut, Chapter, Reference, Table, Tiles
from reporting.report.drawings import Drawing


def referenced(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """The chapters, numbered before, with the references of their opening ones; an origin that is not printed has none."""
    origins = _origins(chapter for chapter in chapters if not chapter.opening)
    return tuple(
        replace(chapter, blocks=tuple(_led(block, origins) for block in chapter.blocks)) if chapter.opening else chapter
        for chapter in chapters
    )


def references_of(chapter: Chapter) -> Iterator[Reference]:
    """The references that a chapter prints."""
    for block in chapter.blocks:
        if isinstance(block, CallOut):
            yield from block.references
        elif isinstance(block, Tiles):
            for tile in block.tiles:
                yield from tile.references


def _origins(chapters: Iterator[Chapter]) -> Mapping[str, Reference]:
    """Where a title, and where the id of a figure, is found first: in tables before drawings."""
    blocks = [block for chapter in chapters for block in chapter.blocks if isinstance(block, Table | Drawing)]
    found: dict[str, Reference] = {}
    for block in sorted(blocks, key=lambda block: not isinstance(block, Table)):
        for name in (block.title, *(word.strip(",.") for word in block.source.split() if "/" in word)):
            found.setdefault(name, Reference(block.id, block.number))
    return found


def _led(block: Block, origins: Mapping[str, Reference]) -> Block:
    match block:
        case CallOut():
            return replace(block, references=_found(block.see, origins))
        case Tiles():
            return Tiles(tuple(replace(tile, references=_found(tile.see, origins)) for tile in block.tiles))
    return block


def _found(names: Sequence[str], origins: Mapping[str, Reference]) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(origins[name] for name in names if name in origins))

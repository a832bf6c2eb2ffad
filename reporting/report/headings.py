"""Headings in order: none is more than one level below the one before it, as readers of tags and of screens expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reporting.report.blocks import Block, Chapter, Heading


def in_order(chapters: Sequence[Chapter]) -> list[Chapter]:
    """The chapters, with headings that skip a level raised to the next one; a chapter's title is of the first level."""
    done = []
    level = 1
    for chapter in chapters:
        if not chapter.continues:
            level = 1
        blocks: list[Block] = []
        for block in chapter.blocks:
            if isinstance(block, Heading):
                level = min(block.level, level + 1)
                blocks.append(replace(block, level=level))
            else:
                blocks.append(block)
        done.append(replace(chapter, blocks=tuple(blocks)))
    return done

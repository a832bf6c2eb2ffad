"""Texts of a workbook that may hold personal data: in any cell, comment, title of a sheet or property of the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reporting.languages import to_say
from reporting.personal_data import may_hold
from reporting.workbook.answers import Suspect
from reporting.workbook.codes import clean
from reporting.workbook.grids import Grid, Opened, address


def suspects(opened: Opened, own: frozenset[str]) -> Iterator[Suspect]:
    """Every text that deserves a close look, in the order of the workbook; ``own`` are the texts of the form itself."""
    for name, text in opened.properties.items():
        if may_hold(text):
            yield Suspect(to_say("document property “{name}”"), text, name=name)
    for grid in opened.grids:
        if may_hold(grid.title):
            yield Suspect(to_say("title of a sheet"), grid.title, grid.title)
        for cell, note in grid.notes.items():
            if may_hold(clean(note)):
                yield Suspect(to_say("comment"), clean(note), grid.title, cell)
        yield from _cells(grid, own)


def texts_of(form: object) -> frozenset[str]:
    """Every text in a schema: labels, guidance, codes, ids. None of them needs a look in the workbook."""
    texts: set[str] = set()
    waiting = [form]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            texts.add(part)
        elif isinstance(part, tuple):
            waiting += part
        elif hasattr(part, "__dataclass_fields__"):
            waiting += [getattr(part, name) for name in part.__dataclass_fields__]
        elif isinstance(part, Mapping):
            waiting += part.values()
    return frozenset(texts)


def _cells(grid: Grid, own: frozenset[str]) -> Iterator[Suspect]:
    """Most texts stand in many workbooks, and many in several cells: each is looked at once, then its cells are sought."""
    texts = {raw for line in grid.rows for raw in line if isinstance(raw, str)} - own
    held = {raw: text for raw in texts if may_hold(text := clean(raw))}
    if not held:
        return
    for row, line in enumerate(grid.rows, start=1):
        for column, raw in enumerate(line, start=1):
            if isinstance(raw, str) and raw in held:
                yield Suspect(to_say("cell"), held[raw], grid.title, address(row, column))

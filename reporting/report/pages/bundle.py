"""A section that is set: its pages, and what the assembly must know of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The glyphs of a font that a section uses; ``used`` is width (thousandths of the size) and text by glyph number."""

    name: str
    """The font's name in the content of pages, the same in every section."""
    family: str
    weight: int
    italic: bool
    count: int
    """Glyphs in the font; a number beyond stands for a character that the font does not have."""
    used: dict[int, tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A point on a page of a section, in points from the lower left."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline."""

    level: int
    label: str
    place: Place


@dataclass(frozen=True, slots=True)
class Bundle:
    """A section: the PDF without font programs, its pages' sizes, its places, outline entries, links and fonts."""

    pdf: bytes
    pages: tuple[tuple[float, float], ...]
    places: dict[str, Place]
    bookmarks: tuple[Bookmark, ...]
    links: tuple[str, ...]
    """The places that the section's links lead to."""
    fonts: tuple[Glyphs, ...]


def read_bundle(content: bytes) -> Bundle:
    """The bundle that a setter wrote.

    Raises:
        ValueError: the content is damaged.
    """
    line, _, pdf = content.partition(b"\n")
    said: dict[str, Any] = json.loads(line)
    if not pdf.startswith(b"%PDF"):
        raise ValueError("the section holds no PDF")
    return Bundle(
        pdf=pdf,
        pages=tuple((width, height) for width, height in said["pages"]),
        places={name: Place(*place) for name, place in said["anchors"].items()},
        bookmarks=tuple(Bookmark(level, label, Place(*place)) for level, label, *place in said["bookmarks"]),
        links=tuple(said["links"]),
        fonts=tuple(
            Glyphs(
                name=item["name"],
                family=item["family"],
                weight=item["weight"],
                italic=item["italic"],
                count=item["count"],
                used={glyph: (width, text) for glyph, width, text in item["glyphs"]},
            )
            for item in said["fonts"]
        ),
    )

"""From the returns of a folder to a document ready to be drawn: which chapters, in which order, numbered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reporting.aggregate.figures import Level
from reporting.languages import to_say
from reporting.report import numbers
from reporting.report.blocks import Block, Chapter, Cover, Document, Table
from reporting.report.chapters import (
    categories,
    changes,
    coverage,
    focal_points,
    focus,
    follow_up,
    glance,
    methods,
    populations,
    practices,
    quality,
    summaries,
    trafficking,
    trafficking_glance,
    trafficking_tables,
)
from reporting.report.chapters.population_places import cover_map, cover_tiles
from reporting.report.drawings import Drawing
from reporting.report.headings import in_order
from reporting.report.material import Material
from reporting.report.references import referenced
from reporting.report.request import Kind

_TITLES = {
    Kind.OFFICE: to_say("Annual protection report"),
    Kind.REGIONAL: to_say("Regional protection report"),
    Kind.GLOBAL: to_say("Global protection report"),
    Kind.TRAFFICKING: to_say("Trafficking in persons"),
    Kind.PRACTICES: to_say("Compendium of good practices"),
    Kind.FOLLOW_UP: to_say("Follow-up of the 2008 review"),
    Kind.COVERAGE: to_say("Coverage and quality of the returns"),
}
_LABELS = {"internal": to_say("Internal edition: not for publication"), "public": to_say("Public edition")}


def document_of(material: Material) -> Document:
    """The document of a report."""
    say = material.say
    place = place_name(material)
    name = say(_TITLES[material.kind])
    title = say("{report} {year}: {place}", report=name, year=material.year, place=place)
    banner = say("Fictional data") if material.fictional else ""
    return Document(
        title=f"{title} ({banner.lower()})" if banner else title,
        short_title=f"{name} {material.year} · {place}",
        language=material.language,
        direction=numbers.direction_of(material.language),
        label=say(_LABELS[material.edition]),
        banner=banner,
        cover=_cover(material, place),
        chapters=numbered(material, in_order(chapters_of(material))),
        words={
            "contents": say("Contents"),
            "tables": say("Tables"),
            "figures": say("Figures"),
            "index": say("Index of offices"),
            "comma": say(", "),
            "chapter": say("Chapter"),
            "page": say("p."),
            "cover_map": say("Map of the countries of this report"),
        },
        date=material.as_of.isoformat() if material.as_of else "",
        keywords=say("protection, refugees, persons of concern, trafficking in persons"),
        description=coverage.sentence(material),
    )


def place_name(material: Material) -> str:
    """What the report is about: a bureau, an office, the world."""
    if material.level is Level.BUREAU:
        return material.bureau(material.bureaus[0])
    if material.level is Level.OFFICE:
        return material.office(material.returns[0].office)
    return material.say("A made-up world") if material.fictional else material.say("World")


Writer = Callable[[Material], Chapter | None]
"""Writes a chapter, or None where it would be empty."""

_WHOLE: tuple[Writer, ...] = (
    glance.chapter,
    summaries.chapter,
    populations.chapter,
    changes.chapter,
    categories.chapter,
    trafficking.chapter,
    trafficking_tables.records,
    practices.chapter,
    focal_points.chapter,
    focus.chapter,
    follow_up.chapter,
    coverage.chapter,
    quality.chapter,
    methods.chapter,
)
_CHAPTERS: Mapping[Kind, tuple[Writer, ...]] = {
    Kind.OFFICE: tuple(write for write in _WHOLE if write not in (follow_up.chapter, coverage.chapter)),
    Kind.TRAFFICKING: (
        trafficking_glance.chapter,
        changes.chapter,
        trafficking.chapter,
        trafficking_tables.records,
        practices.chapter,
        focal_points.chapter,
        follow_up.chapter,
        coverage.chapter,
        methods.chapter,
    ),
    Kind.PRACTICES: (practices.chapter, methods.chapter),
    Kind.FOLLOW_UP: (follow_up.chapter, coverage.chapter, methods.chapter),
    Kind.COVERAGE: (coverage.chapter, quality.chapter, methods.chapter),
}
"""The chapters of each kind, in order; the other kinds have them all.

An office's own report leaves out what it would say of itself: who has sent a return, and what became of recommendations that are
for headquarters.
"""


def chapters_of(material: Material) -> list[Chapter]:
    """The chapters, in order; those that would be empty are left out."""
    made = (write(material) for write in _CHAPTERS.get(material.kind, _WHOLE))
    return [chapter for chapter in made if chapter is not None]


def numbered(material: Material, chapters: Sequence[Chapter], prefix: str = "") -> tuple[Chapter, ...]:
    """Chapters, tables and figures numbered through, each with an id of its own; ``prefix`` keeps those of a part apart."""
    tables = figures = 0
    done = []
    place = 0
    for chapter in chapters:
        place += not (chapter.continues or chapter.opening)
        blocks: list[Block] = []
        for block in chapter.blocks:
            if isinstance(block, Table):
                tables += 1
                blocks.append(
                    replace(
                        block,
                        number=material.say("Table {number}", number=f"{prefix}{tables}"),
                        id=f"table-{prefix}{tables}",
                    )
                )
            elif isinstance(block, Drawing):
                figures += 1
                blocks.append(
                    replace(
                        block,
                        number=material.say("Figure {number}", number=f"{prefix}{figures}"),
                        id=f"figure-{prefix}{figures}",
                    )
                )
            else:
                blocks.append(block)
        number = "" if chapter.continues or chapter.opening else str(place)
        done.append(replace(chapter, blocks=tuple(blocks), number=number))
    return tuple(done) if prefix else referenced(done)


def _cover(material: Material, place: str) -> Cover:
    say = material.say
    explanation = ""
    if material.fictional:
        explanation = say("Countries, offices and figures are invented, to show what real returns would make.")
    elif material.rebuilt:
        explanation = say(
            "Demonstration from public figures: the returns were rebuilt from published statistics and the review of 2008; "
            "they are not the offices' own."
        )
    dated = (
        [say("As of {date}", date=numbers.day(material.as_of, material.language))]
        if isinstance(material.as_of, date)
        else []
    )
    return Cover(
        title=say(_TITLES[material.kind]),
        place=place,
        year=str(material.year),
        organization=say("Annual protection reporting"),
        label=say(_LABELS[material.edition]),
        coverage=(coverage.sentence(material), *dated),
        remark=say("Fictional data") if material.fictional else "",
        explanation=explanation,
        artwork=None if material.fictional else cover_map(material),
        tiles=cover_tiles(material) if material.fictional else (),
    )

"""Everything the returns say of trafficking, from every chapter of the form, in one place (¶200, ¶207)."""

from __future__ import annotations

from reporting.report.blocks import Block, CallOut, Chapter, Heading, Paragraph
from reporting.report.chapters import focal_points, trafficking_map
from reporting.report.chapters.breakdowns import bar_panels, bars, breakdown, present, totals
from reporting.report.chapters.office_answers import answers
from reporting.report.chapters.trafficking_answers import area_blocks, matrices, statements_of
from reporting.report.chapters.trafficking_tables import table_sections
from reporting.report.material import Material
from reporting.schema.model import FieldType

THEME = "trafficking"
_BARS = frozenset({f"trafficking.victims_by_{part}" for part in ("form", "sex", "age", "nationality")})
"""Breakdowns that a global report also draws as bars, beside the table by bureau."""


def chapter(material: Material) -> Chapter:
    """The chapter on trafficking: assessment, persons known, answers area by area, tables, narratives."""
    say = material.say
    blocks: list[Block] = [
        CallOut(
            say("How to read these figures"),
            (
                say("Counts are what was known to UNHCR in the year. They measure reporting, never prevalence."),
                say("“Not assessed” means that nobody looked; it does not mean that there is no trafficking."),
                say("◆ after a question: answered by headquarters, not by the office."),
            ),
            "caution",
        ),
        Heading(say("Who looked, and what was found"), id="trafficking-assessment"),
        *trafficking_map.blocks(material),
        *_assessment(material),
        Heading(say("Trafficked persons known to UNHCR"), id="trafficking-persons"),
        *_persons(material),
    ]
    for category in material.schema.categories:
        made = [block for area in category.areas for block in area_blocks(material, area)]
        if made:
            blocks += [Heading(category.label, id=f"trafficking-{category.id}"), *made]
    blocks += table_sections(material)
    if material.single:
        blocks += [
            Heading(say("Focal points for trafficking"), id="trafficking-focal-points"),
            *focal_points.posts_and_gaps(material),
        ]
    return Chapter("trafficking", say("Trafficking in persons"), tuple(blocks))


def _assessment(material: Material) -> list[Block]:
    sections = (material.schema.cover, material.schema.summary)
    fields = [field for section in sections for field in section.fields if THEME in field.themes]
    label = material.say("Assessment and follow-up")
    if material.single:
        return answers(material, label, fields)
    counted = breakdown(material, "assessment.offices") if material.worldwide else bars(material, "assessment.offices")
    blocks = present([counted])
    blocks += matrices(material, label, [field for field in fields if field.type is not FieldType.TEXT])
    for field in fields:
        if field.type is FieldType.TEXT:
            blocks += statements_of(material, field)
    return blocks


def _persons(material: Material) -> list[Block]:
    tables = ("trafficked_persons", "victim_nationalities")
    drawn = [item for item in material.schema.indicators if item.draws_on.partition(".")[0] in tables]
    title = material.say("Trafficked persons: totals, {year}", year=material.year)
    found = present([totals(material, title, [item for item in drawn if not item.by])])
    by_one = [item.id for item in drawn if len(item.by) == 1 and item.id != "trafficking.child_victims"]
    if material.single:
        found += bar_panels(
            material, by_one, material.say("Who they are, as far as it is known, {year}", year=material.year)
        )
    else:
        found += [block for identifier in by_one for block in _by_one(material, identifier)]
    return found or [
        Paragraph(
            material.say(
                "No return gives a number of trafficked persons. Where an office assessed trafficking and found none, the "
                "table above says so; where it is not available, nothing can be concluded."
            )
        )
    ]


def _by_one(material: Material, identifier: str) -> list[Block]:
    """One breakdown: bars for a bureau, a table by bureau for the world, with bars for the most important."""
    drawn_as_bars = not material.worldwide or identifier in _BARS
    return present(
        [
            bars(material, identifier) if drawn_as_bars else None,
            breakdown(material, identifier) if material.worldwide else None,
        ]
    )

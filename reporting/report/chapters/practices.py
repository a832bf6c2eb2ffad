"""The compendium of good practices, by the 14 categories of the review's Annex 10."""

from __future__ import annotations

from reporting.report.answers import value_cell
from reporting.report.blocks import Block, Card, Cards, Chapter, Heading, Paragraph
from reporting.report.chapters.breakdowns import bars, breakdown, present
from reporting.report.material import Material, paragraphs
from reporting.workbook.answers import Return, Row

_FACTS = ("partners", "since", "evidence", "used_elsewhere", "may_publish")


def chapter(material: Material) -> Chapter:
    """The good practices reported, each with its office, partners and evidence."""
    say = material.say
    found: dict[str, list[Card]] = {}
    for returned in material.returns:
        for row in returned.tables.get("good_practices", ()):
            category = row.answers["category"].value
            found.setdefault(str(category or ""), []).append(_card(material, returned, row))
    counted = None if material.single else (breakdown if material.worldwide else bars)(material, "good_practices.count")
    blocks: list[Block] = present([counted])
    ordered = [entry for entry in material.schema.codes["practice_categories"].codes if entry.code in found]
    for entry in ordered:
        blocks += [Heading(entry.label, 2, id=f"practices-{entry.code}"), Cards(tuple(found[entry.code]))]
    if "" in found:
        blocks += [Heading(say("Without category"), 2, id="practices-none"), Cards(tuple(found[""]))]
    if not found:
        blocks = [Paragraph(say("No office reported a good practice."))]
    return Chapter("practices", say("Good practices"), tuple(blocks))


def _card(material: Material, returned: Return, row: Row) -> Card:
    columns = material.schema.tables_by_id["good_practices"].by_name
    texts = {name: value_cell(material, row.answers.get(name), column).text for name, column in columns.items()}
    facts = tuple((columns[name].label, texts[name]) for name in _FACTS if name in columns and texts[name])
    summary = texts["summary"]
    title = texts["title"] or material.say("Without title")
    return Card(
        title,
        material.office(returned.office),
        paragraphs(summary),
        facts,
        material.direction(summary or title),
        (returned.office,),
    )

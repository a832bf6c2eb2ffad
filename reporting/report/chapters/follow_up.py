"""Follow-up of the review's recommendations: each with the figures of the returns that evidence it."""

from __future__ import annotations

from collections.abc import Iterator

from reporting.report.blocks import Block, Cell, Chapter, Column, Paragraph, Row, Table
from reporting.report.chapters.breakdowns import codes_of, indicator_of
from reporting.report.material import Material, known
from reporting.schema.model import Recommendation


def chapter(material: Material) -> Chapter | None:
    """A table of the recommendations; None where the schema has none."""
    say = material.say
    recommendations = material.schema.recommendations
    if not recommendations:
        return None
    rows: list[Row] = []
    section = ""
    for item in recommendations:
        if item.section != section:
            section = item.section
            rows.append(Row((Cell(section),), "group"))
        rows.append(Row((Cell(item.id), Cell(item.text), Cell(item.addressed_to), Cell(_evidence(material, item)))))
    columns = (
        Column(say("No."), 6),
        Column(say("Recommendation"), 41),
        Column(say("Addressed to"), 15),
        Column(say("What the returns of {year} show", year=material.year), 38),
    )
    table = Table(
        say("Recommendations of the 2008 review and their evidence"),
        columns,
        tuple(rows),
        source=material.source(),
        style="dense",
    )
    introduction = say(
        "The review of 2008 made {count} recommendations. The returns evidence {evidenced} of them; the others are for "
        "headquarters to follow up.",
        count=len(recommendations),
        evidenced=sum(1 for item in recommendations if item.evidence),
    )
    blocks: tuple[Block, ...] = (Paragraph(introduction, "lead"), table)
    return Chapter("follow-up", say("Follow-up of the review's recommendations"), blocks)


def _evidence(material: Material, item: Recommendation) -> str:
    if not item.evidence:
        return material.say("Not asked of offices: followed up by headquarters.")
    shown = [text for identifier in item.evidence for text in _shown(material, identifier)]
    return " ".join(shown) or material.say("No figure in these returns.")


def _shown(material: Material, identifier: str) -> Iterator[str]:
    indicator = indicator_of(material, identifier)
    if indicator is None:
        return
    label = indicator.label.rstrip("?.")
    if not indicator.by:
        figure = material.figure(identifier, *material.whole)
        if figure is not None:
            yield f"{label}: {material.printed(figure)}."
        return
    dimension = indicator.by[0]
    if len(indicator.by) > 1:
        return
    codes = codes_of(material, indicator, dimension)
    pairs = [(name, material.figure(identifier, *material.whole, **{dimension: code})) for code, name in codes]
    told = [f"{name} {material.printed(figure)}" for name, figure in pairs if known(figure)]
    if told:
        yield f"{label}: {', '.join(told[:6])}{' …' if len(told) > 6 else ''}."

"""What the offices say of the year in their executive summaries."""

from __future__ import annotations

from reporting.report.answers import statements, texts
from reporting.report.blocks import Block, Chapter, Heading, Statements
from reporting.report.material import Material
from reporting.schema.model import FieldType


def chapter(material: Material) -> Chapter | None:
    """The executive summaries, question by question; None where no office wrote one."""
    blocks: list[Block] = []
    for field in material.schema.summary.fields:
        if field.type is not FieldType.TEXT or "trafficking" in field.themes:
            continue
        entries = statements(material, texts(material, field))
        if entries:
            blocks += [Heading(field.label, 2, id=field.id.replace(".", "-")), Statements(entries)]
    if not blocks:
        return None
    title = (
        material.say("The year in the office's words")
        if material.single
        else material.say("The year in the offices' words")
    )
    return Chapter("summaries", title, tuple(blocks))

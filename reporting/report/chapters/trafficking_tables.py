"""The tables of the form that belong to trafficking, summed up; their records stand in an annex."""

from __future__ import annotations

from collections.abc import Iterator

from reporting.report.answers import is_number, value_cell
from reporting.report.blocks import Block, Cell, Chapter, Column, Heading, Paragraph, Row, Table
from reporting.report.chapters.breakdowns import bars, breakdown, present, totals
from reporting.report.material import Material
from reporting.schema.model import Field
from reporting.schema.model import Table as FormTable

THEME = "trafficking"
_APART = frozenset({"good_practices", "trafficked_persons", "victim_nationalities"})
"""Tables told of elsewhere: good practices have a chapter, persons stand at the head of this one."""
_WIDE = frozenset(
    {"subject", "outcome", "title", "partners", "joint_with", "summary", "evidence", "joint_product", "other_forms"}
)


def table_sections(material: Material) -> list[Block]:
    """A section a table: sums of its figures, then breakdowns."""
    blocks: list[Block] = []
    for table in _tables(material):
        if table.id in _APART or table.id == "focal_points":
            continue
        blocks += [Heading(table.label, id=f"trafficking-{table.id}"), *_section(material, table)]
    referrals = breakdown(material, "movements.referrals")
    if referrals:
        blocks += [Heading(material.say("Referrals between countries"), id="trafficking-movements"), referrals]
    return blocks


def annex(material: Material) -> Chapter | None:
    """Every record on trafficking as the offices wrote it, with the office; None where there is none."""
    blocks = [table for form in _tables(material) if form.id != "good_practices" for table in _records(material, form)]
    if not blocks:
        return None
    say = material.say
    remark = Paragraph(
        say("As reported, one line a record. Persons known to UNHCR in the year; no measure of prevalence."), "small"
    )
    return Chapter("records", say("Annex: records on trafficking"), (remark, *blocks), landscape=True)


def _tables(material: Material) -> Iterator[FormTable]:
    return (table for table in material.schema.tables if THEME in table.themes)


def _section(material: Material, table: FormTable) -> list[Block]:
    drawing = [item for item in material.schema.indicators if _draws_on(item.draws_on, item.parts) == table.id]
    title = material.say("{table}: totals, {year}", table=table.label, year=material.year)
    blocks: list[Block | None] = [totals(material, title, [item for item in drawing if not item.by])]
    shown = bars if material.kind != "global" else breakdown
    blocks += [shown(material, item.id) for item in drawing if len(item.by) == 1]
    found = present(blocks)
    return found or [Paragraph(material.say("No office reported anything here."), "small")]


def _draws_on(drawn: str, parts: tuple[object, ...]) -> str:
    first = drawn or (str(getattr(parts[0], "draws_on", "")) if parts else "")
    return first.partition(".")[0]


def _records(material: Material, table: FormTable) -> list[Table]:
    say = material.say
    rows: list[Row] = []
    shown = [column for column in table.columns if column.name != "approximate"]
    for returned in material.returns:
        for row in returned.tables.get(table.id, ()):
            cells = [value_cell(material, row.answers.get(column.name), column) for column in shown]
            about = row.answers.get("approximate")
            if about is not None and about.value == "yes":
                cells = [_about(material, cell, column) for cell, column in zip(cells, shown, strict=True)]
            rows.append(Row((Cell(material.office(returned.office)), *cells)))
    if not rows:
        return []
    weights = [2.0 if column.name in _WIDE else 0.7 if is_number(column) else 1.0 for column in shown]
    unit = 90 / sum(weights)
    columns = [
        Column(column.label, unit * weight, number=is_number(column))
        for column, weight in zip(shown, weights, strict=True)
    ]
    return [
        Table(
            table.label,
            (Column(say("Office"), 10), *columns),
            tuple(rows),
            source=say("Table {table}, {count} records.", table=table.id, count=len(rows)),
            style="dense",
        )
    ]


def _about(material: Material, cell: Cell, column: Field) -> Cell:
    return Cell(material.say("about {number}", number=cell.text)) if column.name == "persons" and cell.text else cell

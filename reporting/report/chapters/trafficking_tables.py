"""The tables of the form that belong to trafficking, summed up; their records stand in an annex."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reporting.report.answers import is_number, value_cell
from reporting.report.blocks import Block, Chapter, Column, Heading, Paragraph, Row, Table
from reporting.report.cells import Cell
from reporting.report.chapters.breakdowns import bar_panels, bars, breakdown, present, totals
from reporting.report.material import Material
from reporting.report.widths import fitted
from reporting.schema.model import Field
from reporting.schema.model import Table as FormTable

THEME = "trafficking"
_APART = frozenset({"good_practices", "trafficked_persons", "victim_nationalities"})
"""Tables told of elsewhere: good practices have a chapter, persons stand at the head of this one."""


_ELSEWHERE = frozenset({"populations", "population_changes", "origins", "good_practices", "focal_points"})
"""Tables whose every record an office's own report has in another chapter or section."""


def table_sections(material: Material) -> list[Block]:
    """A section a table: sums of its figures, then breakdowns."""
    blocks: list[Block] = []
    for table in _tables(material):
        if table.id in _APART or table.id == "focal_points":
            continue
        blocks += [Heading(table.label, id=f"trafficking-{table.id}"), *_section(material, table)]
    referrals = None if material.single else breakdown(material, "movements.referrals")
    if referrals:
        blocks += [Heading(material.say("Referrals between countries"), id="trafficking-movements"), referrals]
    return blocks


def records(material: Material) -> Chapter | None:
    """Every record on trafficking as the offices wrote it: the end of the chapter, on wide pages; None without records."""
    blocks = [table for form in _tables(material) for table in _records(material, form)]
    if not blocks:
        return None
    say = material.say
    heading = Heading(say("The records"), id="trafficking-records")
    remark = Paragraph(
        say("As reported, one line a record. Persons known to UNHCR in the year; no measure of prevalence."), "small"
    )
    return Chapter(
        "records",
        say("Trafficking in persons: the records"),
        (heading, remark, *blocks),
        landscape=True,
        continues=True,
    )


def _tables(material: Material) -> Iterator[FormTable]:
    """The tables on trafficking; of one office all that no other chapter has, so that nothing it wrote is lost."""
    if material.single:
        return (table for table in material.schema.tables if table.id not in _ELSEWHERE)
    return (table for table in material.schema.tables if THEME in table.themes)


def _section(material: Material, table: FormTable) -> list[Block]:
    drawing = [item for item in material.schema.indicators if _draws_on(item.draws_on, item.parts) == table.id]
    title = material.say("{table}: totals, {year}", table=table.label, year=material.year)
    found = present([totals(material, title, [item for item in drawing if not item.by])])
    by_one = [item.id for item in drawing if len(item.by) == 1]
    if material.single:
        title = material.say("{table}: in detail, {year}", table=table.label, year=material.year)
        found += bar_panels(material, by_one, title)
    else:
        shown = breakdown if material.worldwide else bars
        found += present([shown(material, identifier) for identifier in by_one])
    return found or [Paragraph(_why_nothing(material, table), "small")]


def _why_nothing(material: Material, table: FormTable) -> str:
    """What stands where there is nothing to add up or to compare."""
    if not material.single:
        return material.say("No office reported anything here.")
    if material.returns[0].tables.get(table.id):
        return material.say("The records stand at the end of this chapter.")
    return material.say("Nothing was reported here.")


def _draws_on(drawn: str, parts: tuple[object, ...]) -> str:
    first = drawn or (str(getattr(parts[0], "draws_on", "")) if parts else "")
    return first.partition(".")[0]


def _records(material: Material, table: FormTable) -> list[Table]:
    say = material.say
    rows: list[Row] = []
    shown = [column for column in table.columns if column.name != "approximate"]
    for returned in material.returns:
        note = material.explanation(returned.office, {table.id})
        for row in returned.tables.get(table.id, ()):
            cells = [value_cell(material, row.answers.get(column.name), column) for column in shown]
            about = row.answers.get("approximate")
            if about is not None and about.value == "yes":
                cells = [_about(material, cell, column) for cell, column in zip(cells, shown, strict=True)]
            cells = cells if material.single else [Cell(material.office(returned.office)), *cells]
            rows.append(Row((replace(cells[0], note=note), *cells[1:])))
            note = ""
    if not rows:
        return []
    labels = [*([] if material.single else [say("Office")]), *(column.label for column in shown)]
    widths = fitted(labels, [[cell.text for cell in row.cells] for row in rows])
    numeric = [*([] if material.single else [False]), *(is_number(column) for column in shown)]
    return [
        Table(
            say("{table}: records", table=table.label),
            tuple(Column(*column) for column in zip(labels, widths, numeric, strict=True)),
            tuple(rows),
            source=material.say_many(
                "Table {table}, one record.", "Table {table}, {count} records.", len(rows), table=table.id
            ),
            notes=_about_note(material, table),
            style="dense",
        )
    ]


def _about_note(material: Material, table: FormTable) -> tuple[str, ...]:
    column = table.by_name.get("approximate")
    return (material.say("{question} Yes: “about” stands before the number.", question=column.label),) if column else ()


def _about(material: Material, cell: Cell, column: Field) -> Cell:
    return Cell(material.say("about {number}", number=cell.text)) if column.name == "persons" and cell.text else cell

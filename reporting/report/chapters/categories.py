"""The seven categories: the situation by area, and what offices wrote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reporting.report.answers import statements
from reporting.report.blocks import Block, Chapter, Column, Heading, Paragraph, Row, Statement, Statements, Table
from reporting.report.cells import Cell
from reporting.report.charts import Series, bar_chart
from reporting.report.drawings import Key
from reporting.report.material import Material
from reporting.schema.model import Area, Category
from reporting.workbook.answers import Return

SITUATIONS = ("acceptable", "not_acceptable", "critical")
FILLS = ["#00B398", "#E1CC0D", "#EF4A60", "#C9D0D8", "#EEF0F3"]
"""Acceptable, not acceptable, critical, does not apply, no answer."""
SIGNS = {"acceptable": "●", "not_acceptable": "▲", "critical": "■"}


def chapter(material: Material) -> Chapter:
    """All categories; what offices wrote only where the report is of one bureau or office."""
    say = material.say
    blocks: list[Block] = _situations(material) if material.single else []
    for category in material.schema.categories:
        if material.single:
            blocks.append(_heading(category))
        else:
            blocks += _counts(material, category)
        if not material.worldwide:
            blocks += _narratives(material, category)
    introduction = say("The situation as the offices see it, area by area.")
    if material.single:
        introduction = say("The situation as the office sees it, area by area, and what it wrote on it.")
    if material.worldwide:
        introduction += " " + say("What they wrote stands in the regional reports.")
    return Chapter("categories", say("Protection by category"), tuple(blocks), introduction=introduction)


def _heading(category: Category) -> Heading:
    return Heading(category.label, 2, id=f"category-{category.id}")


def _situations(material: Material) -> list[Block]:
    """The situation in every area that one office judged, and how many it did not."""
    say = material.say
    (returned,) = material.returns
    rows: list[Row] = []
    silent = 0
    for category in material.schema.categories:
        judged = [area for area in category.areas if _situation(returned, area)]
        silent += len(category.areas) - len(judged)
        if judged:
            rows.append(Row((Cell(category.label),), "group"))
            rows += [Row((Cell(area.label), _situation_cell(material, returned, area))) for area in judged]
    if not rows:
        return [Paragraph(say("The office gave no judgement of the situation in any area."), "small")]
    without = say("Areas without a judgement: {count}.", count=silent) if silent else ""
    table = Table(
        say("The situation by area, {year}", year=material.year),
        (Column(say("Area"), 70), Column(say("Situation"), 30)),
        tuple(rows),
        source=say("The office's own judgement, or computed from impact indicators. ") + material.source(),
        notes=(without,) if without else (),
        style="dense",
        width=70,
    )
    return [table]


def _situation_cell(material: Material, returned: Return, area: Area) -> Cell:
    match _situation(returned, area):
        case "na":
            return Cell(material.say("Does not apply"), tone="muted")
        case code:
            return Cell(f"{SIGNS[code]} {material.label('situation', code)}")


def _narratives(material: Material, category: Category) -> list[Block]:
    blocks: list[Block] = []
    silent: list[str] = []
    for area in category.areas:
        entries = tuple(_statements(material, area))
        if entries and material.single:
            judged = " · ".join(filter(None, (area.label, entries[0].remark)))
            blocks += [Heading(judged, 3), Statements((replace(entries[0], remark=""),))]
        elif entries:
            blocks += [Heading(area.label, 3), Statements(entries)]
        else:
            silent.append(area.label)
    if silent:
        blocks.append(_silent(material, silent, everywhere=len(silent) == len(category.areas)))
    return blocks


def _silent(material: Material, areas: list[str], *, everywhere: bool) -> Paragraph:
    say = material.say
    if everywhere:
        none = say("No office wrote on any of these areas.")
        return Paragraph(say("Nothing was written on any of these areas.") if material.single else none, "small")
    named = material.listed_apart(areas)
    if material.single:
        return Paragraph(say("Nothing was written on: {areas}.", areas=named), "small")
    return Paragraph(say("No office wrote on: {areas}.", areas=named), "small")


def _statements(material: Material, area: Area) -> Iterable[Statement]:
    written: dict[str, str] = {}
    remarks: dict[str, str] = {}
    for returned in material.returns:
        answer = returned.fields.get(f"{_area_id(area)}.narrative")
        if answer is not None and isinstance(answer.value, str):
            written[returned.office] = answer.value
            situation = _situation(returned, area)
            if situation in SIGNS:
                remarks[returned.office] = f"{SIGNS[situation]} {material.label('situation', situation)}"
    return statements(material, written, remarks)


def _counts(material: Material, category: Category) -> list[Block]:
    """The situation by area as a chart, and where it is critical as a table."""
    say = material.say
    series: list[Series] = []
    critical: list[Row] = []
    for area in category.areas:
        offices = _offices_by_situation(material, area)
        counts = [len(offices.get(code, ())) for code in (*SITUATIONS, "na", "")]
        values = tuple(material.number(count) for count in counts)
        series.append(Series(area.label, tuple(float(count) for count in counts), values))
        if offices.get("critical"):
            critical.append(Row((Cell(area.label), Cell(material.listed(offices["critical"])))))
    labels = [f"{SIGNS[code]} {material.label('situation', code)}" for code in SITUATIONS]
    legend = (*labels, say("Does not apply"), say("No answer"))
    chart = bar_chart(
        say("{category}: offices by situation, {year}", category=category.label, year=material.year),
        (say("Area"), *(SIGNS[code] for code in SITUATIONS), say("Does not apply"), say("No answer")),
        series,
        FILLS,
        keys=tuple(Key(label, fill) for label, fill in zip(legend, FILLS, strict=True)),
        source=say("The office's own judgement, or computed from impact indicators. ") + material.source(),
        label_width=34,
        value_width=7.5,
    )
    heading = _heading(category)
    if not any(sum(row.segments[:4]) for row in series):
        return [heading, Paragraph(say("No office gave its judgement of the situation in these areas."), "small")]
    blocks: list[Block] = [heading, chart]
    if critical:
        title = say("{category}: where the situation is critical", category=category.label)
        columns = (Column(say("Area"), 30), Column(say("Offices"), 70))
        blocks.append(Table(title, columns, tuple(critical), source=material.source(), style="dense"))
    return blocks


def _offices_by_situation(material: Material, area: Area) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for returned in material.returns:
        found.setdefault(_situation(returned, area), []).append(material.office(returned.office))
    return found


def _situation(returned: Return, area: Area) -> str:
    """The code of the situation, ``na`` where the area does not apply, empty where nothing is said."""
    applicable = returned.fields.get(f"{_area_id(area)}.applicable")
    if applicable is not None and applicable.value == "no":
        return "na"
    answer = returned.fields.get(f"{_area_id(area)}.situation")
    value = str(answer.value) if answer is not None and answer.value is not None else ""
    return value if value in SITUATIONS else ""


def _area_id(area: Area) -> str:
    """``category.area``, from the id of the area's first question."""
    return area.fields[0].id.rpartition(".")[0] if area.fields else area.id

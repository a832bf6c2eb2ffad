"""Follow-up of the review's recommendations: what was decided, and the figures of the returns that evidence each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from reporting.languages import to_say
from reporting.report import numbers
from reporting.report.blocks import Block, Chapter, Column, Paragraph, Row, Table
from reporting.report.cells import Cell
from reporting.report.chapters.breakdowns import codes_of, indicator_of
from reporting.report.charts import Series, bar_chart
from reporting.report.colours import colour
from reporting.report.drawings import BarChart, Key
from reporting.report.material import Material, known
from reporting.report.request import Kind
from reporting.returns.follow_up import Decision, Endorsement, Status
from reporting.schema.annexes import Recommendation

ENDORSEMENTS: Final = {
    Endorsement.YES: to_say("Yes"),
    Endorsement.PARTLY: to_say("Partly"),
    Endorsement.NO: to_say("No"),
    Endorsement.PENDING: to_say("Pending"),
}
STATUSES: Final = {
    Status.DONE: to_say("Done"),
    Status.UNDER_WAY: to_say("Under way"),
    Status.NOT_STARTED: to_say("Not started"),
    Status.DROPPED: to_say("Dropped"),
    None: to_say("Not recorded"),
}
SIGNS: Final = {
    Status.DONE: "●",
    Status.UNDER_WAY: "◐",
    Status.NOT_STARTED: "○",
    Status.DROPPED: "✕",
    None: "",
}
_SHOWN_CODES: Final = 6
_WIDTHS: Final = (4, 20, 10, 7, 9, 8, 10, 32)
_NARROW: Final = (6, 32, 13, 12, 37)
"""Of the table's columns in per cent: with all that the register says, and with the status alone."""


def chapter(material: Material) -> Chapter | None:
    """The recommendations by section; None where the schema has none."""
    recommendations = material.schema.recommendations
    if not recommendations:
        return None
    blocks: list[Block] = [Paragraph(_introduction(material), "lead")]
    if material.decisions is not None:
        blocks.append(_progress(material))
    full = material.kind is Kind.FOLLOW_UP
    blocks.append(_table(material, full=full))
    return Chapter(
        "follow-up", material.say("Follow-up of the review's recommendations"), tuple(blocks), landscape=full
    )


def _introduction(material: Material) -> str:
    say = material.say
    recommendations = material.schema.recommendations
    introduction = say(
        "The review of 2008 made {count} recommendations. The returns evidence {evidenced} of them; the others are for "
        "headquarters to follow up.",
        count=len(recommendations),
        evidenced=sum(1 for item in recommendations if item.evidence),
    )
    if material.decisions is None:
        return f"{introduction} " + say(
            "There is no register of follow-up beside these returns, so nobody can say here what was decided."
        )
    counts = Counter(_decision(material, item).status for item in recommendations)
    labels = {status: say(label).lower() for status, label in STATUSES.items()}
    told = material.listed(f"{label} {counts[status]}" for status, label in labels.items() if counts[status])
    return f"{introduction} " + say("Headquarters' register of follow-up says: {states}.", states=told)


def _progress(material: Material) -> BarChart:
    """Recommendations by status, a bar a section of the review."""
    say = material.say
    fills = [colour("Green"), colour("Blue"), "#8EBEFF", colour("Grey"), "url(#hatch-unknown)"]
    series = []
    for section, items in _by_section(material):
        counts = Counter(_decision(material, item).status for item in items)
        values = tuple(float(counts[status]) for status in STATUSES)
        series.append(Series(section, values, (numbers.part_of(counts[Status.DONE], sum(values), material.language),)))
    keys = tuple(Key(say(label), fill) for label, fill in zip(STATUSES.values(), fills, strict=True))
    return bar_chart(
        say("Recommendations by section and status"),
        (say("Section"), say("Done / all")),
        series,
        fills,
        keys=keys,
        source=say("Source: headquarters' register of follow-up."),
        label_width=34,
    )


def _table(material: Material, *, full: bool) -> Table:
    say = material.say
    heads = [say("No."), say("Recommendation"), say("Addressed to")]
    heads += [say("Endorsed"), say("Responsible"), say("Timeframe")] if full else []
    heads += [say("Status"), say("What the returns of {year} show", year=material.year)]
    columns = tuple(Column(*column) for column in zip(heads, _WIDTHS if full else _NARROW, strict=True))
    rows: list[Row] = []
    for section, items in _by_section(material):
        rows.append(Row((Cell(section),), "group"))
        rows += [_row(material, item, full=full) for item in items]
    return Table(
        say("Recommendations of the 2008 review and their evidence"),
        columns,
        tuple(rows),
        source=" ".join((say("Status: headquarters’ register of follow-up."), material.source())),
        style="dense",
    )


def _by_section(material: Material) -> list[tuple[str, list[Recommendation]]]:
    """The sections of the review with their recommendations, a section that comes twice as one."""
    sections: dict[str, list[Recommendation]] = {}
    for item in material.schema.recommendations:
        sections.setdefault(item.section, []).append(item)
    return list(sections.items())


def _row(material: Material, item: Recommendation, *, full: bool) -> Row:
    decision = _decision(material, item)
    cells = [Cell(item.id), Cell(item.text), Cell(item.addressed_to)]
    if full:
        endorsed = ENDORSEMENTS[decision.endorsed] if decision.endorsed else STATUSES[None]
        cells.append(Cell(material.say(endorsed), tone="" if decision.endorsed else "muted"))
        cells += [_told(material, decision.responsible), _told(material, decision.timeframe)]
    return Row((*cells, _status(material, decision), Cell(_evidence(material, item))))


def _status(material: Material, decision: Decision) -> Cell:
    """The status with its sign, its date and the remark."""
    label = material.say(STATUSES[decision.status])
    dated = numbers.day(decision.as_of, material.language, abridged=True) if decision.as_of else ""
    parts = (f"{SIGNS[decision.status]} {label}".strip(), dated, decision.note)
    return Cell(". ".join(filter(None, parts)), tone="" if decision.status else "muted")


def _told(material: Material, text: str) -> Cell:
    return Cell(text) if text else Cell(material.say("Not recorded"), tone="muted")


def _decision(material: Material, item: Recommendation) -> Decision:
    return (material.decisions or {}).get(item.id, Decision(recommendation=item.id))


def _evidence(material: Material, item: Recommendation) -> str:
    if not item.evidence:
        return material.say("Not asked of offices: followed up by headquarters.")
    shown = [text for identifier in item.evidence for text in _shown(material, identifier)]
    return " ".join(shown) or material.say("No figure in these returns.")


def _shown(material: Material, identifier: str) -> Iterator[str]:
    """The figure of an indicator for the whole report in words, with the id that leads to its trace."""
    indicator = indicator_of(material, identifier)
    if indicator is None or len(indicator.by) > 1:
        return
    label = indicator.label.rstrip("?.")
    if not indicator.by:
        figure = material.figure(identifier, *material.whole)
        if figure is not None:
            yield material.say(
                "{question}: {answers}.", question=label, answers=f"{material.printed(figure)} [{identifier}]"
            )
        return
    dimension = indicator.by[0]
    codes = codes_of(material, indicator, dimension)
    pairs = [(name, material.figure(identifier, *material.whole, **{dimension: code})) for code, name in codes]
    told = [f"{name} {material.printed(figure)}" for name, figure in pairs if known(figure)]
    if told:
        ending = " …" if len(told) > _SHOWN_CODES else ""
        answers = f"{material.listed(told[:_SHOWN_CODES])}{ending} [{identifier}]"
        yield material.say("{question}: {answers}.", question=label, answers=answers)

"""Coverage of returns: who sent one, in time, late or not at all, and what could not be used."""

from __future__ import annotations

from collections import Counter

from reporting.aggregate.coverage import CoverageRow, State
from reporting.languages import to_say
from reporting.report import numbers
from reporting.report.blocks import Block, Chapter, Column, Paragraph, Row, Table
from reporting.report.cells import Cell
from reporting.report.charts import Series, bar_chart
from reporting.report.colours import colour
from reporting.report.drawings import BarChart, Key
from reporting.report.material import Material

STATES = (
    State.ON_TIME,
    State.LATE,
    State.RECEIVED,
    State.REJECTED,
    State.UNREADABLE,
    State.MISSING,
)
LABELS = {
    State.ON_TIME: to_say("On time"),
    State.LATE: to_say("Late"),
    State.RECEIVED: to_say("Received, date not recorded"),
    State.REJECTED: to_say("Rejected"),
    State.UNREADABLE: to_say("Not readable"),
    State.MISSING: to_say("Not submitted"),
    State.SUPERSEDED: to_say("Superseded by a later clearance"),
}


def chapter(material: Material) -> Chapter:
    """The register of returns against what was received."""
    say = material.say
    own = {row.office for row in material.rows}
    blocks: list[Block] = [Paragraph(sentence(material), "lead"), states_chart(material), offices_table(material)]
    superseded = [
        row
        for row in material.coverage.rows
        if row.state is State.SUPERSEDED and (row.office in own if material.single else row.bureau in material.bureaus)
    ]
    if superseded:
        blocks.append(_superseded(material, superseded))
    return Chapter("coverage", say("Coverage of returns"), tuple(blocks))


def sentence(material: Material) -> str:
    """How many of the expected returns the figures rest on."""
    if not material.coverage.registered:
        return material.say_many(
            "One return is in the figures. Without a register of expected returns nobody can say what is missing.",
            "{count} returns are in the figures. Without a register of expected returns nobody can say what is missing.",
            len(material.returns),
        )
    counts = Counter(row.state for row in material.standing)
    labels = {state: material.say(LABELS[state]).lower() for state in STATES}
    parts = [f"{label} {counts[state]}" for state, label in labels.items() if counts[state]]
    said = material.say_many(
        "{used} of one expected return is in the figures ({parts}). A return that is missing or was not usable is never "
        "counted as zero.",
        "{used} of {count} expected returns are in the figures ({parts}). A return that is missing or was not usable is "
        "never counted as zero.",
        material.expected,
        used=material.used,
        parts=material.listed(parts),
    )
    if not material.unexpected:
        return said
    extra = material.say_many(
        "One more is in the figures, though not in the register.",
        "{count} more are in the figures, though not in the register.",
        material.unexpected,
    )
    return f"{said} {extra}"


def fills() -> list[str]:
    """The fill of each state, in the order of :data:`STATES`."""
    return [
        colour("Blue"),
        "url(#hatch-late)",
        "#8EBEFF",
        colour("Yellow"),
        colour("Grey"),
        "url(#hatch-missing)",
    ]


def states_chart(material: Material) -> BarChart:
    """Returns by state, a bar a bureau."""
    say = material.say
    series = []
    for bureau in material.bureaus:
        counts = Counter(row.state for row in material.standing if row.bureau == bureau)
        values = tuple(float(counts[state]) for state in STATES)
        used = sum(counts[state] for state in STATES if state.counts)
        series.append(Series(material.bureau(bureau), values, (numbers.part_of(used, sum(values), material.language),)))
    shown = {row.state for row in material.standing}
    keys = tuple(Key(say(LABELS[state]), fill) for state, fill in zip(STATES, fills(), strict=True) if state in shown)
    title = say("Returns by state, {year}", year=material.year)
    return bar_chart(
        title,
        (say("Bureau"), say("Used / expected")),
        series,
        fills(),
        keys=keys,
        source=say("Source: register of expected returns."),
    )


def offices_title(material: Material) -> str:
    """The title of the table of returns, office by office."""
    return material.say("Returns expected and received, {year}", year=material.year)


def offices_table(material: Material) -> Table:
    """Returns expected and received, a row an office."""
    say = material.say
    rows: list[Row] = []
    for bureau in material.bureaus:
        if material.worldwide:
            rows.append(Row((Cell(material.bureau(bureau)),), "group"))
        rows += [_office_row(material, row) for row in material.rows if row.bureau == bureau]
    columns = (
        Column(say("Office"), 19),
        Column(say("Countries covered"), 22),
        Column(say("State"), 15),
        Column(say("Due"), 11),
        Column(say("Received"), 11),
        Column(say("Remark"), 22),
    )
    return Table(
        offices_title(material),
        columns,
        tuple(rows),
        source=say(
            "Source: register of expected returns. Dates that the register does not have are not recorded (..)."
        ),
        style="dense",
    )


def _office_row(material: Material, row: CoverageRow) -> Row:
    countries = material.listed(material.country(code) for code in row.countries)
    return Row(
        (
            Cell(material.named(row)),
            Cell(countries),
            Cell(_state(material, row), tone="" if row.state.counts else "missing"),
            Cell(numbers.day(row.due, material.language, abridged=True) if row.due else ".."),
            Cell(numbers.day(row.received, material.language, abridged=True) if row.received else ".."),
            Cell(row.note, direction=material.direction(row.note))
            if row.owed
            else Cell(material.say("Not in the register")),
        )
    )


def _state(material: Material, row: CoverageRow) -> str:
    nil = material.say("; nil: assessed, no trafficking found") if row.nil else ""
    return material.say(LABELS[row.state]) + nil


def _superseded(material: Material, rows: list[CoverageRow]) -> Table:
    say = material.say
    return Table(
        say("Returns replaced by a later one of the same office"),
        (Column(say("Office"), 30), Column(say("File"), 40), Column(say("Remark"), 30)),
        tuple(Row((Cell(material.named(row)), Cell(row.path), Cell(row.note))) for row in rows),
        source=say("Of two returns of an office for a year the one cleared later counts."),
    )

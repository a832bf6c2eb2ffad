"""The trafficking questions of the form sheets: answers counted, and every office's answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reporting.report.answers import YES_OR_NO, answer_cell, is_number, statements, texts
from reporting.report.blocks import Block, Column, Heading, Paragraph, Row, Statements, Table
from reporting.report.cells import Cell
from reporting.report.chapters.breakdowns import codes_of, in_parts, indicator_of, place_columns
from reporting.report.chapters.office_answers import NOT_ANSWERED, NOT_ASKED, answers, question_label
from reporting.report.charts import Series, bar_chart
from reporting.report.colours import colour
from reporting.report.drawings import Key
from reporting.report.material import Material
from reporting.report.widths import fitted
from reporting.schema.model import Area, Field, FieldType, Indicator
from reporting.workbook.answers import Return

THEME = "trafficking"
_COLUMNS = 6
"""Questions side by side in one matrix, so that each can be read in full."""
_SILENT = (NOT_ANSWERED, NOT_ASKED)


def area_blocks(material: Material, area: Area) -> list[Block]:
    """All on trafficking in one area: counted answers, answers by office, what offices wrote."""
    fields = [field for field in area.fields if THEME in field.themes]
    if not fields:
        return []
    short = [field for field in fields if field.type is not FieldType.TEXT]
    blocks: list[Block] = [Heading(area.label, 3)]
    if material.single:
        return [*blocks, *answers(material, area.label, fields)]
    blocks += _chart(material, short, area.label)
    blocks += _counted(material, short, area.label)
    blocks += matrices(material, area.label, short)
    for field in fields:
        if field.type is FieldType.TEXT:
            blocks += statements_of(material, field)
    return blocks


def matrices(material: Material, label: str, fields: Sequence[Field]) -> list[Block]:
    """Tables of offices by questions, at most six questions each, as evenly filled as can be."""
    if not fields:
        return []
    count = -(-len(fields) // _COLUMNS)
    size = -(-len(fields) // count)
    parts = [fields[at : at + size] for at in range(0, len(fields), size)]
    return in_parts(material, [_matrix(material, label, part) for part in parts])


def statements_of(material: Material, field: Field) -> list[Block]:
    """What offices wrote to one question, in full."""
    written = texts(material, field)
    if not written:
        said = material.say("{question} No office answered ({field}).", question=question_label(field), field=field.id)
        return [Paragraph(said, "small")]
    entries = statements(material, written)
    return [Heading(question_label(field), 4), Statements(entries)]


def _matrix(material: Material, label: str, fields: Sequence[Field]) -> Table | Paragraph:
    say = material.say
    rows: list[Row] = []
    silent: list[str] = []
    silent_words = {"", *map(say, _SILENT)}
    for bureau in material.bureaus:
        lines = []
        for returned in material.returns_of(bureau):
            cells = [answer_cell(material, returned, field) for field in fields]
            if all(cell.text in silent_words for cell in cells):
                silent.append(material.office(returned.office))
            else:
                note = material.explanation(returned.office, {field.id for field in fields})
                lines.append(Row((Cell(material.office(returned.office), note=note), *cells)))
        if lines and material.worldwide:
            rows.append(Row((Cell(material.bureau(bureau)),), "group"))
        rows += lines
    if not rows:
        asked = material.listed_apart(f"{question_label(field)} ({field.id})" for field in fields)
        return Paragraph(say("No office answered: {questions}.", questions=asked), "small")
    labels = [say("Office"), *(question_label(field) for field in fields)]
    widths = fitted(labels, [[cell.text for cell in row.cells] for row in rows if row.kind != "group"])
    numeric = [False, *(is_number(field) for field in fields)]
    columns = tuple(Column(*column) for column in zip(labels, widths, numeric, strict=True))
    return Table(
        say("{area}: answers by office", area=label),
        columns,
        tuple(rows),
        source=_references(material, fields),
        notes=_silent_notes(material, silent),
        style="dense",
        width=min(100, 30 + 20 * len(fields)),
    )


def _silent_notes(material: Material, silent: Sequence[str]) -> tuple[str, ...]:
    notes = []
    if silent:
        notes.append(material.say("Not answered, or not asked: {offices}.", offices=material.listed(silent)))
    if material.absent:
        notes.append(material.say("Not submitted, or not usable: {offices}.", offices=material.listed(material.absent)))
    return tuple(notes)


def _references(material: Material, fields: Iterable[Field]) -> str:
    named = material.listed_apart(f"{field.id} ({field.source})" if field.source else field.id for field in fields)
    return material.say("Fields: {fields}.", fields=named)


def _chart(material: Material, fields: Sequence[Field], label: str) -> list[Block]:
    """Yes, no and unknown by question, of the offices that answered."""
    say = material.say
    drawn = [(field, row) for field in fields if field.type in YES_OR_NO for row in _share_row(material, field)]
    if not drawn:
        return []
    fills = [colour("Blue"), "#B7BFC8", "url(#hatch-unknown)"]
    keys = tuple(Key(say(label), fill) for label, fill in zip(("Yes", "No", "Unknown"), fills, strict=True))
    title = say("{area}: offices that answered yes, no or unknown", area=label)
    heads = (say("Question"), say("Yes"), say("No"), say("Unknown"))
    return [
        bar_chart(
            title,
            heads,
            [row for _, row in drawn],
            fills,
            keys=keys,
            source=material.source(*_drawn(material, [field for field, _ in drawn], "offices")),
            row_height=8.6,
            label_width=46,
            value_width=9.5,
        )
    ]


def _drawn(material: Material, fields: Sequence[Field], *suffixes: str) -> list[str]:
    """The indicators made of these questions."""
    ids = (f"{field.id}.{suffix}" for field in fields for suffix in suffixes)
    return [identifier for identifier in ids if indicator_of(material, identifier) is not None]


def _share_row(material: Material, field: Field) -> list[Series]:
    counts = [_answers(material.returns, field, code) for code in ("yes", "no", "unknown")]
    if not sum(counts):
        return []
    return [
        Series(
            question_label(field), tuple(float(count) for count in counts), tuple(material.number(n) for n in counts)
        )
    ]


def _answers(returns: Iterable[Return], field: Field, code: str) -> int:
    return sum(1 for returned in returns if (answer := returned.fields.get(field.id)) and answer.value == code)


def _counted(material: Material, fields: Sequence[Field], label: str) -> list[Block]:
    """Counts of answers and sums by bureau; in a report of one bureau the matrix says it all."""
    if not material.worldwide:
        return []
    rows: list[Row] = []
    for field in fields:
        for suffix in ("offices", "sum"):
            indicator = indicator_of(material, f"{field.id}.{suffix}")
            if indicator is None or not material.series(indicator.id, *material.whole):
                continue
            if suffix == "sum":
                rows.append(
                    Row((Cell(f"{question_label(field)} ({indicator.unit})"), *_figures(material, indicator.id, {})))
                )
                continue
            if answers := _offices_by_answer(material, indicator):
                rows += [Row((Cell(question_label(field)),), "group"), *answers]
    if not rows:
        return []
    title = material.say("{area}: offices by answer, and sums", area=label)
    return [
        Table(
            title,
            place_columns(material, material.say("Question and answer"), 40),
            tuple(rows),
            source=material.source(*_drawn(material, fields, "offices", "sum")),
        )
    ]


def _offices_by_answer(material: Material, indicator: Indicator) -> list[Row]:
    """A row an answer that an office gave."""
    return [
        Row((Cell(text), *_figures(material, indicator.id, {"answer": code}, "–")))
        for code, text in codes_of(material, indicator, "answer")
        if any(item.dimensions.get("answer") == code and item.value for item in material.series(indicator.id))
    ]


def _figures(material: Material, indicator: str, dimensions: dict[str, str], blank: str = "") -> list[Cell]:
    return [
        material.cell(material.figure(indicator, level, area, **dimensions), blank)
        for level, area, _ in material.places
    ]

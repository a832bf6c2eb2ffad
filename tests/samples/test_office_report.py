"""The report of one office: all that it wrote stands there, as it wrote it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from reporting.aggregate.collection import Collection
from reporting.pipeline import collect
from reporting.report.answers import value_cell
from reporting.report.blocks import Document, Table
from reporting.report.chapters.office_answers import LONG, question_label
from reporting.report.material import Material, paragraphs
from reporting.report.render import report_document
from reporting.report.request import Kind, Request
from reporting.report.selection import material_of
from reporting.schema.model import FieldType
from tests.samples.conftest import SAMPLES, build

OFFICES = (("fictional", "fictional/2008", "XAA"), ("fictional", "fictional/2008", "XAJ"), ("2008", "2008", "KEN"))
"""What to build, the folder of the returns, and the office."""
ELSEWHERE = {"populations", "population_changes", "origins", "good_practices", "focal_points"}
"""Tables whose rows the chapter on persons of concern adds up, and those that are told of in another shape."""


@pytest.fixture(scope="module", params=OFFICES, ids=lambda item: item[2])
def office(request: pytest.FixtureRequest) -> tuple[Collection, Request]:
    world, folder, code = request.param
    build(world)
    return collect(SAMPLES / folder), Request(kind=Kind.OFFICE, office=code)


def strings(part: Any) -> Iterator[str]:
    """Every text in a document, block by block."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple | list):
        for item in part:
            yield from strings(item)
    elif is_dataclass(part):
        for item in fields(part):
            yield from strings(getattr(part, item.name))


def cells(document: Document) -> Iterator[tuple[str, ...]]:
    """The rows of all tables in a document, as texts."""
    for chapter in document.chapters:
        for block in chapter.blocks:
            if isinstance(block, Table):
                yield from (tuple(cell.text for cell in row.cells) for row in block.rows)


def material(office: tuple[Collection, Request]) -> Material:
    return material_of(office[1], office[0])


def test_every_answer_stands_beside_its_question(office: tuple[Collection, Request]) -> None:
    made, held = report_document(office[1], office[0]), material(office)
    (returned,) = held.returns
    rows, said = {row[:2] for row in cells(made)}, set(strings(made))
    for identifier, field in held.schema.fields.items():
        answer = returned.fields[identifier]
        if not answer.answered or field.name in {"situation", "applicable"}:
            continue
        if field.type is FieldType.TEXT and isinstance(answer.value, str) and (field.max_length or LONG) >= LONG:
            assert set(paragraphs(answer.value)) <= said, identifier
        else:
            assert (question_label(field), value_cell(held, answer, field).text) in rows, identifier


def test_every_situation_is_told(office: tuple[Collection, Request]) -> None:
    made, held = report_document(office[1], office[0]), material(office)
    (returned,) = held.returns
    rows = {row[0]: row[1] for row in cells(made) if len(row) == 2}
    for category in held.schema.categories:
        for area in category.areas:
            place = area.fields[0].id.rpartition(".")[0]
            situation = returned.fields[f"{place}.situation"]
            if returned.fields[f"{place}.applicable"].value == "yes" and situation.value is not None:
                assert rows[area.label].endswith(held.label("situation", str(situation.value))), area.id


def test_every_record_is_a_row(office: tuple[Collection, Request]) -> None:
    made, held = report_document(office[1], office[0]), material(office)
    (returned,) = held.returns
    rows = set(cells(made))
    for table in held.schema.tables:
        for row in returned.tables[table.id] if table.id not in ELSEWHERE else ():
            shown = {
                column.name: value_cell(held, row.answers.get(column.name), column).text
                for column in table.columns
                if column.name != "approximate"
            }
            if "approximate" in row.answers and row.answers["approximate"].value == "yes":
                shown["persons"] = f"about {shown['persons']}"
            assert tuple(shown.values()) in rows, (table.id, row.number)


def test_practices_and_posts_are_told_in_full(office: tuple[Collection, Request]) -> None:
    made, held = report_document(office[1], office[0]), material(office)
    (returned,) = held.returns
    everything = "\n".join(strings(made))
    for name in ("good_practices", "focal_points"):
        for row in returned.tables[name]:
            for column in held.schema.tables_by_id[name].columns:
                shown = value_cell(held, row.answers.get(column.name), column).text
                assert all(part in everything for part in paragraphs(shown)), (name, row.number, column.name)


def test_every_impact_indicator_has_its_three_values(office: tuple[Collection, Request]) -> None:
    made, held = report_document(office[1], office[0]), material(office)
    (returned,) = held.returns
    rows = {row[0]: row for row in cells(made) if len(row) == 6}
    for indicator in held.schema.impact_indicators.values():
        values = returned.impact[indicator.id]
        for place, answer in enumerate((values.baseline, values.target, values.year_end), start=2):
            if isinstance(answer.value, int | float):
                text = held.number(answer.value) if answer.value else "0"
                assert rows[indicator.label][place].rpartition(" ")[2] == text, indicator.id

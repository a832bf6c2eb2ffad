"""What stands beside the cells of a workbook is read: comments, their authors, properties, links to people."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty

from reporting.workbook.grids import Opened, open_workbook
from reporting.workbook.reader import form_of
from reporting.workbook.suspects import suspects
from sample_submissions.conformance.cases import clean


def opened() -> Opened:
    """A clean return with something beside its cells."""
    workbook = load_workbook(BytesIO(clean("apr-2008")))
    sheet = workbook["Populations"]
    sheet["C6"].comment = Comment("Ask desk@example.org", "Desk at clerk@example.org")
    sheet["D6"].comment = Comment("Nothing of note", "Desk")
    sheet["E6"] = 5
    sheet["E6"].hyperlink = "mailto:link@example.org"
    sheet["F6"] = 5
    sheet["F6"].hyperlink = "https://www.example.org/12345678901"
    workbook.properties.description = "Tel. 01632 960001"
    workbook.custom_doc_props.append(StringProperty(name="Checked by", value="checker@example.org"))
    workbook.custom_doc_props.append(StringProperty(name="Department", value="Protection"))
    workbook.create_sheet("clerk@example.org")
    written = BytesIO()
    workbook.save(written)
    return open_workbook(written.getvalue())


def test_comments_stand_at_their_cells() -> None:
    grids = {grid.title: grid for grid in opened().grids}
    assert grids["Populations"].notes["C6"].endswith("Ask desk@example.org")
    assert not grids["Cover"].notes


def test_every_place_with_personal_data_is_named_once() -> None:
    found = suspects(opened(), form_of("apr-2008").texts)
    places = [
        (item.where.format(name=item.name), item.sheet, item.cell)
        for item in found
        if "example.org" in item.text or "01632" in item.text
    ]
    assert sorted(places) == [
        ("comment", "Populations", "C6"),
        ("document property “Checked by”", "", ""),
        ("document property “author of comments”", "", ""),
        ("document property “description”", "", ""),
        ("document property “hyperlinks”", "", ""),
        ("title of a sheet", "clerk@example.org", ""),
    ]


def test_a_clean_return_has_nothing_beside_its_cells_that_needs_explaining() -> None:
    properties = open_workbook(clean("apr-2008")).properties
    assert Path(properties["title"]).suffix == ""
    assert not any("@" in text for text in properties.values())

"""What is exported: other tools read it, validate it, and find the same figures."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import frictionless
import hxl
import openpyxl
import polars as pl
import pytest

from reporting.aggregate.collection import Collection, collection_of
from reporting.aggregate.exports.annex import annex
from reporting.aggregate.exports.csv_file import csv_text
from reporting.aggregate.exports.formats import FILES, FOLDERS, Export
from reporting.aggregate.exports.tables import (
    COVERAGE,
    FIGURES,
    INDICATORS,
    TRACE,
    Column,
    ExportTable,
    Kind,
    figures_table,
)
from reporting.aggregate.figures import Level
from reporting.workbook.annex_book import AnnexSheet, annex_bytes
from tests.aggregate.returns import result_of, return_of, stock

INERT = '=HYPERLINK("http://example.org")'


@pytest.fixture(scope="module")
def export() -> Export:
    """All figures by bureau of three offices."""
    returns = (
        return_of("KEN", [stock("KEN", "REF", 320598, opening=265729)], cleared=date(2009, 2, 13)),
        return_of("SDN", [stock("SDN", "REF", ".."), stock("SDN", "IDP", 1201040)]),
        return_of("HUN", [stock("HUN", "REF", 7740), stock("SVN", "REF", 268)], countries=("HUN", "SVN")),
    )
    collection: Collection = collection_of([(result_of(item), item) for item in returns], None, 2008)
    return Export(collection, Level.BUREAU, collection.schema.indicators, "internal")


def values(export: Export) -> dict[str, float | None]:
    return {item.id: item.value for item in export.figures}


def test_csv_and_parquet_hold_the_same_figures(export: Export) -> None:
    rows = list(csv.DictReader(io.StringIO(FILES["csv"](export).decode())))
    assert {row["id"]: float(row["value"]) if row["value"] else None for row in rows} == values(export)
    files = FOLDERS["parquet"](export)
    assert list(files) == ["figures.parquet", "coverage.parquet", "trace.parquet", "indicators.parquet"]
    frame = pl.read_parquet(files["figures.parquet"])
    assert dict(frame.select("id", "value").rows()) == values(export)
    assert frame.schema["approximate"] == pl.Boolean


def test_libhxl_reads_and_validates_the_figures(export: Export) -> None:
    data = hxl.data(io.BytesIO(FILES["hxl"](export))).cache()
    assert [column.display_tag for column in data.columns][3:5] == ["#org+code+bureau", "#indicator+breakdown"]
    read = {row.get("#meta+id"): row.get("#indicator+value") for row in data}
    assert {key: float(value) if value else None for key, value in read.items()} == values(export)
    assert data.validate()


@pytest.mark.parametrize("columns", [FIGURES, TRACE, COVERAGE, INDICATORS])
def test_every_column_has_a_tag_of_its_own_that_hxl_can_parse(columns: tuple[Column, ...]) -> None:
    tags = [hxl.model.TagPattern.parse(column.tag) for column in columns]
    assert all(tags)
    assert len({column.tag for column in columns}) == len(columns)


def test_frictionless_accepts_the_package(export: Export, tmp_path: Path) -> None:
    for name, content in FOLDERS["package"](export).items():
        (tmp_path / name).write_bytes(content)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["fieldName", "rowNumber", "message"])
    assert [task.name for task in report.tasks] == ["figures", "coverage", "trace", "indicators"]
    (tmp_path / "figures.csv").write_text("id\nodd\n", encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_the_annex_holds_every_table_and_runs_no_formula(export: Export) -> None:
    book = openpyxl.load_workbook(io.BytesIO(FILES["xlsx"](export)))
    assert book.sheetnames == ["Figures", "Coverage", "Trace", "Indicators"]
    head, *rows = book["Figures"].iter_rows(min_row=2, values_only=True)
    place = {name: head.index(name) for name in ("id", "value")}
    assert {row[place["id"]]: row[place["value"]] for row in rows} == values(export)
    sheet = AnnexSheet("Odd", "Odd", [("text", 10)], [(INERT,), ("-1",), (5,)])
    cells = openpyxl.load_workbook(io.BytesIO(annex_bytes([sheet], "Odd", date(2009, 1, 1))))["Odd"]
    assert [(cells[f"A{row}"].data_type, cells[f"A{row}"].value) for row in (3, 4, 5)] == [
        ("s", INERT),
        ("s", "-1"),
        ("n", 5),
    ]


@pytest.mark.parametrize("form", [*FILES, *FOLDERS])
def test_the_same_returns_give_the_same_bytes_wherever_they_lie(export: Export, form: str) -> None:
    make = FILES.get(form) or FOLDERS[form]
    moved = replace(export, collection=_moved(export.collection, Path("/elsewhere")))
    there = replace(export, collection=_moved(export.collection, Path("/returns/2008")))
    if form != "json":
        assert make(moved) == make(there)
    assert make(export) == make(export)


def _moved(collection: Collection, folder: Path) -> Collection:
    """The collection, its files in another folder."""
    results = tuple(replace(item, path=str(folder / item.path)) for item in collection.results)
    rows = tuple(replace(row, path=str(folder / row.path)) for row in collection.coverage.rows)
    coverage = replace(collection.coverage, rows=rows)
    return replace(collection, results=results, coverage=coverage, folder=folder)


@pytest.mark.parametrize(("level", "tag"), [(Level.COUNTRY, "#country+code+v_iso3"), (Level.OFFICE, "#org+code")])
def test_the_tag_of_areas_says_what_they_are(export: Export, level: Level, tag: str) -> None:
    assert tag in csv_text(figures_table(replace(export, level=level).figures), hxl=True).splitlines()[1]


def test_a_table_too_long_for_a_sheet_is_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporting.workbook.annex_book.LARGEST", 3)
    table = ExportTable("figures", "Figures", (Column("id", Kind.STRING, "#meta+id", ""),), (("a",), ("b",)))
    with pytest.raises(Exception, match="--format parquet or package"):
        annex([table], "Figures", date(2009, 1, 1))


def test_csv_keeps_nothing_and_no_apart_from_zero() -> None:
    columns = (Column("a", Kind.NUMBER, "#a", ""), Column("b", Kind.BOOLEAN, "#b", ""))
    text = csv_text(ExportTable("t", "T", columns, ((None, False), (0, True))), hxl=True)
    assert text == "a,b\n#a,#b\n,no\n0,yes\n"


def test_the_package_says_what_each_column_means(export: Export) -> None:
    descriptor = json.loads(FOLDERS["package"](export)["datapackage.json"])
    fields = [field for resource in descriptor["resources"] for field in resource["schema"]["fields"]]
    assert all(field["description"] for field in fields)
    trace = descriptor["resources"][2]["schema"]
    assert trace["foreignKeys"] == [{"fields": "figure", "reference": {"resource": "figures", "fields": "id"}}]

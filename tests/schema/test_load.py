"""Reading a schema file: what comes out, and faults that name file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reporting.errors import SchemaError
from reporting.paths import schemas_folder
from reporting.schema.load import editor_schema, read_schema, schema_ids, schema_path
from reporting.schema.model import FieldType
from tests.schema.small import line_of, write_small


def fault(path: Path) -> str:
    with pytest.raises(SchemaError) as caught:
        read_schema(path)
    return str(caught.value)


def test_ids_become_full_and_shared_questions_stand_in_every_area(tmp_path: Path) -> None:
    schema = read_schema(write_small(tmp_path))
    assert list(schema.fields) == [
        "cover.office",
        "cover.year",
        "security.sgbv.applicable",
        "security.sgbv.incidents",
        "security.sgbv.detail",
        "security.sgbv.narrative",
    ]
    assert list(schema.impact_indicators) == ["security.sgbv.reported"]
    assert [column.id for column in schema.tables[0].columns] == ["persons.country", "persons.total", "persons.women"]


def test_an_area_that_does_not_apply_asks_nothing_more(tmp_path: Path) -> None:
    fields = read_schema(write_small(tmp_path)).fields
    assert fields["security.sgbv.applicable"].asked_if == ""
    assert fields["security.sgbv.incidents"].asked_if == "security.sgbv.applicable == 'yes'"
    assert fields["security.sgbv.detail"].asked_if == (
        "security.sgbv.applicable == 'yes' and (security.sgbv.incidents > 0)"
    )


def test_an_area_without_a_gate_asks_everything(tmp_path: Path) -> None:
    fields = read_schema(write_small(tmp_path, ("area_gate: applicable\n", ""))).fields
    assert fields["security.sgbv.incidents"].asked_if == ""


def test_columns_carry_the_themes_of_their_table(tmp_path: Path) -> None:
    columns = read_schema(write_small(tmp_path)).tables[0].columns
    assert {column.themes for column in columns} == {("trafficking",)}


def test_code_lists_are_read_from_csv_with_their_further_columns(tmp_path: Path) -> None:
    schema = read_schema(write_small(tmp_path))
    kenya = schema.codes["countries"].by_code["KEN"]
    assert (kenya.label, dict(kenya.attributes)) == ("Kenya", {"bureau": "africa"})
    assert schema.codes["countries"].label_of("ZZZ") == "ZZZ"


def test_yes_no_and_days_stay_texts(tmp_path: Path) -> None:
    schema = read_schema(write_small(tmp_path, ("source: made for a test", "source: 2008-12-31")))
    assert schema.source == "2008-12-31"
    assert list(schema.codes["offices"].by_code) == ["KEN", "no"]


def test_true_and_false_are_truth_values(tmp_path: Path) -> None:
    assert read_schema(write_small(tmp_path)).impact_indicators["security.sgbv.reported"].reversed is True


def test_questions_are_found_by_id_in_forms_and_tables(tmp_path: Path) -> None:
    schema = read_schema(write_small(tmp_path))
    column = schema.question("persons.total")
    assert column is not None
    assert (column.type, column.name) == (FieldType.COUNT, "total")
    assert schema.question("cover.year") is schema.fields["cover.year"]
    assert schema.question("nothing.at.all") is None
    assert schema.question("persons.nothing") is None


def test_the_digest_covers_the_code_lists(tmp_path: Path) -> None:
    first = read_schema(write_small(tmp_path)).digest
    second = read_schema(write_small(tmp_path, countries="code,label\nKEN,Kenya\n")).digest
    assert len(first) == 64
    assert first != second


def test_an_unknown_key_is_reported_with_file_and_line(tmp_path: Path) -> None:
    path = write_small(tmp_path, ("label: Year}", "label: Year, lable: x}"))
    assert fault(path) == f"{path}, line {line_of('{id: year')}: cover.fields.1.lable: there is no such key"


def test_a_missing_key_is_reported_with_file_and_line(tmp_path: Path) -> None:
    path = write_small(tmp_path, ("    sheet: Persons\n", ""))
    message = fault(path)
    assert f"line {line_of('- id: persons')}: tables.0.sheet: this key is missing" in message


def test_all_faults_are_reported_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = write_small(tmp_path, ("type: year", "type: yaer"), ("severity: error", "severity: grave"))
    lines = fault(path).splitlines()
    assert [line.split(": ")[1] for line in lines] == ["cover.fields.1.type", "rules.0.severity"]


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    path = write_small(tmp_path, ("year: 1999\n", "year: 1999\nyear: 2000\n"))
    assert fault(path) == f"{path}, line 4: “year” stands here twice"


def test_an_unknown_name_is_reported_with_the_nearest_that_exists(tmp_path: Path) -> None:
    path = write_small(tmp_path, ("holds: women <= total", "holds: womin <= total"))
    assert fault(path) == (
        f"{path}, line {line_of('- code: TOT001')}: TOT001: there is no field or column “womin”; do you mean “women”?"
    )


def test_a_fault_in_a_question_of_every_area_has_its_own_line(tmp_path: Path) -> None:
    path = write_small(tmp_path, ("type: yes_no, label: Does", "type: choice, label: Does"))
    assert f"line {line_of('{id: applicable')}: security.sgbv.applicable: a choice needs a code list" in fault(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id: [", "line 2: did not find expected node content"),
        (b"- a\n- b\n", "line 1: a schema is a mapping of keys"),
        (b"", "line 1: a schema is a mapping of keys"),
        (b"? [a, b]\n: 1\n", "line 1: a key is a single word"),
        (b"id: \xff\xfe\n", "not a YAML file"),
    ],
)
def test_what_is_no_schema_file_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "apr-1999.yaml"
    path.write_bytes(content)
    assert message in fault(path)


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    assert fault(tmp_path / "no.yaml").endswith("no.yaml: cannot be read (No such file or directory)")


def test_a_missing_code_list_file_is_reported(tmp_path: Path) -> None:
    path = write_small(tmp_path, ("file: countries.csv", "file: lands.csv"))
    assert "lands.csv: cannot be read (No such file or directory)" in fault(path)


@pytest.mark.parametrize(
    ("csv", "message"),
    [
        ("code,name\nKEN,Kenya\n", "countries.csv, row 1: the column “label” is missing"),
        ("", "countries.csv, row 1: the column “code” is missing"),
        ("code,label\nKEN,Kenya\nTHA\n", "countries.csv, row 3: 2 cells are needed, the first one not empty"),
        ("code,label\nKEN,Kenya,x\n", "countries.csv, row 2: 2 cells are needed"),
        ("code,label\n,Kenya\n", "countries.csv, row 2: 2 cells are needed"),
    ],
)
def test_a_faulty_code_list_is_reported_with_its_row(tmp_path: Path, csv: str, message: str) -> None:
    assert message in fault(write_small(tmp_path, countries=csv))


def test_a_code_list_in_another_encoding_is_reported(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    (tmp_path / "countries.csv").write_bytes("code,label\nCIV,Côte\n".encode("latin-1"))
    assert "countries.csv: not a CSV file in UTF-8" in fault(path)


def test_the_schemas_at_hand_are_listed_and_found() -> None:
    assert {"apr-2007", "apr-2008"} <= set(schema_ids())
    assert schema_path("apr-2008").name == "apr-2008.yaml"


def test_a_schema_that_is_not_there_is_reported_with_those_that_are() -> None:
    with pytest.raises(SchemaError, match="there is no schema “apr-1066”; there are apr-2007, apr-2008"):
        schema_path("apr-1066")


def test_the_editors_schema_is_current() -> None:
    written = json.loads((schemas_folder() / "apr.schema.json").read_text(encoding="utf-8"))
    assert written == editor_schema(), "write it anew: python scripts/write_editor_schema.py"


@pytest.mark.parametrize("identifier", ["apr-2007", "apr-2008"])
def test_schema_files_name_the_editors_schema(identifier: str) -> None:
    first = schema_path(identifier).read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=apr.schema.json"

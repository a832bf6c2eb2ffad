"""``apr schema``, ``apr template`` and ``apr explain``."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from reporting.checks.catalogue import catalogue
from reporting.cli import main
from reporting.schema.compiled import load_schema
from reporting.schema.identifiers import schema_ids
from reporting.workbook.filling import Filling
from reporting.workbook.reader import read_return
from reporting.workbook.template import write_return


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(map(str, arguments)))
    return result.exit_code, result.stdout, result.stderr


def test_the_list_of_schemas_names_each_with_its_size() -> None:
    code, out, _ = run("schema", "list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == schema_ids()
    assert "64 areas" in out


def test_a_schema_shows_every_question_and_rule() -> None:
    _, out, _ = run("schema", "show", "apr-2008")
    schema = load_schema("apr-2008")
    shown = {line.split()[0] for line in out.splitlines() if line.startswith("  ")}
    assert set(schema.fields) <= shown
    assert {column.id for table in schema.tables for column in table.columns} <= shown
    assert {rule.code for rule in schema.rules} <= shown


def test_a_schema_is_checked_and_its_faults_have_lines(tmp_path: Path) -> None:
    assert run("schema", "check")[0] == 0
    path = tmp_path / "odd.yaml"
    path.write_text("id: odd\nlable: Odd\n", encoding="utf-8")
    code, out, err = run("schema", "check", path)
    assert (code, out) == (2, "")
    assert f"{path}, line 1: " in err
    assert "lable" in err


def test_the_template_of_an_office_is_a_return_of_that_office(tmp_path: Path) -> None:
    path = tmp_path / "to-send" / "KEN-2008.xlsx"
    assert run("template", "--office", "ken", "--year", "2008", "-o", path) == (0, f"{path}\n", "")
    returned = read_return(path, path.read_bytes())
    assert (returned.office, returned.year, returned.countries) == ("KEN", 2008, ("KEN",))
    assert not any(returned.tables.values())


def test_a_register_gives_each_office_its_workbook_with_its_countries(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text(
        "office,label,year,bureau,countries,due,received,cleared_on,fictional,note\n"
        "HUN,Regional office for Central Europe,2008,europe,HUN SVN BGR POL,2009-03-31,,,no,\n"
        "KEN,Kenya,2008,africa,KEN,2009-03-31,,,no,\n",
        encoding="utf-8",
    )
    code, out, _ = run("template", "--year", "2008", "--register", register, "--all", "-o", tmp_path / "out")
    assert code == 0
    assert [Path(line).name for line in out.splitlines()] == ["HUN-2008.xlsx", "KEN-2008.xlsx"]
    path = tmp_path / "out" / "HUN-2008.xlsx"
    assert read_return(path, path.read_bytes()).countries == ("HUN", "SVN", "BGR", "POL")


def test_a_template_needs_an_office_a_year_and_a_language_that_exist(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    assert "there is no office “ZZZ”" in run("template", "--office", "ZZZ", "--year", "2008", "-o", path)[2]
    assert "there is no schema “apr-1066”" in run("template", "--office", "KEN", "--year", "1066", "-o", path)[2]
    assert "no language “xx”" in run("template", "--office", "KEN", "--year", "2008", "--lang", "xx", "-o", path)[2]
    assert "name the --office" in run("template", "--year", "2008", "-o", path)[2]
    assert "--all needs --register" in run("template", "--year", "2008", "--all", "-o", path)[2]
    assert not path.exists()


def test_every_code_can_be_explained() -> None:
    kinds = catalogue(*map(load_schema, schema_ids()))
    assert [line[:6] for line in run("explain")[1].splitlines()] == sorted(kinds)
    for code, kind in kinds.items():
        exit_code, out, _ = run("explain", code.lower())
        assert exit_code == 0
        assert out.startswith(f"{code}  {kind.severity}")
        assert " ".join(kind.documentation.split()) in " ".join(out.split())


def test_a_return_is_begun_from_last_years_lists_and_not_from_its_figures(tmp_path: Path) -> None:
    last, new = tmp_path / "last.xlsx", tmp_path / "new.xlsx"
    filling = Filling(
        office="KEN",
        year=2007,
        fields={"cover.countries": ("KEN",), "cover.uses_focus": "no"},
        tables={
            "focal_points": [{"post": "Protection Officer", "share_of_time": 10}],
            "populations": [{"country": "KEN", "group": "REF", "closing": 265729}],
        },
    )
    write_return(load_schema("apr-2008"), filling, last)
    assert run("template", "--office", "KEN", "--year", "2008", "--prefill", last, "-o", new)[0] == 0
    begun = read_return(new, new.read_bytes())
    assert (begun.year, begun.fields["cover.uses_focus"].value) == (2008, "no")
    assert [row.answers["post"].value for row in begun.tables["focal_points"]] == ["Protection Officer"]
    assert not begun.tables["focal_points"][0].answers["share_of_time"].answered
    assert not begun.tables["populations"]


def test_a_return_is_not_begun_from_another_offices_or_from_no_return(tmp_path: Path) -> None:
    last, new = tmp_path / "last.xlsx", tmp_path / "new.xlsx"
    write_return(load_schema("apr-2008"), Filling(office="KEN", year=2008), last)
    assert (
        "is the return of KEN, not of SDN"
        in run("template", "--office", "SDN", "--year", "2008", "--prefill", last, "-o", new)[2]
    )
    last.write_text("no workbook", encoding="utf-8")
    assert "cannot be read as a return" in run("template", "--year", "2008", "--prefill", last, "-o", new)[2]
    assert not new.exists()


def test_a_register_of_follow_up_is_begun_once(tmp_path: Path) -> None:
    path = tmp_path / "follow_up.csv"
    begun = CliRunner().invoke(main, ["schema", "follow-up", "apr-2008", "-o", str(path)])
    assert begun.exit_code == 0, begun.output
    assert path.read_text(encoding="utf-8").count("\nR") == 45
    path.write_text("recommendation,endorsed\nR01,yes\n", encoding="utf-8")
    again = CliRunner().invoke(main, ["schema", "follow-up", "apr-2008", "-o", str(path)])
    assert again.exit_code == 2
    assert "is there already" in again.stderr
    assert "R01,yes" in path.read_text(encoding="utf-8")


def test_a_form_without_recommendations_has_no_follow_up() -> None:
    asked = CliRunner().invoke(main, ["schema", "follow-up", "apr-2007"])
    assert asked.exit_code == 2
    assert "no recommendations" in asked.stderr

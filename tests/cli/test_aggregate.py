"""``apr aggregate`` and ``apr status`` on small folders."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reporting.aggregate.exports.csv_file import inert
from reporting.cli import main
from reporting.schema.compiled import load_schema
from reporting.workbook.filling import Filling
from reporting.workbook.template import write_return

HEAD = "office,label,year,bureau,countries,due,received,cleared_on,fictional,note\n"
COVER = {
    "cover.uses_focus": "no",
    "cover.prepared_by_post": "Protection Officer",
    "cover.cleared_by_post": "Representative",
    "cover.cleared_on": "..",
    "cover.classification": "internal",
    "cover.trafficking_assessment": "not_assessed",
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kenya has sent its return; Sudan, which the register expects, has not."""
    made = tmp_path_factory.mktemp("returns")
    row = {"country": "KEN", "group": "REF", "opening": 265729, "closing": 320598}
    fields = {"cover.office": "KEN", "cover.year": 2008, "cover.language": "en", "cover.countries": ("KEN",), **COVER}
    filling = Filling(office="KEN", year=2008, fields=fields, tables={"populations": [row]})
    write_return(load_schema("apr-2008"), filling, made / "KEN-2008.xlsx")
    rows = "KEN,Kenya,2008,africa,KEN,,,,,\nSDN,Sudan,2008,africa,SDN,,,,,\n"
    (made / "register.csv").write_text(HEAD + rows, encoding="utf-8")
    return made


def test_json_gives_figures_with_their_coverage(folder: Path) -> None:
    done = run("aggregate", str(folder), "--by", "bureau", "--indicator", "populations.closing")
    assert done.exit_code == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["edition"] == "internal"
    assert (document["coverage"]["expected"], document["coverage"]["used"]) == (2, 1)
    (figure,) = document["figures"]
    assert figure | {"caution": ""} == {
        "id": "populations.closing/bureau/africa/group=REF",
        "indicator": "populations.closing",
        "level": "bureau",
        "area": "africa",
        "dimensions": {"group": "REF"},
        "value": 320598,
        "status": "known",
        "combines": "latest",
        "contributors": 1,
        "approximate": False,
        "items": [],
        "expected": 2,
        "persons_share": 100.0,
        "persons_at_most": True,
        "unit": "persons",
        "caution": "",
    }


def test_an_office_that_sent_nothing_is_not_submitted_and_never_zero(folder: Path) -> None:
    done = run("aggregate", str(folder), "--by", "office", "--indicator", "populations.closing", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["area"], row["value"], row["status"]) for row in rows] == [
        ("KEN", "320598", "known"),
        ("SDN", "", "not_submitted"),
    ]


def test_an_unknown_indicator_suggests_the_nearest(folder: Path) -> None:
    done = run("aggregate", str(folder), "--by", "world", "--indicator", "populations.closin")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "do you mean “populations.closing”?" in done.stderr


def test_the_public_edition_is_refused_until_it_is_safe(folder: Path) -> None:
    done = run("aggregate", str(folder), "--by", "world", "--edition", "public")
    assert done.exit_code == 2
    assert "there is no public edition yet" in done.stderr


def test_an_empty_folder_is_wrong_use(tmp_path: Path) -> None:
    done = run("aggregate", str(tmp_path), "--by", "world")
    assert done.exit_code == 2
    assert "no workbook (.xlsx) to read" in done.stderr


def test_status_names_what_is_missing(folder: Path) -> None:
    done = run("status", str(folder))
    assert done.exit_code == 0
    assert "Returns of 2008: 1 of 2 in the figures" in done.stdout
    assert "SDN  missing     Sudan: ask the office for it" in done.stdout


def test_status_as_json_lists_every_return(folder: Path) -> None:
    document = json.loads(run("status", str(folder), "--format", "json").stdout)
    assert [(row["office"], row["state"]) for row in document["returns"]] == [("KEN", "received"), ("SDN", "missing")]


@pytest.mark.parametrize(
    ("cell", "written"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "'-5"), (-5, -5), ("about", "about"), (True, "yes")]
)
def test_no_text_runs_as_a_formula(cell: object, written: object) -> None:
    assert inert(cell) == written


def test_a_trace_leads_to_file_sheet_and_cell(folder: Path) -> None:
    found = run("trace", "populations.closing", str(folder))
    assert found.exit_code == 0
    assert "world  group=REF  320,598" in found.stdout
    assert "KEN-2008.xlsx  Populations!E5" in found.stdout
    content = json.loads(run("trace", "populations.closing", str(folder), "--format", "json").stdout)
    (figure,) = content["figures"]
    (one,) = figure["contributions"]
    assert (figure["value"], one["number"], one["cell"], len(one["sha256"])) == (320598, 320598, "E5", 64)


def test_a_trace_as_csv_has_a_row_a_contribution(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("trace", "populations.opening", str(folder), "--format", "csv").stdout)))
    assert [(row["figure"], row["office"], row["number"], row["sheet"]) for row in rows] == [
        ("populations.opening/world/group=REF", "KEN", "265729", "Populations")
    ]


def test_a_trace_of_an_unknown_figure_or_place_says_what_there_is(folder: Path) -> None:
    wrong = run("trace", "populations.closin", str(folder))
    assert (wrong.exit_code, "do you mean “populations.closing”?" in wrong.stderr) == (2, True)
    wrong = run("trace", "populations.closing", str(folder), "--by", "bureau", "--area", "afrika")
    assert (wrong.exit_code, "there are: africa" in wrong.stderr) == (2, True)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("populations.closing/africa", "after the indicator stands one of office, country, bureau, world"),
        ("populations.closing/bureau", "after “bureau” stands which one"),
        ("populations.closing/world/REF", "“REF” is not heading=code"),
        ("populations.closing/world/group=ASY", "there are: populations.closing/world/group=REF"),
        ("populations.closing/bureau/europe", "there are: africa"),
    ],
)
def test_an_id_of_a_figure_that_is_none_says_how_one_is_made(folder: Path, asked: str, said: str) -> None:
    done = run("trace", asked, str(folder))
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


def test_the_id_of_a_figure_leads_to_its_cells(folder: Path) -> None:
    (figure,) = json.loads(run("aggregate", str(folder), "--by", "world", "--indicator", "populations.closing").stdout)[
        "figures"
    ]
    done = run("trace", figure["id"], str(folder))
    assert done.exit_code == 0, done.stderr
    assert "Populations!E5" in done.stdout

"""Beginning a return from last year's."""

from dataclasses import replace
from pathlib import Path

from reporting.findings import Finding
from reporting.pipeline import validate_file
from reporting.schema.compiled import load_schema
from reporting.workbook.answers import Carried, Return
from reporting.workbook.filling import Entry, Filling
from reporting.workbook.prefill import prefilled
from reporting.workbook.reader import read_return
from reporting.workbook.template import write_return

SCHEMA = load_schema("apr-2008")
LAW = "environment.legal_framework"

LAST = Filling(
    office="HUN",
    year=2008,
    fields={
        "cover.countries": ("HUN", "SVN"),
        "cover.uses_focus": "no",
        "cover.trafficking_assessment": "not_assessed",
        "summary.overview": "The year was quiet.",
        f"{LAW}.applicable": "yes",
        f"{LAW}.us_tip_tier": "tier_2",
        f"{LAW}.trafficking_law": "in_force",
    },
    tables={
        "focal_points": [{"post": "Protection Associate", "share_of_time": 10, "countries": ("HUN",)}],
        "populations": [{"country": "HUN", "group": "REF", "closing": 8000}],
    },
)


def last_year(folder: Path) -> Return:
    path = folder / "last.xlsx"
    write_return(SCHEMA, LAST, path)
    return read_return(path, path.read_bytes())


def test_lists_and_headquarters_answers_are_carried_over(tmp_path: Path) -> None:
    begun = prefilled(SCHEMA, last_year(tmp_path), 2009)
    assert (begun.office, begun.year) == ("HUN", 2009)
    assert begun.fields["cover.countries"] == ("HUN", "SVN")
    assert begun.fields[f"{LAW}.us_tip_tier"] == "tier_2"
    assert begun.tables["focal_points"] == [{"post": "Protection Associate", "unit": None, "countries": ("HUN",)}]


def test_figures_and_judgements_are_asked_anew(tmp_path: Path) -> None:
    begun = prefilled(SCHEMA, last_year(tmp_path), 2009)
    assert "populations" not in begun.tables
    assert not {"cover.trafficking_assessment", "summary.overview", f"{LAW}.trafficking_law"} & set(begun.fields)


def test_codes_that_the_new_form_does_not_have_are_left_out(tmp_path: Path) -> None:
    last = last_year(tmp_path)
    tier = replace(last.fields[f"{LAW}.us_tip_tier"], value="tier_9")
    countries = replace(last.fields["cover.countries"], value=("HUN", "ZZZ"))
    fields = {**last.fields, f"{LAW}.us_tip_tier": tier, "cover.countries": countries}
    begun = prefilled(SCHEMA, replace(last, fields=fields), 2009)
    assert f"{LAW}.us_tip_tier" not in begun.fields
    assert begun.fields["cover.countries"] == ("HUN",)


def test_a_return_of_the_old_form_begins_one_of_the_new(tmp_path: Path) -> None:
    old = load_schema("apr-2007")
    write_return(old, Filling(office="KEN", year=2007), tmp_path / "old.xlsx")
    last = read_return(tmp_path / "old.xlsx", (tmp_path / "old.xlsx").read_bytes())
    begun = prefilled(SCHEMA, last, 2008)
    write_return(SCHEMA, begun, tmp_path / "new.xlsx")
    assert read_return(tmp_path / "new.xlsx", (tmp_path / "new.xlsx").read_bytes()).office == "KEN"


def test_an_explanation_is_carried_over_and_lapses_with_the_value_it_explains(tmp_path: Path) -> None:
    def found(filling: Filling) -> tuple[Return, list[Finding]]:
        write_return(SCHEMA, filling, tmp_path / "KEN.xlsx")
        result, returned = validate_file(tmp_path / "KEN.xlsx")
        assert returned is not None
        return returned, [finding for finding in result.findings if finding.code == "TOT004"]

    def row(closing: int) -> dict[str, Entry]:
        return {"country": "KEN", "group": "REF", "closing": closing, "basis": "census", "source": "unhcr"}

    text = "Registration is by household."
    last = Filling(office="KEN", year=2008, tables={"populations": [row(900)]}, explanations={"TOT004": text})
    returned, findings = found(last)
    begun = prefilled(SCHEMA, returned, 2009, findings)
    assert begun.carried == {"TOT004": Carried(text, ("0 / 900",))}
    told = {
        (closing, said): found(replace(begun, tables={"populations": [row(closing)]}, explanations=said_by))[1][
            0
        ].explanation
        for closing in (900, 950)
        for said, said_by in ((None, {}), ("It is a survey now.", {"TOT004": "It is a survey now."}))
    }
    assert told == {
        (900, None): text,
        (950, None): "",
        (900, "It is a survey now."): "It is a survey now.",
        (950, "It is a survey now."): "It is a survey now.",
    }

"""The figures of the 2008 return, its tables, recommendations and guidance."""

from __future__ import annotations

import csv
import re

import pytest

from reporting.paths import schemas_folder
from reporting.schema.descriptions import description_of
from reporting.schema.load import read_schema, schema_path
from reporting.schema.model import Combines, FieldType, Indicator, Measure, Requirement, Schema

COUNTED = {FieldType.COUNT, FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO, FieldType.YES_NO_UNKNOWN}
TABLES = {
    "populations": "country group opening closing f_0_4 f_5_11 f_12_17 f_18_59 f_60 f_unknown m_0_4 m_5_11 m_12_17 "
    "m_18_59 m_60 m_unknown sex_unknown assisted basis source as_of approximate",
    "population_changes": "country group change persons source",
    "origins": "country group other_country persons",
    "trafficked_persons": "country group scale stage main_form other_forms scope sex age unaccompanied identified_by "
    "identified_at persons approximate",
    "victim_nationalities": "nationality persons",
    "asylum_claims": "country authority claim_type pending_start lodged recognised recognised_for_trafficking "
    "complementary rejected closed pending_end period",
    "resettlement_cases": "country criterion carried_over considered submitted departed women girls men boys "
    "sex_unknown best_interest_determinations",
    "victim_services": "service providers persons",
    "movements": "direction counterpart kind group persons",
    "training": "audience internal joint_with topic sessions women men sex_unknown date",
    "partnerships": "body role meetings joint_product",
    "focal_points": "post unit share_of_time also_sgbv duties_shared trained countries",
    "good_practices": "category title summary partners since evidence used_elsewhere may_publish",
    "advocacy": "kind subject stage outcome",
    "research": "title kind partners published",
}


@pytest.fixture(scope="module")
def schema() -> Schema:
    return read_schema(schema_path("apr-2008"))


def drawn(indicator: Indicator) -> set[str]:
    return {indicator.draws_on, *(part.draws_on for part in indicator.parts)} - {""}


def test_the_tables_and_their_columns_are_those_of_the_form(schema: Schema) -> None:
    assert {table.id: " ".join(table.by_name) for table in schema.tables} == TABLES


def test_a_row_is_identified_by_required_columns(schema: Schema) -> None:
    for table in schema.tables:
        required = {column.name for column in table.columns if column.requirement is Requirement.REQUIRED}
        assert required, table.id


def test_counts_of_victims_are_sensitive(schema: Schema) -> None:
    for table in (
        "trafficked_persons",
        "victim_nationalities",
        "victim_services",
        "asylum_claims",
        "resettlement_cases",
    ):
        counts = [column for column in schema.tables_by_id[table].columns if column.type is FieldType.COUNT]
        assert all(column.sensitive for column in counts), table


def test_nationality_stands_apart_from_everything_that_could_point_at_a_person(schema: Schema) -> None:
    assert "nationality" not in schema.tables_by_id["trafficked_persons"].by_name


def test_every_field_on_trafficking_has_a_figure(schema: Schema) -> None:
    places = set().union(*(drawn(indicator) for indicator in schema.indicators))
    asked = {item.id: item for item in schema.fields.values() if item.themes}
    assert len(asked) > 100
    assert {name for name, item in asked.items() if not item.computed} - places == set()
    for name, item in asked.items():
        if item.computed:
            assert computed_from(item.computed) <= places, name


def computed_from(expression: str) -> set[str]:
    """The columns that a computed field adds up: their figures are its figures."""
    return set(re.findall(r"sum\((\w+\.\w+)", expression))


def test_every_recommendation_that_a_return_can_evidence_has_its_figures(schema: Schema) -> None:
    """Those without are decided and done at headquarters: no field of the form bears on them."""
    without = {item.id: item.addressed_to for item in schema.recommendations if not item.evidence}
    assert list(without) == ["R02", "R03", "R04", "R05", "R09", "R13", "R24", "R31", "R33"]
    assert not [name for name, addressed in without.items() if "office" in addressed.lower()]
    made = {item.id: item for item in schema.indicators}
    evidence = [made[name] for item in schema.recommendations for name in item.evidence]
    assert len(evidence) >= len(schema.recommendations) - len(without)


def test_counts_of_victims_are_broken_down_by_sex_age_form_group_and_scope(schema: Schema) -> None:
    headings = {name for item in schema.indicators if "trafficked_persons.persons" in drawn(item) for name in item.by}
    assert headings >= {"sex", "age", "main_form", "group", "scope", "scale", "stage"}


def test_no_figure_is_a_rate_of_victims_in_a_population(schema: Schema) -> None:
    populations = {"populations.closing", "populations.opening", "populations.assisted", "overview.national_population"}
    for item in schema.indicators:
        assert not (item.themes and item.of in populations), item.id
        assert not re.search(r"\bper (1|cap|head|person)", item.unit), item.id


def test_every_figure_has_a_description_of_how_it_is_made(schema: Schema) -> None:
    described = {item.id: description_of(item, schema) for item in schema.indicators}
    assert described["trafficking.victims_by_sex"] == (
        "The sum of “Persons” in the table “Trafficked persons identified in the year”, by “Sex”."
    )
    assert described["trafficking.child_share"] == (
        "“Persons” in the table “Trafficked persons identified in the year”, of rows where “Age” is one of “0–11”, “12–17”, "
        "in per cent of “Persons” where “Age” is not “Not known”, where both are known."
    )
    assert described["security.trafficking.persons_screened.sum"].startswith("The sum of “How many persons")
    assert all(len(text) > 20 and text.endswith(".") and "None" not in text for text in described.values())


def test_how_a_figure_combines_is_said_for_each(schema: Schema) -> None:
    anew = {item.id for item in schema.indicators if item.measure.computed_anew}
    assert {item.id for item in schema.indicators if item.combines is Combines.DO_NOT_ADD} == anew


def test_answers_are_counted_by_office_and_numbers_are_summed(schema: Schema) -> None:
    for indicator in schema.indicators:
        question = schema.fields.get(indicator.draws_on)
        if question is None:
            continue
        summed = question.type is FieldType.COUNT
        assert indicator.measure is (Measure.SUM if summed else Measure.COUNT_OFFICES), indicator.id
        assert indicator.by == (("answer",) if question.type in COUNTED and not summed else ()), indicator.id
        assert indicator.adds_up is (question.type is not FieldType.CHOICES), indicator.id


def test_figures_on_trafficking_carry_its_theme_and_those_on_populations_do_not(schema: Schema) -> None:
    general = {item.id for item in schema.indicators if not item.themes and not item.measure.of_focus}
    assert general == {
        "populations.closing", "populations.opening", "populations.by_sex_age", "populations.assisted",
        "populations.assisted_share", "populations.changes", "origins.persons", "origins.asylum_seekers", "origins.returned_refugees",
        "movements.persons",
    }  # fmt: skip


def test_counts_of_victims_say_that_they_are_no_prevalence(schema: Schema) -> None:
    victims = {"trafficked_persons", "victim_nationalities", "resettlement_cases", "victim_services"}
    for indicator in schema.indicators:
        tables = {name.partition(".")[0] for name in drawn(indicator)}
        if tables & victims or (
            indicator.themes and indicator.unit in {"persons", "incidents"} and "training" not in tables
        ):
            known = ("Known to UNHCR in the year", "Staff")
            assert indicator.caution.startswith(known) or "staff" in indicator.id, indicator.id


def test_persons_are_never_added_up_over_services(schema: Schema) -> None:
    (services,) = [item for item in schema.indicators if item.id == "victim_services.persons"]
    assert services.by == ("service",)
    assert not services.adds_up


def test_sex_and_age_cover_every_column_of_the_breakdown_once(schema: Schema) -> None:
    (figure,) = [item for item in schema.indicators if item.id == "populations.by_sex_age"]
    cells = [(part.dimensions["sex"], part.dimensions["age"]) for part in figure.parts]
    assert len(cells) == len(set(cells)) == 13
    assert [part.draws_on for part in figure.parts] == [
        f"populations.{name}" for name in TABLES["populations"].split()[4:17]
    ]


def test_every_figure_has_a_unit_and_a_source(schema: Schema) -> None:
    assert [item.id for item in schema.indicators if not (item.unit and item.source and item.label)] == []


def test_there_are_45_recommendations_in_their_order(schema: Schema) -> None:
    assert [item.id for item in schema.recommendations] == [f"R{number:02}" for number in range(1, 46)]


def test_only_work_of_headquarters_has_no_evidence_in_a_return(schema: Schema) -> None:
    without = [item for item in schema.recommendations if not item.evidence]
    assert all("field offices" not in item.addressed_to for item in without)
    assert len(without) < 15


def test_guidance_tells_what_every_office_must_know(schema: Schema) -> None:
    told = {item.id for item in schema.guidance}
    assert {"blank", "about", "elements", "smuggling", "two_scales", "known_to_unhcr", "personal_data", "internal",
            "men_and_boys", "identified_or_likely", "who_sees_it"} <= told  # fmt: skip


def test_every_csv_file_beside_the_schemas_is_used_by_one() -> None:
    written = "".join(schema_path(identifier).read_text(encoding="utf-8") for identifier in ("apr-2007", "apr-2008"))
    for path in (schemas_folder() / "code_lists").iterdir():
        assert f"code_lists/{path.name}" in written


def test_csv_files_have_no_stray_blanks() -> None:
    for path in (schemas_folder() / "code_lists").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert all(cell == cell.strip() for row in csv.reader(file) for cell in row), path.name

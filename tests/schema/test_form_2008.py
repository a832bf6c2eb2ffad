"""The return of 2008 asks what the form's description promises: every area, indicator and trafficking question."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from reporting.schema.expressions import Call, Compare, Constant, Expression, Items, Logic, Name, Not, parse
from reporting.schema.load import read_schema, schema_path
from reporting.schema.model import Field, FieldType, GivenBy, Requirement, Schema

AREAS = """
environment    instruments legal_framework institutions migration_policy access_to_territory partnerships
               public_attitude legal_remedies statelessness_prevention
processes      reception registration asylum_access definitions status_determination individual_documentation
               civil_registration family_reunification
security       community_security law_enforcement sgbv trafficking child_protection armed_conflict forced_recruitment
               freedom_of_movement detention host_relations
needs          primary_health reproductive_health hiv nutrition food water sanitation shelter domestic_items energy
               education specific_needs victim_services
participation  assessment mobilization leadership self_management camp_management livelihoods financial_services
               gender_equality shared_environment awareness
solutions      strategy return_information voluntary_return reintegration resettlement local_integration
               naturalization statelessness_reduction humanitarian_admission
operations     donor_relations emergency_management coordination supply operations_management
"""

COVER = """
office choice
year year
language choice
countries choices
uses_focus yes_no
prepared_by_post text
cleared_by_post text
cleared_on date
classification choice
trafficking_assessment choice
"""

# b yes/no/unknown, n count, c choice, m several choices, t text, d date, y year;
# → asked only under a condition, HQ given by headquarters.
TRAFFICKING = """
environment.legal_framework
    trafficking_law c, law_forms m →, law_internal b →, savings_clause b, victim_measures b, victim_measures_text t →,
    testimony_condition b, residence_without_testimony b, protocol_party b HQ, protocol_date d → HQ, us_tip_tier c HQ,
    tip_year y HQ, country_role m HQ, action_plan c, plan_protection b →, trafficking_narrative t
environment.migration_policy
    strategy m, joint_sop b, joint_sop_date d →, trafficking_narrative t
environment.access_to_territory
    screening b, border_missions n, detention_visits n, visiting_bodies_briefed b, returns_halted n →,
    returned_despite n →, trafficking_narrative t
environment.partnerships
    iom_consulted b, ilo_consulted b, alarm_mechanism b
processes.reception
    identification_procedure b, trafficking_narrative t
processes.asylum_access
    victims_have_access c, obstacles m →, informed b, child_friendly b, referrals_received n →, referrals_made n →,
    trafficking_narrative t
processes.definitions
    trafficking_recognised b, grounds m →, advisory_opinions n, opinions_followed n →, trafficking_narrative t
processes.status_determination
    guidelines_shared b
processes.individual_documentation
    nationality_established n →, victims_stateless n →
processes.civil_registration
    births_registered n
security.sgbv
    trafficking_incidents n, information_disseminated b, sops_beyond_sgbv b, trafficking_narrative t
security.trafficking
    referral_mechanism c, referral_asylum b →, referral_all b →, exposure c, risk_mapping b, groups_at_risk m →,
    persons_screened n, forced_labour_assessed b, conflict_related b, missing_persons_reports n, emergency_mechanism b,
    interview_safeguards b, focal_point c, training_plan b, trafficking_narrative t
security.child_protection
    bids_trafficking n →, guardians n, foster_visits n
needs.victim_services
    remedy_obtained n →
participation.awareness
    campaigns n, persons_reached n, survey_done b, languages m
solutions.resettlement
    proactive b, trafficking_narrative t
solutions.voluntary_return
    consent_recorded b, retrafficking_assessed n →
solutions.local_integration
    victims_supported n →
"""
LETTERS = {
    FieldType.YES_NO_UNKNOWN: "b",
    FieldType.COUNT: "n",
    FieldType.CHOICE: "c",
    FieldType.CHOICES: "m",
    FieldType.TEXT: "t",
    FieldType.DATE: "d",
    FieldType.YEAR: "y",
}

COMPUTED = """
environment.access_to_territory.victims_identified
environment.access_to_territory.victims_identified_detention
processes.reception.victims_identified
processes.status_determination.victims_identified
security.trafficking.victims_of_concern
security.trafficking.child_victims
security.trafficking.unaccompanied_children
security.trafficking.victims_identified_elsewhere
security.trafficking.staff_trained
needs.victim_services.persons_assisted_shelter
needs.victim_services.persons_assisted_medical
needs.victim_services.persons_assisted_psychosocial
needs.victim_services.persons_assisted_legal
needs.victim_services.persons_assisted_education
needs.victim_services.persons_assisted_livelihood
needs.victim_services.persons_assisted_other
solutions.resettlement.victims_considered
solutions.resettlement.victims_submitted
solutions.resettlement.victims_departed
"""


@pytest.fixture(scope="module")
def schema() -> Schema:
    return read_schema(schema_path("apr-2008"))


def test_the_form_has_its_64_areas_in_seven_categories(schema: Schema) -> None:
    expected: dict[str, list[str]] = {}
    for line in AREAS.strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            category = words.pop(0)
        expected.setdefault(category, []).extend(words)

    found = {
        category.id: [area.id.removeprefix(f"{category.id}.") for area in category.areas]
        for category in schema.categories
    }

    assert found == expected
    assert sum(map(len, found.values())) == 64


def test_every_area_asks_whether_it_applies_how_it_stands_and_what_happened(schema: Schema) -> None:
    for _, area in schema.areas:
        names = [item.name for item in area.fields]
        assert names[:2] == ["applicable", "situation"], area.id
        assert "narrative" in names, area.id
        assert schema.fields[f"{area.id}.narrative"].max_length == 1200


def test_an_area_that_does_not_apply_asks_nothing_more(schema: Schema) -> None:
    for _, area in schema.areas:
        for item in area.fields:
            gate = f"{area.id}.applicable == 'yes'"
            assert item.name == "applicable" or item.asked_if.startswith(gate), item.id


def test_the_cover_asks_for_what_identifies_a_return(schema: Schema) -> None:
    expected = [tuple(line.split()) for line in COVER.strip().splitlines()]

    assert [(item.name, item.type.value) for item in schema.cover.fields] == expected
    assert {item.requirement for item in schema.cover.fields} == {Requirement.REQUIRED}


def test_the_81_focus_indicators_stand_in_their_areas_with_standard_and_thresholds(schema: Schema) -> None:
    with (Path(__file__).parent / "focus_impact_indicators.csv").open(encoding="utf-8", newline="") as file:
        expected = {
            row["id"]: (
                float(row["standard"]),
                row["reversed"] == "true",
                float(row["green"]),
                float(row["red"]),
                row["label"],
            )
            for row in csv.DictReader(file)
        }

    found = {
        item.id: (item.standard, item.reversed, item.green, item.red, item.label)
        for item in schema.impact_indicators.values()
    }

    assert found == expected
    assert len(found) == 81


def test_thresholds_of_every_indicator_point_the_way_it_is_read(schema: Schema) -> None:
    for item in schema.impact_indicators.values():
        assert item.green <= item.red if item.reversed else item.green >= item.red, item.id
        assert item.objective, item.id
        assert item.problem, item.id
        assert item.unit, item.id


def test_only_reported_sgbv_incidents_are_kept_out_of_criticality(schema: Schema) -> None:
    out = [item for item in schema.impact_indicators.values() if not item.in_criticality]

    assert [item.id for item in out] == ["security.sgbv.reported_incidents"]
    assert "silence" in out[0].guidance


def test_every_trafficking_question_stands_in_its_area_with_type_condition_and_giver(schema: Schema) -> None:
    expected = dict(_trafficking_questions())

    found = {
        item.id: _described(item, gate=f"{area.id}.applicable == 'yes'")
        for _, area in schema.areas
        for item in area.fields
        if "trafficking" in item.themes and not item.computed
    }

    assert found == expected


def test_computed_trafficking_figures_are_never_asked(schema: Schema) -> None:
    computed = [item for item in schema.fields.values() if item.computed]

    assert sorted(item.id for item in computed) == sorted(COMPUTED.split())
    assert {item.requirement for item in computed} == {Requirement.OPTIONAL}


def test_every_victim_service_has_its_computed_count_of_persons(schema: Schema) -> None:
    prefix = "needs.victim_services.persons_assisted_"
    counted = {name.removeprefix(prefix) for name in schema.fields if name.startswith(prefix)}

    assert counted == set(schema.codes["services"].by_code)


def test_victims_by_place_of_identification_are_all_shown_once(schema: Schema) -> None:
    shown = Counter(
        code
        for item in schema.fields.values()
        if "identified_at" in item.computed
        for name, code in _compared(parse(item.computed))
        if name == "identified_at"
    )

    assert shown == Counter(list(schema.codes["identified_at"].by_code))


def test_an_office_that_found_nothing_is_not_asked_to_count_victims(schema: Schema) -> None:
    for name in ("returns_halted", "returned_despite"):
        condition = schema.fields[f"environment.access_to_territory.{name}"].asked_if
        assert "cover.trafficking_assessment == 'something_to_report'" in condition


def test_an_office_that_did_not_look_shows_no_computed_zero_of_victims(schema: Schema) -> None:
    for item in schema.fields.values():
        if item.computed and item.sensitive:
            assert "cover.trafficking_assessment in ('something_to_report', 'assessed_none')" in item.asked_if, item.id


def test_every_question_names_its_source_and_explains_itself_in_a_prompt(schema: Schema) -> None:
    for item in schema.fields.values():
        assert item.source, item.id
        assert item.label, item.id
        assert 0 < len(item.guidance) <= 255, item.id


def test_every_area_and_sheet_is_labelled_and_explained(schema: Schema) -> None:
    for _, area in schema.areas:
        assert area.label, area.id
        assert area.guidance, area.id
    sheets = [(part.sheet, part.guidance) for part in schema.sections]
    sheets += [(category.sheet, category.guidance) for category in schema.categories]
    for title, guidance in sheets:
        assert 0 < len(title) <= 31, title
        assert guidance, title


def test_labels_within_an_area_are_told_apart(schema: Schema) -> None:
    for _, area in schema.areas:
        labels = Counter([item.label for item in area.fields] + [item.label for item in area.indicators])
        assert max(labels.values()) == 1, area.id


def test_skip_logic_compares_only_with_codes_that_can_be_answered(schema: Schema) -> None:
    yes_no = {FieldType.YES_NO: {"yes", "no"}, FieldType.YES_NO_UNKNOWN: {"yes", "no", "unknown"}}
    for item in schema.fields.values():
        for name, code in _compared(parse(item.asked_if)) if item.asked_if else ():
            asked = schema.fields[name]
            codes = yes_no.get(asked.type) or set(schema.codes[asked.codes].by_code)
            assert code in codes, f"{item.id}: {name} is never {code}"


def test_headquarters_answers_are_never_demanded_of_the_office(schema: Schema) -> None:
    given = [item for item in schema.fields.values() if item.given_by is GivenBy.HEADQUARTERS]

    assert len(given) == 5
    assert {item.requirement for item in given} == {Requirement.OPTIONAL}


def _trafficking_questions() -> Iterator[tuple[str, str]]:
    for line in TRAFFICKING.strip().splitlines():
        if not line.startswith(" "):
            area = line
            continue
        for question in line.strip().strip(",").split(", "):
            name, _, description = question.partition(" ")
            yield f"{area}.{name}", description


def _described(item: Field, *, gate: str) -> str:
    """The type's letter, an arrow where there is a condition beside the area's own, HQ where headquarters answers."""
    arrow = " →" if item.asked_if != gate else ""
    giver = " HQ" if item.given_by is GivenBy.HEADQUARTERS else ""
    return LETTERS[item.type] + arrow + giver


def _compared(expression: Expression) -> Iterator[tuple[str, str]]:
    """Each name with each text that the expression compares it with."""
    match expression:
        case Compare(_, Name(path), Constant(str() as text)):
            yield path, text
        case Compare(_, Name(path), Items(values)):
            yield from ((path, str(value)) for value in values)
        case Not(operand):
            yield from _compared(operand)
        case Logic(_, operands) | Call(_, operands):
            for operand in operands:
                yield from _compared(operand)

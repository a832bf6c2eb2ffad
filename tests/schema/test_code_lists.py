"""The code lists hold what their sources hold."""

from __future__ import annotations

import pytest

from reporting.schema.load import read_schema, schema_path
from reporting.schema.model import CodeList, Schema

REAL = {"africa", "americas", "asia_pacific", "europe", "mena"}
MADE_UP = {"north_arc", "south_arc", "isles"}


@pytest.fixture(scope="module")
def schema() -> Schema:
    return read_schema(schema_path("apr-2008"))


def having(codes: CodeList, **attributes: str) -> set[str]:
    return {entry.code for entry in codes.codes if attributes.items() <= entry.attributes.items()}


def test_there_are_the_23_organizations_of_icat(schema: Schema) -> None:
    members = having(schema.codes["partner_bodies"], kind="icat")
    assert len(members) == 23
    assert {"unhcr", "iom", "ilo", "unodc", "unicef", "osce", "interpol", "world_bank"} <= members


def test_there_are_the_14_categories_of_good_practice_in_the_order_of_annex_10(schema: Schema) -> None:
    categories = [entry.label for entry in schema.codes["practice_categories"].codes]
    assert len(categories) == 14
    assert categories[0] == "Training of own staff"
    assert categories[-1] == "Social, medical and legal assistance"


def test_there_are_the_8_resettlement_criteria(schema: Schema) -> None:
    assert len(schema.codes["resettlement_criteria"].codes) == 8


def test_there_are_7_groups_and_the_lists_made_of_them_agree(schema: Schema) -> None:
    groups = list(schema.codes["groups"].by_code)
    assert groups == ["REF", "ASY", "RET", "IDP", "RDP", "STA", "OTH"]
    assert list(schema.codes["groups_or_none"].by_code) == [*groups, "none"]
    assert set(schema.codes["origin_groups"].by_code) < set(groups)


def test_43_offices_are_real_and_24_made_up(schema: Schema) -> None:
    offices = schema.codes["offices"]
    assert len(having(offices, fictional="no")) == 43
    assert having(offices, fictional="yes") == {f"XA{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWX"}


def test_hungary_answers_for_slovenia_and_iraq_is_an_office(schema: Schema) -> None:
    offices = schema.codes["offices"].by_code
    assert {"HUN", "IRQ", "XKX"} <= offices.keys()
    assert "SVN" not in offices


def test_every_office_is_a_country_of_the_same_bureau(schema: Schema) -> None:
    countries = schema.codes["countries"].by_code
    for office in schema.codes["offices"].codes:
        country = countries[office.code]
        assert office.label == country.label
        assert office.attributes.items() <= country.attributes.items()


@pytest.mark.parametrize(
    ("country", "bureau"),
    [("IRN", "mena"), ("IRQ", "mena"), ("HUN", "europe"), ("XKX", "europe"), ("SDN", "africa"), ("EGY", "mena")],
)
def test_bureaux_are_those_of_2008(schema: Schema, country: str, bureau: str) -> None:
    assert schema.codes["countries"].by_code[country].attributes["bureau"] == bureau


def test_countries_have_iso_codes_unhcr_codes_and_a_bureau(schema: Schema) -> None:
    bureaus = schema.codes["bureaus"]
    assert having(bureaus, fictional="no") == REAL
    assert having(bureaus, fictional="yes") == MADE_UP
    for country in schema.codes["countries"].codes:
        assert len(country.code) == 3
        made_up = country.attributes["fictional"] == "yes"
        assert made_up is country.code.startswith("XA")
        assert country.attributes["bureau"] in (MADE_UP if made_up else REAL | {""})
        assert bool(country.attributes["unhcr_code"]) is not (made_up or country.code == "XKX")


def test_only_the_stateless_and_the_unknown_have_no_bureau(schema: Schema) -> None:
    assert having(schema.codes["countries"], bureau="") == {"XXA", "XXX"}


def test_the_six_official_languages_come_first(schema: Schema) -> None:
    languages = list(schema.codes["languages"].by_code)
    assert set(languages[:6]) == {"ar", "zh", "en", "fr", "ru", "es"}
    assert all(len(code) == 2 for code in languages)


def test_each_change_of_a_population_has_a_sign_and_groups(schema: Schema) -> None:
    groups = schema.codes["groups"].by_code.keys()
    for change in schema.codes["population_changes"].codes:
        assert change.attributes["sign"] in ("+", "-")
        assert set(change.attributes["groups"].split()) <= groups


def test_no_list_has_a_blank_or_a_double_label(schema: Schema) -> None:
    for codes in schema.code_lists:
        labels = [entry.label.strip() for entry in codes.codes]
        assert all(labels), codes.id
        assert len(set(labels)) == len(labels), codes.id


def test_every_list_is_used_or_stands_behind_a_type(schema: Schema) -> None:
    columns = [column for table in schema.tables for column in table.columns]
    used = {item.codes for item in (*schema.fields.values(), *columns)}
    assert set(schema.codes) - used == {"bureaus", "yes_no", "yes_no_unknown"}

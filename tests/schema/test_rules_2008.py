"""The content rules of the 2008 return: each fails where it must and passes the near miss."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from reporting.schema.evaluate import evaluate, is_false, is_true
from reporting.schema.expressions import parse
from reporting.schema.load import read_schema, schema_path
from reporting.schema.model import Rule, Schema
from tests.schema.scopes import Answers, Cell

Cells = Mapping[str, Cell]
Tables = Mapping[str, Sequence[Cells]]


@pytest.fixture(scope="module")
def schema() -> Schema:
    return read_schema(schema_path("apr-2008"))


@pytest.fixture(scope="module")
def rules(schema: Schema) -> Mapping[str, Rule]:
    return {rule.code: rule for rule in schema.rules}


def broken(rule: Rule, fields: Cells, tables: Tables) -> bool:
    """Whether the rule is broken by the return, or by any row of its table."""
    answers = Answers(fields, tables)
    places = [
        row for row in answers.rows(rule.table) if not rule.where or is_true(parse(rule.where), row)
    ] if rule.table else [answers]  # fmt: skip
    return any(is_false(parse(rule.holds), place) for place in places)


AGES = ("f_0_4", "f_5_11", "f_12_17", "f_18_59", "f_60", "f_unknown",
        "m_0_4", "m_5_11", "m_12_17", "m_18_59", "m_60", "m_unknown", "sex_unknown")  # fmt: skip


def group(name: str = "REF", **cells: Cell) -> Cells:
    return {"country": "AAA", "group": name, **cells}


def parts(**known: Cell) -> Cells:
    return {**dict.fromkeys(AGES, 0), **known}


def change(kind: str, persons: Cell, name: str = "REF") -> Cells:
    return {"country": "AAA", "group": name, "change": kind, "persons": persons}


def victims(persons: Cell, **cells: Cell) -> Cells:
    return {
        "country": "AAA", "group": "REF", "main_form": "forced_labour", "sex": "m", "scope": "internal",
        "persons": persons, **cells,
    }  # fmt: skip


ASSESSMENT = "cover.trafficking_assessment"
LAW = "environment.legal_framework."
SECURITY = "security.trafficking."
COVER = {"cover.countries": ("AAA", "BBB"), "cover.year": 2008}

# code, answers, tables, whether the rule is broken
CASES: list[tuple[str, Cells, Tables, bool]] = [
    ("TOT001", {}, {"populations": [group(closing=100, f_18_59=60, m_18_59=41, f_0_4="..")]}, True),
    ("TOT001", {}, {"populations": [group(closing=100, f_18_59=60, m_18_59=40)]}, False),
    ("TOT001", {}, {"populations": [group(closing="..", f_18_59=60)]}, False),
    ("TOT002", {}, {"populations": [group(closing=100, **parts(f_18_59=99))]}, True),
    ("TOT002", {}, {"populations": [group(closing=100, **parts(f_18_59=100))]}, False),
    ("TOT002", {}, {"populations": [group(closing=100, **parts(f_18_59=99, sex_unknown=".."))]}, False),
    ("TOT003", {}, {"populations": [group(closing=100, f_18_59=94, f_unknown=6)]}, True),
    ("TOT003", {}, {"populations": [group(closing=100, f_18_59=95)]}, False),
    ("TOT003", {}, {"populations": [group(closing=100, f_18_59=24)]}, False),
    ("TOT003", {}, {"populations": [group(closing=0)]}, False),
    ("TOT004", {}, {"populations": [group(closing=100, f_18_59=24)]}, True),
    ("TOT004", {}, {"populations": [group(closing=100, f_18_59=25)]}, False),
    ("TOT005", {}, {"populations": [group(opening=10, closing=12)],
                    "population_changes": [change("birth", 3), change("death", 2)]}, True),
    ("TOT005", {}, {"populations": [group(opening=10, closing=11)],
                    "population_changes": [change("birth", 3), change("death", 2)]}, False),
    ("TOT005", {}, {"populations": [group(opening=10, closing=12)],
                    "population_changes": [change("birth", 3), change("death", "..")]}, False),
    ("TOT005", {}, {"populations": [group(opening=10, closing=12)]}, False),
    ("TOT005", {}, {"populations": [group("IDP", opening=10, closing=99)],
                    "population_changes": [change("birth", 3, "IDP")]}, False),
    ("TOT006", {}, {"populations": [group(opening=10, closing=99)]}, True),
    ("TOT006", {}, {"populations": [group(opening=10, closing=20)]}, False),
    ("TOT006", {}, {"populations": [group("STA", opening=10, closing=21)]}, True),
    ("TOT006", {}, {"populations": [group("RET", opening=10, closing=99)]}, False),
    ("TOT007", {}, {"populations": [group(closing=10, basis="survey")]}, True),
    ("TOT007", {}, {"populations": [group(closing=10, basis="survey", source="..")]}, False),
    ("TOT007", {}, {"populations": [group(closing="..")]}, False),
    ("TOT008", {}, {"population_changes": [change("applied", 3)]}, True),
    ("TOT008", {}, {"population_changes": [change("birth", 3, "RET")]}, True),
    ("TOT008", {}, {"population_changes": [change("birth", 3), change("applied", 1, "ASY")]}, False),
    ("TOT009", {}, {"populations": [group("RET", opening=3)]}, True),
    ("TOT009", {}, {"populations": [group("RET", opening="na"), group("REF", opening=3)]}, False),
    ("TOT009", {}, {"populations": [group("RET", opening=".."), group("REF", opening=3)]}, False),
    ("TOT010", {}, {"asylum_claims": [{"pending_start": 2, "lodged": 3, "recognised": 1, "complementary": 0,
                                       "rejected": 1, "closed": 0, "pending_end": 2}]}, True),
    ("TOT010", {}, {"asylum_claims": [{"pending_start": 2, "lodged": 3, "recognised": 1, "complementary": 0,
                                       "rejected": 1, "closed": 0, "pending_end": 3}]}, False),
    ("TOT010", {}, {"asylum_claims": [{"pending_start": 2, "lodged": 3, "recognised": 1, "complementary": 0,
                                       "rejected": "..", "closed": 0, "pending_end": 2}]}, False),
    ("TOT011", {}, {"asylum_claims": [{"recognised": 1, "recognised_for_trafficking": 2}]}, True),
    ("TOT011", {}, {"asylum_claims": [{"recognised": 2, "recognised_for_trafficking": 2}]}, False),
    ("TOT012", {}, {"resettlement_cases": [{"carried_over": 1, "considered": 2, "submitted": 4}]}, True),
    ("TOT012", {}, {"resettlement_cases": [{"carried_over": 1, "considered": 2, "submitted": 3}]}, False),
    ("TOT013", {}, {"resettlement_cases": [{"carried_over": 1, "submitted": 2, "departed": 4}]}, True),
    ("TOT013", {}, {"resettlement_cases": [{"carried_over": 1, "submitted": 2, "departed": 3}]}, False),
    ("TOT014", {}, {"resettlement_cases": [{"submitted": 2, "women": 1, "girls": 0, "men": 0, "boys": 0,
                                            "sex_unknown": 0}]}, True),
    ("TOT014", {}, {"resettlement_cases": [{"submitted": 2, "women": 1, "girls": 1, "men": 0, "boys": 0,
                                            "sex_unknown": 0}]}, False),
    ("TOT015", {}, {"resettlement_cases": [{"girls": 2, "best_interest_determinations": 1}]}, True),
    ("TOT015", {}, {"resettlement_cases": [{"girls": 2, "best_interest_determinations": 2}]}, False),
    ("TOT015", {}, {"resettlement_cases": [{"women": 2, "best_interest_determinations": 0}]}, False),
    ("TOT016", {}, {"training": [{"sessions": 2}]}, True),
    ("TOT016", {}, {"training": [{"sessions": 2, "women": 0, "men": 0}]}, True),
    ("TOT016", {}, {"training": [{"sessions": 2, "women": "..", "men": ".."}]}, False),
    ("TOT016", {}, {"training": [{"sessions": 2, "women": 9}]}, False),
    *[(f"XSH00{number}", COVER, {table: [{"country": country}]}, country == "CCC")
      for number, table in enumerate(
          ("populations", "population_changes", "origins", "trafficked_persons", "asylum_claims",
           "resettlement_cases"), start=1)
      for country in ("CCC", "BBB")],
    ("XSH007", {ASSESSMENT: "assessed_none"}, {"trafficked_persons": [victims(1)]}, True),
    ("XSH007", {ASSESSMENT: "assessed_none"}, {}, False),
    ("XSH007", {ASSESSMENT: "something_to_report"}, {"trafficked_persons": [victims(1)]}, False),
    ("XSH008", {ASSESSMENT: "assessed_none", SECURITY + "risk_mapping": "no"}, {}, True),
    ("XSH008", {ASSESSMENT: "assessed_none", "environment.partnerships.iom_consulted": "yes"}, {}, False),
    ("XSH008", {ASSESSMENT: "not_assessed"}, {}, False),
    ("XSH009", {ASSESSMENT: "not_assessed"}, {"trafficked_persons": [victims(1)]}, True),
    ("XSH009", {ASSESSMENT: "not_assessed"}, {"trafficked_persons": [victims("..")]}, False),
    ("XSH010", {SECURITY + "exposure": "high", SECURITY + "risk_mapping": "no"}, {}, True),
    ("XSH010", {SECURITY + "exposure": "high", SECURITY + "risk_mapping": "yes"}, {}, False),
    ("XSH010", {SECURITY + "exposure": "moderate"}, {}, False),
    ("XSH011", {}, {"trafficked_persons": [victims(10, main_form="sexual_exploitation")]}, True),
    ("XSH011", {}, {"trafficked_persons": [victims(9, main_form="sexual_exploitation")]}, False),
    ("XSH011", {}, {"trafficked_persons": [victims(9, main_form="sexual_exploitation"), victims(1)]}, False),
    ("XSH011", {}, {"trafficked_persons": [victims(10, main_form="sexual_exploitation",
                                                   other_forms=("forced_labour",))]}, False),
    ("XSH012", {}, {"trafficked_persons": [victims(9, main_form="sexual_exploitation")]}, True),
    ("XSH012", {}, {"trafficked_persons": [victims(10, main_form="sexual_exploitation")]}, False),
    ("XSH012", {}, {}, False),
    ("XSH013", {}, {"trafficked_persons": [victims(10, sex="f")]}, True),
    ("XSH013", {}, {"trafficked_persons": [victims(9, sex="f"), victims(1)]}, False),
    ("XSH014", {}, {"trafficked_persons": [victims(9, sex="f")]}, True),
    ("XSH014", {}, {"trafficked_persons": [victims(9, sex="f"), victims(1)]}, False),
    ("XSH015", {LAW + "country_role": ("source", "internal")},
     {"trafficked_persons": [victims(10, scope="cross_border")]}, True),
    ("XSH015", {LAW + "country_role": ("source",)}, {"trafficked_persons": [victims(10, scope="cross_border")]}, False),
    ("XSH016", {LAW + "country_role": ("source", "internal")},
     {"trafficked_persons": [victims(1, scope="cross_border")]}, True),
    ("XSH016", {LAW + "country_role": ("internal",)}, {"trafficked_persons": [victims(1)]}, False),
    ("XSH017", {"security.sgbv.trafficking_incidents": 0},
     {"trafficked_persons": [victims(1, main_form="sexual_exploitation")]}, True),
    ("XSH017", {"security.sgbv.trafficking_incidents": 0}, {"trafficked_persons": [victims(1)]}, False),
    ("XSH017", {"security.sgbv.trafficking_incidents": ".."},
     {"trafficked_persons": [victims(1, main_form="sexual_exploitation")]}, False),
    ("XSH018", {}, {"populations": [group(opening=3, closing=2)], "trafficked_persons": [victims(5)],
                    "population_changes": [change("arrival", 1), change("death", 5)]}, True),
    ("XSH018", {}, {"populations": [group(opening=3, closing=2)], "trafficked_persons": [victims(4)],
                    "population_changes": [change("arrival", 1)]}, False),
    ("XSH019", {}, {"trafficked_persons": [victims(3)], "victim_nationalities": [{"persons": 2}]}, True),
    ("XSH019", {}, {"trafficked_persons": [victims(3)], "victim_nationalities": [{"persons": 3}]}, False),
    ("XSH019", {}, {"trafficked_persons": [victims(3)]}, False),
    ("XSH019", {}, {"trafficked_persons": [victims("..")], "victim_nationalities": [{"persons": 3}]}, False),
    ("XSH020", {SECURITY + "referral_mechanism": "none"}, {"trafficked_persons": [victims(1)]}, True),
    ("XSH020", {SECURITY + "referral_mechanism": "informal"}, {"trafficked_persons": [victims(1)]}, False),
    ("XSH021", {LAW + "trafficking_law": "in_force"}, {}, True),
    ("XSH021", {LAW + "trafficking_law": "in_force", LAW + "law_forms": ("unknown",)}, {}, False),
    ("XSH021", {LAW + "trafficking_law": "draft"}, {}, False),
    ("XSH022", {LAW + "action_plan": "in_force", LAW + "plan_protection": "no"}, {}, True),
    ("XSH022", {LAW + "action_plan": "in_force", LAW + "plan_protection": "unknown"}, {}, False),
    ("XSH023", {LAW + "protocol_party": "yes", LAW + "trafficking_law": "none"}, {}, True),
    ("XSH023", {LAW + "protocol_party": "yes", LAW + "trafficking_law": "draft"}, {}, False),
    ("XSH024", {**COVER, LAW + "protocol_date": date(2000, 12, 11)}, {}, True),
    ("XSH024", {**COVER, LAW + "protocol_date": date(2009, 1, 1)}, {}, True),
    ("XSH024", {**COVER, LAW + "protocol_date": date(2008, 12, 31)}, {}, False),
    ("XSH025", {"processes.asylum_access.victims_have_access": "none"}, {"asylum_claims": [{"lodged": 1}]}, True),
    ("XSH025", {"processes.asylum_access.victims_have_access": "partial"}, {"asylum_claims": [{"lodged": 1}]}, False),
    ("XSH026", {"processes.definitions.trafficking_recognised": "no"},
     {"asylum_claims": [{"recognised_for_trafficking": 1}]}, True),
    ("XSH026", {"processes.definitions.trafficking_recognised": "no"}, {"asylum_claims": [{"recognised": 1}]}, False),
    ("XSH027", {"solutions.resettlement.proactive": "no"}, {"resettlement_cases": [{"considered": 1}]}, True),
    ("XSH027", {"solutions.resettlement.proactive": "yes"}, {"resettlement_cases": [{"considered": 1}]}, False),
    ("XSH028", {SECURITY + "focal_point": "yes"}, {}, True),
    ("XSH028", {SECURITY + "focal_point": "yes"}, {"focal_points": [{"post": "Protection Officer"}]}, False),
    ("XSH028", {SECURITY + "focal_point": "mainstreamed"}, {}, False),
    ("XSH029", {}, {"focal_points": [{"share_of_time": 36}]}, True),
    ("XSH029", {}, {"focal_points": [{"share_of_time": 35}]}, False),
    ("XSH030", {}, {"focal_points": [{"also_sgbv": "yes"}]}, True),
    ("XSH030", {}, {"focal_points": [{"also_sgbv": "no"}]}, False),
    ("XSH031", COVER, {"training": [{"date": date(2009, 1, 1)}]}, True),
    ("XSH031", COVER, {"training": [{"date": date(2008, 1, 1)}]}, False),
    ("XSH032", {"cover.classification": "internal"}, {"trafficked_persons": [victims(1)]}, True),
    ("XSH032", {"cover.classification": "confidential"}, {"trafficked_persons": [victims(1)]}, False),
    ("XSH033", {}, {"trafficked_persons": [victims(1)], "populations": [group("IDP")]}, True),
    ("XSH033", {}, {"trafficked_persons": [victims(1), victims(2, group="none")], "populations": [group()]}, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "fields", "tables", "expected"),
    CASES,
    ids=[f"{code} {'fails' if fails else 'passes'} {number}" for number, (code, _, _, fails) in enumerate(CASES)],
)
def test_a_rule_fails_where_it_must_and_nowhere_else(
    rules: Mapping[str, Rule], *, code: str, fields: Cells, tables: Tables, expected: bool
) -> None:
    assert broken(rules[code], fields, tables) is expected


def test_every_rule_has_a_case_that_fails_and_one_that_passes(rules: Mapping[str, Rule]) -> None:
    of_one_return = {code for code, rule in rules.items() if "last_year(" not in rule.holds}  # the others: tests/checks
    for fails in (True, False):
        assert {code for code, _, _, failing in CASES if failing is fails} == of_one_return


def test_nothing_is_wrong_with_an_empty_return(rules: Mapping[str, Rule]) -> None:
    assert [code for code, rule in rules.items() if broken(rule, {}, {})] == []


def test_codes_are_of_the_families_of_content_rules(rules: Mapping[str, Rule]) -> None:
    assert all(re.fullmatch(r"(TOT|XSH|HIS)\d{3}", code) for code in rules)


def test_every_rule_says_what_to_do_and_where_it_comes_from(rules: Mapping[str, Rule]) -> None:
    for rule in rules.values():
        assert rule.hint, rule.code
        assert rule.source, rule.code
        assert rule.message.endswith("."), rule.code


def test_the_stock_rules_take_the_signs_of_the_code_list(schema: Schema, rules: Mapping[str, Rule]) -> None:
    changes = schema.codes["population_changes"].codes
    signs = {sign: {item.code for item in changes if item.attributes["sign"] == sign} for sign in "+-"}
    for code in ("TOT005", "TOT006"):
        for text in (rules[code].holds, rules[code].expected):
            increases, decreases = (set(re.findall(r"'(\w+)'", part)) for part in text.split("- sum"))
            assert (increases, decreases) == (signs["+"], signs["-"])


def test_the_kinds_of_change_that_go_with_a_group_are_those_of_the_code_list(
    schema: Schema, rules: Mapping[str, Rule]
) -> None:
    holds = parse(rules["TOT008"].holds)
    for item in schema.codes["population_changes"].codes:
        for name in schema.codes["groups"].by_code:
            allowed = name in item.attributes["groups"].split()
            assert evaluate(holds, Answers({"group": name, "change": item.code})) is allowed, (name, item.code)

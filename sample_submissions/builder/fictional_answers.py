"""The form fields of a made-up office in 2008: cover, summary, areas, and the questions on trafficking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from reporting.schema.compiled import load_schema
from reporting.schema.model import Field, FieldType
from reporting.workbook.template import Entry
from sample_submissions.builder.fictional_focus import QUALITY, Impact, applies, situation_of
from sample_submissions.builder.fictional_narratives import (
    narrative,
    summary_texts,
    trafficking_narrative,
    trafficking_overview,
)
from sample_submissions.builder.fictional_populations import STOCKS, Row, closing_of
from sample_submissions.builder.fictional_trafficking import count_of
from sample_submissions.builder.fictional_world import FictionalOffice, codes, countries, rotated

Fields = dict[str, Entry]
Tables = Mapping[str, Sequence[Row]]

COMMON = frozenset({"applicable", "situation", "narrative", "trafficking_narrative"})
SIZE_OF_COUNTS = {"large": 60, "medium": 25, "small": 8, "tiny": 3}
SEXUAL_FORMS = ("sexual_exploitation", "child_sex_tourism", "forced_marriage")
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh", "sw", "so", "am", "pt", "tr", "fa")
MEASURES = (
    "Shelter and medical care for sixty days, then residence for those who cooperate; asylum-seekers may use the shelter.",
    "A recovery period of thirty days and free legal aid. Men and families are left out for lack of places.",
    "Humanitarian residence for a year and access to work; persons trafficked inside the country are not covered.",
    "Compensation from a public fund, in theory open to all; no person of concern has received it so far.",
    "Psychosocial care and vocational training for nationals and recognized refugees.",
)
REMARKS = (
    "In practice places are found in the capital only.",
    "Children are received by the child welfare authority.",
    "The measures are paid for by partners, not by the State.",
    "Interpreters are missing outside the capital.",
    "Nobody was refused during the year.",
)
NOT_AVAILABLE = {
    "XAO": ("participation.awareness.persons_reached", "processes.civil_registration.births_registered"),
    "XAF": ("environment.access_to_territory.detention_visits", "security.trafficking.missing_persons_reports"),
    "XAL": ("participation.awareness.persons_reached",),
    "XAN": ("security.sgbv.trafficking_incidents", "security.trafficking.persons_screened"),
}
"""Answers that an office does not have."""
LEFT_BLANK = {"XAU": 0.3, "XAH": 0.1, "XAV": 0.05}
"""The share of questions that an office left unanswered."""
NOT_APPLICABLE = {
    "XAI": ("environment.access_to_territory.border_missions",),
    "XAW": ("security.child_protection.foster_visits",),
    "XAT": ("processes.definitions.opinions_followed",),
}
"""Questions that do not apply to an office."""


def answers(office: FictionalOffice, tables: Tables, impact: Impact) -> Fields:
    """All answers of an office, in keeping with its tables and indicators; what is not asked stays out."""
    fields = _cover(office)
    situations: dict[str, str] = {}
    for _, area in load_schema("apr-2008").areas:
        if not applies(office, area.id):
            fields[f"{area.id}.applicable"] = "no"
            continue
        situations[area.id] = situation_of(office, area, impact)
        fields[f"{area.id}.applicable"] = "yes"
        fields[f"{area.id}.situation"] = situations[area.id]
        fields[f"{area.id}.narrative"] = narrative(office, area.id, situations[area.id])
        fields |= {
            item.id: _guess(office, item) for item in area.fields if item.name not in COMMON and not item.computed
        }
        if f"{area.id}.trafficking_narrative" in {item.id for item in area.fields}:
            fields[f"{area.id}.trafficking_narrative"] = trafficking_narrative(office, area.id)
    fields |= _summary(office, situations)
    fields |= _legal(office) | _access(office, tables) | _security(office, tables) | _other(office, tables)
    fields |= dict.fromkeys(NOT_AVAILABLE.get(office.code, ()), "..")
    fields |= dict.fromkeys(NOT_APPLICABLE.get(office.code, ()), "na")
    return _asked_only(office, fields, tables)


def _cover(office: FictionalOffice) -> Fields:
    return {
        "cover.office": office.code,
        "cover.year": 2008,
        "cover.language": "en",
        "cover.countries": office.countries,
        "cover.uses_focus": "yes" if office.uses_focus else "no",
        "cover.prepared_by_post": office.post,
        "cover.cleared_by_post": "Representative" if office.scale == "large" else "Regional Representative",
        "cover.cleared_on": office.cleared[2008],
        "cover.classification": office.classification,
        "cover.trafficking_assessment": office.assessment,
    }


def _summary(office: FictionalOffice, situations: Mapping[str, str]) -> Fields:
    chance = office.random("summary answers")
    opening: Counter[str] = Counter()
    closing: Counter[str] = Counter()
    for code in office.countries:
        opening.update({group: size for group, size in countries()[code].stocks.items() if group in STOCKS and size})
        closing.update(closing_of(countries()[code]))
    return {
        **summary_texts(office, situations, opening, closing),
        "summary.trafficking_overview": trafficking_overview(office),
        "summary.guidance_note_received": chance.choice(("yes", "yes", "no", "unknown")),
        "summary.focal_exchanges": chance.randint(0, 9),
        "summary.regional_meeting_trafficking": chance.choice(("yes", "no", "no", "unknown")),
        "summary.staff_protection_learning": chance.randint(0, SIZE_OF_COUNTS[office.scale] // 4),
        "summary.research_received_used": chance.choice(("yes", "no", "unknown")),
    }


def _legal(office: FictionalOffice) -> Fields:
    chance = office.random("law")
    law = "environment.legal_framework."
    size = 3 + office.number % 8
    return {
        law + "trafficking_law": office.law,
        law + "law_forms": rotated([form for form in codes("forms") if form != "unknown"], office.number, size),
        law + "victim_measures_text": f"{MEASURES[office.number % 5]} {REMARKS[office.number // 5]}",
        law + "protocol_party": "yes" if office.party_since else "no",
        law + "protocol_date": office.party_since,
        law + "us_tip_tier": office.tier,
        law + "tip_year": 2008,
        law + "country_role": office.roles,
        law + "action_plan": office.plan,
        "environment.migration_policy.strategy": (
            ("national", "regional") if office.number % 5 == 0 else (codes("strategy_level")[office.number % 4],)
        ),
        "environment.migration_policy.joint_sop": "yes" if "iom" in office.bodies else "no",
        "environment.migration_policy.joint_sop_date": date(2005 + office.number % 4, 1 + office.number % 12, 15),
        "environment.partnerships.iom_consulted": "yes" if "iom" in office.bodies else chance.choice(("no", "unknown")),
        "environment.partnerships.ilo_consulted": "yes" if "ilo" in office.bodies else "no",
    }


def _access(office: FictionalOffice, tables: Tables) -> Fields:
    chance = office.random("access")
    lodged = _total(tables, "asylum_claims", "lodged")
    for_trafficking = _total(tables, "asylum_claims", "recognised_for_trafficking")
    opinions = chance.randint(0, 6) if lodged else 0
    definitions = "processes.definitions."
    return {
        "processes.asylum_access.victims_have_access": office.access,
        "processes.asylum_access.obstacles": rotated(codes("obstacles"), office.number * 3, 2 + office.number % 3),
        "processes.asylum_access.referrals_received": int(office.victims * 0.4),
        "processes.asylum_access.referrals_made": int(office.victims * 0.3),
        definitions + "trafficking_recognised": "yes" if for_trafficking else chance.choice(("yes", "no", "unknown")),
        definitions + "grounds": rotated(codes("grounds"), office.number + 3, 1 + office.number % 2),
        definitions + "advisory_opinions": opinions,
        definitions + "opinions_followed": chance.randint(0, opinions),
        "processes.individual_documentation.nationality_established": office.victims // 8,
        "processes.individual_documentation.victims_stateless": office.victims // 20,
        "environment.access_to_territory.returns_halted": office.victims // 15,
        "environment.access_to_territory.returned_despite": office.victims // 40,
    }


def _security(office: FictionalOffice, tables: Tables) -> Fields:
    victims = list(tables["trafficked_persons"])
    trafficking = "security.trafficking."
    mapped = office.exposure in {"high", "moderate"} or office.assessment == "assessed_none"
    conflict = count_of(victims, main_form=("armed_group",))
    return {
        "security.sgbv.trafficking_incidents": count_of(victims, main_form=SEXUAL_FORMS),
        trafficking + "referral_mechanism": office.mechanism,
        trafficking + "exposure": office.exposure,
        trafficking + "risk_mapping": "yes" if mapped else "no",
        trafficking + "groups_at_risk": rotated(codes("risk_groups"), office.number * 2, 4),
        trafficking + "persons_screened": office.victims * 3 + (20 if mapped else 0),
        trafficking + "conflict_related": "yes" if conflict else "no",
        trafficking + "missing_persons_reports": office.victims // 12,
        trafficking + "focal_point": office.focal_point,
        "security.child_protection.bids_trafficking": count_of(victims, age=("0_11", "12_17")) // 2,
    }


def _other(office: FictionalOffice, tables: Tables) -> Fields:
    considered = _total(tables, "resettlement_cases", "considered")
    chance = office.random("other answers")
    campaigns = chance.randint(1, 2 + SIZE_OF_COUNTS[office.scale] // 6)
    return {
        "needs.victim_services.remedy_obtained": office.victims // 9,
        "participation.awareness.campaigns": campaigns,
        "participation.awareness.persons_reached": campaigns * chance.randint(45, 900),
        "participation.awareness.languages": rotated(LANGUAGES, office.number, 2 + office.number % 3),
        "solutions.voluntary_return.retrafficking_assessed": office.victims // 6,
        "solutions.resettlement.proactive": ("no" if office.code == "XAT" else "yes") if considered else "no",
        "solutions.local_integration.victims_supported": office.victims // 5,
    }


def _guess(office: FictionalOffice, item: Field) -> Entry:
    """An answer where nothing else decides it: better the better the country fares, greater the larger the office."""
    chance: Random = office.random(f"answer {item.id}")
    if chance.random() < LEFT_BLANK.get(office.code, 0.0):
        return None
    if item.type is FieldType.YES_NO_UNKNOWN:
        if chance.random() < 0.08:
            return "unknown"
        return "yes" if chance.random() < QUALITY[office.tier] else "no"
    if item.type is FieldType.COUNT:
        return chance.randint(0, SIZE_OF_COUNTS[office.scale])
    return None


def _asked_only(office: FictionalOffice, fields: Fields, tables: Tables) -> Fields:
    """The answers to questions that the form asks this office (skip logic of FORM 4)."""
    not_asked = {item for item in fields if _not_asked(office, item, fields, tables)}
    return {item: answer for item, answer in fields.items() if item not in not_asked and answer is not None}


def _not_asked(office: FictionalOffice, item: str, fields: Fields, tables: Tables) -> bool:
    area = item.rpartition(".")[0]
    if fields.get(f"{area}.applicable") == "no" and not item.endswith(".applicable"):
        return True
    if "something_to_report'" in load_schema("apr-2008").fields[item].asked_if and not office.reports_victims:
        return True
    gates: Mapping[str, tuple[str, tuple[Entry, ...]]] = {
        "environment.legal_framework.law_forms": ("trafficking_law", ("in_force", "draft")),
        "environment.legal_framework.law_internal": ("trafficking_law", ("in_force", "draft")),
        "environment.legal_framework.victim_measures_text": ("victim_measures", ("yes",)),
        "environment.legal_framework.protocol_date": ("protocol_party", ("yes",)),
        "environment.legal_framework.plan_protection": ("action_plan", ("in_force", "draft")),
        "environment.migration_policy.joint_sop_date": ("joint_sop", ("yes",)),
        "processes.asylum_access.obstacles": ("victims_have_access", ("partial", "none")),
        "security.trafficking.referral_asylum": ("referral_mechanism", ("formal", "informal")),
        "security.trafficking.referral_all": ("referral_mechanism", ("formal", "informal")),
        "security.trafficking.groups_at_risk": ("risk_mapping", ("yes",)),
    }
    if item in gates:
        question, asking = gates[item]
        return fields[f"{area}.{question}"] not in asking
    if item == "processes.definitions.grounds":
        recognised = fields["processes.definitions.trafficking_recognised"] == "yes"
        return not recognised or _total(tables, "asylum_claims", "lodged") < 10
    return item == "processes.definitions.opinions_followed" and fields["processes.definitions.advisory_opinions"] == 0


def _total(tables: Tables, table: str, column: str) -> int:
    return sum(value for row in tables[table] if isinstance(value := row[column], int))

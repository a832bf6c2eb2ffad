"""Returns with one fault put in by chance: what an office mistypes, by the kinds of FORM 6, each with the cell it is in.

A defect is written from FORM 6 and not from the rules of the schema, so that a rule that is wrong is noticed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from reporting.schema.compiled import load_schema
from reporting.schema.model import FieldType
from reporting.workbook.filling import Entry, Filling

Place = tuple[str, int, str]
"""Table, number of the record from 0, column; or "", 0 and the id of a question."""
Record = Mapping[str, Entry]


@dataclass(frozen=True)
class Defect:
    """What is written, the codes of which one must be found, and a cell that the finding must name."""

    written: Mapping[Place, Entry]
    codes: frozenset[str]
    at: Place


Maker = Callable[[Random, Filling], Defect | None]

SEXES_AND_AGES: Final = tuple(
    f"{sex}_{age}" for sex in "fm" for age in ("0_4", "5_11", "12_17", "18_59", "60", "unknown")
)
PARTS: Final = (*SEXES_AND_AGES, "sex_unknown")
INCREASES: Final = frozenset(
    [
        "arrival",
        "individual_recognition",
        "resettled_in",
        "applied",
        "newly_displaced",
        "nationality_lost",
        "birth",
        "other_increase",
    ]
)
OWN_COUNTRY: Final = {
    "populations": "XSH001", "population_changes": "XSH002", "origins": "XSH003", "trafficked_persons": "XSH004",
    "asylum_claims": "XSH005", "resettlement_cases": "XSH006",
}  # fmt: skip
PERSONAL: Final = {
    "PRV001": ("Write to desk@example.org.", "see (intake_unit@example.com)"),
    "PRV002": ("Hotline: +44 20 7946 0958.", "tel. 01632 960 001"),
    "PRV003": ("As in 123-45C67890.", "Case KEN-00123456 went ahead."),
    "PRV004": ("Told by Mr X. Placeholder.", "Mme Exemple has the list."),
}
PLACEHOLDERS: Final = (
    "TBC",
    "to be completed",
    "xxx",
    "???",
    "Lorem ipsum dolor sit amet",
    "à compléter",
    "zzzz",
    "will follow",
)
TEXTS_FOR_NUMBERS: Final = ("about ten", "10-20", "> 5", "many", "12 families", "1.2.3", "twelve", "?", "5 + 3")


def made(code: str, at: Place, value: Entry, **others: Entry) -> Defect:
    """``value`` written at ``at``, and ``others`` into further columns of the same record."""
    return Defect({at: value} | {(*at[:2], name): other for name, other in others.items()}, frozenset(code.split()), at)


def _record(
    random: Random, filling: Filling, table: str, fits: Callable[[Record], object] = bool
) -> tuple[int, Record] | None:
    fitting = [(at, record) for at, record in enumerate(filling.tables.get(table, ())) if fits(record)]
    return random.choice(fitting) if fitting else None


def count(record: Record, name: str) -> int:
    """The number that stands there; 0 for none."""
    value = record.get(name)
    return value if isinstance(value, int) else 0


def _parts(record: Record) -> int:
    return sum(count(record, name) for name in PARTS)


def parts_above_total(random: Random, filling: Filling) -> Defect | None:
    if chosen := _record(random, filling, "populations", lambda one: isinstance(one.get("closing"), int)):
        at, record = chosen
        part = random.choice(PARTS)
        room = count(record, "closing") - _parts(record) + count(record, part)
        return made("TOT001", ("populations", at, part), room + random.choice((1, 9, 5000)))
    return None


def total_lost_a_digit(random: Random, filling: Filling) -> Defect | None:
    if chosen := _record(random, filling, "populations", lambda one: count(one, "closing") // 10 < _parts(one)):
        at, record = chosen
        return made("TOT001", ("populations", at, "closing"), count(record, "closing") // 10)
    return None


def persons_missing_from_parts(random: Random, filling: Filling) -> Defect | None:
    if chosen := _record(random, filling, "populations", lambda one: count(one, "closing") > 1):
        at, record = chosen
        known = dict.fromkeys(PARTS, 0) | {"m_18_59": count(record, "closing") - random.choice((1, 2))}
        written = {("populations", at, name): value for name, value in known.items()}
        return Defect(written, frozenset(["TOT002"]), ("populations", at, "closing"))
    return None


def breakdown_lost(random: Random, filling: Filling) -> Defect | None:
    if chosen := _record(random, filling, "populations", lambda one: count(one, "closing") > 0 < _parts(one)):
        at, _ = chosen
        written: dict[Place, Entry] = {("populations", at, name): None for name in PARTS}
        return Defect(written, frozenset(["TOT004"]), ("populations", at, "closing"))
    return None


def stock_does_not_follow(random: Random, filling: Filling) -> Defect | None:
    def fits(one: Record) -> bool:
        stocks = isinstance(one.get("opening"), int) and isinstance(one.get("closing"), int)
        changes = [row for row in filling.tables.get("population_changes", ()) if _same_group(row, one)]
        return stocks and one["group"] not in ("RET", "RDP") and all(isinstance(row["persons"], int) for row in changes)

    if chosen := _record(random, filling, "populations", fits):
        at, record = chosen
        changes = [row for row in filling.tables.get("population_changes", ()) if _same_group(row, record)]
        net = sum(count(row, "persons") * (1 if row["change"] in INCREASES else -1) for row in changes)
        opening = count(record, "closing") - net
        code, off = ("TOT005", 1) if record["group"] == "REF" and changes else ("TOT006", 11)
        wrong = opening + off + random.choice((0, 5, 3000))
        return made(code, ("populations", at, "opening"), wrong) if wrong >= 0 else None
    return None


def _same_group(one: Record, other: Record) -> bool:
    return (one["country"], one["group"]) == (other["country"], other["group"])


def returned_with_an_opening(random: Random, filling: Filling) -> Defect | None:
    if chosen := _record(random, filling, "populations", lambda one: one["group"] in ("RET", "RDP")):
        return made("TOT009", ("populations", chosen[0], "opening"), random.choice((0, 70)))
    return None


def no_basis(random: Random, filling: Filling) -> Defect | None:
    column = random.choice(("basis", "source"))
    if chosen := _record(random, filling, "populations", lambda one: isinstance(one.get("closing"), int)):
        return made("TOT007", ("populations", chosen[0], column), None)
    return None


def country_of_another(random: Random, filling: Filling) -> Defect | None:
    table = random.choice([table for table in OWN_COUNTRY if filling.tables.get(table)] or ["populations"])
    if chosen := _record(random, filling, table):
        covered = filling.answers().get("cover.countries") or ()
        wrong = next(code for code in ("FJI", "PER", "TON") if code not in str(covered))
        return made(OWN_COUNTRY[table], (table, chosen[0], "country"), wrong)
    return None


def row_twice(random: Random, filling: Filling) -> Defect | None:
    table = random.choice(("populations", "population_changes", "origins"))
    if chosen := _record(random, filling, table):
        end = len(filling.tables[table])
        written = {(table, end, name): value for name, value in chosen[1].items()}
        return Defect(written, frozenset(["ROW002"]), (table, end, "country"))
    return None


def row_without_its_group(random: Random, filling: Filling) -> Defect | None:
    table = random.choice(("populations", "population_changes", "origins"))
    chosen = _record(random, filling, table)
    return made("ROW001", (table, chosen[0], "group"), None) if chosen else None


def assessment_against_the_count(random: Random, filling: Filling) -> Defect | None:
    if _record(random, filling, "trafficked_persons", lambda one: count(one, "persons") > 0):
        value, code = random.choice((("assessed_none", "XSH007"), ("not_assessed", "XSH009")))
        return made(code, ("", 0, "cover.trafficking_assessment"), value)
    return None


def one_sided(random: Random, filling: Filling) -> Defect | None:
    victims = filling.tables.get("trafficked_persons", ())
    persons = [row.get("persons") for row in victims]
    if not victims or not all(isinstance(one, int) for one in persons) or not sum(count(v, "persons") for v in victims):
        return None
    many = sum(count(row, "persons") for row in victims) >= 10
    column, value, query, note = random.choice(
        (("main_form", "sexual_exploitation", "XSH011", "XSH012"), ("sex", "f", "XSH013", "XSH014"))
    )
    written: dict[Place, Entry] = {("trafficked_persons", at, column): value for at in range(len(victims))}
    if column == "main_form":  # another form named beside the main one is not one-sided
        written |= {("trafficked_persons", at, "other_forms"): None for at in range(len(victims))}
    return Defect(written, frozenset([query if many else note]), ("trafficked_persons", len(victims) - 1, column))


def answer_against_the_tables(random: Random, filling: Filling) -> Defect | None:
    """An answer on a form sheet that a table belies."""
    name, value, code, table, fits = random.choice(BELIED)
    return made(code, ("", 0, name), value) if _record(random, filling, table, fits) else None


BELIED: Final[Sequence[tuple[str, Entry, str, str, Callable[[Record], object]]]] = (
    ("security.sgbv.trafficking_incidents", 0, "XSH017", "trafficked_persons",
     lambda one: one.get("main_form") == "sexual_exploitation" and count(one, "persons")),
    ("security.trafficking.referral_mechanism", "none", "XSH020", "trafficked_persons", lambda one: count(one, "persons")),
    ("processes.asylum_access.victims_have_access", "none", "XSH025", "asylum_claims", lambda one: count(one, "lodged")),
    ("processes.definitions.trafficking_recognised", "no", "XSH026", "asylum_claims",
     lambda one: count(one, "recognised_for_trafficking")),
    ("solutions.resettlement.proactive", "no", "XSH027", "resettlement_cases", lambda one: count(one, "considered")),
    ("cover.classification", "internal", "XSH032", "trafficked_persons", lambda one: count(one, "persons")),
)  # fmt: skip


def answers_that_disagree(random: Random, filling: Filling) -> Defect | None:
    """Two answers of form sheets that do not go together; the first is where the finding is expected."""
    code, answers = random.choice(DISAGREEING)
    if code == "XSH028" and filling.tables.get("focal_points"):
        return None
    written: dict[Place, Entry] = {("", 0, name): value for name, value in answers.items()}
    return Defect(written, frozenset([code]), next(iter(written)))


LAW: Final = "environment.legal_framework"
DISAGREEING: Final[Sequence[tuple[str, Mapping[str, Entry]]]] = (
    ("XSH010", {"security.trafficking.exposure": "high", "security.trafficking.risk_mapping": "no"}),
    ("XSH021", {f"{LAW}.trafficking_law": "in_force", f"{LAW}.law_forms": None}),
    ("XSH022", {f"{LAW}.action_plan": "in_force", f"{LAW}.plan_protection": "no"}),
    ("XSH023", {f"{LAW}.protocol_party": "yes", f"{LAW}.trafficking_law": "none"}),
    ("XSH024", {f"{LAW}.protocol_date": date(2000, 12, 11), f"{LAW}.protocol_party": "yes"}),
    ("XSH024", {f"{LAW}.protocol_date": date(2009, 1, 1), f"{LAW}.protocol_party": "yes"}),
    ("XSH028", {"security.trafficking.focal_point": "yes"}),
)


def table_sum(random: Random, filling: Filling) -> Defect | None:
    """A record whose figures do not go together, appended as an office would."""
    table, code, column, record = random.choice(RECORDS)
    covered = filling.answers().get("cover.countries")
    country: Entry = covered[0] if isinstance(covered, tuple) and covered else None
    whole = (
        {**record, "country": country} if "country" in load_schema("apr-2008").tables_by_id[table].by_name else record
    )
    end = len(filling.tables.get(table, ()))
    return Defect({(table, end, name): value for name, value in whole.items()}, frozenset([code]), (table, end, column))


CLAIM: Final[Record] = {
    "authority": "government", "claim_type": "unknown", "pending_start": 3, "lodged": 9, "recognised": 4,
    "recognised_for_trafficking": 1, "complementary": 0, "rejected": 2, "closed": 1, "pending_end": 5,
}  # fmt: skip
CASES: Final[Record] = {
    "criterion": "women_at_risk", "carried_over": 1, "considered": 5, "submitted": 4, "departed": 2, "women": 2, "girls": 1,
    "men": 1, "boys": 0, "sex_unknown": 0, "best_interest_determinations": 1,
}  # fmt: skip
RECORDS: Final[Sequence[tuple[str, str, str, Record]]] = (
    ("asylum_claims", "TOT010", "pending_end", {**CLAIM, "pending_end": 6}),
    ("asylum_claims", "TOT010", "lodged", {**CLAIM, "lodged": 90}),
    ("asylum_claims", "TOT011", "recognised_for_trafficking", {**CLAIM, "recognised_for_trafficking": 5}),
    ("resettlement_cases", "TOT012", "submitted", {**CASES, "considered": 2}),
    ("resettlement_cases", "TOT013", "departed", {**CASES, "departed": 6}),
    ("resettlement_cases", "TOT014", "women", {**CASES, "women": 3}),
    ("resettlement_cases", "TOT015", "best_interest_determinations", {**CASES, "best_interest_determinations": 0}),
    ("training", "TOT016", "women", {"audience": "unhcr", "sessions": 2, "date": date(2008, 5, 1)}),
    ("training", "XSH031", "date", {"audience": "unhcr", "sessions": 2, "women": 4, "men": 3, "date": date(2007, 12, 31)}),
    ("focal_points", "XSH029", "share_of_time", {"post": "Protection Officer", "share_of_time": 36, "also_sgbv": "no"}),
    ("focal_points", "XSH030", "also_sgbv", {"post": "Protection Officer", "share_of_time": 5, "also_sgbv": "yes"}),
)  # fmt: skip


def _narrative(random: Random, filling: Filling) -> Place | None:
    schema = load_schema("apr-2008")
    texts = [
        name
        for name, value in filling.fields.items()
        if isinstance(value, str) and name in schema.fields and schema.fields[name].type is FieldType.TEXT
        and not name.startswith("cover.") and name not in filling.given_by_headquarters and (schema.fields[name].max_length or 0) > 200
    ]  # fmt: skip
    return ("", 0, random.choice(texts)) if texts else None


def personal_data(random: Random, filling: Filling) -> Defect | None:
    code = random.choice(list(PERSONAL))
    at = _narrative(random, filling)
    return made(code, at, f"{str(filling.fields[at[2]])[:90]} {random.choice(PERSONAL[code])}") if at else None


def placeholder(random: Random, filling: Filling) -> Defect | None:
    at = _narrative(random, filling)
    return made("QUA001", at, random.choice(PLACEHOLDERS)) if at else None


def too_long(random: Random, filling: Filling) -> Defect | None:
    at = _narrative(random, filling)
    return made("CEL004", at, "Victims were referred. " * 400) if at else None


def text_for_a_number(random: Random, filling: Filling) -> Defect | None:
    chosen = _record(random, filling, "populations")
    at = ("populations", chosen[0], random.choice(("opening", "closing", *PARTS))) if chosen else None
    return made("CEL009", at, random.choice(TEXTS_FOR_NUMBERS)) if at else None


def negative(random: Random, filling: Filling) -> Defect | None:
    chosen = _record(random, filling, "populations")
    return made("CEL005", ("populations", chosen[0], random.choice(PARTS)), -random.randint(1, 900)) if chosen else None


def unknown_code(random: Random, filling: Filling) -> Defect | None:
    column = random.choice(("country", "group", "basis", "source"))
    chosen = _record(random, filling, "populations")
    return made("CEL008", ("populations", chosen[0], column), "Atlantis") if chosen else None


MAKERS: Final[Sequence[Maker]] = (
    parts_above_total, total_lost_a_digit, persons_missing_from_parts, breakdown_lost, stock_does_not_follow,
    returned_with_an_opening, no_basis, country_of_another, row_twice, row_without_its_group, assessment_against_the_count,
    one_sided, answer_against_the_tables, answers_that_disagree, table_sum, personal_data, placeholder, too_long,
    text_for_a_number, negative, unknown_code,
)  # fmt: skip


def drawn(random: Random, fillings: Sequence[Filling], number: int) -> Iterator[tuple[Filling, str, Defect]]:
    """``number`` defects of every kind where any return has room for it: the return, the kind and the defect."""
    for maker in MAKERS:
        tries = ((filling, maker(random, filling)) for filling in random.choices(fillings, k=number * 40))
        fitting = ((filling, maker.__name__, defect) for filling, defect in tries if defect)
        yield from (found for _, found in zip(range(number), fitting, strict=False))

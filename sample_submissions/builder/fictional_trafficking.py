"""The tables on trafficking in the made-up world, but for texts: persons, nationalities, claims, resettlement, services.

Forms, places and ways of identification go round the code lists from office to office, so that each occurs somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from reporting.workbook.template import Entry
from sample_submissions.builder.fictional_populations import Row, closing_of
from sample_submissions.builder.fictional_world import FictionalOffice, codes, countries, rotated, shared_out

CHILDREN = frozenset({"0_11", "12_17"})
COMMON_FORMS = ("sexual_exploitation", "forced_labour", "forced_labour", "domestic_servitude")
FORMS_OF_CHILDREN = frozenset({"child_sex_tourism"})
FORMS_OF_ADULTS = frozenset({"organ_removal"})
NATIONALITIES = ("XAD", "XAL", "XAO", "XAV", "XAG", "XAZ", "XAM", "XAQ")
ONLY_WOMEN_SEEN = "XAL"
"""An office whose one shelter receives women and girls only; it explains that."""
POSTS = (
    ("Protection Officer", "Protection"),
    ("Associate Protection Officer", "Protection"),
    ("Community Services Officer", "Community services"),
    ("Senior Protection Assistant", "Field office"),
    ("Legal Associate", "Legal unit"),
)


def victims_rows(office: FictionalOffice) -> list[Row]:
    """The table ``trafficked_persons``: rows add up to the office's victims; no two rows have the same key."""
    if not office.victims:
        return []
    rows: dict[tuple[Entry, ...], dict[str, Entry]] = {}
    chance = office.random("victims")
    size = min(office.victims, max(6, office.victims // 4), 54)
    while len(rows) < size:
        row = _victims(office, len(rows), chance)
        rows.setdefault(tuple(value for name, value in row.items() if name != "other_forms"), row)
    extra = shared_out(office.victims - size, [chance.uniform(0.2, 2) for _ in rows])
    for row, persons in zip(rows.values(), extra, strict=True):
        row["persons"] = 1 + persons
        row["approximate"] = "yes" if persons >= 9 and row["stage"] == "likely" else "no"
    return list(rows.values())


def nationality_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``victim_nationalities``: adds up to the trafficked persons."""
    if office.victims:
        chance = office.random("nationalities")
        chosen = [code for code in rotated(NATIONALITIES, office.number, 5) if code not in office.countries]
        if "internal" in office.roles:
            chosen.append(office.code)
        weights = [chance.uniform(0.1, 3) for _ in chosen]
        for code, persons in zip(chosen, shared_out(office.victims, weights), strict=True):
            if persons:
                yield {"nationality": code, "persons": persons}


def claim_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``asylum_claims``: every row balances."""
    if office.victims < 3 or office.access in {"none", "unknown"}:
        return
    chance = office.random("claims")
    types = codes("claim_types")
    authorities = codes("authorities")
    for place, lodged in enumerate(shared_out(max(1, office.victims // 3), (5, 3, 2))):
        if lodged:
            pending = chance.randint(0, 4)
            decided = shared_out(chance.randint(0, pending + lodged), (4, 2, 3, 1))
            yield {
                "country": office.countries[place % len(office.countries)],
                "authority": authorities[(office.number + place) % len(authorities)],
                "claim_type": types[(office.number + place) % len(types)],
                "pending_start": pending,
                "lodged": lodged,
                "recognised": decided[0],
                "recognised_for_trafficking": chance.randint(0, decided[0]),
                "complementary": decided[1],
                "rejected": decided[2],
                "closed": decided[3],
                "pending_end": pending + lodged - sum(decided),
                "period": "January to December" if place == 0 else "July to December" if place == 1 else "2008",
            }


def resettlement_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``resettlement_cases``: submitted adds up by sex and never exceeds the cases at hand."""
    if office.victims < 5:
        return
    chance = office.random("resettlement")
    criteria = codes("resettlement_criteria")
    for place, considered in enumerate(shared_out(max(2, office.victims // 6), (4, 3, 2))):
        criterion = criteria[(office.number * 3 + place) % len(criteria)]
        carried = chance.randint(0, 3)
        submitted = chance.randint(0, carried + considered)
        women, girls, men, boys, unknown = shared_out(submitted, _resettled(criterion))
        yield {
            "country": office.countries[place % len(office.countries)],
            "criterion": criterion,
            "carried_over": carried,
            "considered": considered,
            "submitted": submitted,
            "departed": chance.randint(0, submitted),
            "women": women,
            "girls": girls,
            "men": men,
            "boys": boys,
            "sex_unknown": unknown,
            "best_interest_determinations": girls + boys,
        }


def service_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``victim_services``: no service assists more persons than there are victims."""
    chance = office.random("services")
    providers = codes("providers")
    for place, service in enumerate(codes("services")):
        assisted = int(office.victims * chance.uniform(0.1, 0.8))
        if assisted:
            yield {
                "service": service,
                "providers": rotated(providers, office.number + place * 3, 1 + place % 3),
                "persons": assisted,
            }


def training_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``training``: sessions of the year, for staff and for others, always with participants."""
    chance = office.random("training")
    topics = codes("training_topics")
    for place, audience in enumerate(_audiences(office)):
        sessions = chance.randint(1, 4)
        women, men = shared_out(sessions * chance.randint(7, 24), (chance.uniform(0.5, 1.5), 1))
        yield {
            "audience": audience,
            "internal": "yes" if audience == "unhcr_staff" else "no",
            "joint_with": office.bodies[place % len(office.bodies) :][:2],
            "topic": topics[(office.number + place * 4) % len(topics)],
            "sessions": sessions,
            "women": women,
            "men": men,
            "sex_unknown": chance.choice((0, 0, 0, 5)),
            "date": date(2008, 1, 15) + timedelta(days=chance.randint(0, 320)),
        }


def focal_point_rows(office: FictionalOffice) -> Iterator[Row]:
    """The table ``focal_points``: posts, where the office has a focal point or shares the duty among posts."""
    size = {"yes": 1 + (office.scale == "large"), "shared": 2}.get(office.focal_point, 0)
    chance = office.random("focal points")
    for place in range(size):
        post, unit = POSTS[(office.number + place) % len(POSTS)]
        yield {
            "post": post,
            "unit": unit,
            "share_of_time": 40
            if office.code == "XAJ" and place == 0
            else chance.choice((5, 10, 12.5, 15, 20, 25, 30)),
            "also_sgbv": "yes" if office.code in {"XAC", "XAV"} and place == 0 else "no",
            "duties_shared": "yes" if office.focal_point == "shared" or size > 1 else "no",
            "trained": chance.choice(("yes", "yes", "yes", "no", "unknown")),
            "countries": office.countries,
        }


def count_of(rows: list[Row], **wanted: tuple[str, ...]) -> int:
    """Persons of the rows whose columns have one of the ``wanted`` codes."""
    return sum(
        persons
        for row in rows
        if isinstance(persons := row["persons"], int) and all(row[name] in values for name, values in wanted.items())
    )


def _victims(office: FictionalOffice, place: int, chance: Random) -> dict[str, Entry]:
    country = office.countries[place % len(office.countries)]
    age = _age(office, chance)
    form = _form(office, place, age, chance)
    group = _group(country, form, chance)
    return {
        "country": country,
        "group": group,
        "scale": _scale(group, chance),
        "stage": "likely" if chance.random() < 0.3 else "identified",
        "main_form": form,
        "other_forms": _other_forms(form, place, chance),
        "scope": _scope(office, group, chance),
        "sex": "f" if office.code == ONLY_WOMEN_SEEN else _sex(form, chance),
        "age": age,
        "unaccompanied": chance.choice(("yes", "no", "no", "unknown")) if age in CHILDREN else None,
        "identified_by": _round(codes("identified_by"), office, place, 7),
        "identified_at": _round(codes("identified_at"), office, place, 5),
    }


def _round(values: tuple[str, ...], office: FictionalOffice, place: int, step: int) -> str:
    return values[(office.number + place * step + place // len(values)) % len(values)]


def _age(office: FictionalOffice, chance: Random) -> str:
    if chance.random() * 100 < office.children:
        return "0_11" if chance.random() < 0.25 else "12_17"
    return chance.choice(("18_59",) * 9 + ("60", "unknown"))


def _form(office: FictionalOffice, place: int, age: str, chance: Random) -> str:
    forms = codes("forms")
    form = forms[(office.number * 5 + place) % len(forms)] if place % 2 else chance.choice(COMMON_FORMS)
    wrong_age = (form in FORMS_OF_CHILDREN and age not in CHILDREN) or (form in FORMS_OF_ADULTS and age in CHILDREN)
    return "forced_labour" if wrong_age else form


def _group(country: str, form: str, chance: Random) -> str:
    """A group the country has enough of to hold victims, or none."""
    closing = closing_of(countries()[country])
    if form == "armed_group" and "IDP" in closing:
        return "IDP"
    held = [group for group, persons in closing.items() if persons >= 300]
    return chance.choice([*held, "REF", "none"] if "REF" in held else [*held, "none", "none"])


def _scale(group: str, chance: Random) -> str:
    if group == "none":
        return "not_of_concern"
    if group == "ASY":
        return "became_of_concern"
    return "became_of_concern" if group == "REF" and chance.random() < 0.25 else "of_concern_before"


def _other_forms(form: str, place: int, chance: Random) -> Entry:
    if form == "unknown" or chance.random() < 0.7:
        return None
    others = [other for other in codes("forms") if other not in {form, "unknown"} | FORMS_OF_CHILDREN | FORMS_OF_ADULTS]
    return rotated(others, place, 1 + place % 2)


def _scope(office: FictionalOffice, group: str, chance: Random) -> str:
    if group in {"IDP", "RDP"}:
        return "internal"
    usual = ("cross_border",) * 5 + ("internal",) * (3 if "internal" in office.roles else 1)
    return chance.choice((*usual, "unknown"))


def _sex(form: str, chance: Random) -> str:
    of_men = {
        "forced_labour": 0.68,
        "debt_bondage": 0.6,
        "armed_group": 0.75,
        "organ_removal": 0.7,
        "forced_begging": 0.5,
    }
    if chance.random() < 0.05:
        return "unknown"
    return "m" if chance.random() < of_men.get(form, 0.16) else "f"


def _resettled(criterion: str) -> tuple[float, ...]:
    """Women, girls, men, boys and unknown among those submitted, by criterion."""
    shares: Mapping[str, tuple[float, ...]] = {
        "women_at_risk": (8, 2, 0, 1, 0),
        "children_adolescents": (1, 5, 0, 4, 0),
        "older_refugees": (3, 0, 2, 0, 0),
        "medical": (3, 1, 3, 1, 1),
    }
    return shares.get(criterion, (4, 2, 3, 1, 0))


def _audiences(office: FictionalOffice) -> tuple[str, ...]:
    size = {"large": 7, "medium": 5, "small": 3, "tiny": 1}[office.scale]
    others = rotated([code for code in codes("audiences") if code != "unhcr_staff"], office.number * 4, size - 1)
    return ("unhcr_staff", *others)

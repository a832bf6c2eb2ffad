"""Narratives of the made-up offices, put together from the sentences in ``sources/fictional_sentences.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import cycle
from random import Random
from typing import TypedDict, cast

from reporting.schema.compiled import load_schema
from sample_submissions.builder.fictional_focus import ACCEPTABLE, CRITICAL
from sample_submissions.builder.fictional_world import FictionalOffice, country_label
from sample_submissions.builder.sources import SOURCES


class AreaSentences(TypedDict):
    """Clauses of an area: what is well, what is not, what the office did, what it plans."""

    good: list[str]
    poor: list[str]
    did: list[str]
    next: str


DIFFERS_BY_PLACE = ("security.", "needs.", "participation.", "processes.re", "solutions.re")
"""Areas in which one place may fare well and another badly; law and policy are the same everywhere."""
SIZES = {"large": (40, 480), "medium": (12, 90), "small": (3, 12), "tiny": (1, 3)}
"""The least and the greatest size of what an office does, in tens of persons."""


class Sentences(TypedDict):
    """The whole file: clauses by area, and the frames they stand in."""

    areas: dict[str, AreaSentences]
    trafficking: dict[str, list[str]]
    openers_good: list[str]
    openers_poor: list[str]
    contrast: list[str]
    contrast_elsewhere: list[str]
    action: list[str]
    action_further: list[str]
    result: list[str]
    outlook: list[str]
    partner: dict[str, list[str]]
    """By category."""
    months: list[str]


@cache
def sentences() -> Sentences:
    """The sentences, read once."""
    import yaml

    with (SOURCES / "fictional_sentences.yaml").open(encoding="utf-8") as file:
        return cast(Sentences, yaml.safe_load(file))


def narrative(office: FictionalOffice, area: str, situation: str, year: int = 2008) -> str:
    """The narrative of an area, at most 1,200 characters, in keeping with the situation."""
    chance = office.random(f"narrative {area} {year}")
    clauses, frames = sentences()["areas"][area], sentences()
    good, poor = _shuffled(clauses["good"], chance), _shuffled(clauses["poor"], chance)
    did = _shuffled(clauses["did"], chance)
    told = [_framed(frames["openers_good"], good[0], chance)]
    if situation != ACCEPTABLE:
        told = [_framed(frames["openers_poor"], poor[0], chance)]
        contrast = frames["contrast_elsewhere" if area.startswith(DIFFERS_BY_PLACE) else "contrast"]
        told.append(f"Moreover, {poor[1]}." if situation == CRITICAL else _framed(contrast, good[0], chance))
    told.append(_framed(frames["action"], did[0], chance))
    told.append(_framed(frames["action_further"], did[1], chance))
    told.append(chance.choice(frames["result"]))
    if situation != ACCEPTABLE or chance.random() < 0.5:
        told.append(_framed(frames["outlook"], clauses["next"], chance))
    return _filled(office, told, chance, area)


def trafficking_narrative(office: FictionalOffice, area: str, year: int = 2008) -> str:
    """What was done on trafficking in an area, at most 600 characters."""
    chance = office.random(f"trafficking narrative {area} {year}")
    first, second, _ = _shuffled(sentences()["trafficking"][area], chance)
    second = second[0].upper() + second[1:]
    return _filled(office, [f"In {{country}}, {first}.", f"{second}."], chance)


def summary_texts(
    office: FictionalOffice, situations: Mapping[str, str], opening: Mapping[str, int], closing: Mapping[str, int]
) -> Mapping[str, str]:
    """The texts of the executive summary by field id: they speak of the figures and the areas of the same return."""
    chance = office.random("summary")
    well = [area for area, situation in situations.items() if situation == ACCEPTABLE] or list(situations)[:3]
    badly = [area for area, situation in situations.items() if situation == CRITICAL]
    badly += [area for area in situations if area not in badly and area not in well]
    strong, weak = _shuffled(well, chance)[:3], (_shuffled(badly, chance) + _shuffled(well, chance))[:4]
    clauses = sentences()["areas"]
    return {
        "summary.overview": _filled(office, _overview(strong, weak, closing, chance), chance),
        "summary.main_changes": _filled(office, _changes(strong, opening, closing, chance), chance),
        "summary.main_gaps": _filled(
            office, [f"{_label(area)}: {chance.choice(clauses[area]['poor'])}." for area in weak[:3]], chance
        ),
        "summary.priorities": _filled(
            office, [f"({n}) {_label(a)}: to {clauses[a]['next']}." for n, a in enumerate(weak, 1)], chance
        ),
    }


def _overview(strong: Sequence[str], weak: Sequence[str], closing: Mapping[str, int], chance: Random) -> list[str]:
    groups = load_schema("apr-2008").codes["groups"]
    largest = sorted(closing.items(), key=lambda item: (-item[1], item[0]))[:3]
    named = ", ".join(f"{size:,} {_lowered(groups.label_of(group))}" for group, size in largest)
    clauses, frames = sentences()["areas"], sentences()
    return [
        f"On 31 December the office was responsible for {sum(closing.values()):,} persons of concern, among them {named}.",
        _framed(frames["openers_good"], chance.choice(clauses[strong[0]]["good"]), chance),
        *(f"{_capital(chance.choice(clauses[area]['good']))}." for area in strong[1:]),
        _framed(frames["openers_poor"], chance.choice(clauses[weak[0]]["poor"]), chance),
        *(f"{_capital(chance.choice(clauses[area]['poor']))}." for area in weak[1:2]),
        _framed(frames["action"], chance.choice(clauses[weak[0]]["did"]), chance),
    ]


def _changes(
    strong: Sequence[str], opening: Mapping[str, int], closing: Mapping[str, int], chance: Random
) -> list[str]:
    clauses, groups = sentences()["areas"], load_schema("apr-2008").codes["groups"]
    group = max(sorted(opening), key=lambda code: abs(closing.get(code, 0) - opening[code]))
    return [
        f"The number of {_lowered(groups.label_of(group))} went from {opening[group]:,} to {closing.get(group, 0):,}.",
        f"{_label(strong[0])}: {chance.choice(clauses[strong[0]]['good'])}.",
        chance.choice(
            (
                "The office lost one protection post and gained a partner in {town}.",
                "A new partner began work in {town} in {month}.",
                "The office in {town} moved closer to the settlements in {month}.",
                "Staffing stayed as it was; travel was possible in all months.",
            )
        ),
        chance.choice(
            (
                "The review of work on trafficking was discussed with partners in {month}.",
                "Recommendations of the review on trafficking were taken up in the work plan.",
                "Partners asked for more training on trafficking after the review was published.",
            )
        ),
    ]


def trafficking_overview(office: FictionalOffice) -> str:
    """A few sentences on trafficking in keeping with what the office counts, at most 600 characters."""
    chance = office.random("trafficking overview")
    known = {
        "assessed_none": "The risks were mapped with partners and no trafficked person became known in {country}.",
        "not_assessed": "The office did not assess trafficking in {country} this year and draws no conclusion from that.",
    }.get(
        office.assessment,
        "Trafficked persons became known in {country}; the number says what was seen, not how many there are.",
    )
    further = (
        "Men and boys in forced labour are found less often than women, for fewer people look for them.",
        "Most of what is known comes from shelters; little is known of private homes and of vessels.",
        "Partners in {town} lead on prevention, and the office leads on access to asylum.",
        "Recruiters change their routes quickly, and knowledge of one year may not hold in the next.",
        "Work inside the country received more attention than in the year before.",
    )
    return _filled(office, [known, *_shuffled(further, chance)[:2]], chance)


def _label(area: str) -> str:
    return next(item.label for _, item in load_schema("apr-2008").areas if item.id == area)


def _framed(frames: Sequence[str], clause: str, chance: Random) -> str:
    """A clause in one of the frames; a town is named once only."""
    fitting = [frame for frame in frames if not ("{town}" in frame and "{town}" in clause)]
    frame = chance.choice(fitting)
    for slot in ("{clause}", "{did}", "{next}"):
        frame = frame.replace(slot, clause)
    return _capital(frame)


def _filled(office: FictionalOffice, told: Sequence[str], chance: Random, area: str = "operations.coordination") -> str:
    """The sentences with their slots filled; no partner, place or month comes twice while there are others."""
    text = " ".join(told)
    slots = {
        "{country}": (country_label(chance.choice(office.countries)),),
        "{town}": office.towns,
        "{some}": tuple(str(size) for size in range(3, 12 if office.scale in {"small", "tiny"} else 29)),
        "{many}": tuple(f"{size * 10:,}" for size in range(*SIZES[office.scale])),
        "{share}": tuple(str(size) for size in range(41, 96)),
        "{partner}": tuple(sentences()["partner"][area.partition(".")[0]]),
        "{month}": tuple(sentences()["months"]),
    }
    for slot, values in slots.items():
        chosen = cycle(_shuffled(values, chance))
        while slot in text:
            text = text.replace(slot, next(chosen), 1)
    return text


def _shuffled(values: Sequence[str], chance: Random) -> list[str]:
    return chance.sample(list(values), len(values))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _lowered(text: str) -> str:
    return text if text[:3].isupper() else text[0].lower() + text[1:]

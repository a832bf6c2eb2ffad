"""Where trafficking was assessed, and what was found: a map of a bureau or of the world, and its numbers beside it."""

from __future__ import annotations

from typing import Final

from reporting.aggregate.figures import Figure, Level
from reporting.report import numbers
from reporting.report.blocks import Block, Column, Row, Table
from reporting.report.cells import Cell
from reporting.report.chapters.population_places import COVERED, MISSING, NIL, SILENT, legend
from reporting.report.chapters.trafficking_glance import ASSESSMENT, VICTIMS
from reporting.report.colours import colour
from reporting.report.drawings import Key, MapFigure
from reporting.report.maps import DISCLAIMER, map_of
from reporting.report.material import Material, known
from reporting.report.wording import alphabetical
from reporting.workbook.answers import Return

_FILLS: Final = {"something_to_report": COVERED, "assessed_none": NIL}
_LABELLED: Final = 7


def blocks(material: Material) -> list[Block]:
    """The map and its table; nothing for one office, or for invented countries, which are on no map."""
    if material.fictional or material.level is Level.OFFICE:
        return []
    return [_map(material), _table(material)]


def _map(material: Material) -> MapFigure:
    say = material.say
    fills = _shades(material)
    persons = {code: value for code in fills if (value := known(_figure(material, code))) is not None}
    largest = sorted(persons, key=lambda code: (-persons[code], code))[:_LABELLED]
    labels = {code: f"{material.country(code)} {material.printed(_figure(material, code))}" for code in largest}
    named = (
        (say("Something to report"), COVERED),
        (say("Assessed, none found"), NIL),
        (say("Not assessed, or not said"), SILENT),
    )
    circle = (
        [Key(say("Circle: area by trafficked persons known to UNHCR"), colour("Blue"))] if any(persons.values()) else []
    )
    return MapFigure(
        title=_title(material),
        alternative=_spoken(material, fills, dict(named)),
        picture=map_of(fills, persons, labels, whole_world=material.worldwide, largest_radius=0.03),
        keys=(*legend(material, fills, named), *circle),
        disclaimer=say(DISCLAIMER),
        source=material.source("assessment.offices", VICTIMS),
    )


def _title(material: Material) -> str:
    return material.say(
        "Trafficked persons known to UNHCR, and assessment, by country, {year}",
        year=material.year,
    )


def _shades(material: Material) -> dict[str, str]:
    """The fill of every country in scope, by what its office says of its assessment."""
    fills = {country: MISSING for row in material.rows for country in row.countries}
    for returned in material.returns:
        fills.update(dict.fromkeys(returned.countries, _FILLS.get(_assessed(returned), SILENT)))
    return fills


def _assessed(returned: Return) -> str:
    answer = returned.fields.get(ASSESSMENT)
    return str(answer.value) if answer is not None and answer.value else ""


def _spoken(material: Material, fills: dict[str, str], named: dict[str, str]) -> str:
    """The map in words: the countries of each kind."""
    said = []
    for label, fill in (*named.items(), (material.say("Return expected, not received or not usable"), MISSING)):
        places = sorted((material.country(code) for code in fills if fills[code] == fill), key=alphabetical)
        if places:
            said.append(material.say("{question}: {answers}", question=label, answers=material.listed(places)))
    return f"{_title(material)}. {material.listed_apart(said)}."


def _table(material: Material) -> Table:
    """The numbers of the map: a row a country in scope."""
    say = material.say
    answers = {country: _answer(material, returned) for returned in material.returns for country in returned.countries}
    places = sorted(_shades(material), key=lambda code: alphabetical(material.country(code)))
    rows = [
        Row(
            (
                Cell(material.country(code)),
                Cell(answers.get(code, say("not submitted"))),
                material.cell(
                    _figure(material, code), say("not answered") if code in answers else say("not submitted")
                ),
            )
        )
        for code in places
    ]
    columns = (
        Column(say("Country"), 34),
        Column(say("Assessment of trafficking"), 33),
        Column(say("Trafficked persons known to UNHCR"), 33, number=True),
    )
    source = material.source("assessment.offices", VICTIMS)
    notes = (
        say("– nil; .. not available. Counts of what is known to UNHCR; they measure reporting, never prevalence."),
    )
    return Table(_title(material), columns, tuple(rows), source=source, notes=notes, style="dense")


def _answer(material: Material, returned: Return) -> str:
    field = material.schema.fields.get(ASSESSMENT)
    code = _assessed(returned)
    if field is None or not code:
        return material.say("not answered")
    return numbers.NOT_AVAILABLE if code == numbers.NOT_AVAILABLE else material.label(field.codes, code)


def _figure(material: Material, country: str) -> Figure | None:
    return material.figure(VICTIMS, Level.COUNTRY, country)

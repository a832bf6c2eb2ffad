"""The year at a glance: one page that says what changed, what was reported, and how sure it is."""

from __future__ import annotations

from reporting.report import numbers
from reporting.report.blocks import Block, CallOut, Chapter, Tile, Tiles
from reporting.report.chapters import changes
from reporting.report.chapters.coverage import offices_title
from reporting.report.chapters.population_places import in_few_characters, total_persons
from reporting.report.chapters.trafficking_glance import open_queries, reported
from reporting.report.charts import Series, bar_chart
from reporting.report.colours import group_fill
from reporting.report.drawings import BarChart
from reporting.report.material import FLOWS, GROUPS, Material, known
from reporting.schema.evaluate import is_false
from reporting.workbook.scope import ReturnScope


def chapter(material: Material) -> Chapter:
    """The headline page."""
    changed = changes.headlines(material)
    blocks: tuple[Block, ...] = (
        _tiles(material),
        *([changed] if changed else []),
        reported(material),
        CallOut(material.say("How sure are we?"), _certainty(material), "caution", (offices_title(material),)),
        _groups(material),
    )
    return Chapter("glance", material.say("The year at a glance"), blocks, opening=True)


def _tiles(material: Material) -> Tiles:
    say = material.say
    countries = {country for returned in material.returns for country in returned.countries}
    victims = material.figure("trafficking.victims", *material.whole)
    practices = sum(len(returned.tables.get("good_practices", ())) for returned in material.returns)
    return Tiles(
        (
            Tile(
                in_few_characters(material, total_persons(material)),
                say("persons of concern"),
                material.say_many(
                    "in one country or territory, {year}",
                    "in {count} countries and territories, {year}",
                    len(countries),
                    year=material.year,
                ),
                (material.figure_id("populations.closing"),),
            ),
            _answered(material) if material.single else _returns(material),
            Tile(
                numbers.NOT_AVAILABLE if known(victims) is None else material.printed(victims),
                say("trafficked persons known to UNHCR"),
                say("no measure of prevalence") if known(victims) is not None else say("no office gives a number"),
                (material.figure_id("trafficking.victims"),),
            ),
            Tile(
                material.number(practices),
                say("good practices reported"),
                say("against trafficking, in the compendium"),
                (material.figure_id("good_practices.count"),),
            ),
        )
    )


def _returns(material: Material) -> Tile:
    say = material.say
    return Tile(
        numbers.part_of(material.used, material.expected, material.language),
        say("returns in the figures"),
        say("of those expected; what is missing is not zero"),
        (offices_title(material),),
    )


def _answered(material: Material) -> Tile:
    """How many questions one office answered, of those that it was asked."""
    say = material.say
    (returned,) = material.returns
    scope = ReturnScope.of(returned)
    asked = [
        answer
        for field in material.schema.fields.values()
        if (answer := returned.fields.get(field.id))
        and not field.computed
        and not (field.asked_if and is_false(field.asked_if, scope))
    ]
    return Tile(
        numbers.part_of(sum(answer.answered for answer in asked), len(asked), material.language),
        say("questions answered"),
        say("of those asked; what is not answered is not zero"),
    )


def _groups(material: Material) -> BarChart:
    say = material.say
    level, area = material.whole
    rows = []
    for group in GROUPS:
        closing = material.figure("populations.closing", level, area, group=group)
        opening = material.figure("populations.opening", level, area, group=group)
        change = (
            numbers.NOT_APPLICABLE
            if group in FLOWS
            else numbers.change(known(opening), known(closing), material.language)
        )
        segments = tuple((known(closing) or 0.0) if other == group else 0.0 for other in GROUPS)
        marked = None if group in FLOWS else known(opening)
        rows.append(Series(material.label("groups", group), segments, (material.printed(closing), change), marked))
    title = say("Persons of concern by group at the end of {year}, and change on its start", year=material.year)
    heads = (say("Group"), say("End of year"), say("Change"))
    source = say("Line: start of the year. Returned: during the year (na). ") + material.source("populations.closing")
    return bar_chart(title, heads, rows, [group_fill(group) for group in GROUPS], source=source)


def _certainty(material: Material) -> tuple[str, ...]:
    say = material.say
    said = [_missing(material), open_queries(material)]
    unknown = [material.label("groups", group) for group in GROUPS if _partly_unknown(material, group)]
    if unknown:
        said.append(say("At least one country has no figure (..) for: {groups}.", groups=material.listed(unknown)))
    return tuple(said)


def _missing(material: Material) -> str:
    if material.single:
        return material.say("Every figure rests on one return, which the checks accepted.")
    if material.absent:
        return material.say("Not in the figures: {offices}.", offices=material.listed(material.absent))
    if not material.coverage.registered:
        return material.say("There is no register of expected returns: nobody can say what is missing.")
    return material.say("All expected returns are in the figures.")


def _partly_unknown(material: Material, group: str) -> bool:
    figures = material.series("populations.closing", "country")
    return any(item.status == "not_available" and item.dimensions.get("group") == group for item in figures)

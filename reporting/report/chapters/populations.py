"""Persons of concern: by group, country, bureau, sex and age, origin, and what changed in the year."""

from __future__ import annotations

from dataclasses import replace

from reporting.report import numbers
from reporting.report.blocks import Block, Chapter, Column, Heading, Paragraph, Row, Table
from reporting.report.cells import Cell
from reporting.report.chapters import origins, population_changes
from reporting.report.chapters.population_places import place_figure
from reporting.report.charts import Series, bar_chart, pyramid
from reporting.report.colours import group_fill, sex_fill
from reporting.report.drawings import BarChart, Key
from reporting.report.material import FLOWS, GROUPS, Material, Total, known, total
from reporting.report.wording import alphabetical

AGES = ("0_4", "5_11", "12_17", "18_59", "60")
_AGE_LABELS = {"0_4": "0–4", "5_11": "5–11", "12_17": "12–17", "18_59": "18–59", "60": "60+"}
_MOST_COUNTRIES = 20


def chapter(material: Material) -> Chapter:
    """The chapter on persons of concern."""
    say = material.say
    blocks: list[Block] = [
        Paragraph(lead(material), "lead"),
        Heading(say("By population group"), id="populations-groups"),
        groups_table(material),
        *_bureau_blocks(material),
        *_country_blocks(material),
        Heading(say("By sex and age"), id="populations-ages"),
        *_sex_and_age(material),
        Heading(say("Origin"), id="populations-origin"),
        *origins.blocks(material),
        Heading(say("What changed in the year"), id="populations-changes"),
        *population_changes.blocks(material),
    ]
    return Chapter("populations", say("Persons of concern"), tuple(blocks))


def lead(material: Material) -> str:
    """How many persons of concern there are, and how many countries the figure covers."""
    level, area = material.whole
    closing = total(material.figure("populations.closing", level, area, group=group) for group in GROUPS)
    countries = {country for returned in material.returns for country in returned.countries}
    if closing.value is None:
        return material.say("The returns give no figure of persons of concern.")
    if material.single:
        return material.say(
            "The return gives {persons} persons of concern for {year}, in {countries}. "
            "Returned refugees and returned displaced persons are those who returned during the year; all other groups "
            "are counted at its end.",
            persons=material.printed_total(closing),
            year=material.year,
            countries=material.countries(len(countries)),
        )
    return material.say(
        "The returns of {offices} give {persons} persons of concern for {year}, in {countries}. "
        "Returned refugees and returned displaced persons are those who returned during the year; all other groups are "
        "counted at its end.",
        persons=material.printed_total(closing),
        year=material.year,
        countries=material.countries(len(countries)),
        offices=material.offices(len(material.returns)),
    )


def groups_table(material: Material) -> Table:
    """Opening, closing and change by group."""
    say = material.say
    level, area = material.whole
    rows = [_group_row(material, group, level, area) for group in GROUPS]
    closing = total(material.figure("populations.closing", level, area, group=group) for group in GROUPS)
    last = Cell(material.printed_total(closing))
    rows.append(
        Row((Cell(say("All groups"), note=_told(material)), Cell(""), last, Cell(""), Cell(""), Cell("")), "total")
    )
    columns: tuple[Column, ...] = (
        Column(say("Group"), 30),
        Column(say("Start of year"), 15, number=True),
        Column(say("End of year"), 15, number=True),
        Column(say("Difference"), 14, number=True),
        Column(say("Change"), 11, number=True),
        Column(say("Offices with a figure"), 15, number=True),
    )
    if material.single:
        rows = [replace(row, cells=row.cells[:-1]) for row in rows]
        columns = columns[:-1]
    return Table(
        say("Persons of concern by group, start and end of {year}", year=material.year),
        columns,
        tuple(rows),
        source=material.source("populations.closing"),
        notes=(
            say(
                "Returned refugees and returned displaced persons: returned during the year; a flow has no figure at the "
                "start (na). Totals add what is known; what is not available (..) stays out of them."
            ),
        ),
    )


def _told(material: Material) -> str:
    """What an office explained about its populations, where no table by country says so."""
    if material.single and len(countries(material)) < 2:
        return material.explanation(material.returns[0].office, {"populations"})
    return ""


def _group_row(material: Material, group: str, level: str, area: str) -> Row:
    opening = material.figure("populations.opening", level, area, group=group)
    closing = material.figure("populations.closing", level, area, group=group)
    before, after = known(opening), known(closing)
    flow = group in FLOWS
    return Row(
        (
            Cell(material.label("groups", group)),
            Cell(numbers.NOT_APPLICABLE) if flow else material.cell(opening),
            material.cell(closing),
            Cell(numbers.NOT_APPLICABLE if flow else numbers.difference(before, after, material.language)),
            Cell(numbers.NOT_APPLICABLE if flow else numbers.change(before, after, material.language)),
            Cell(material.number(closing.contributors if closing else 0)),
        )
    )


def keys(material: Material) -> tuple[Key, ...]:
    """The legend of the groups."""
    return tuple(Key(material.label("groups", group), group_fill(group)) for group in GROUPS)


def _bureau_blocks(material: Material) -> list[Block]:
    if not material.worldwide:
        return []
    say = material.say
    lines = [("bureau", code, material.bureau(code)) for code in material.bureaus]
    rows = [_place_row(material, *line) for line in lines]
    rows.append(_place_row(material, *material.whole, say("All bureaux"), kind="total"))
    series = [_place_series(material, *line) for line in lines]
    fills = [group_fill(group) for group in GROUPS]
    title = say("Persons of concern by bureau, {year}", year=material.year)
    return [
        Heading(say("By bureau"), id="populations-bureaus"),
        bar_chart(
            title,
            (say("Bureau"), say("Persons")),
            series,
            fills,
            keys=keys(material),
            source=material.source("populations.closing"),
        ),
        Table(
            say("Persons of concern by bureau and group, {year}", year=material.year),
            _group_columns(material, say("Bureau")),
            tuple(rows),
            source=material.source("populations.closing"),
        ),
    ]


def _place_series(material: Material, level: str, area: str, label: str) -> Series:
    figures = [material.figure("populations.closing", level, area, group=group) for group in GROUPS]
    return Series(label, tuple(known(figure) or 0 for figure in figures), (material.printed_total(total(figures)),))


def _place_row(material: Material, level: str, area: str, label: str, kind: str = "") -> Row:
    figures = [material.figure("populations.closing", level, area, group=group) for group in GROUPS]
    cells = [material.cell(figure) if figure else Cell("") for figure in figures]
    return Row((Cell(label), *cells, Cell(material.printed_total(total(figures)))), kind)


def _group_columns(material: Material, first: str) -> tuple[Column, ...]:
    return (
        Column(first, 20),
        *(Column(material.label("groups", group), 10, number=True) for group in GROUPS),
        Column(material.say("Total"), 10, number=True),
    )


def countries(material: Material) -> list[str]:
    """The countries with a figure in scope, by name."""
    found = {item.area for item in material.series("populations.closing", "country") if item.area}
    return sorted(found, key=lambda code: alphabetical(material.country(code)))


def _country_blocks(material: Material) -> list[Block]:
    """The section by country; none where there is but one, whose figures by group stand before."""
    if material.single and len(countries(material)) < 2:
        return []
    heading = Heading(material.say("By country"), id="populations-countries")
    return [heading, _country_table(material), place_figure(material), _country_chart(material)]


def _country_chart(material: Material) -> BarChart:
    say = material.say
    series = [_place_series(material, "country", code, material.country(code)) for code in countries(material)]
    largest = sorted(series, key=lambda row: -sum(row.segments))[:_MOST_COUNTRIES]
    title = say("Persons of concern by country and group, {year}", year=material.year)
    if len(series) > len(largest):
        title = say(
            "The {count} countries with most persons of concern, {year}", count=len(largest), year=material.year
        )
    fills = [group_fill(group) for group in GROUPS]
    return bar_chart(
        title,
        (say("Country"), say("Persons")),
        largest,
        fills,
        keys=keys(material),
        source=material.source("populations.closing"),
        row_height=4.6,
    )


def _country_table(material: Material) -> Table:
    say = material.say
    rows: list[Row] = []
    explained: set[str] = set()
    by_bureau: dict[str, list[str]] = {}
    for code in countries(material):
        by_bureau.setdefault(_bureau_of_country(material, code), []).append(code)
    for bureau in sorted(by_bureau, key=lambda code: material.bureaus.index(code) if code in material.bureaus else 99):
        if material.worldwide:
            rows.append(Row((Cell(material.bureau(bureau)),), "group"))
        rows += [_country_row(material, code, explained) for code in by_bureau[bureau]]
    rows.append(_place_row(material, *material.whole, say("Total"), kind="total"))
    return Table(
        say("Persons of concern by country and group, {year}", year=material.year),
        _group_columns(material, say("Country")),
        tuple(rows),
        source=material.source("populations.closing"),
        notes=(
            say("– nil; .. not available; blank: the return has no row for the group. Each country is counted once."),
        ),
        style="dense",
    )


def _country_row(material: Material, country: str, explained: set[str]) -> Row:
    """A country's row; what its office explained about its populations is a footnote, once an office."""
    row = _place_row(material, "country", country, material.country(country))
    covering = {returned.office for returned in material.returns if country in returned.countries}
    offices = sorted(covering - explained)
    explained |= covering
    notes = [material.explanation(office, {"populations"}) for office in offices]
    return replace(row, cells=(replace(row.cells[0], note=" ".join(filter(None, notes))), *row.cells[1:]))


def _bureau_of_country(material: Material, country: str) -> str:
    for returned in material.returns:
        if country in returned.countries:
            return material.bureau_of(returned.office)
    return ""


def _sex_and_age(material: Material) -> list[Block]:
    say = material.say
    rows = [(age, _age(material, "f", age), _age(material, "m", age)) for age in AGES]
    if not any(part.value for _, *parts in rows for part in parts):
        return [Paragraph(say("No return gives sex and age."))]
    drawn = [
        (
            numbers.from_left(_AGE_LABELS[age], material.language),
            women.value or 0,
            men.value or 0,
            material.printed_total(women),
            material.printed_total(men),
        )
        for age, women, men in rows
    ]
    women_and_girls, men_and_boys = say("Women and girls"), say("Men and boys")
    title = say("Persons of concern by sex and age, where both are known, {year}", year=material.year)
    fills = (sex_fill("f"), sex_fill("m"))
    figure = pyramid(
        title,
        (women_and_girls, say("Age"), men_and_boys),
        drawn[::-1],
        fills,
        source=material.source("populations.by_sex_age"),
    )
    return [figure, _sex_and_age_table(material)]


def _age(material: Material, sex: str, age: str) -> Total:
    level, area = material.whole
    return total(
        material.figure("populations.by_sex_age", level, area, group=group, sex=sex, age=age) for group in GROUPS
    )


def _sex_and_age_table(material: Material) -> Table:
    say = material.say
    level, area = material.whole
    rows = []
    for group in GROUPS:
        whole = known(material.figure("populations.closing", level, area, group=group))
        women, men = (_sum_sex(material, group, sex) for sex in ("f", "m"))
        children = _sum_ages(material, group, ("0_4", "5_11", "12_17"))
        aged = _sum_ages(material, group, AGES)
        rows.append(
            Row(
                (
                    Cell(material.label("groups", group)),
                    Cell(material.printed_total(women)),
                    Cell(material.printed_total(men)),
                    Cell(numbers.share(women.value, _plus(women.value, men.value), material.language)),
                    Cell(numbers.share(children.value, aged.value, material.language)),
                    Cell(numbers.share(aged.value, whole, material.language)),
                )
            )
        )
    columns = (
        Column(say("Group"), 28),
        Column(say("Women and girls"), 14, number=True),
        Column(say("Men and boys"), 14, number=True),
        Column(say("Women and girls, share"), 14, number=True),
        Column(say("Under 18, share"), 14, number=True),
        Column(say("Sex and age known, share of all"), 16, number=True),
    )
    return Table(
        say("Sex and age by group, {year}", year=material.year),
        columns,
        tuple(rows),
        source=material.source("populations.by_sex_age"),
        notes=(
            say(
                "Shares are of those whose sex, or age, is known. .. not available; na where there is nobody to divide."
            ),
        ),
    )


def _plus(first: float | None, second: float | None) -> float | None:
    return None if first is None and second is None else (first or 0) + (second or 0)


def _sum_sex(material: Material, group: str, sex: str) -> Total:
    level, area = material.whole
    ages = (*AGES, "unknown")
    return total(material.figure("populations.by_sex_age", level, area, group=group, sex=sex, age=age) for age in ages)


def _sum_ages(material: Material, group: str, ages: tuple[str, ...]) -> Total:
    level, area = material.whole
    return total(
        material.figure("populations.by_sex_age", level, area, group=group, sex=sex, age=age)
        for sex in ("f", "m")
        for age in ages
    )

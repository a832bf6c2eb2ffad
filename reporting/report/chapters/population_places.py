"""Where persons of concern are: a map, or a grid of tiles for the world that exists only in the samples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reporting.report import numbers
from reporting.report.cells import Cell
from reporting.report.colours import LAND, colour
from reporting.report.drawings import Key, MapFigure, MapPicture, TileGrid
from reporting.report.maps import DISCLAIMER, map_of
from reporting.report.material import GROUPS, Material, Total, total

COVERED = "#A9CDE8"
"""Tint of the main blue: a country whose return gives a figure."""
MISSING = "url(#hatch-missing)"
"""A return is expected, and not in the figures."""
SILENT = "url(#hatch-silent)"
"""A return is in, and gives no figure."""
NIL = "#EAF3FA"
"""A return is in, and the figure is nil."""
_TILES_IN_A_ROW = 8
_LABELLED = 7
_LONGEST_NAME = 24


def persons_by_country(material: Material) -> dict[str, float]:
    """All persons of concern by country, where a figure is known."""
    found: dict[str, float] = {}
    for item in material.series("populations.closing", "country"):
        if item.value is not None and item.area and item.dimensions.get("group") in GROUPS:
            found[item.area] = found.get(item.area, 0) + item.value
    return found


def shades(material: Material, persons: Mapping[str, float]) -> dict[str, str]:
    """The fill of every country in scope: with persons, with none, without a figure, or without the return expected."""
    fills = {country: MISSING for row in material.rows for country in row.countries}
    for returned in material.returns:
        for country in returned.countries:
            fills[country] = SILENT if country not in persons else COVERED if persons[country] else NIL
    return fills


def legend(material: Material, fills: Mapping[str, str], named: Iterable[tuple[str, str]]) -> tuple[Key, ...]:
    """The keys of the fills that a map has, of those ``named`` (label and fill), and of what every map has."""
    say = material.say
    everywhere = ((say("Return expected, not received or not usable"), MISSING),)
    used = [Key(label, fill) for label, fill in (*named, *everywhere) if fill in fills.values()]
    return (*used, Key(say("No return expected"), LAND))


def place_figure(material: Material) -> MapFigure | TileGrid:
    """The map of persons of concern; a grid of tiles where the countries are invented."""
    return _tile_grid(material) if material.fictional else _map(material)


def _map(material: Material) -> MapFigure:
    say = material.say
    persons = persons_by_country(material)
    largest = sorted(persons, key=lambda code: (-persons[code], code))[:_LABELLED]
    fills = shades(material, persons)
    whole_world = material.worldwide
    labels = {
        code: f"{_short(material.country(code))} {in_few_characters(material, _persons(material, code))}"
        for code in largest
    }
    title = say("Persons of concern by country, {year}", year=material.year)
    named = (
        (say("Return with a figure"), COVERED),
        (say("Return with nil (–)"), NIL),
        (say("Return without a figure (..)"), SILENT),
    )
    circle = Key(say("Circle: area by number of persons"), colour("Blue"))
    return MapFigure(
        title=title,
        alternative=_told(material, title, persons),
        picture=map_of(fills, persons, labels, whole_world=whole_world, largest_radius=0.03 if whole_world else 0.05),
        keys=(*legend(material, fills, named), circle),
        disclaimer=say(DISCLAIMER),
        source=material.source("populations.closing"),
    )


def _short(name: str) -> str:
    """A name short enough for a map."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rstrip()}…"


def _tile_grid(material: Material) -> TileGrid:
    say = material.say
    persons = persons_by_country(material)
    steps = _steps(max(persons.values(), default=0))
    groups = []
    for bureau in material.bureaus:
        rows = [row for row in material.rows if row.bureau == bureau]
        codes = sorted({country for row in rows for country in row.countries} or {row.office for row in rows})
        tiles = [_tile(material, code, persons.get(code), steps) for code in codes]
        tiles += [Cell("")] * (-len(tiles) % _TILES_IN_A_ROW)
        lines = tuple(tuple(tiles[at : at + _TILES_IN_A_ROW]) for at in range(0, len(tiles), _TILES_IN_A_ROW))
        groups.append((material.bureau(bureau), lines))
    title = say("Persons of concern by country, {year}", year=material.year)
    return TileGrid(
        title,
        _told(material, title, persons),
        tuple(groups),
        keys=(
            Key(say("up to {number}", number=material.number(steps[0])), "#CFE3F1"),
            Key(say("up to {number}", number=material.number(steps[1])), "#8EBEFF"),
            Key(say("up to {number}", number=material.number(steps[2])), "#0072BC"),
            Key(say("more"), "#18375F"),
            Key(say("no return, or no figure"), "#F1F3F5"),
        ),
        source=say("A tile is a country of the made-up world. ") + material.source("populations.closing"),
    )


def _told(material: Material, title: str, persons: Mapping[str, float]) -> str:
    """The map or grid in words: its largest countries."""
    largest = sorted(persons, key=lambda code: (-persons[code], code))[:_LABELLED]
    spoken = material.listed_apart(
        f"{material.country(code)}: {material.printed_total(_persons(material, code))}" for code in largest
    )
    return material.say("{title}. The largest: {countries}.", title=title, countries=spoken)


def _steps(most: float) -> tuple[float, float, float]:
    from reporting.report.charts import nice_ceiling

    return nice_ceiling(most / 20), nice_ceiling(most / 6), nice_ceiling(most / 2.5)


def _tile(material: Material, code: str, persons: float | None, steps: tuple[float, float, float]) -> Cell:
    if persons is None:
        return Cell(code, note=material.say("no figure"), tone="level0")
    level = 1 + sum(persons > step for step in steps)
    return Cell(code, note=material.printed_total(_persons(material, code)), tone=f"level{level}")


def cover_map(material: Material) -> MapPicture:
    """The map of the cover: the report's countries in blue on navy, with their circles."""
    whole_world = material.worldwide
    persons = persons_by_country(material)
    fills = {code: colour("Blue") for code in shades(material, persons)}
    return map_of(
        fills,
        persons,
        {},
        whole_world=whole_world,
        largest_radius=0.03 if whole_world else 0.05,
        ground="#24487A",
        ratio=1.2,
    )


def cover_tiles(material: Material) -> tuple[tuple[Cell, ...], ...]:
    """The cover of the made-up world: its countries as tiles."""
    persons = persons_by_country(material)
    steps = _steps(max(persons.values(), default=0))
    codes = sorted({country for row in material.rows for country in row.countries})
    tones = [_tile(material, code, persons.get(code), steps).tone for code in codes]
    tiles = [Cell(code, tone="level3" if tone == "level4" else tone) for code, tone in zip(codes, tones, strict=True)]
    return tuple(tuple(tiles[at : at + 6]) for at in range(0, len(tiles), 6))


def _persons(material: Material, country: str) -> Total:
    """The persons of concern of a country."""
    return total(material.figure("populations.closing", "country", country, group=group) for group in GROUPS)


def in_few_characters(material: Material, persons: Total) -> str:
    """A large number in words, which say that it is rounded; any other as it is printed."""
    if persons.value is None or abs(persons.value) < numbers.LARGE:
        return material.printed_total(persons)
    return numbers.short(persons.value, material.language)


def total_persons(material: Material) -> Total:
    """All persons of concern in scope."""
    return total(material.figure("populations.closing", *material.whole, group=group) for group in GROUPS)

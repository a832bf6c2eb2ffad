"""Maps drawn from Natural Earth's borders (public domain), in the Robinson projection.

The file is TopoJSON: arcs shared by neighbours, stored as differences of whole numbers (github.com/topojson/topojson-specification).
Borders between two countries are drawn once; borders that the United Nations does not show are not drawn.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from reporting.languages import to_say
from reporting.paths import templates_folder
from reporting.report.colours import LAND, hatchings
from reporting.report.drawings import Circle, MapPicture, Place, Shape
from reporting.schema.translation import alpha_2

DISCLAIMER: Final = to_say(
    "The boundaries and names shown and the designations used on this map do not imply official endorsement or "
    "acceptance by the United Nations."
)

Point = tuple[float, float]
Frame = tuple[float, float, float, float]
"""Left, top, width and height, in map units."""
Ring = tuple[Point, ...]

_WIDE: Final = 200
"""A country wider than this, in map units, does not set the frame of its region."""

_CHARACTER: Final = 0.0082
_LINE: Final = 0.017
"""Width of a label's character and height of its line, as parts of the map's width."""

_LARGE: Final = 0.25
_HIDES: Final = 0.9
"""The part of a circle's radius within which a label would be hard to read."""

_ACROSS: Final = 600
"""A ring wider than this, in map units, is an island cut by the date line; it is left out."""

_ROBINSON: Final = (
    (1.0000, 0.0000), (0.9986, 0.0620), (0.9954, 0.1240), (0.9900, 0.1860), (0.9822, 0.2480), (0.9730, 0.3100),
    (0.9600, 0.3720), (0.9427, 0.4340), (0.9216, 0.4958), (0.8962, 0.5571), (0.8679, 0.6176), (0.8350, 0.6769),
    (0.7986, 0.7346), (0.7597, 0.7903), (0.7186, 0.8435), (0.6732, 0.8936), (0.6213, 0.9394), (0.5722, 0.9761),
    (0.5322, 1.0000),
)  # fmt: skip
"""Length of parallel and distance from the equator for every 5 degrees (A. H. Robinson, 1974)."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country's rings in map units, and the middle of its largest ring."""

    code: str
    rings: tuple[Ring, ...]
    middle: Point


@dataclass(frozen=True, slots=True)
class World:
    """All countries by ISO 3166 alpha-2 code, and the borders between them."""

    countries: Mapping[str, Country]
    borders: tuple[tuple[frozenset[str], Ring], ...]


def project(longitude: float, latitude: float) -> Point:
    """Robinson's projection of degrees, in units of a map 1,000 wide, north up."""
    fifths = min(abs(latitude) / 5, 17.999)
    low = int(fifths)
    part = fifths - low
    length = _ROBINSON[low][0] + part * (_ROBINSON[low + 1][0] - _ROBINSON[low][0])
    height = _ROBINSON[low][1] + part * (_ROBINSON[low + 1][1] - _ROBINSON[low][1])
    x = 0.8487 * length * math.radians(longitude)
    y = 1.3523 * height * (1 if latitude >= 0 else -1)
    unit = 1000 / (2 * 0.8487 * math.pi)
    return 500 + x * unit, 260 - y * unit


@cache
def world() -> World:
    """The world, read once."""
    topology = json.loads((templates_folder() / "maps" / "natural_earth_countries_110m.topo.json").read_bytes())
    arcs = _arcs(topology)
    countries: dict[str, list[Ring]] = {}
    sides: dict[int, set[str]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = _code(geometry)
        for polygon in _polygons(geometry):
            rings = [_ring(indices, arcs) for indices in polygon]
            countries.setdefault(code, []).extend(ring for ring in rings if _width(ring) < _ACROSS)
            for indices in polygon:
                for index in indices:
                    sides.setdefault(index if index >= 0 else ~index, set()).add(code)
    shared = tuple((frozenset(pair), arcs[index]) for index, pair in sorted(sides.items()) if len(pair) == 2)
    left_out = _codes("left_out").values()
    drawn = {code: _country(code, rings) for code, rings in sorted(countries.items()) if code not in left_out}
    return World(drawn, shared)


def middle_of(code: str) -> Point | None:
    """Where a country's circle stands, by ISO alpha-3 code; None for a place that is on no map."""
    short = alpha_2(code)
    if short in world().countries:
        return world().countries[short].middle
    for row in _known_places("centre"):
        if row["code"] == short:
            return project(float(row["longitude"]), float(row["latitude"]))
    return None


@cache
def _known_places(kind: str) -> tuple[Mapping[str, str], ...]:
    """What the file of shapes does not say of places (``templates/maps/places.csv``): rows of one kind."""
    path = templates_folder() / "maps" / "places.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(row for row in csv.DictReader(file) if row["kind"] == kind)


@cache
def _codes(kind: str) -> Mapping[str, str]:
    """Codes by name, of one kind of places."""
    return {row["name"]: row["code"] for row in _known_places(kind)}


def map_of(
    shades: Mapping[str, str],
    circles: Mapping[str, float],
    labels: Mapping[str, str],
    *,
    whole_world: bool,
    largest_radius: float = 0.045,
    ground: str = LAND,
    ratio: float | None = None,
) -> MapPicture:
    """A map of the countries in ``shades`` (alpha-3 code to fill), with a circle by number of persons.

    ``largest_radius`` is the largest circle's radius as a part of the map's width; ``labels`` are printed beside
    circles. ``ratio`` fixes the height as a part of the width.
    """
    frame = _fitted(_frame(shades if not whole_world else ()), ratio)
    by_short = {alpha_2(code): fill for code, fill in shades.items()}
    shapes = tuple(
        Shape(_path(seen), by_short.get(code, ground))
        for code, country in world().countries.items()
        if (seen := [ring for ring in country.rings if _in_sight(ring, frame)])
    )
    left, top, width, height = frame
    most = max(circles.values(), default=0) or 1
    drawn = [
        Circle(round(x, 1), round(y, 1), round(largest_radius * width * math.sqrt(persons / most), 2))
        for code, persons in sorted(circles.items(), key=lambda item: -item[1])
        if persons > 0 and (middle := middle_of(code)) and (x := middle[0], y := middle[1])
    ]
    return MapPicture(
        view_box=f"{left:.1f} {top:.1f} {width:.1f} {height:.1f}",
        ratio=f"{100 * height / width:.2f}",
        shapes=shapes,
        borders="".join(_open_path(line) for _, line in world().borders if _in_sight(line, frame)),
        circles=tuple(drawn),
        places=tuple(_places(labels, circles, frame, largest_radius, most)),
        hatchings=tuple(item for item in hatchings() if f"url(#{item.id})" in shades.values()),
        stripe=round(width / 120, 2),
    )


def _places(
    labels: Mapping[str, str], circles: Mapping[str, float], frame: Frame, largest: float, most: float
) -> Iterable[Place]:
    """Labels beside their circles, right or left; one that would cover another is left out (the table has it)."""
    left, top, width, height = frame
    taken = [box for code in labels for box in _large_circle(code, circles, largest * width, most)]
    for code, text in labels.items():
        middle = middle_of(code)
        if middle is None:
            continue
        radius = largest * width * math.sqrt(circles.get(code, 0) / most)
        long, high = _CHARACTER * width * len(text), _LINE * width
        for start in (middle[0] + radius + 0.004 * width, middle[0] - radius - 0.004 * width - long):
            box = (start, middle[1] - high / 2, long, high)
            if start >= left and start + long <= left + width and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield Place(text, f"{100 * (start - left) / width:.2f}", f"{100 * (middle[1] - top) / height:.2f}")
                break


def _large_circle(code: str, circles: Mapping[str, float], largest: float, most: float) -> Iterable[Frame]:
    """The square within a circle that is large enough to hide a label; labels keep off it."""
    middle = middle_of(code)
    half = _HIDES * largest * math.sqrt(circles.get(code, 0) / most)
    if middle and half > _LARGE * largest:
        yield middle[0] - half, middle[1] - half, 2 * half, 2 * half


def _overlap(one: Frame, other: Frame) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def _frame(codes: Iterable[str]) -> Frame:
    """Left, top, width and height around countries, with a margin; the inhabited world for none."""
    codes = tuple(codes)
    points = [middle for code in codes if (middle := middle_of(code))]
    outlines = [
        _largest(world().countries[alpha_2(code)].rings) for code in codes if alpha_2(code) in world().countries
    ]
    points += [point for outline in outlines if _width(outline) < _WIDE for point in outline]
    if not points:
        return 30.0, 20.0, 960.0, 410.0
    xs, ys = [x for x, _ in points], [y for _, y in points]
    margin = 0.06 * max(max(xs) - min(xs), max(ys) - min(ys))
    left, top = min(xs) - margin, min(ys) - margin
    width, height = max(xs) - left + margin, max(ys) - top + margin
    return _shaped(left, top, width, height)


def _fitted(frame: Frame, ratio: float | None) -> Frame:
    """The frame grown upwards to a height of ``ratio`` times its width: what it showed stands at its foot."""
    left, top, width, height = frame
    if ratio is None:
        return frame
    return left, top + height - ratio * width, width, ratio * width


def _shaped(left: float, top: float, width: float, height: float) -> Frame:
    """The frame widened or heightened to between 0.5 and 0.8 of its width."""
    if height > 0.8 * width:
        wider = height / 0.8
        return left - (wider - width) / 2, top, wider, height
    if height < 0.5 * width:
        higher = 0.5 * width
        return left, top - (higher - height) / 2, width, higher
    return left, top, width, height


def _in_sight(line: Ring, frame: Frame) -> bool:
    """Whether any of a line, or of what it runs around, can be within the frame."""
    left, top, width, height = frame
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return min(xs) <= left + width and max(xs) >= left and min(ys) <= top + height and max(ys) >= top


def _arcs(topology: dict[str, object]) -> list[Ring]:
    transform = topology["transform"]
    scale, translate = transform["scale"], transform["translate"]  # type: ignore[index]
    arcs = []
    for arc in topology["arcs"]:  # type: ignore[attr-defined]
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append(project(x * scale[0] + translate[0], y * scale[1] + translate[1]))
        arcs.append(tuple(line))
    return arcs


def _polygons(geometry: dict[str, list[list[list[list[int]]]]]) -> Sequence[Sequence[Sequence[int]]]:
    arcs = geometry["arcs"]
    return arcs if str(geometry["type"]) == "MultiPolygon" else [arcs]  # type: ignore[list-item, return-value]


def _code(geometry: dict[str, dict[str, str]]) -> str:
    name = geometry["properties"]["name"]
    return _codes("part").get(name) or alpha_2(str(geometry.get("id", name)))


def _ring(indices: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    points: list[Point] = []
    for index in indices:
        line = arcs[index] if index >= 0 else tuple(reversed(arcs[~index]))
        points.extend(line if not points else line[1:])
    return tuple(points)


def _country(code: str, rings: Sequence[Ring]) -> Country:
    return Country(code, tuple(rings), _centroid(_largest(rings)))


def _width(ring: Ring) -> float:
    xs = [x for x, _ in ring]
    return max(xs) - min(xs)


def _largest(rings: Sequence[Ring]) -> Ring:
    return max(rings, key=lambda ring: abs(_area(ring)))


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _centroid(ring: Ring) -> Point:
    area = _area(ring) or 1e-9
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / (6 * area)
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / (6 * area)
    return x, y


def _path(rings: Iterable[Ring]) -> str:
    return "".join(f"{_open_path(ring)}Z" for ring in rings)


def _open_path(line: Ring) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line)

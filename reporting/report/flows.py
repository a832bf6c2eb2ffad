"""Charts of flows: persons by where they come from and where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reporting.report.charts import WIDTH, end_label
from reporting.report.drawings import End, FlowChart, Mark, Ribbon

_BAR: Final = 12
"""Width of the bar at each end, in units of the chart's width."""
_DEPTH: Final = 72.0
"""Depth of all persons together, in millimetres."""
_SLOT: Final = 3.9
"""The least room for an end and its label, in millimetres."""
_THINNEST: Final = 0.3
"""Depth of the smallest ribbon, in millimetres, so that it can be seen."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Persons who came from one place and are at another; the places by their names."""

    origin: str
    destination: str
    persons: float


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of the chart: the top and the size of each place, in millimetres, largest first."""

    tops: Mapping[str, float]
    sizes: Mapping[str, float]
    depth: float


def flow_chart(
    title: str,
    heads: tuple[str, str],
    flows: Sequence[Flow],
    printed: Mapping[tuple[str, str], str],
    fills: Sequence[str],
    *,
    source: str = "",
) -> FlowChart:
    """Ribbons from origins to destinations, each side sorted by size.

    ``printed`` are the values of the flows, of each origin (its name and an empty text) and of each destination (an empty
    text and its name). Ribbons have the fill of their origin; ``fills`` are taken round.
    """
    scale = _DEPTH / (sum(flow.persons for flow in flows) or 1)
    left = _side([(flow.origin, flow.persons * scale) for flow in flows])
    right = _side([(flow.destination, flow.persons * scale) for flow in flows])
    colours = {name: fills[place % len(fills)] for place, name in enumerate(left.sizes)}
    depth = max(left.depth, right.depth)
    spoken = "; ".join(
        f"{flow.origin} – {flow.destination}: {printed[flow.origin, flow.destination]}" for flow in flows
    )
    return FlowChart(
        title=title,
        alternative=f"{title}. {spoken}."[:1500],
        head_from=heads[0],
        head_to=heads[1],
        origins=tuple(_end(left, name, printed[name, ""], depth) for name in left.sizes),
        destinations=tuple(_end(right, name, printed["", name], depth) for name in right.sizes),
        ribbons=tuple(_ribbons(flows, left, right, scale, colours)),
        marks=(*_bars(left, 0, colours), *_bars(right, WIDTH - _BAR, {})),
        height=round(depth, 1),
        depth=round(depth, 2),
        source=source,
    )


def _side(pairs: Sequence[tuple[str, float]]) -> _Side:
    sizes: dict[str, float] = {}
    for name, size in pairs:
        sizes[name] = sizes.get(name, 0.0) + size
    ordered = dict(sorted(sizes.items(), key=lambda item: (-item[1], item[0])))
    tops: dict[str, float] = {}
    reached = 0.0
    for name, size in ordered.items():
        tops[name] = reached + max(0.0, (_SLOT - size) / 2)
        reached += max(size, _SLOT) + 1
    return _Side(tops, ordered, reached - 1)


def _end(side: _Side, name: str, value: str, depth: float) -> End:
    return End(end_label(name, value), value, round(100 * (side.tops[name] + side.sizes[name] / 2) / depth, 2))


def _ribbons(
    flows: Sequence[Flow], left: _Side, right: _Side, scale: float, colours: Mapping[str, str]
) -> list[Ribbon]:
    """The ribbons, those of one end side by side in the order of the other side, so that they do not cross at the end."""
    at_left, at_right = dict(left.tops), dict(right.tops)
    order = {name: place for place, name in enumerate(right.sizes)}
    ranks = {name: place for place, name in enumerate(left.sizes)}
    ribbons = []
    for flow in sorted(flows, key=lambda item: (ranks[item.origin], order[item.destination])):
        size = flow.persons * scale
        start, end = at_left[flow.origin], at_right[flow.destination]
        at_left[flow.origin] += size
        at_right[flow.destination] += size
        ribbons.append(Ribbon(_curve(start, end, max(size, _THINNEST)), colours[flow.origin]))
    return ribbons


def _curve(start: float, end: float, size: float) -> str:
    first, last, middle = _BAR, WIDTH - _BAR, WIDTH / 2
    return (
        f"M{first} {start:.2f}C{middle:g} {start:.2f} {middle:g} {end:.2f} {last} {end:.2f}"
        f"V{end + size:.2f}C{middle:g} {end + size:.2f} {middle:g} {start + size:.2f} {first} {start + size:.2f}Z"
    )


def _bars(side: _Side, x: float, colours: Mapping[str, str]) -> list[Mark]:
    return [
        Mark(x, round(side.tops[name], 2), _BAR, round(max(size, _THINNEST), 2), colours.get(name, "#18375F"))
        for name, size in side.sizes.items()
    ]

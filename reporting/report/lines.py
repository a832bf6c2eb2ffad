"""Line charts of two years: a line a place, named at both of its ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reporting.report.charts import WIDTH, end_label
from reporting.report.drawings import End, LineChart, Mark, Ribbon

_SLOT: Final = 3.9
"""The least room between two labels, in millimetres."""
_LEAST_DEPTH: Final = 34.0
"""Millimetres between nil and the largest value, where few lines need no more."""
_THICK: Final = 0.55
"""Thickness of a line, in millimetres."""
_LEADER: Final = 70
"""Width of what leads from a label to its line where labels are pushed apart, in units of the chart's width."""
_DOT: Final = 10


@dataclass(frozen=True, slots=True)
class Course:
    """What a place had in the one year and in the other, and both as printed."""

    label: str
    before: float
    after: float
    printed: tuple[str, str]


def line_chart(
    title: str, heads: tuple[str, str], courses: Sequence[Course], fills: tuple[str, str], *, source: str = ""
) -> LineChart:
    """A line for each of ``courses``, on one scale from nil; ``fills`` are those of lines that rise, and of all others."""
    depth = max(_LEAST_DEPTH, len(courses) * _SLOT) + _SLOT
    scale = (depth - _SLOT) / (max(max(course.before, course.after) for course in courses) or 1)
    starts, ends = (
        [depth - _SLOT / 2 - value * scale for value in values]
        for values in ([course.before for course in courses], [course.after for course in courses])
    )
    at_start, at_end = _apart(starts, depth), _apart(ends, depth)
    chosen = [fills[0] if course.after > course.before else fills[1] for course in courses]
    spoken = "; ".join(f"{course.label}: {', '.join(course.printed)}" for course in courses)
    return LineChart(
        title=title,
        alternative=f"{title}. {spoken}."[:1500],
        head_from=heads[0],
        head_to=heads[1],
        origins=tuple(
            _end(course.label, course.printed[0], top, depth) for course, top in zip(courses, at_start, strict=True)
        ),
        destinations=tuple(
            _end(course.label, course.printed[1], top, depth) for course, top in zip(courses, at_end, strict=True)
        ),
        ribbons=tuple(
            Ribbon(_path(label, start, end, other), fill)
            for label, start, end, other, fill in zip(at_start, starts, ends, at_end, chosen, strict=True)
        ),
        marks=tuple(
            Mark(x, round(y - 0.8, 2), _DOT, 1.6, fill)
            for x, side in ((_LEADER, starts), (WIDTH - _LEADER - _DOT, ends))
            for y, fill in zip(side, chosen, strict=True)
        ),
        height=round(depth, 1),
        depth=round(depth, 2),
        source=source,
    )


def _apart(places: Sequence[float], depth: float) -> list[float]:
    """The places, each at least a slot from the next, none beyond the chart, in the same order."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    lowest = _SLOT / 2
    for index in order:
        moved[index] = lowest = max(places[index], lowest)
        lowest += _SLOT
    highest = depth - _SLOT / 2
    for index in reversed(order):
        moved[index] = highest = min(moved[index], highest)
        highest -= _SLOT
    return moved


def _end(label: str, value: str, top: float, depth: float) -> End:
    return End(end_label(label, value), value, round(100 * top / depth, 2))


def _path(label: float, start: float, end: float, other: float) -> str:
    """A line from label to label, by the values of both years."""
    points = [(0, label), (_LEADER, start), (WIDTH - _LEADER, end), (WIDTH, other)]
    there = "L".join(f"{x} {y - _THICK / 2:.2f}" for x, y in points)
    back = "L".join(f"{x} {y + _THICK / 2:.2f}" for x, y in reversed(points))
    return f"M{there}L{back}Z"

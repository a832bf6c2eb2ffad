"""Charts: scales and series, prepared so that a macro only has to draw rectangles.

Bars run over 1,000 units of width; a row is 10 units deep. The labels stand as text beside the drawing, so that a
chart reads as a table, in either direction of writing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reporting.report.colours import hatchings
from reporting.report.drawings import Bar, BarChart, Dot, DotPlot, Hatching, Key, Mark, Panel, Panels, Pyramid

WIDTH: Final = 1000
DEPTH: Final = 10
_TWO_LINES: Final = 8
"""Rows higher than this, in millimetres, hold labels of two lines."""
_WRAPPED: Final = 8.2
"""The height of a row of two lines, in millimetres."""
_PANEL_LABELS: Final = ((23.5, 50), (29, 60))
"""The width of the labels of a small chart: in the measure of a large one, and in per cent; wider where they are long."""
_VALUES: Final = 13
"""The least width of a column of values, in per cent of a large chart."""
_CHARACTER: Final = 0.85
"""The width of a character of a value, in per cent of a large chart."""
_PANEL_CHARACTER: Final = 1.8
"""The same in per cent of a small one."""
_END: Final = 30
"""The characters beside the end of a line or ribbon: a label and its value."""
_LEAST_LABEL: Final = 6
_PANEL_VALUES: Final = 14
"""The least width of the values of a small chart, in per cent of it."""
_DOT: Final = 14
"""Room for half a dot at either end of the scale."""
_JOIN: Final = "#9AA4B0"
_GAP: Final = 2.2
"""Free space above and below a bar, in units of depth."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of a chart: its label, the lengths of its segments, the values printed, and a value to mark by a line."""

    label: str
    segments: tuple[float, ...]
    values: tuple[str, ...]
    marked: float | None = None


def nice_ceiling(value: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten at or above ``value``; 1 for nil."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value * (1 - 1e-9))


def bar_chart(
    title: str,
    heads: tuple[str, ...],
    series: Sequence[Series],
    fills: Sequence[str],
    *,
    keys: tuple[Key, ...] = (),
    source: str = "",
    whole: float | None = None,
    row_height: float = 5.4,
    label_width: float = 30,
    value_width: float = _VALUES,
) -> BarChart:
    """Horizontal, stacked where a row has several segments. ``whole`` fixes the scale (such as 100 for shares)."""
    row_height = _high_enough([row.label for row in series], label_width, row_height)
    longest = max((max(sum(row.segments), row.marked or 0) for row in series), default=0)
    scale = WIDTH / (whole or longest or 1)
    marks = [mark for place, row in enumerate(series) for mark in _bar(place, row, fills, scale)]
    spoken = "; ".join(f"{row.label}: {', '.join(row.values)}" for row in series)
    return BarChart(
        title=title,
        alternative=f"{title}. {spoken}."[:1500],
        heads=heads,
        bars=tuple(Bar(shortened(row.label, label_width, row_height), row.values) for row in series),
        marks=tuple(marks),
        height=round(len(series) * row_height, 2),
        depth=len(series) * DEPTH,
        row_height=row_height,
        keys=keys,
        hatchings=_used(fills),
        source=source,
        label_width=label_width,
        value_width=_wide_enough([text for row in series for text in row.values], value_width, _CHARACTER),
    )


def panels(
    title: str,
    parts: Sequence[tuple[str, Sequence[Series]]],
    fill: str,
    *,
    source: str = "",
    row_height: float = 3.3,
) -> Panels:
    """Small multiples: a panel for each of ``parts``, its heading and its rows, all on one scale."""
    longest = max((row.segments[0] for _, rows in parts for row in rows), default=0) or 1
    widest = max((len(row.label) for _, rows in parts for row in rows), default=0)
    widths = next((item for item in _PANEL_LABELS if widest <= _room(item[0])), _PANEL_LABELS[-1])
    drawn = (_panel(*part, fill, WIDTH / longest, row_height, widths=widths) for part in parts)
    values = [row.values[0] for _, rows in parts for row in rows]
    return Panels(title, tuple(drawn), source, value_width=_wide_enough(values, _PANEL_VALUES, _PANEL_CHARACTER))


def _panel(
    title: str, rows: Sequence[Series], fill: str, scale: float, row_height: float, *, widths: tuple[float, float]
) -> Panel:
    room, label_width = widths
    row_height = _high_enough([row.label for row in rows], room, row_height)
    return Panel(
        title=title,
        alternative=_spoken(title, "", [(row.label, row.values[0]) for row in rows]),
        bars=tuple(Bar(shortened(row.label, room, row_height), row.values) for row in rows),
        marks=tuple(mark for place, row in enumerate(rows) for mark in _bar(place, row, [fill], scale)),
        height=round(len(rows) * row_height, 2),
        depth=len(rows) * DEPTH,
        row_height=row_height,
        label_width=label_width,
    )


def dot_plot(
    title: str,
    heads: tuple[str, ...],
    rows: Sequence[tuple[str, float, float, tuple[str, ...]]],
    fill: str,
    *,
    keys: tuple[Key, ...] = (),
    source: str = "",
    row_height: float = 5.4,
) -> DotPlot:
    """Rows of label, earlier and later value, and the values as printed."""
    row_height = _high_enough([label for label, _, _, _ in rows], 30, row_height)
    longest = max((max(before, after) for _, before, after, _ in rows), default=0) or 1
    scale = (WIDTH - 2 * _DOT) / longest
    dots: list[Dot] = []
    lines: list[Mark] = []
    for place, (_, before, after, _) in enumerate(rows):
        middle = place * DEPTH + DEPTH / 2
        start, end = (round(_DOT + value * scale, 1) for value in (before, after))
        lines.append(Mark(min(start, end), middle - 0.4, round(abs(end - start), 1), 0.8, _JOIN))
        dots += [Dot(start, middle, fill, hollow=True), Dot(end, middle, fill)]
    spoken = [(label, ", ".join(values)) for label, _, _, values in rows]
    return DotPlot(
        title=title,
        alternative=_spoken(title, "", spoken)[:1500],
        heads=heads,
        bars=tuple(Bar(shortened(label, 30, row_height), values) for label, _, _, values in rows),
        dots=tuple(dots),
        lines=tuple(lines),
        height=round(len(rows) * row_height, 2),
        depth=len(rows) * DEPTH,
        row_height=row_height,
        keys=keys,
        source=source,
        value_width=_wide_enough([text for _, _, _, values in rows for text in values], _VALUES, _CHARACTER),
    )


def pyramid(
    title: str,
    heads: tuple[str, str, str],
    rows: Sequence[tuple[str, float, float, str, str]],
    fills: tuple[str, str],
    *,
    source: str = "",
    row_height: float = 7.0,
) -> Pyramid:
    """Rows of label, left and right value, and the two values as printed; ``heads`` are left, middle, right."""
    longest = max((max(left, right) for _, left, right, _, _ in rows), default=0) or 1
    scale = WIDTH / longest
    left_marks = [
        Mark(round(WIDTH - left * scale, 1), place * DEPTH + 1, round(left * scale, 1), DEPTH - 2, fills[0])
        for place, (_, left, _, _, _) in enumerate(rows)
    ]
    right_marks = [
        Mark(0, place * DEPTH + 1, round(right * scale, 1), DEPTH - 2, fills[1])
        for place, (_, _, right, _, _) in enumerate(rows)
    ]
    return Pyramid(
        title=title,
        alternative_left=_spoken(title, heads[0], [(label, text) for label, _, _, text, _ in rows]),
        alternative_right=_spoken(title, heads[2], [(label, text) for label, _, _, _, text in rows]),
        head_left=heads[0],
        head_middle=heads[1],
        head_right=heads[2],
        rows=tuple((left, label, right) for label, _, _, left, right in rows),
        left=tuple(left_marks),
        right=tuple(right_marks),
        height=round(len(rows) * row_height, 2),
        depth=len(rows) * DEPTH,
        row_height=row_height,
        source=source,
    )


def _bar(place: int, row: Series, fills: Sequence[str], scale: float) -> list[Mark]:
    top, depth = place * DEPTH + _GAP, DEPTH - 2 * _GAP
    marks: list[Mark] = []
    reached = 0.0
    for length, fill in zip(row.segments, fills, strict=True):
        if length > 0:
            width = max(length * scale - 1, 1.5)
            marks.append(Mark(round(reached * scale, 1), top, round(width, 1), depth, fill))
        reached += length
    if row.marked is not None:
        at = min(row.marked * scale, WIDTH - 4)
        marks.append(Mark(round(at, 1), place * DEPTH + 0.9, 4, DEPTH - 1.8, "#18375F"))
    return marks


def _high_enough(labels: Sequence[str], width: float, row_height: float) -> float:
    """The height of rows, raised to hold two lines where a label does not fit on one."""
    return max(row_height, _WRAPPED) if any(len(label) > _room(width) for label in labels) else row_height


def _room(width: float) -> int:
    """The characters that a line of a label of ``width`` holds."""
    return int(width * 1.25)


def shortened(label: str, width: float, row_height: float) -> str:
    """A label that fits its column on one line, or on two where rows are high; tables print it in full."""
    room = _room(width) * (2 if row_height > _TWO_LINES else 1)
    return label if len(label) <= room else f"{label[: room - 1].rstrip()}…"


def end_label(label: str, value: str) -> str:
    """What fits of a label beside its value at the end of a line: of the value nothing may be missing."""
    room = max(_END - len(value) - 1, _LEAST_LABEL)
    return label if len(label) <= room else f"{label[: room - 1].rstrip()}…"


def _wide_enough(values: Sequence[str], least: float, character: float) -> float:
    """The width of a column of values, in per cent: nothing of a number may be cut off or drawn over."""
    return max(least, round(1.5 + character * max(map(len, values), default=0), 1))


def _used(fills: Sequence[str]) -> tuple[Hatching, ...]:
    return tuple(item for item in hatchings() if f"url(#{item.id})" in fills)


def _spoken(title: str, side: str, values: Sequence[tuple[str, str]]) -> str:
    return (
        (f"{title}, {side}. " if side else f"{title}. ") + "; ".join(f"{label}: {text}" for label, text in values) + "."
    )

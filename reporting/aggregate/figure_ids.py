"""What leads to one figure in every output: ``indicator/level/area``, then ``heading=code`` for each heading.

The world is its own area: ``trafficking.victims/world``, ``trafficking.victims_by_sex/bureau/africa/sex=f``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.aggregate.figures import WORLD_AREA, Level
from reporting.errors import UsageError


@dataclass(frozen=True, slots=True)
class FigureId:
    """The parts of a figure's id; it stands for all figures that have these headings, and perhaps more."""

    indicator: str
    level: Level
    area: str
    headings: Mapping[str, str]

    def covers(self, dimensions: Mapping[str, str]) -> bool:
        """Whether a figure with this breakdown is meant."""
        return self.headings.items() <= dimensions.items()


def parse_figure_id(text: str) -> FigureId:
    """The parts of an id as reports and exports print it.

    Raises:
        UsageError: it is no such id; the message says how one is made.
    """
    indicator, *rest = text.split("/")
    levels = [str(level) for level in Level]
    if not rest or rest[0] not in levels:
        raise UsageError(f"“{text}” is no id of a figure: after the indicator stands one of {', '.join(levels)}")
    level = Level(rest[0])
    places = 0 if level is Level.WORLD else 1
    if len(rest) <= places:
        raise UsageError(
            f"“{text}” is no id of a figure: after “{level}” stands which one, as in {indicator}/{level}/…"
        )
    headings = [part.partition("=") for part in rest[1 + places :]]
    if wrong := [name + sign + code for name, sign, code in headings if not (name and sign and code)]:
        raise UsageError(f"“{text}” is no id of a figure: “{wrong[0]}” is not heading=code, such as sex=f")
    area = rest[1] if places else WORLD_AREA
    return FigureId(indicator, level, area, {name: code for name, _, code in headings})

"""The cells a trace names, read again with another library, give the figure."""

import random
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from reporting.aggregate.figures import Level, Status
from reporting.aggregate.trace import TracedFigure
from reporting.pipeline import collect
from reporting.schema.model import Combines, Measure
from tests.samples.conftest import build

FIGURES = 20


@cache
def workbook(path: str) -> Workbook:
    return openpyxl.load_workbook(path, data_only=True)


def picked(folder: Path, seed: int) -> list[TracedFigure]:
    """Figures that add up, picked from all levels by chance."""
    chance = random.Random(seed)
    collection = collect(folder)
    summed = [
        item
        for item in collection.schema.indicators
        if item.measure is Measure.SUM and item.combines in {Combines.SUM, Combines.LATEST}
    ]
    known: list[TracedFigure] = []
    for indicator in summed:
        level = chance.choice(list(Level))
        traced = collection.traced(collection.figures_at(level, [indicator]), level)
        known += [item for item in traced if item.figure.status is Status.KNOWN]
    return chance.sample(known, FIGURES)


@pytest.mark.parametrize(("world", "year"), [("2008", "."), ("fictional", "2008"), ("2007", ".")])
def test_figures_picked_at_random_are_the_sum_of_the_cells_they_lead_to(world: str, year: str) -> None:
    for item in picked(build(world) / year, seed=2008):
        cells = [workbook(one.path)[one.sheet][one.cell].value for one in item.contributions if one.number is not None]
        assert sum(cells) == item.figure.value, item.figure

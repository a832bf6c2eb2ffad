"""The order of files, of sheets and of rows says nothing: no figure changes by it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import openpyxl
import pytest

from reporting.aggregate.figures import Figure
from reporting.pipeline import collect
from reporting.schema.compiled import load_schema
from reporting.workbook.filling import Filling
from reporting.workbook.template import write_return
from sample_submissions.builder.fictional import filling_2008
from sample_submissions.builder.fictional_world import offices

SCHEMA = load_schema("apr-2008")
SEEDS = (1, 2)


def shuffled(rows: Sequence[Mapping[str, object]], chance: Random) -> list[Mapping[str, object]]:
    return chance.sample(list(rows), len(rows))


def written(folder: Path, fillings: Sequence[Filling], names: Sequence[str]) -> list[Path]:
    folder.mkdir()
    for name, filling in zip(names, fillings, strict=True):
        label = SCHEMA.codes["offices"].label_of(filling.office)
        write_return(SCHEMA, filling, folder / name, office_label=label)
    return [folder / name for name in names]


def figures(folder: Path) -> list[Figure]:
    return list(collect(folder).figures)


@pytest.fixture(scope="module")
def fillings() -> list[Filling]:
    """Returns that are accepted, one of them of several countries."""
    chosen = [office for office in offices() if office.reports_victims][:3]
    return [filling_2008(office) for office in chosen]


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory, fillings: list[Filling]) -> list[Figure]:
    folder = tmp_path_factory.mktemp("order") / "straight"
    written(folder, fillings, [f"{number}.xlsx" for number in range(len(fillings))])
    made = figures(folder)
    assert {item.area for item in made if item.level == "office"} == {item.office for item in fillings}
    return made


@pytest.mark.parametrize("seed", SEEDS)
def test_files_and_rows_in_another_order_give_the_same_figures(
    tmp_path: Path, fillings: list[Filling], straight: list[Figure], seed: int
) -> None:
    chance = Random(seed)
    turned = [
        replace(item, tables={name: shuffled(rows, chance) for name, rows in item.tables.items()}) for item in fillings
    ]
    written(
        tmp_path / "turned", chance.sample(turned, len(turned)), [f"z{number}.xlsx" for number in range(len(turned))]
    )
    assert figures(tmp_path / "turned") == straight


@pytest.mark.parametrize("seed", SEEDS)
def test_sheets_in_another_order_give_the_same_figures(
    tmp_path: Path, fillings: list[Filling], straight: list[Figure], seed: int
) -> None:
    chance = Random(seed)
    for path in written(tmp_path / "moved", fillings, [f"{number}.xlsx" for number in range(len(fillings))]):
        workbook = openpyxl.load_workbook(path)
        names = workbook.sheetnames
        for name in names:
            workbook.move_sheet(name, chance.randint(-len(names), len(names)))
        assert workbook.sheetnames != names
        workbook.save(path)
    assert figures(tmp_path / "moved") == straight

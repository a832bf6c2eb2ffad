"""The handful of returns that a visitor can open is current and small."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from sample_submissions.builder.worlds import world
from sample_submissions.builder.write import same_parts, write_sample

SAMPLES = Path(__file__).resolve().parents[2] / "sample_submissions"


def committed() -> list[str]:
    """Those that .gitignore lets through."""
    rules = (SAMPLES / ".gitignore").read_text(encoding="utf-8").splitlines()
    return [rule.removeprefix("!/") for rule in rules if rule.startswith("!/") and rule.endswith(".xlsx")]


def test_kenya_thailand_albania_malaysia_a_fictional_and_a_blank_return_are_committed() -> None:
    assert {"2008/KEN-2008.xlsx", "2008/THA-2008.xlsx", "2008/ALB-2008.xlsx", "2007/MYS-2007.xlsx"} < set(committed())
    assert {path.split("/")[0] for path in committed()} == {"2007", "2008", "fictional", "blank"}


@pytest.mark.parametrize("path", committed())
def test_a_committed_return_is_what_the_builder_writes(path: str, tmp_path: Path) -> None:
    filling = dict(world(path.partition("/")[0]).fillings())[path]
    rebuilt = tmp_path / "sample.xlsx"
    write_sample((rebuilt, filling))
    assert same_parts(rebuilt, SAMPLES / path), f"{path} is stale: run `make samples` and commit it"


def test_make_samples_leaves_nothing_to_commit() -> None:
    if not (SAMPLES.parent / ".git").exists():
        pytest.skip("not a checkout")
    changed = subprocess.run(
        ["git", "diff", "--name-only", "--", *committed()], cwd=SAMPLES, check=True, capture_output=True, text=True
    )
    assert changed.stdout == ""


def test_building_twice_writes_the_same_parts_and_keeps_the_file(tmp_path: Path) -> None:
    path = tmp_path / "sample.xlsx"
    filling = dict(world("2007").fillings())["2007/MYS-2007.xlsx"]
    first = write_sample((path, filling))
    written = path.stat().st_ino
    assert write_sample((path, filling)) == first
    assert path.stat().st_ino == written


def test_committed_returns_stay_under_one_and_a_half_megabytes() -> None:
    assert sum((SAMPLES / path).stat().st_size for path in committed()) < 1_500_000


def test_sources_stay_under_two_megabytes() -> None:
    assert sum(path.stat().st_size for path in (SAMPLES / "sources").iterdir()) < 2_000_000

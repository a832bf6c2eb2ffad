"""The handful of returns that a visitor can open is current and small."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sample_submissions.builder.worlds import world
from sample_submissions.builder.write import write_sample

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
    rebuilt = write_sample((tmp_path / "sample.xlsx", filling))
    assert rebuilt == hashlib.sha256((SAMPLES / path).read_bytes()).hexdigest(), f"{path} is stale: run `make samples`"


def test_committed_returns_stay_under_one_and_a_half_megabytes() -> None:
    assert sum((SAMPLES / path).stat().st_size for path in committed()) < 1_500_000


def test_sources_stay_under_two_megabytes() -> None:
    assert sum(path.stat().st_size for path in (SAMPLES / "sources").iterdir()) < 2_000_000

"""The samples are built once for a test session; a current one is not built again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_submissions"


def build(world: str) -> Path:
    subprocess.run(
        [sys.executable, "-m", "sample_submissions.builder", world], cwd=ROOT, check=True, capture_output=True
    )
    return SAMPLES / world


@pytest.fixture(scope="session")
def returns_2007() -> Path:
    return build("2007")


@pytest.fixture(scope="session")
def returns_2008() -> Path:
    return build("2008")

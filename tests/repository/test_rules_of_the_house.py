"""Rules of the code base that no linter knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "reporting").rglob("*.py"))
ADDRESS = re.compile(r"^\$?[A-Z]{1,3}\$?[1-9][0-9]*(:\$?[A-Z]{1,3}\$?[1-9][0-9]*)?$")
NOT_ADDRESSES = frozenset({"A4"})
"""A paper size looks like the address of a cell."""


def _texts(path: Path) -> Iterator[str]:
    """The string literals of a module, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_cell_addresses_stand_in_the_layout_only(path: Path) -> None:
    if path.name == "layout.py":
        return
    found = [text for text in _texts(path) if ADDRESS.match(text) and text not in NOT_ADDRESSES]
    assert not found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_under_four_hundred_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_names_of_offices_and_countries_stand_in_data_only() -> None:
    """Three-letter office codes in code would be a form's year or place frozen into the program."""
    countries = (ROOT / "schemas" / "code_lists" / "offices.csv").read_text(encoding="utf-8").splitlines()[1:]
    codes = {line.split(",")[0] for line in countries}
    found = {(path.name, text) for path in MODULES for text in _texts(path) if text in codes}
    assert not found


MAY_BE_LEFT_OUT = {
    "tests/libreoffice.py": "LibreOffice is not on every developer's machine; continuous integration has it",
    "tests/cli/test_destination.py": "only Linux has a device that is always full",
    "tests/cli/test_interrupted.py": "processes are counted in /proc, which only Linux has",
    "tests/report/test_axe.py": "axe needs a browser; continuous integration has Chromium",
    "tests/report/test_pdf.py": "pdftotext is not on every machine",
    "tests/report/test_assembly.py": "pdftotext is not on every machine",
    "tests/samples/test_committed.py": "an unpacked archive has no history to compare with",
}
"""Where tests may be left out, each with the reason."""


def test_no_test_is_skipped_or_expected_to_fail_without_a_reason() -> None:
    marks = re.compile(r"pytest\.(skip|xfail)\(|mark\.(skip|xfail|skipif)\b")
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("*.py")
        if path != Path(__file__) and marks.search(path.read_text(encoding="utf-8"))
    }
    assert found <= set(MAY_BE_LEFT_OUT)

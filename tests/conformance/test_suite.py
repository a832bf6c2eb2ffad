"""The conformance suite, run against this validator; and what it takes to add a rule."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
import yaml

from reporting.checks.run import check_return
from reporting.paths import schemas_folder
from reporting.schema import compiled
from reporting.schema.compiled import load_schema
from reporting.workbook import reader
from reporting.workbook.faults import UnreadableFile
from reporting.workbook.reader import read_return
from sample_submissions.conformance import cases as case_files
from sample_submissions.conformance.__main__ import compared, expected_text, write
from sample_submissions.conformance.suite import (
    EXPECTED,
    Item,
    Told,
    case_items,
    clean_items,
    every_error,
    mangled_items,
    told,
)
from tests.libreoffice import converted_all

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = sorted({case.code[:5] for case in case_files.cases()})


def found_in(content: bytes, previous: bytes | None = None) -> list[Told]:
    """What this validator finds in the bytes of a workbook."""
    try:
        returned = read_return(Path("return.xlsx"), content)
        before = read_return(Path("previous.xlsx"), previous) if previous else None
    except UnreadableFile as error:
        return told(error.findings)
    return told(check_return(returned, load_schema(returned.schema_id), previous=before))


def assert_found(item: Item) -> None:
    assert item.content is not None
    assert found_in(item.content, item.previous) == list(item.found), item.name


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_a_case_that_fails_and_one_that_passes_give_exactly_their_findings(family: str) -> None:
    """One of each kind, since a workbook takes half a second; ``python -m sample_submissions.conformance check`` runs all."""
    items = list(case_items(with_content=True, codes=family, first=True))
    assert items
    for item in items:
        assert_found(item)


@pytest.mark.slow
def test_clean_and_mangled_returns_give_exactly_their_findings() -> None:
    for item in chain(clean_items(), mangled_items()):
        assert_found(item)


@pytest.mark.slow
def test_returns_saved_by_libreoffice_give_the_same_findings(tmp_path: Path) -> None:
    items = [*clean_items(), *case_items(with_content=True, codes="every-error")]
    for item in items:
        (tmp_path / f"{item.name}.xlsx").write_bytes(item.content or b"")
    saved = converted_all([tmp_path / f"{item.name}.xlsx" for item in items], tmp_path)
    for item, path in zip(items, saved, strict=True):
        assert found_in(path.read_bytes()) == list(item.found), item.name


def test_the_return_with_every_error_has_most_kinds_of_them() -> None:
    codes = {finding.code for finding in case_files.findings(every_error())}
    assert len({code for code in codes if code[:3] in {"TOT", "XSH"}}) >= 20


def test_what_is_expected_is_current() -> None:
    assert EXPECTED.read_text(encoding="utf-8") == expected_text(), "python -m sample_submissions.conformance expected"


def test_another_validator_can_be_held_against_the_suite(tmp_path: Path) -> None:
    for item in case_items(with_content=True, codes="XSH001"):
        write(item, tmp_path)
    command = [sys.executable, "-m", "sample_submissions.conformance", "check", str(tmp_path), "--"]
    ours = [sys.executable, "-c", "from reporting.cli import main; main()", "validate", "--format", "json"]
    right = subprocess.run([*command, *ours], cwd=ROOT, check=False, capture_output=True, text=True)
    assert (right.returncode, right.stdout.splitlines()[-1].partition(", ")[2]) == (0, "0 differences"), right.stdout
    (path,) = tmp_path.glob("XSH001-fails-1.json")
    lines = list(
        compared(
            path, [sys.executable, "-c", "print({'files': [{'findings': []}]}.__repr__().replace(chr(39), chr(34)))"]
        )
    )
    assert any("missing" in line and "XSH001" in line for line in lines)


@pytest.fixture
def own_schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the schemas that a test may change."""
    copy = tmp_path / "schemas"
    shutil.copytree(schemas_folder(), copy)
    caches = (load_schema, reader.form_of, case_files.clean, case_files.clean_grids)
    monkeypatch.setattr(compiled, "schemas_folder", lambda: copy)
    monkeypatch.setattr(case_files, "CASES", tmp_path / "cases")
    (tmp_path / "cases").mkdir()
    for cache in caches:
        cache.cache_clear()
    yield copy
    for cache in caches:
        cache.cache_clear()


def test_a_rule_is_one_entry_in_the_schema_and_one_file_of_cases(own_schemas: Path, tmp_path: Path) -> None:
    path = own_schemas / "apr-2008.yaml"
    rule = {
        "code": "XSH900",
        "severity": "query",
        "holds": "security.trafficking.persons_screened <= 5000",
        "cells": ["security.trafficking.persons_screened"],
        "message": "So many persons are seldom screened.",
        "hint": "Correct the number, or explain.",
        "source": "a test",
    }
    entry = yaml.safe_dump([rule], sort_keys=False).replace("\n", "\n  ").rstrip()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\nrules:\n", f"\nrules:\n  {entry}\n", 1), encoding="utf-8")
    (tmp_path / "cases" / "XSH900.yaml").write_text(
        "fails:\n  - {case: too many, set: {security.trafficking.persons_screened: 5001}}\n"
        "passes:\n  - {case: many, set: {security.trafficking.persons_screened: 5000}}\n",
        encoding="utf-8",
    )
    items = list(case_items(with_content=True, codes="XSH900"))
    assert [(item.name, "XSH900" in {one["code"] for one in item.found}) for item in items] == [
        ("XSH900-fails-1", True),
        ("XSH900-passes-1", False),
    ]
    for item in items:
        assert_found(item)

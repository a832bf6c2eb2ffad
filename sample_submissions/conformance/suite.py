"""The suite: every case with what must be found, the returns with every error, and the mangled ones."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any, Final

import openpyxl

from reporting.findings import Finding, Severity
from reporting.schema.compiled import load_schema
from reporting.schema.identifiers import schema_ids
from reporting.workbook.addresses import letters_of, number_of
from reporting.workbook.arrangement import layout_of
from reporting.workbook.layout import LIST_SHEET, MACHINE_SHEET, RULES_SHEET
from sample_submissions.conformance.cases import CASES, Case, cases, clean, findings
from sample_submissions.conformance.workbooks import content_of, saved

FORMAT: Final = "apr-conformance-1"
EXPECTED: Final = Path(__file__).with_name("expected.json")
RULE: Final = (
    "Of each file exactly the findings of its base, without those removed and with those added: code, sheet, cells."
)
INSERTED: Final = 3
"""Rows that a mangled return has more at the top of each sheet that an office sees."""

Told = dict[str, Any]
"""A finding as the suite writes it: code, sheet, cells."""


@dataclass(frozen=True)
class Item:
    """A file of the suite: how it is made, and what is found in it. ``must_fail`` is None where it is of no one code."""

    name: str
    about: str
    content: bytes | None
    schema: str
    code: str = ""
    must_fail: bool | None = None
    edits: Mapping[str, Any] = field(default_factory=dict)
    found: Sequence[Told] = ()
    previous: bytes | None = None


def told(found: Sequence[Finding]) -> list[Told]:
    """The findings in the neutral form, sorted."""
    return sorted(({"code": one.code, "sheet": one.sheet, "cells": list(one.cells)} for one in found), key=_order)


def _order(one: Told) -> tuple[str, str, list[str]]:
    return (one["code"], one["sheet"], one["cells"])


def expected() -> dict[str, Any]:
    """The whole of ``expected.json``; nothing is written into a workbook for it."""
    bases = {schema: base_findings(schema) for schema in schema_ids()}
    return {
        "format": FORMAT,
        "rule": RULE,
        "bases": {schema: {"file": f"clean-{schema}.xlsx", "findings": found} for schema, found in bases.items()},
        "files": [_written(item, bases[item.schema]) for item in case_items(with_content=False)],
        "mangled": {name: about for name, (about, _) in MANGLED.items()},
    }


def _written(item: Item, base: Sequence[Told]) -> dict[str, Any]:
    written: dict[str, Any] = {"file": f"{item.name}.xlsx", "base": item.schema, "about": item.about}
    if item.code:
        written |= {"code": item.code, "must_fail": item.must_fail}
    written["edits"] = json.loads(json.dumps(item.edits, default=str, ensure_ascii=False))
    if "previous" in item.edits:
        written["previous"] = f"{item.name}-previous.xlsx"
    added, removed = [one for one in item.found if one not in base], [one for one in base if one not in item.found]
    return written | {"added": added, "removed": removed}


@cache
def base_findings(schema: str) -> list[Told]:
    """What is found in the clean return: notes on what is not answered."""
    return told(findings(Case("", schema, False, "clean", {})))


def case_items(*, with_content: bool, codes: str = "", first: bool = False) -> Iterator[Item]:
    """A file a case, and one with every error that goes together with others.

    Only those whose names begin with ``codes``; with ``first`` only the first that fails and that passes of each code.
    """
    numbers: dict[tuple[str, bool], int] = {}
    for case in cases():
        key = (case.code, case.must_fail)
        numbers[key] = numbers.get(key, 0) + 1
        if "waive" in case.edits or not _can_be_saved(case.edits):  # waivers stand in the bureau's register
            continue
        name = f"{case.code}-{'fails' if case.must_fail else 'passes'}-{numbers[key]}"
        if name.startswith(codes) and (numbers[key] == 1 or not first):
            yield _item(name, case, with_content=with_content)
    if "every-error".startswith(codes):
        yield _item("every-error", every_error(), with_content=with_content)


def _can_be_saved(edits: Any) -> bool:
    """Whether a library saves it: none writes a number that is none."""
    if isinstance(edits, Mapping):
        return all(map(_can_be_saved, edits.values()))
    if isinstance(edits, list):
        return all(map(_can_be_saved, edits))
    return not (isinstance(edits, float) and not isfinite(edits))


def _item(name: str, case: Case, *, with_content: bool) -> Item:
    previous = case.edits.get("previous")
    return Item(
        name=name,
        about=case.name,
        content=content_of(case.schema, case.edits) if with_content else None,
        schema=case.schema,
        code=case.code,
        must_fail=case.must_fail if case.code else None,
        edits={key: value for key, value in case.edits.items() if key in _MAKING},
        found=told(findings(case)),
        previous=content_of(case.schema, previous) if previous is not None and with_content else None,
    )


_MAKING: Final = frozenset(
    [
        "set",
        "rows",
        "cells",
        "notes",
        "properties",
        "error",
        "explain",
        "machine",
        "drop_sheet",
        "copy_sheet",
        "drop_question",
        "copy_question",
        "drop_column",
        "copy_column",
        "file",
        "previous",
    ]
)
"""The keys of a case that make the return; the others say more of the finding."""


@cache
def every_error() -> Case:
    """One return with as many errors as go together: the first failing case of each rule, those that break it further first."""
    merged: dict[str, dict[str, Any]] = {"set": {}, "rows": {}}
    for case in cases():
        kinds = case.edits.keys() & _MAKING
        is_error = any(one.code == case.code and one.severity is Severity.ERROR for one in findings(case))
        if not (case.must_fail and case.schema == "apr-2008" and kinds <= {"set", "rows"} and is_error):
            continue
        for name, value in case.edits.get("set", {}).items():
            merged["set"].setdefault(name, value)
        for table, rows in case.edits.get("rows", {}).items():
            merged["rows"].setdefault(table, []).extend(rows)
    return Case("", "apr-2008", True, "every error that goes together with the others", merged)


# -- mangled returns: the same findings, at the same cells or as far below as rows were inserted -----------------------


def _reversed_sheets(content: bytes) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    workbook._sheets.reverse()  # type: ignore[attr-defined] # noqa: SLF001 - openpyxl has no other way
    return saved(workbook)


def _with_rows_inserted(content: bytes) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in workbook.worksheets:
        if sheet.title not in (LIST_SHEET, MACHINE_SHEET, RULES_SHEET):
            sheet.insert_rows(1, INSERTED)
    return saved(workbook)


def _pasted_values(content: bytes) -> bytes:
    """A workbook of values alone, as after pasting: no formulas, formats, protection or hidden rows."""
    source = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    target = openpyxl.Workbook()
    target.remove(target.worksheets[0])
    for sheet in source.worksheets:
        copy = target.create_sheet(sheet.title)
        copy.sheet_state = sheet.sheet_state
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    copy[cell.coordinate].value = cell.value
                    copy[cell.coordinate].data_type = cell.data_type
    return saved(target)


MANGLED: Final = {
    "sheets-reversed": ("the sheets stand in the opposite order", _reversed_sheets),
    "rows-inserted": (
        f"{INSERTED} rows more at the top of each sheet: every cell lies so far below",
        _with_rows_inserted,
    ),
    "pasted-values": ("values only, without formulas, formats and protection", _pasted_values),
}
"""What happens to every base and to the return with every error, by name; and what it does."""


def mangled_items() -> Iterator[Item]:
    """The clean returns and the one with every error, each mangled in every way."""
    for schema in schema_ids():
        yield from _mangled(f"clean-{schema}", Case("", schema, False, "clean", {}))
    yield from _mangled("every-error", every_error())


def _mangled(name: str, case: Case) -> Iterator[Item]:
    content, found = content_of(case.schema, case.edits), told(findings(case))
    for way, (about, mangle) in MANGLED.items():
        moved = [_moved(one, case.schema) for one in found] if way == "rows-inserted" else found
        yield Item(f"{name}-{way}", about, mangle(content), case.schema, found=sorted(moved, key=_order))


def _moved(one: Told, schema: str) -> Told:
    titles = set(layout_of(load_schema(schema)).titles)
    return one | {"cells": [_below(cell, one["sheet"], titles) for cell in one["cells"]]}


def _below(cell: str, sheet: str, titles: set[str]) -> str:
    title, mark, place = cell.rpartition("!")
    if (title or sheet) not in titles:
        return cell
    return f"{title}{mark}{letters_of(place)}{number_of(place) + INSERTED}"


def clean_items() -> Iterator[Item]:
    """The clean returns."""
    for schema in schema_ids():
        yield Item(f"clean-{schema}", "clean", clean(schema), schema, found=base_findings(schema))


__all__ = ["CASES", "EXPECTED", "Item", "case_items", "clean_items", "expected", "mangled_items", "told"]

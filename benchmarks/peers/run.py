"""Peers at work on a flat copy of a return: `run.py PEER FOLDER ROUNDS` prints the least CPU seconds of a round.

FOLDER holds ``flat.xlsx``, a sheet ``fields`` with one row and a sheet a table, and ``columns.json``: of each column its type
(integer, number, string) and its codes, if it has a list of them. Each peer checks types, codes and least values, no more.
It runs in an environment of its own, so nothing of the product is imported here.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

Columns = dict[str, dict[str, dict[str, Any]]]
"""By sheet and column: ``type`` and ``codes``."""


def flattentool(folder: Path, columns: Columns) -> Callable[[], int]:
    """flatten-tool to JSON, then jsonschema."""
    import flattentool as tool
    import jsonschema

    def of(column: dict[str, Any]) -> dict[str, Any]:
        rule: dict[str, Any] = {"type": column["type"]}
        if column["type"] != "string":
            rule["minimum"] = 0
        return rule | ({"enum": column["codes"]} if column["codes"] else {})

    def object_of(sheet: str) -> dict[str, Any]:
        return {"type": "object", "properties": {name: of(column) for name, column in columns[sheet].items()}}

    tables = {name: {"type": "array", "items": object_of(name)} for name in columns if name != "fields"}
    root = object_of("fields")
    root["properties"] |= tables
    validator = jsonschema.Draft202012Validator({"type": "array", "items": root})

    def work() -> int:
        with tempfile.TemporaryDirectory() as made:
            target = Path(made) / "flat.json"
            tool.unflatten(
                str(folder / "flat.xlsx"),
                input_format="xlsx",
                output_name=str(target),
                root_list_path="main",
                root_id="",
            )
            return sum(1 for _ in validator.iter_errors(json.loads(target.read_text(encoding="utf-8"))["main"]))

    return work


def pandera(folder: Path, columns: Columns) -> Callable[[], int]:
    """Pandas reads, pandera checks."""
    import pandas as pd
    import pandera.pandas as checks

    def of(column: dict[str, Any]) -> Any:
        rules = [checks.Check.isin(column["codes"])] if column["codes"] else []
        if column["type"] == "string":
            return checks.Column(str, rules, nullable=True, coerce=False, required=False)
        return checks.Column(float, [checks.Check.ge(0)], nullable=True, coerce=True, required=False)

    schemas = {
        sheet: checks.DataFrameSchema({name: of(column) for name, column in own.items()})
        for sheet, own in columns.items()
    }

    def work() -> int:
        faults = 0
        for sheet, frame in pd.read_excel(folder / "flat.xlsx", sheet_name=None).items():
            try:
                schemas[sheet].validate(frame.astype(object).where(frame.notna(), None), lazy=True)
            except checks.errors.SchemaErrors as error:
                faults += len(error.failure_cases)
        return faults

    return work


def frictionless(folder: Path, columns: Columns) -> Callable[[], int]:
    """A package of the sheets, each with its schema."""
    from frictionless import Package, Resource, Schema, formats

    def of(name: str, column: dict[str, Any]) -> dict[str, Any]:
        limits: dict[str, Any] = {"enum": column["codes"]} if column["codes"] else {}
        if column["type"] != "string":
            limits["minimum"] = 0
        return {"name": name, "type": column["type"], "constraints": limits}

    def work() -> int:
        resources = [
            Resource(
                name=sheet.replace("_", "-"),
                path="flat.xlsx",
                control=formats.ExcelControl(sheet=sheet),
                schema=Schema.from_descriptor({"fields": [of(name, column) for name, column in own.items()]}),
            )
            for sheet, own in columns.items()
        ]
        return int(Package(resources=resources, basepath=str(folder)).validate().stats["errors"])

    return work


PEERS = {"flattentool": flattentool, "pandera": pandera, "frictionless": frictionless}


def main() -> None:
    """Time one peer."""
    name, folder, rounds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    warnings.simplefilter("ignore")
    columns = json.loads((folder / "columns.json").read_text(encoding="utf-8"))
    work = PEERS[name](folder, columns)
    best = float("inf")
    for round_ in range(rounds + 1):
        started = time.process_time()
        faults = work()
        if round_:  # the first one also loads
            best = min(best, time.process_time() - started)
    print(json.dumps({"seconds": best, "faults": faults}))


if __name__ == "__main__":
    main()

"""Validation of a return against peers from PyPI on the same values.

Peers get a flat copy of the answers, which is what they can read, and check types, codes and least values only; this
validator reads the whole workbook, finds the form in it, and applies all checks but those of narratives.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import openpyxl

from benchmarks.timing import best_of, line
from reporting.checks.run import check_return
from reporting.pipeline import validate_file
from reporting.schema.compiled import load_schema
from reporting.schema.model import NUMERIC, Field, FieldType, Schema
from reporting.workbook.answers import Answer, Return
from reporting.workbook.choices import code_list_of
from reporting.workbook.grids import Grid
from reporting.workbook.reader import read_return, return_in

HERE: Final = Path(__file__).resolve().parent
ENVIRONMENT: Final = HERE.parents[1] / ".venv-peers"
ROUNDS: Final = 3
REACH: Final = {"flattentool": 10, "pandera": 20, "frictionless": 50}
NAMES: Final = {
    "flattentool": "flatten-tool and jsonschema",
    "pandera": "pandas and pandera",
    "frictionless": "frictionless",
}
SAME_CHECKS: Final = 8


def results(folder: Path) -> Iterator[str]:
    """Ratios on the fullest return of ``folder``."""
    path = max(folder.glob("*.xlsx"), key=lambda one: one.stat().st_size)
    ours = {"ours": lambda: validate_file(path, narratives=False), "openpyxl": lambda: _with_openpyxl(path)}
    spent = best_of(ROUNDS, ours)
    ratio = spent["openpyxl"] / spent["ours"]
    yield line("openpyxl, read-only, and the same checks", ratio, f"ours (reach {SAME_CHECKS})")
    python = python_of_peers()
    with tempfile.TemporaryDirectory() as made:
        _write_flat(path, Path(made))
        for name, reach in REACH.items():
            command = [str(python), str(HERE / "run.py"), name, made, str(ROUNDS)]
            done = subprocess.run(command, check=False, capture_output=True, text=True)
            if done.returncode:
                yield f"{NAMES[name]:<44} did not run: {done.stderr.strip().splitlines()[-1:]}"
                continue
            seconds = json.loads(done.stdout.splitlines()[-1])["seconds"]
            yield line(f"{NAMES[name]}, field checks", seconds / spent["ours"], f"ours (reach {reach})")


def python_of_peers() -> Path:
    """The Python of the peers' own environment, made the first time."""
    python = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    ready = ENVIRONMENT / ".ready"
    if not ready.is_file():
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "-r", str(HERE / "requirements.txt")]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"the peers cannot be installed: {done.stderr.strip().splitlines()[-1:]}")
        ready.touch()
    return python


def _with_openpyxl(path: Path) -> int:
    """The same reading and checking on sheets that openpyxl reads."""
    workbook = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    grids = [
        Grid(sheet.title, [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)])
        for sheet in workbook.worksheets
    ]
    workbook.close()
    returned = return_in([_rectangular(grid) for grid in grids], path, "")
    return len(check_return(returned, load_schema(returned.schema_id), quality=False))


def _rectangular(grid: Grid) -> Grid:
    width = max(map(len, grid.rows), default=0)
    return Grid(grid.title, [row + [""] * (width - len(row)) for row in grid.rows])


def _write_flat(path: Path, folder: Path) -> None:
    """The return as peers can read it: its answers in sheets of columns."""
    returned = read_return(path, path.read_bytes(), privacy=False)
    schema = load_schema(returned.schema_id)
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    columns: dict[str, dict[str, Any]] = {}
    for name, questions, rows in _sheets(returned, schema):
        sheet = workbook.create_sheet(name)
        sheet.append([question.id.replace(".", "_") for question in questions])
        for row in rows:
            sheet.append([_flat(answer) for answer in row])
        columns[name] = {question.id.replace(".", "_"): _column(schema, question) for question in questions}
    workbook.save(folder / "flat.xlsx")
    (folder / "columns.json").write_text(json.dumps(columns), encoding="utf-8")


def _sheets(returned: Return, schema: Schema) -> Iterator[tuple[str, list[Field], list[list[Answer]]]]:
    questions = list(schema.fields.values())
    yield "fields", questions, [[returned.fields[question.id] for question in questions]]
    for table in schema.tables:
        records = [[row.answers[column.name] for column in table.columns] for row in returned.tables[table.id]]
        yield table.id, list(table.columns), records


def _column(schema: Schema, question: Field) -> dict[str, Any]:
    if question.type in NUMERIC or question.type is FieldType.YEAR:
        return {"type": "integer" if question.type in {FieldType.COUNT, FieldType.YEAR} else "number", "codes": []}
    codes = code_list_of(schema, question) if question.type is not FieldType.CHOICES else None
    return {"type": "string", "codes": [code.code for code in codes.codes] if codes else []}


def _flat(answer: Answer) -> str | int | float | None:
    if isinstance(answer.value, date):
        return answer.value.isoformat()
    return ";".join(answer.value) if isinstance(answer.value, tuple) else answer.value

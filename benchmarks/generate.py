"""Returns of any number, the sizes of their populations those of real countries: ``python -m benchmarks.generate 10000 DIR``.

Each return takes the persons of concern of one country at the end of one year from 2000 to 2025 (UNHCR Refugee Data Finder,
CC BY 4.0) and all its other answers from a return of the made-up world. So nothing in it is said of a country: offices have
numbers for names, and the register tells whose figures each took. After some four thousand returns the figures come again.

Returns are written as the cache holds them, results and facts, because writing a workbook takes a second. ``--workbooks``
writes workbooks, with the codes of the made-up world's offices.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache as cached
from itertools import cycle, islice, pairwise
from pathlib import Path
from typing import Final

from reporting.aggregate.collection import Collection, collection_of
from reporting.aggregate.facts import facts_of
from reporting.cache import Cache
from reporting.checked import Kept, result_of
from reporting.findings import FileResult
from reporting.pipeline import validate_file
from reporting.records import from_json, to_json
from reporting.returns.register import read_register
from reporting.schema.compiled import load_schema
from reporting.workbook.answers import Answer, Missing, Return, Row
from reporting.workbook.filling import Entry
from reporting.workbook.template import write_return
from sample_submissions.builder.fictional import filling_2008
from sample_submissions.builder.fictional_world import offices, shared_out
from sample_submissions.builder.sources import SAMPLES, number, records

YEAR: Final = 2008
GROUPS: Final = {
    "REF": "refugees",
    "ASY": "asylum_seekers",
    "RET": "returned_refugees",
    "IDP": "idps",
    "RDP": "returned_idps",
    "STA": "stateless",
    "OTH": "ooc",
}
"""Our group → the column of UNHCR's table."""
FLOWS: Final = frozenset({"RET", "RDP"})
PARTS: Final = [f"{sex}_{age}" for sex in "fm" for age in ("0_4", "5_11", "12_17", "18_59", "60")]
SHARES: Final = (0.082, 0.098, 0.081, 0.206, 0.021, 0.085, 0.102, 0.086, 0.217, 0.022)
"""Illustrative shares of :data:`PARTS` in every population."""
REGISTER: Final = "register.csv"
RESULTS: Final = "results.jsonl"
TOLD_APART: Final = ("population_changes", "origins", "movements")
"""Tables of the made-up world that would contradict other populations."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Whose figures a return takes, and these: persons by group at the start and the end of the year."""

    country: str
    year: int
    bureau: str
    opening: Mapping[str, int]
    closing: Mapping[str, int]


@cached
def sizes() -> tuple[Sizes, ...]:
    """The figures of every country and year whose year before is known too."""
    rows = sorted(records("unhcr_population_2000_2025"), key=lambda row: (row["coa_iso"], row["year"]))
    return tuple(
        Sizes(row["coa_iso"], int(row["year"]), row["bureau"], _persons(before), _persons(row))
        for before, row in pairwise(rows)
        if row["coa_iso"] == before["coa_iso"] and int(row["year"]) == int(before["year"]) + 1
    )


def _persons(row: Mapping[str, str]) -> dict[str, int]:
    return {group: number(row[column]) for group, column in GROUPS.items()}


def population_rows(taken: Sizes, country: str) -> Iterator[dict[str, Entry]]:
    """The table ``populations`` of a return: a row a group that has anyone."""
    for group, closing in taken.closing.items():
        opening = taken.opening[group]
        if opening or closing:
            yield {
                "country": country,
                "group": group,
                "opening": "na" if group in FLOWS else opening,
                "closing": closing,
                **dict(zip(PARTS, shared_out(closing, SHARES), strict=True)),
                "basis": "registration",
                "source": "government",
                "approximate": "no",
            }


def write_facts(count: int, folder: Path) -> None:
    """Write ``count`` returns into ``folder`` as a cache holds them, with the register of their offices."""
    folder.mkdir(parents=True, exist_ok=True)
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        results = pool.starmap(_keep, [(folder, place, taken) for place, taken in _numbered(count)], chunksize=50)
    (folder / RESULTS).write_bytes(b"".join(to_json(result) + b"\n" for result in results))
    _write_register(folder, count)


def collection(folder: Path, count: int | None = None) -> Collection:
    """The first ``count`` returns that :func:`write_facts` wrote, brought together as those of a folder are."""
    lines = (folder / RESULTS).read_bytes().splitlines()[:count]
    results = [(from_json(FileResult, line), None) for line in lines]
    return collection_of(results, read_register(folder / REGISTER), YEAR, Kept(Cache(folder)).facts)


def write_workbooks(count: int, folder: Path) -> None:
    """Write ``count`` returns as workbooks."""
    folder.mkdir(parents=True, exist_ok=True)
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        pool.starmap(write_workbook, [(folder, place, taken) for place, taken in _numbered(count)])


def _numbered(count: int) -> Iterator[tuple[int, Sizes]]:
    return enumerate(islice(cycle(sizes()), count))


def _code(place: int) -> str:
    return f"X{place:05}"


@cached
def _frames() -> list[Return]:
    """The usable returns of the made-up world, which the answers come from."""
    checked = [validate_file(path) for path in sorted((SAMPLES / "fictional" / str(YEAR)).glob("*.xlsx"))]
    return [returned for result, returned in checked if returned is not None and result.verdict.usable]


def _keep(folder: Path, place: int, taken: Sizes) -> FileResult:
    returned = _moved(_frames()[place % len(_frames())], _code(place), taken)
    result = result_of(Path(returned.path), returned, ())
    Kept(Cache(folder)).keep_facts(result, facts_of([returned]))
    return result


def _moved(frame: Return, code: str, taken: Sizes) -> Return:
    """A return of the made-up world as that of another office, with other populations."""
    place = {"country": code}
    tables = {
        name: tuple(replace(row, answers={**row.answers, **_answered(row, place)}) for row in rows)
        for name, rows in frame.tables.items()
    }
    first = frame.tables["populations"][0]
    tables["populations"] = tuple(
        Row(first.sheet, line, _answered(first, entries))
        for line, entries in enumerate(population_rows(taken, code), start=first.number)
    )
    covered = replace(frame.fields["cover.countries"], value=(code,), missing=None)
    name = f"{code}-{YEAR}.xlsx"
    return replace(
        frame,
        path=name,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        office=code,
        fields={**frame.fields, "cover.countries": covered},
        tables=tables,
    )


def _answered(row: Row, entries: Mapping[str, Entry]) -> dict[str, Answer]:
    """The entries as answers in the cells of ``row``; what is not among them, and asked of a whole row, is blank."""
    columns = row.answers if len(entries) > 1 else entries.keys() & row.answers.keys()
    return {column: _answer(row.answers[column], entries.get(column)) for column in columns}


def _answer(cell: Answer, entry: Entry) -> Answer:
    if entry is None:
        return replace(cell, value=None, missing=Missing.BLANK, text="")
    if entry in {"..", "na"}:
        return replace(cell, value=None, missing=Missing(str(entry)), text=str(entry))
    return replace(cell, value=entry, missing=None, text=str(entry))


def write_workbook(folder: Path, place: int, taken: Sizes) -> None:
    """Write the return number ``place`` as a workbook of an office of the made-up world."""
    office = offices()[place % len(offices())]
    filling = filling_2008(office)
    tables = {name: rows for name, rows in filling.tables.items() if name not in TOLD_APART}
    tables["populations"] = list(population_rows(taken, office.countries[0]))
    schema = load_schema(f"apr-{YEAR}")
    path = folder / f"{_code(place)}-{YEAR}.xlsx"
    write_return(schema, replace(filling, tables=tables), path, office_label=office.label)


def _write_register(folder: Path, count: int) -> None:
    columns = ["office", "label", "year", "bureau", "countries", "due", "received", "cleared_on", "fictional", "note"]
    with (folder / REGISTER).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        for place, taken in _numbered(count):
            code = _code(place)
            note = f"illustrative; persons of concern as UNHCR's of {taken.country} at the end of {taken.year}"
            row = {"office": code, "label": f"Office {place}", "year": YEAR, "bureau": taken.bureau, "countries": code}
            writer.writerow({**row, "fictional": "yes", "note": note})


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workbooks", action="store_true", help="write workbooks, about one a second")
    chosen = parser.parse_args(arguments)
    (write_workbooks if chosen.workbooks else write_facts)(chosen.count, chosen.folder)


if __name__ == "__main__":
    main()

"""The source tables of the real samples (``sample_submissions/sources``), read as they stand."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent
SOURCES = SAMPLES / "sources"

Record = Mapping[str, str]


@cache
def records(table: str) -> tuple[Record, ...]:
    """The rows of ``<table>.csv``, every cell as text."""
    with (SOURCES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def number(text: str) -> int:
    """A printed whole number; an empty cell of UNHCR's tables stands for none recorded."""
    return int(text) if text else 0


@cache
def countries_covered() -> Mapping[str, tuple[str, ...]]:
    """The 43 offices of the review with the countries each answers for (Annex 5, Annex 9)."""
    return {row["office"]: tuple(row["countries"].split()) for row in records("offices")}


@cache
def note_on(office: str) -> str:
    """What a reader must know of the figures of ``office``; mostly nothing."""
    return next(row["note"] for row in records("offices") if row["office"] == office)


@cache
def office_of(country: str) -> str:
    """The office that covers ``country``; empty where none of the 43 does."""
    return next((office for office, covered in countries_covered().items() if country in covered), "")

"""Words by which texts are judged: titles before names, words beside telephone numbers, placeholders; data, not code."""

from __future__ import annotations

import csv
from functools import cache

from reporting.paths import schemas_folder


@cache
def words(kind: str, language: str = "") -> tuple[str, ...]:
    """The texts of one kind in ``schemas/words.csv``, in one language or all, each once, in the order of the file."""
    wanted = (row["text"] for row in _rows() if row["kind"] == kind and language in ("", row["language"]))
    return tuple(dict.fromkeys(wanted))


@cache
def _rows() -> list[dict[str, str]]:
    with (schemas_folder() / "words.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

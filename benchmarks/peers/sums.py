"""Sums in pandas, in the peers' own environment: seconds of the clock and every figure, as JSON on stdout.

``sums.parquet`` holds facts, ``asked.json`` what is added up of them. As with ours, facts are in memory before the clock runs;
each figure comes with its status, the number of offices behind it, and whether it is approximate.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd

LEVELS = ("office", "country", "bureau", "world")


def main(folder: Path) -> None:
    facts = pd.read_parquet(folder / "sums.parquet")
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    started = time.perf_counter()
    frames = dict(tuple(facts.groupby("id", observed=True, sort=False)))
    made = [(one["id"], level, rolled_up(frames, facts, one, level)) for one in asked for level in LEVELS]
    seconds = time.perf_counter() - started
    figures = [row for name, level, frame in made for row in rows(name, level, frame)]
    print(json.dumps({"seconds": seconds, "figures": figures}))


def rolled_up(frames: dict[str, pd.DataFrame], facts: pd.DataFrame, asked: dict[str, Any], level: str) -> pd.DataFrame:
    """The figures of one indicator at one level, sorted."""
    seen = pd.concat([observed(frames, facts, part) for part in asked["parts"]], ignore_index=True)
    headings = [*asked["parts"][0]["by"], *asked["parts"][0]["words"]]
    if level == "world":
        seen["area"] = "world"
    else:
        seen["area"] = seen[level].astype(str)
        seen = seen[seen["area"] != ""]
    for name in headings:
        seen[name] = seen[name].fillna("not_stated")
    known = seen["number"].notna()
    seen["known_office"] = seen["office"].where(known)
    seen["not_available"] = seen["missing"] == ".."
    seen["not_applicable"] = seen["missing"] == "na"
    grouped = seen.groupby(["area", *headings], observed=True, sort=True)
    total = grouped["number"].max() if asked["combines"] == "maximum" else grouped["number"].sum(min_count=1)
    made = grouped[["not_available", "not_applicable", "approximate"]].any()
    made = made.assign(value=total, contributors=grouped["known_office"].nunique())
    return told(made, not_added=asked["combines"] == "do_not_add" and level in {"bureau", "world"})


def told(made: pd.DataFrame, *, not_added: bool) -> pd.DataFrame:
    """The figures with their status; what must not be added up has no value above its office."""
    known = made["value"].notna()
    made["status"] = "not_answered"
    made.loc[made["not_applicable"], "status"] = "not_applicable"
    made.loc[made["not_available"], "status"] = "not_available"
    made.loc[known, "status"] = "not_added" if not_added else "known"
    if not_added:
        made["value"], made["approximate"] = float("nan"), False
    return made[["value", "status", "contributors", "approximate"]]


def observed(frames: dict[str, pd.DataFrame], facts: pd.DataFrame, part: dict[str, Any]) -> pd.DataFrame:
    """The values of one part, with the columns of its row that it is broken down by."""
    found = frames.get(part["id"], facts.iloc[:0])[
        ["office", "country", "bureau", "row", "number", "missing", "approximate"]
    ]
    for name, column in part["by"].items():
        if name != "country":
            texts = frames[column][["office", "row", "text"]].rename(columns={"text": name})
            found = found.merge(texts, on=["office", "row"], how="left")
    return found.assign(**part["words"])


def rows(name: str, level: str, frame: pd.DataFrame) -> list[list[Any]]:
    """Each figure: its key, and its value, status, contributors and whether it is approximate."""
    values = frame.astype({"value": object}).where(frame.notna(), None)
    keys = [key if isinstance(key, tuple) else (key,) for key in frame.index]
    return [[[name, level, *key], list(row)] for key, row in zip(keys, values.itertuples(index=False), strict=True)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))

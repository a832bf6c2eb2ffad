"""``python -m sample_submissions.conformance build DIR``, ``check DIR -- COMMAND`` and ``expected``."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import click

from sample_submissions.conformance.suite import EXPECTED, Item, case_items, clean_items, expected, mangled_items


@click.group()
def main() -> None:
    """The conformance suite of the annual protection return."""


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--only", default="", help="Only files whose names begin so, such as TOT.")
def build(folder: Path, only: str) -> None:
    """Write the workbooks of the suite into FOLDER, and what must be found in each beside it (NAME.json)."""
    count = 0
    for item in built(only):
        write(item, folder)
        count += 1
    click.echo(f"{count} returns in {folder}")


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("command", nargs=-1, required=True)
def check(folder: Path, command: Sequence[str]) -> None:
    """Run COMMAND on each return of FOLDER, and hold what it prints against what must be found.

    The path is put after the command, and ``--previous PATH`` where a case has a return of the year before. It prints JSON
    as `apr validate --format json` does: `{"files": [{"findings": [{"code", "sheet", "cells"}]}]}`.
    """
    wrong = [line for path in sorted(folder.glob("*.json")) for line in compared(path, command)]
    for line in wrong:
        click.echo(line)
    click.echo(f"{len(list(folder.glob('*.json')))} returns, {len(wrong)} differences")
    raise SystemExit(1 if wrong else 0)


@main.command(name="expected")
def write_expected() -> None:
    """Write ``expected.json`` anew."""
    EXPECTED.write_text(expected_text(), encoding="utf-8")


def expected_text() -> str:
    """The content of ``expected.json``: a line a file, so that changes can be read."""
    content = expected()
    files = ",\n".join(json.dumps(item, ensure_ascii=False) for item in content.pop("files"))
    head = json.dumps(content, ensure_ascii=False, indent=1)
    return f'{head[:-2]},\n "files": [\n{files}\n]\n}}\n'


def built(only: str = "") -> Iterator[Item]:
    """The files of the suite whose names begin with ``only``."""
    others = (item for item in chain(clean_items(), mangled_items()) if item.name.startswith(only))
    return chain(others, case_items(with_content=True, codes=only))


def write(item: Item, folder: Path) -> None:
    """Write a return, the one of the year before if it has one, and what must be found."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{item.name}.xlsx").write_bytes(item.content or b"")
    if item.previous is not None:
        (folder / "previous").mkdir(exist_ok=True)
        (folder / "previous" / f"{item.name}.xlsx").write_bytes(item.previous)
    (folder / f"{item.name}.json").write_text(json.dumps(list(item.found), indent=1), encoding="utf-8")


def compared(path: Path, command: Sequence[str]) -> Iterator[str]:
    """A line for each finding that is missing or too many."""
    workbook, previous = path.with_suffix(".xlsx"), path.parent / "previous" / f"{path.stem}.xlsx"
    options = ["--previous", str(previous)] if previous.is_file() else []
    line = [*command, *options, str(workbook)]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603 - the caller's own command
    try:
        found = [_neutral(one) for file in json.loads(done.stdout)["files"] for one in file["findings"]]
    except (ValueError, KeyError, TypeError):
        yield f"{path.stem}: the command printed no findings: {done.stderr.strip()[:200] or done.stdout[:200]}"
        return
    wanted = [_neutral(one) for one in json.loads(path.read_text(encoding="utf-8"))]
    yield from (f"{path.stem}: missing {one}" for one in wanted if one not in found)
    yield from (f"{path.stem}: too many {one}" for one in found if one not in wanted)


def _neutral(one: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    return (one["code"], one["sheet"], tuple(one["cells"]))


if __name__ == "__main__":
    main()

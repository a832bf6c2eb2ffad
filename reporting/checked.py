"""The outcome of one file, and how it is kept until the file, the form or the program changes (DESIGN 5)."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reporting.cache import Cache, program
from reporting.checks.network import movements_of
from reporting.errors import UsageError
from reporting.findings import FileResult, Finding, verdict_of
from reporting.records import from_json, to_json
from reporting.workbook import faults
from reporting.workbook.answers import Return
from reporting.workbook.answers_json import return_from_json, return_to_json
from reporting.workbook.guard import LARGEST_INFLATED

if TYPE_CHECKING:
    import polars as pl

Checked = tuple[FileResult, Return | None]
"""The outcome of one file, with the return it holds if that was asked for and the file can be read."""
Packed = tuple[FileResult, bytes | None]
"""The same as it leaves the process that read the file: the return as compressed JSON, a tenth of what pickling it costs."""
_OF_THE_MACHINE: Final = frozenset(
    kind.code
    for kind in (faults.STOPPED, faults.OUT_OF_TIME, faults.OUT_OF_MEMORY, faults.WORKER_DIED, faults.NO_ACCESS)
)
"""Codes of findings that another run, or another machine, may not make."""
_RETURN: Final = ".return.json.gz"
_FACTS: Final = ".facts.parquet"


class Wanted(StrEnum):
    """What a command needs of a file."""

    RESULT = "result"
    """Verdict and findings, and what coverage asks."""
    FACTS = "facts"
    """That, and the answers as facts, which lie in the cache."""
    RETURN = "return"
    """That, and the return as it was read, in memory."""


def result_of(path: Path, returned: Return, findings: tuple[Finding, ...]) -> FileResult:
    """The outcome of a file that holds a return."""
    cleared = returned.fields.get("cover.cleared_on")
    assessed = returned.fields.get("cover.trafficking_assessment")
    return FileResult(
        path=str(path),
        sha256=returned.sha256,
        form=returned.schema_id,
        office=returned.office,
        year=returned.year,
        verdict=verdict_of(findings),
        findings=findings,
        countries=returned.countries,
        claims=tuple(sorted(returned.claims)),
        cleared_on=cleared.value if cleared and isinstance(cleared.value, date) else None,
        trafficking=assessed.value if assessed and isinstance(assessed.value, str) else "",
        movements=movements_of(returned),
    )


def packed(returned: Return) -> bytes:
    """A return as compressed JSON, the same bytes for the same return."""
    return gzip.compress(return_to_json(returned), compresslevel=1, mtime=0)


def unpacked(content: bytes, path: str) -> Return:
    """The return that :func:`packed` wrote, now called ``path``.

    Raises:
        ValueError, KeyError, TypeError, OSError, EOFError: ``content`` is something else.
    """
    return replace(return_from_json(gzip.decompress(content)), path=path)


@dataclass(frozen=True, slots=True)
class Kept:
    """The outcomes in a cache, by the content of the file, the forms, and this program's own text.

    ``options`` is what else a result depends on, as a word that can stand in a file name. Beside the result lie the return
    and, once they were wanted, its facts.
    """

    cache: Cache
    options: str = ""

    def recall(self, path: Path, wanted: Wanted) -> Checked | None:
        """What was found in a file of the same content, whatever it was called; None where that is not known."""
        try:
            if not path.is_file() or path.stat().st_size > LARGEST_INFLATED:
                return None
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return None
        kept = self.cache.read(self._result_name(sha256))
        if kept is None:
            return None
        with suppress(ValueError, KeyError, TypeError):
            result = replace(from_json(FileResult, kept), path=str(path))
            if wanted is Wanted.RESULT or result.form == "":
                return result, None
            if wanted is Wanted.FACTS:
                return (result, None) if self._facts(result) else None
            if returned := self._returned(result):
                return result, returned
        return None

    def keep(self, outcome: Packed, wanted: Wanted = Wanted.RESULT) -> None:
        """Keep an outcome, if it depends on nothing but the file, the forms and this program; and its facts where wanted."""
        result, returned = outcome
        if not result.sha256 or any(finding.code in _OF_THE_MACHINE for finding in result.findings):
            return
        if returned is not None:
            self.cache.write(_name(result.sha256, _RETURN), returned)
        self.cache.write(self._result_name(result.sha256), to_json(result))
        if wanted is Wanted.FACTS and returned is not None:
            self._facts(result)

    def keep_facts(self, result: FileResult, facts: pl.DataFrame) -> None:
        """Keep the facts of a file as Parquet."""
        from reporting.aggregate.facts import parquet

        self.cache.write_file(_name(result.sha256, _FACTS), parquet(facts))

    def facts(self, results: Sequence[FileResult]) -> pl.LazyFrame:
        """The facts of files whose facts were wanted when they were read or recalled.

        Raises:
            UsageError: they are no longer there.
        """
        from reporting.aggregate.facts import scan

        files = {result.shown_path: self._facts(result) for result in results}
        gone = [path for path, file in files.items() if file is None]
        if gone:
            raise UsageError(
                f"{self.cache.folder}: what was read of {gone[0]} is no longer there; run the command again"
            )
        return scan([file for file in files.values() if file])

    def _facts(self, result: FileResult) -> Path | None:
        """The Parquet file of a return's facts, made of the return that is kept where it is not there."""
        from reporting.aggregate.facts import facts_of

        name = _name(result.sha256, _FACTS)
        if path := self.cache.file(name):
            return path
        returned = self._returned(result)
        if returned is None:
            return None
        self.keep_facts(result, facts_of([returned]))
        return self.cache.file(name)

    def _returned(self, result: FileResult) -> Return | None:
        """The return that is kept of a file; None where there is none, or it is damaged."""
        content = self.cache.read(_name(result.sha256, _RETURN))
        with suppress(ValueError, KeyError, TypeError, OSError, EOFError):
            return unpacked(content, result.path) if content is not None else None
        return None

    def _result_name(self, sha256: str) -> str:
        return _name(sha256, f"-{self.options}.json" if self.options else ".json")


def _name(sha256: str, ending: str) -> str:
    """The name of an entry about the file of that hash."""
    return f"{sha256[:32]}-{program()}{ending}"

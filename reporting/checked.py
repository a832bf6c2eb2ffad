"""The outcome of one file, and how it is kept until the file, the form or the program changes (DESIGN 5)."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache as cached
from pathlib import Path
from typing import Final

from reporting import __version__
from reporting.cache import Cache, fingerprint
from reporting.findings import FileResult
from reporting.paths import schemas_folder
from reporting.records import from_json, to_json
from reporting.workbook import faults
from reporting.workbook.answers import Return
from reporting.workbook.answers_json import return_from_json, return_to_json
from reporting.workbook.guard import LARGEST_INFLATED

Checked = tuple[FileResult, Return | None]
"""The outcome of one file, with the return it holds if that was asked for and the file can be read."""
_OF_THE_MACHINE: Final = frozenset(
    kind.code
    for kind in (faults.STOPPED, faults.OUT_OF_TIME, faults.OUT_OF_MEMORY, faults.WORKER_DIED, faults.NO_ACCESS)
)
"""Codes of findings that another run, or another machine, may not make."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The outcomes in a cache, by the content of the file, the forms, and this program's own text.

    ``options`` is what else an outcome depends on, as a word that can stand in a file name.
    """

    cache: Cache
    options: str = ""

    def recall(self, path: Path, *, with_return: bool) -> Checked | None:
        """What was found in a file of the same content, whatever it was called; None where that is not known."""
        try:
            if path.stat().st_size > LARGEST_INFLATED:
                return None
            name = self._name(hashlib.sha256(path.read_bytes()).hexdigest())
        except OSError:
            return None
        kept = self.cache.read(f"{name}.json")
        if kept is None:
            return None
        with suppress(ValueError, KeyError, TypeError):
            result = replace(from_json(FileResult, kept), path=str(path))
            if not with_return or result.form == "":
                return result, None
            returned = self.cache.read(f"{name}.return.json")
            if returned is not None:
                return result, replace(return_from_json(returned), path=str(path))
        return None

    def keep(self, checked: Checked) -> None:
        """Keep an outcome, if it depends on nothing but the file, the forms and this program."""
        result, returned = checked
        if not result.sha256 or any(finding.code in _OF_THE_MACHINE for finding in result.findings):
            return
        name = self._name(result.sha256)
        if returned is not None:
            self.cache.write(f"{name}.return.json", return_to_json(returned))
        self.cache.write(f"{name}.json", to_json(result))

    def _name(self, sha256: str) -> str:
        return "-".join(filter(None, (sha256[:32], _stamp(), self.options)))


@cached
def _stamp() -> str:
    """The hash of the forms and of the program."""
    package = Path(__file__).resolve().parent
    forms = sorted(path for path in schemas_folder().rglob("*") if path.suffix in {".yaml", ".csv"})
    return fingerprint([*forms, *sorted(package.rglob("*.py"))], __version__)[:32]

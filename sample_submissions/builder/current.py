"""Which samples are current: a ledger of what each file was made from, so that a second run writes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

import reporting
from reporting.schema.compiled import load_schema
from reporting.workbook.filling import Filling

LEDGER = ".current.json"


@dataclass(frozen=True)
class Made:
    """``made_from`` is the hash of all that goes into a file, ``sha256`` that of the file."""

    made_from: str
    sha256: str


@dataclass(frozen=True)
class Ledger:
    """What is known of the files below ``folder``, by relative path."""

    folder: Path
    made: Mapping[str, Made]

    @classmethod
    def read(cls, folder: Path) -> Ledger:
        """The ledger in ``folder``; an empty one where there is none."""
        path = folder / LEDGER
        entries = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return cls(folder, {name: Made(**entry) for name, entry in entries.items()})

    def is_current(self, path: str, source: str) -> bool:
        """Whether the file is there, unchanged, and made from ``source``."""
        made, file = self.made.get(path), self.folder / path
        if made is None or made.made_from != source or not file.is_file():
            return False
        return hashlib.sha256(file.read_bytes()).hexdigest() == made.sha256

    def noting(self, path: str, made: Made) -> Ledger:
        """The ledger with one more file."""
        return replace(self, made={**self.made, path: made})

    def write(self) -> None:
        """Keep the ledger beside the samples."""
        entries = {name: asdict(made) for name, made in sorted(self.made.items())}
        handle, draft = tempfile.mkstemp(dir=self.folder, prefix=LEDGER)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(entries, file, indent=1)
        Path(draft).replace(self.folder / LEDGER)


def made_from(filling: Filling) -> str:
    """The hash of a filling, its schema, and the program that writes it."""
    content = json.dumps(asdict(filling), default=_plain, sort_keys=True, ensure_ascii=False)
    parts = (content, load_schema(f"apr-{filling.year}").digest, _program())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)


@cache
def _program() -> str:
    import openpyxl

    digest = hashlib.sha256(f"{reporting.__version__} {openpyxl.__version__}".encode())
    root = Path(reporting.__file__).parent
    for path in sorted([*root.glob("schema/*.py"), *root.glob("workbook/*.py"), *root.glob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()

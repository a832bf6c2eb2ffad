"""What was worked out before, kept under the hash of everything it depends on (DESIGN 5).

An entry is a file of its own, written whole or not at all, with the hash of its content; one that is damaged or missing is
worked out again (docs/decisions/0025). A cache that cannot be written costs time, and nothing else.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache as cached
from pathlib import Path
from typing import Final

from reporting import __version__
from reporting.errors import UsageError
from reporting.paths import cache_folder, schemas_folder

KEPT_DAYS: Final = 90
"""Entries that nobody has asked for during so many days are removed: they may hold what offices wrote."""
_RESULTS: Final = "results"
_HASH: Final = 32
"""Bytes of the SHA-256 that stands before the content of an entry."""


@dataclass(frozen=True, slots=True)
class Cache:
    """Entries of a folder that only its owner may read."""

    folder: Path

    def read(self, name: str) -> bytes | None:
        """The content of an entry, which thereby counts as used; None where there is none, or it is damaged."""
        kept = self._used(name)
        if kept is None or hashlib.sha256(memoryview(kept)[_HASH:]).digest() != kept[:_HASH]:
            return None
        return kept[_HASH:]

    def file(self, name: str) -> Path | None:
        """Where an entry lies that is a file of a format of its own; None where there is none, or it is damaged."""
        content, digest = self._used(name), self.read(_hash_of(name))
        whole = content is not None and hashlib.sha256(content).digest() == digest
        return self.folder / name if whole else None

    def is_writable(self) -> bool:
        """Whether entries can be kept here; the folder is made."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return False
        return os.access(self.folder, os.W_OK | os.X_OK)

    def write(self, name: str, content: bytes) -> None:
        """Keep an entry: whole or not at all, since other processes may be reading."""
        self._write(name, hashlib.sha256(content).digest() + content)

    def write_file(self, name: str, content: bytes) -> None:
        """Keep an entry that is a file of a format of its own: its hash is an entry beside it."""
        self._write(name, content)
        self.write(_hash_of(name), hashlib.sha256(content).digest())

    def _used(self, name: str) -> bytes | None:
        """The bytes of a file of the folder, which thereby counts as used."""
        path = self.folder / name
        try:
            content = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return content

    def _write(self, name: str, content: bytes) -> None:
        import tempfile

        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                Path(temporary).replace(self.folder / name)
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
        except OSError:
            return

    def beside(self, name: str) -> Cache:
        """Another folder of entries of the same cache."""
        return Cache(self.folder.parent / name)

    def remove_unused(self, days: float = KEPT_DAYS) -> None:
        """Remove what has not been used for so many days."""
        limit = time.time() - days * 24 * 3600
        try:
            entries = [entry for entry in os.scandir(self.folder) if entry.is_file()]
        except OSError:
            return
        for entry in entries:
            try:
                if entry.stat().st_mtime < limit:
                    Path(entry.path).unlink()
            except OSError:
                continue


def _hash_of(name: str) -> str:
    """The name of the entry that holds the hash of a file."""
    return f"{name}.sha256"


def results_cache(chosen: Path | None, returns: Iterable[Path]) -> Cache:
    """The cache of results in the folder ``chosen``, by default in the user's cache folder.

    Raises:
        UsageError: the chosen folder lies in one of the folders of ``returns``, where it would travel with them.
    """
    if chosen is not None:
        for folder in returns:
            if folder.is_dir() and chosen.resolve().is_relative_to(folder.resolve()):
                raise UsageError(f"{chosen} lies among the returns in {folder}: choose another folder for the cache")
    return Cache((chosen or cache_folder()) / _RESULTS)


def passing_cache() -> Cache:
    """A cache that is gone when this program ends, for results that are needed once and not kept."""
    import shutil
    import tempfile

    folder = tempfile.mkdtemp(prefix="apr-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Cache(Path(folder))


@cached
def program() -> str:
    """The hash of the forms and of the program's own text, on which every result depends."""
    package = Path(__file__).resolve().parent
    forms = sorted(path for path in schemas_folder().rglob("*") if path.suffix in {".yaml", ".csv"})
    return fingerprint([*forms, *sorted(package.rglob("*.py"))], __version__)[:32]


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """The hash of words, and of the names and contents of files."""
    digest = hashlib.sha256()
    for word in words:
        digest.update(word.encode() + b"\0")
    for path in files:
        digest.update(path.name.encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()

"""Writing one sample return; a function of its own so that several processes can call it."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from pathlib import Path

from reporting.schema.compiled import load_schema
from reporting.workbook.filling import Filling
from reporting.workbook.template import write_return


def write_sample(task: tuple[Path, Filling]) -> str:
    """Write the return to its path, whole or not at all, and give the SHA-256 of the file.

    A file that already says the same is left alone: another version of zlib packs the same parts into other bytes.
    """
    path, filling = task
    schema = load_schema(f"apr-{filling.year}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".writing-") as folder:
        draft = Path(folder) / path.name
        write_return(schema, filling, draft, office_label=schema.codes["offices"].label_of(filling.office))
        if not (path.is_file() and same_parts(draft, path)):
            draft.replace(path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def same_parts(one: Path, other: Path) -> bool:
    """Whether two workbooks hold the same parts, byte for byte, however they are packed."""
    try:
        return _parts(one) == _parts(other)
    except zipfile.BadZipFile:
        return False


def _parts(path: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as package:
        return [(name, package.read(name)) for name in package.namelist()]

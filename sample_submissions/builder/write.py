"""Writing one sample return; a function of its own so that several processes can call it."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from reporting.schema.compiled import load_schema
from reporting.workbook.filling import Filling
from reporting.workbook.template import write_return


def write_sample(task: tuple[Path, Filling]) -> str:
    """Write the return to its path, whole or not at all, and give the SHA-256 of the file."""
    path, filling = task
    schema = load_schema(f"apr-{filling.year}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".writing-") as folder:
        draft = Path(folder) / path.name
        write_return(schema, filling, draft, office_label=schema.codes["offices"].label_of(filling.office))
        draft.replace(path)
    return hashlib.sha256(path.read_bytes()).hexdigest()

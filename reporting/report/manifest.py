"""What reports were made of: the hash of every input file, the report's own hash, and the versions of what made it.

``manifest.json`` stands beside the reports, an entry a report. The same inputs, templates and versions give the same bytes; so
a manifest says whether two reports should be the same, and which input differs where they are not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from reporting import __version__
from reporting.aggregate.collection import Collection
from reporting.cache import fingerprint
from reporting.paths import schemas_folder, templates_folder
from reporting.report.request import Request
from reporting.whole_files import write_whole

NAME: Final = "manifest.json"
_TOOLS: Final = ("Babel", "Jinja2", "pikepdf", "fonttools", "pydyf", "tinyhtml5", "weasyprint")


def record(
    out: Path,
    name: str,
    request: Request,
    collection: Collection,
    *,
    files: Sequence[Path],
    inputs: Sequence[Path] = (),
) -> Path:
    """Enter a report into the manifest of its folder, in the place of what was entered under its name; the manifest.

    ``files`` are the report's, ``inputs`` what was read beside the returns, such as the register of offices. A manifest that cannot be read is begun anew.
    """
    path = out / NAME
    entries = _entries(path)
    entries[name] = {
        "kind": str(request.kind),
        "language": request.language,
        "edition": request.edition,
        "as_of": request.as_of.isoformat() if request.as_of else None,
        "inputs": _inputs(request, collection, inputs),
        "outputs": {item.name: _hash(item) for item in files},
        "made_with": _made_with(),
    }
    text = json.dumps({"reports": dict(sorted(entries.items()))}, indent=1, ensure_ascii=False, sort_keys=False)
    write_whole(path, f"{text}\n".encode())
    return path


def _entries(path: Path) -> dict[str, Any]:
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["reports"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return dict(entries) if isinstance(entries, dict) else {}


def _inputs(request: Request, collection: Collection, others: Sequence[Path]) -> list[dict[str, str]]:
    """Name and SHA-256 of each return, of this year and of the year compared with, and of the other files read."""
    results = [*collection.results, *(request.previous.results if request.previous else ())]
    found = {(Path(item.path).name, item.sha256) for item in results}
    found |= {(path.name, _hash(path)) for path in (*others, request.follow_up) if path is not None and path.is_file()}
    return [{"file": name, "sha256": sha256} for name, sha256 in sorted(found)]


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _made_with() -> dict[str, str]:
    """Versions, and the hashes of the forms and of the templates with their fonts and maps."""
    made = {"annual-protection-reporting": __version__}
    for tool in _TOOLS:
        try:
            made[tool] = version(tool)
        except PackageNotFoundError:
            continue
    made["forms"] = fingerprint(_files(schemas_folder()))
    made["templates"] = fingerprint(_files(templates_folder()))
    return made


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())

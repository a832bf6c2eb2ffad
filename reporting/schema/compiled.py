"""The compiled form of a schema.

Reading YAML through pydantic takes some hundred milliseconds and two heavy imports. The finished schema is therefore kept
as JSON in the cache, under the hash of the YAML and its code lists, and built from there with plain dataclasses.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from reporting import __version__
from reporting.errors import SchemaError
from reporting.paths import cache_folder, schemas_folder
from reporting.schema.model import Schema


@cache
def load_schema(identifier: str) -> Schema:
    """The schema called ``identifier``, such as ``apr-2008``.

    Raises:
        SchemaError: there is no such schema, or its file has faults.
    """
    path = schemas_folder() / f"{identifier}.yaml"
    if not path.is_file():
        at_hand = ", ".join(sorted(other.stem for other in schemas_folder().glob("*.yaml")))
        raise SchemaError(f"there is no schema “{identifier}”; there are {at_hand}")
    compiled = cache_folder() / f"{identifier}-{_fingerprint(path)}.json"
    try:
        return from_json(compiled.read_bytes())
    except (OSError, ValueError, KeyError, TypeError):
        return _compile(path, compiled)


def to_json(schema: Schema) -> bytes:
    """The schema as JSON."""
    return json.dumps(_plain(schema), ensure_ascii=False, separators=(",", ":")).encode()


def from_json(content: bytes) -> Schema:
    """The schema that :func:`to_json` wrote.

    Raises:
        ValueError, KeyError, TypeError: ``content`` is something else.
    """
    return _builder(Schema)(json.loads(content))  # type: ignore[no-any-return]


def _compile(path: Path, compiled: Path) -> Schema:
    from reporting.schema.load import read_schema

    schema = read_schema(path)
    try:
        _write(compiled, to_json(schema))
    except OSError:
        return schema  # a cache that cannot be written costs time, nothing else
    return schema


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all: other processes may be reading."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).replace(path)


def _fingerprint(path: Path) -> str:
    """The hash of everything the compiled form depends on: this program's version, the file, the code lists."""
    digest = hashlib.sha256(__version__.encode())
    for part in (path, *sorted((path.parent / "code_lists").glob("*.csv"))):
        digest.update(part.name.encode())
        digest.update(part.read_bytes())
    return digest.hexdigest()[:32]


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return str(value) if isinstance(value, StrEnum) else value


@cache
def _builder(hint: Any) -> Callable[[Any], Any]:
    """A function that makes a value of type ``hint`` from its JSON."""
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        makers = {item.name: _builder(hints[item.name]) for item in fields(hint)}
        return lambda data: hint(**{name: make(data[name]) for name, make in makers.items()})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if get_origin(hint) is tuple:
        make_item = _builder(get_args(hint)[0])
        return lambda data: tuple(make_item(item) for item in data)
    if get_origin(hint) is UnionType or hint in (str, int, float, bool) or get_origin(hint) is not None:
        return lambda data: data
    raise SchemaError(f"the compiled schema cannot hold {hint!r}")

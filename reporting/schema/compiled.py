"""The compiled form of a schema.

Reading YAML through pydantic takes some hundred milliseconds and two heavy imports. The finished schema is therefore kept
as JSON in the cache, under the hash of the YAML and its code lists, and built from there with plain dataclasses.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache as cached
from pathlib import Path

from reporting import __version__
from reporting.cache import Cache, fingerprint
from reporting.errors import SchemaError
from reporting.paths import cache_folder, schemas_folder
from reporting.records import from_json, to_json
from reporting.schema.model import Schema


@cached
def load_schema(identifier: str) -> Schema:
    """The schema called ``identifier``, such as ``apr-2008``.

    Raises:
        SchemaError: there is no such schema, or its file has faults.
    """
    path = schemas_folder() / f"{identifier}.yaml"
    if not path.is_file():
        at_hand = ", ".join(sorted(other.stem for other in schemas_folder().glob("*.yaml")))
        raise SchemaError(f"there is no schema “{identifier}”; there are {at_hand}")
    cache = Cache(cache_folder())
    name = f"{identifier}-{fingerprint(schema_files(path), __version__)[:32]}.json"
    if (kept := cache.read(name)) is not None:
        with suppress(ValueError, KeyError, TypeError):
            return from_json(Schema, kept)
    return _compile(path, cache, name)


def _compile(path: Path, cache: Cache, name: str) -> Schema:
    from reporting.schema.load import read_schema

    schema = read_schema(path)
    cache.write(name, to_json(schema))
    return schema


def schema_files(path: Path) -> list[Path]:
    """Everything that the meaning of a schema file depends on: itself and the code lists."""
    return [path, *sorted((path.parent / "code_lists").glob("*.csv"))]

"""Reading a schema file.

A fault in the file is reported with file and line, all faults at once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import yaml
from pydantic import TypeAdapter, ValidationError

from reporting.errors import SchemaError
from reporting.schema.identifiers import schema_ids, schema_path
from reporting.schema.model import Schema
from reporting.schema.problems import problems
from reporting.schema.source import SchemaSource, assemble

__all__ = ["editor_schema", "read_schema", "schema_ids", "schema_path"]

_SOURCE = TypeAdapter(SchemaSource)
_IN_OUR_WORDS = {"unexpected_keyword_argument": "there is no such key", "missing": "this key is missing"}
"""What pydantic says of keys, by its type of error."""
_YAML_1_1_ONLY = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")


class _Located(dict[Hashable, Any]):
    """A mapping of the file that knows its line, counted from 1."""

    line: int = 0


class _Loader(yaml.CSafeLoader):
    """YAML with ``yes``, ``no`` and dates left as the texts they are; mappings know their line, duplicates are refused."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {  # type: ignore[misc]
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in _YAML_1_1_ONLY]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def _mapping(loader: _Loader, node: yaml.MappingNode) -> _Located:
    located = _Located()
    located.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str | int | float):
            raise yaml.constructor.ConstructorError(None, None, "a key is a single word", key_node.start_mark)
        if key in located:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}” stands here twice", key_node.start_mark)
        located[key] = loader.construct_object(value_node, deep=True)
    return located


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor("tag:yaml.org,2002:bool", lambda _, node: node.value.lower() == "true")
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$", re.IGNORECASE), list("tTfF"))


def read_schema(path: Path) -> Schema:
    """The schema in the file ``path``.

    Raises:
        SchemaError: the file is not YAML, or does not make a schema; the message lists every fault with its line.
    """
    raw = _read_yaml(path)
    try:
        source: SchemaSource = _SOURCE.validate_python(raw)
    except ValidationError as error:
        faults = [
            (_line_at(raw, item["loc"]), f"{_dotted(item['loc'])}: {_IN_OUR_WORDS.get(item['type'], item['msg'])}")
            for item in error.errors()
        ]
        raise _schema_error(path, faults) from error
    schema = replace(assemble(source, path.parent), digest=_digest(path, source))
    lines = dict(_lines_by_id(raw))
    if faults := [(_line_of(place, lines), f"{place}: {message}") for place, message in problems(schema)]:
        raise _schema_error(path, faults)
    return schema


def editor_schema() -> dict[str, Any]:
    """The JSON Schema of a schema file, for completion and checking in editors; ``schemas/apr.schema.json`` is its copy."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_SOURCE.json_schema()}


def _read_yaml(path: Path) -> _Located:
    try:
        raw = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506 - the loader derives from the safe one
    except OSError as error:
        raise SchemaError(f"{path}: cannot be read ({error.strerror})") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _schema_error(path, [(line, str(error.problem))]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SchemaError(f"{path}: not a YAML file ({error})") from error
    if not isinstance(raw, _Located):
        raise SchemaError(f"{path}, line 1: a schema is a mapping of keys, such as “id: apr-2008”")
    return raw


def _digest(path: Path, source: SchemaSource) -> str:
    digest = hashlib.sha256(path.read_bytes())
    for name in sorted(set(source.files())):
        digest.update((path.parent / name).read_bytes())
    return digest.hexdigest()


def _schema_error(path: Path, faults: Sequence[tuple[int, str]]) -> SchemaError:
    return SchemaError("\n".join(f"{path}, line {line}: {message}" for line, message in sorted(faults)))


def _dotted(location: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in location)


def _line_at(raw: Any, location: Sequence[int | str]) -> int:
    """The line of the innermost mapping on the way to ``location``."""
    line = 1
    for part in location:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(raw, _Located):
            line = raw.line
    return line


def _line_of(place: str, lines: Mapping[str, int]) -> int:
    """The line of the definition ``place``; a question that every area asks stands under its last name."""
    return lines.get(place, lines.get(place.rpartition(".")[2], 1))


def _lines_by_id(raw: Any, prefix: str = "") -> Iterator[tuple[str, int]]:
    """The line of every definition by its full id (or code)."""
    if isinstance(raw, list):
        for item in raw:
            yield from _lines_by_id(item, prefix)
    if not isinstance(raw, _Located):
        return
    name = raw.get("id", raw.get("code"))
    full = f"{prefix}.{name}".strip(".") if name else prefix
    if name:
        yield full, raw.line
    for key, value in raw.items():
        inner = key if key in ("cover", "summary") else full if prefix or key in _NESTED else ""
        yield from _lines_by_id(value, str(inner))


_NESTED = frozenset({"areas", "fields", "columns", "indicators"})

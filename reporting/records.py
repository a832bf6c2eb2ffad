"""Frozen dataclasses as JSON and back, at the speed of plain dataclasses.

Fields are texts, numbers, dates or nothing, enumerations, dataclasses, tuples and mappings of these; what is written is trusted only as
far as it can be read back: everything else raises.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(record: object) -> bytes:
    """A dataclass as compact JSON."""
    return json.dumps(plain(record), ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


def from_json(kind: type[T], content: bytes) -> T:
    """The dataclass of type ``kind`` that :func:`to_json` wrote.

    Raises:
        ValueError, KeyError, TypeError: ``content`` is something else.
    """
    made: T = builder(kind)(json.loads(content))  # type: ignore[arg-type] # a class can be hashed
    return made


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


@cache
def builder(hint: Any) -> Callable[[Any], Any]:
    """A function that makes a value of type ``hint`` from its JSON.

    Raises:
        TypeError: values of that type cannot be made.
    """
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        makers = {item.name: builder(hints[item.name]) for item in fields(hint)}
        return lambda data: hint(**{name: make(data[name]) for name, make in makers.items()})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if get_origin(hint) is tuple:
        make_item = builder(get_args(hint)[0])
        return lambda data: tuple(make_item(item) for item in data)
    if hint == date | None:
        return lambda data: None if data is None else date.fromisoformat(data)
    if get_origin(hint) is UnionType or hint in (str, int, float, bool) or get_origin(hint) is not None:
        return lambda data: data
    raise TypeError(f"there is no way to make {hint!r} from JSON")

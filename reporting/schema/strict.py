"""How strictly the parts of a schema are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class Strict:
    """Has pydantic refuse keys that a part does not have; a misspelt key must not pass in silence."""

    __slots__ = ()
    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

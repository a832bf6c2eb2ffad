"""Which schemas there are; told without reading any."""

from __future__ import annotations

from pathlib import Path

from reporting.errors import SchemaError
from reporting.paths import schemas_folder


def schema_ids() -> list[str]:
    """The ids of the schemas at hand, oldest first."""
    return sorted(path.stem for path in schemas_folder().glob("*.yaml"))


def schema_path(identifier: str) -> Path:
    """The file of a schema.

    Raises:
        SchemaError: there is no schema of that id.
    """
    if identifier not in schema_ids():
        raise SchemaError(f"there is no schema “{identifier}”; there are {', '.join(schema_ids())}")
    return schemas_folder() / f"{identifier}.yaml"

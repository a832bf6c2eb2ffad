"""The formats of ``apr validate``, each imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reporting.findings import FileResult

if TYPE_CHECKING:
    from reporting.schema.model import Schema

Writer = Callable[[Sequence[FileResult], str | None, bool], str]
"""Writes results: ``writer(results, newest_schema_id, show_values)``."""


def _json(results: Sequence[FileResult], schema: str | None, _show: bool) -> str:  # noqa: FBT001 - as Writer
    from reporting.outputs.json_report import json_text

    return json_text(results, schema=schema)


def _html(results: Sequence[FileResult], _schema: str | None, _show: bool) -> str:  # noqa: FBT001 - as Writer
    from reporting.outputs.html import html_text

    return html_text(results)


def _junit(results: Sequence[FileResult], _schema: str | None, show: bool) -> str:  # noqa: FBT001 - as Writer
    from reporting.outputs.junit import junit_text

    return junit_text(_published(results, show))


def _github(results: Sequence[FileResult], _schema: str | None, show: bool) -> str:  # noqa: FBT001 - as Writer
    from reporting.outputs.github import github_text

    return github_text(_published(results, show))


def _sarif(results: Sequence[FileResult], _schema: str | None, show: bool) -> str:  # noqa: FBT001 - as Writer
    from reporting.checks.catalogue import catalogue
    from reporting.outputs.sarif import sarif_text

    return sarif_text(_published(results, show), catalogue(*_schemas()))


def _published(results: Sequence[FileResult], show: bool) -> Sequence[FileResult]:  # noqa: FBT001 - passed on
    from reporting.outputs.masking import masked

    return results if show else masked(results, _schemas())


def _schemas() -> list[Schema]:
    from reporting.schema.compiled import load_schema
    from reporting.schema.load import schema_ids

    return [load_schema(identifier) for identifier in schema_ids()]


WRITERS: Final[Mapping[str, Writer]] = MappingProxyType(
    {"json": _json, "junit": _junit, "sarif": _sarif, "github": _github, "html": _html}
)
"""Every format but text, which depends on the terminal."""
FORMATS: Final = ("text", *WRITERS)

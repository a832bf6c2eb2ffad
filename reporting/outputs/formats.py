"""The formats of ``apr validate``, each imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reporting.findings import FileResult, Finding, Verdict

if TYPE_CHECKING:
    from reporting.schema.model import Schema

BETWEEN: Final = "between offices"
"""In formats that know files only, what offices say of each other stands under this name."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a run has found: in the files, and between offices. ``schema`` is the id of the newest form, if there is any.

    With ``show`` values of sensitive fields are told in what CI systems publish.
    """

    results: Sequence[FileResult]
    network: Sequence[Finding] = ()
    schema: str | None = None
    show: bool = False

    @property
    def as_files(self) -> Sequence[FileResult]:
        """The files, and one more for what stands between them."""
        if not self.network:
            return self.results
        between = FileResult(path=BETWEEN, sha256="", verdict=Verdict.ACCEPTED, findings=tuple(self.network))
        return [*self.results, between]

    @property
    def published(self) -> Sequence[FileResult]:
        """The same, without values that are not to be published."""
        from reporting.outputs.masking import masked

        return self.as_files if self.show else masked(self.as_files, _schemas())


Writer = Callable[[Told], str]


def _json(told: Told) -> str:
    from reporting.outputs.json_report import json_text

    return json_text(told.results, schema=told.schema, network=told.network)


def _html(told: Told) -> str:
    from reporting.outputs.html import html_text

    return html_text(told.as_files)


def _junit(told: Told) -> str:
    from reporting.outputs.junit import junit_text

    return junit_text(told.published)


def _github(told: Told) -> str:
    from reporting.outputs.github import github_text

    return github_text(told.published)


def _sarif(told: Told) -> str:
    from reporting.checks.catalogue import catalogue
    from reporting.outputs.sarif import sarif_text

    return sarif_text(told.published, catalogue(*_schemas()))


def _schemas() -> list[Schema]:
    from reporting.schema.compiled import load_schema
    from reporting.schema.load import schema_ids

    return [load_schema(identifier) for identifier in schema_ids()]


WRITERS: Final[Mapping[str, Writer]] = MappingProxyType(
    {"json": _json, "junit": _junit, "sarif": _sarif, "github": _github, "html": _html}
)
"""Every format but text, which depends on the terminal."""
FORMATS: Final = ("text", *WRITERS)

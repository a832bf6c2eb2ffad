"""The formats of ``apr validate``, each imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from reporting.findings import FileResult, Finding, Verdict
from reporting.languages import to_say
from reporting.translator import ENGLISH_WORDS, Translator

if TYPE_CHECKING:
    from reporting.schema.model import Schema

BETWEEN: Final = to_say("between offices")
"""In formats that know files only, what offices say of each other stands under this name."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a run has found: in the files, and between offices. ``schema`` is the id of the newest form, if there is any.

    With ``show`` values of sensitive fields are told in what CI systems publish. Everything is told in the language of
    ``words``.
    """

    results: Sequence[FileResult]
    network: Sequence[Finding] = ()
    schema: str | None = None
    show: bool = False
    words: Translator = ENGLISH_WORDS

    @property
    def files(self) -> Sequence[FileResult]:
        """The files."""
        return [self.words.result(result) for result in self.results]

    @property
    def between(self) -> Sequence[Finding]:
        """What stands between them."""
        return self.words.findings(self.network, self.schema or "")

    @property
    def as_files(self) -> Sequence[FileResult]:
        """The files, and one more for what stands between them."""
        return [self.words.result(result) for result in self._as_files]

    @property
    def published(self) -> Sequence[FileResult]:
        """The same, without values that are not to be published."""
        from reporting.outputs.masking import masked

        results = self._as_files if self.show else masked(self._as_files, _schemas())
        return [self.words.result(result) for result in results]

    @property
    def _as_files(self) -> Sequence[FileResult]:
        if not self.network:
            return self.results
        path = self.words.say(BETWEEN)
        found = tuple(self.network)
        between = FileResult(path=path, sha256="", form=self.schema or "", verdict=Verdict.ACCEPTED, findings=found)
        return [*self.results, between]


Writer = Callable[[Told], str]


def _json(told: Told) -> str:
    from reporting.outputs.json_report import json_text

    return json_text(told.files, schema=told.schema, network=told.between)


def _html(told: Told) -> str:
    from reporting.outputs.html import html_text

    return html_text(told.as_files, told.words)


def _junit(told: Told) -> str:
    from reporting.outputs.junit import junit_text

    return junit_text(told.published, told.words)


def _github(told: Told) -> str:
    from reporting.outputs.github import github_text

    return github_text(told.published, told.words)


def _sarif(told: Told) -> str:
    from reporting.checks.catalogue import catalogue
    from reporting.outputs.sarif import sarif_text

    kinds = catalogue(*_schemas())
    said = {code: told.words.kind(kind, told.schema or "") for code, kind in kinds.items()}
    return sarif_text(told.published, said, told.words)


def _schemas() -> list[Schema]:
    from reporting.schema.compiled import load_schema
    from reporting.schema.load import schema_ids

    return [load_schema(identifier) for identifier in schema_ids()]


WRITERS: Final[Mapping[str, Writer]] = MappingProxyType(
    {"json": _json, "junit": _junit, "sarif": _sarif, "github": _github, "html": _html}
)
"""Every format but text, which depends on the terminal."""
FORMATS: Final = ("text", *WRITERS)

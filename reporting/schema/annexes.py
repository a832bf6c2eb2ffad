"""What a schema says beside the form itself: the recommendations it serves, and its guidance."""

from __future__ import annotations

from dataclasses import dataclass

from reporting.schema.strict import Strict


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Strict):
    """A recommendation of the review, with the indicators of this schema that evidence it."""

    id: str
    section: str
    text: str
    addressed_to: str
    source: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance(Strict):
    """A paragraph of the ``Guidance`` sheet."""

    id: str
    label: str
    text: str
    source: str = ""

"""What a schema says beside the form itself: the recommendations it serves, its guidance, and what it shares with earlier forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence(Strict):
    """A figure of this form that answers to a figure of an earlier form, so that the two years can be compared.

    ``indicator`` is this form's, ``previous`` the one of ``form``; ``headings`` gives the earlier name of a heading of the
    breakdown where it differs. ``differs`` says how the two differ: it is printed with every comparison, as a break in the
    series.
    """

    indicator: str
    form: str
    previous: str
    differs: str
    headings: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "headings", MappingProxyType(dict(self.headings)))

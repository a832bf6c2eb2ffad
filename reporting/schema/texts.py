"""The texts of a form, each with its place: one walk that collects them for the catalogues and puts translations in.

The place of a text is the id of what it belongs to and the key it stands under in the schema: ``populations.label``,
``trafficking.victims.caution``, ``groups.REF.label`` for a code of a list, ``R01.text`` for a recommendation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from gettext import NullTranslations
from typing import Any, Final, TypeVar

from reporting.schema.model import Area, Category, CodeList, Schema, Section, Table

Say = Callable[[str, str], str]
"""What to write for the English text (second) at a place (first)."""
Part = TypeVar("Part", bound=Any)

_OF_A_FIELD: Final = ("label", "unit", "guidance")
_OF_A_PART: Final = ("label", "guidance")
PROPER_NAMES: Final = frozenset({"countries", "languages", "offices"})
"""Code lists whose names come from CLDR, not from a catalogue; an office is called by its country."""


def with_texts(schema: Schema, say: Say) -> Schema:
    """``schema`` with every text that reports, findings and workbooks print replaced by what ``say`` makes of it."""
    return replace(
        _said(schema, schema.id, say, "label", "source"),
        cover=_section(schema.cover, say),
        summary=_section(schema.summary, say),
        categories=tuple(_category(item, say) for item in schema.categories),
        tables=tuple(_table(item, say) for item in schema.tables),
        code_lists=tuple(_code_list(item, say) for item in schema.code_lists),
        guidance=tuple(_said(item, f"guidance.{item.id}", say, "label", "text") for item in schema.guidance),
        rules=tuple(_said(item, item.code, say, "message", "hint") for item in schema.rules),
        indicators=tuple(_said(item, item.id, say, "label", "unit", "caution") for item in schema.indicators),
        series=tuple(_said(item, f"{item.form}.{item.indicator}", say, "differs") for item in schema.series),
        recommendations=tuple(
            _said(item, item.id, say, "section", "text", "addressed_to") for item in schema.recommendations
        ),
    )


def translated(schema: Schema, words: NullTranslations) -> Schema:
    """``schema`` in the language of a catalogue; what the catalogue does not have stays English."""
    return with_texts(schema, words.pgettext)


def _said(part: Part, place: str, say: Say, *keys: str) -> Part:
    """``part`` with the texts under ``keys`` said anew; empty ones stay empty."""
    texts = {key: getattr(part, key) for key in keys}
    return replace(part, **{key: say(f"{place}.{key}", text) for key, text in texts.items() if text})


def _section(section: Section, say: Say) -> Section:
    fields = tuple(_said(item, item.id, say, *_OF_A_FIELD) for item in section.fields)
    return replace(_said(section, section.id, say, *_OF_A_PART), fields=fields)


def _category(category: Category, say: Say) -> Category:
    areas = tuple(_area(item, say) for item in category.areas)
    return replace(_said(category, category.id, say, *_OF_A_PART), areas=areas)


def _area(area: Area, say: Say) -> Area:
    return replace(
        _said(area, area.id, say, *_OF_A_PART),
        fields=tuple(_said(item, item.id, say, *_OF_A_FIELD) for item in area.fields),
        indicators=tuple(_said(item, item.id, say, *_OF_A_FIELD, "objective") for item in area.indicators),
    )


def _table(table: Table, say: Say) -> Table:
    columns = tuple(_said(item, item.id, say, *_OF_A_FIELD) for item in table.columns)
    return replace(_said(table, table.id, say, *_OF_A_PART), columns=columns)


def _code_list(codes: CodeList, say: Say) -> CodeList:
    if codes.id in PROPER_NAMES:
        return codes
    return replace(codes, codes=tuple(_said(item, f"{codes.id}.{item.code}", say, "label") for item in codes.codes))

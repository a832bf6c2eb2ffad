"""A form in another language: its texts from the catalogues, names of countries and languages from CLDR.

The United Nations calls some countries otherwise than CLDR does; ``schemas/languages/<language>/names.csv`` has these. In
English the names are those of the code lists, which are UNHCR's own.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from reporting.languages import ENGLISH, form_words
from reporting.paths import schemas_folder, templates_folder
from reporting.schema.model import Code, CodeList, Schema
from reporting.schema.texts import translated

Name = Callable[[str, str], str]
"""The name (of code and English name) in another language."""


def in_language(schema: Schema, language: str) -> Schema:
    """``schema`` with the texts and names of ``language``; what nobody has translated stays English."""
    if language == ENGLISH:
        return schema
    said = translated(schema, form_words(language, schema.id))
    names = {"countries": _country(language), "offices": _country(language), "languages": _language(language)}
    return replace(said, code_lists=tuple(_named(codes, names.get(codes.id)) for codes in said.code_lists))


@cache
def alpha_2(code: str) -> str:
    """The ISO 3166 alpha-2 code for an alpha-3 or numeric one (CLDR); the code itself where there is none."""
    from babel.core import get_global

    aliases = get_global("territory_aliases").get(code, ())
    return _aliases().get(code) or (str(aliases[0]) if aliases else code)


@cache
def _aliases() -> Mapping[str, str]:
    """Codes that CLDR does not know, and what it calls their places (``templates/maps/places.csv``)."""
    path = templates_folder() / "maps" / "places.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["code"] for row in csv.DictReader(file) if row["kind"] == "alias"}


def _named(codes: CodeList, name: Name | None) -> CodeList:
    if name is None:
        return codes
    return replace(codes, codes=tuple(_called(item, name) for item in codes.codes))


def _called(entry: Code, name: Name) -> Code:
    """An entry under its name; countries of the made-up world, whose codes mean others elsewhere, keep theirs."""
    if entry.attributes.get("fictional") == "yes":
        return entry
    return replace(entry, label=name(entry.code, entry.label))


def _country(language: str) -> Name:
    from babel import Locale

    known = Locale.parse(language, sep="-").territories
    ours = _united_nations(language)
    return lambda code, english: ours.get(code) or known.get(alpha_2(code), english)


def _language(language: str) -> Name:
    from babel import Locale

    known = Locale.parse(language, sep="-").languages
    return lambda code, english: known.get(code, english).capitalize()


def _united_nations(language: str) -> Mapping[str, str]:
    """Names of countries, by code, that are not those of CLDR."""
    path = schemas_folder() / "languages" / language / "names.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}

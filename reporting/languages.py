"""The languages of reports and findings: English, and every language that has gettext catalogues.

English stands where a text is used, or where the schema defines it; a catalogue holds what it is in another language.
``templates/languages/<language>/reports.po`` has the texts of reports, ``findings.po`` beside it those of findings, ``workbook.po`` those of the workbook, ``schemas/languages/<language>/<schema>.po`` those of
a form, each under its place in the form as context. A language is there as soon as its first catalogue is.
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reporting.cache import Cache, fingerprint
from reporting.errors import UsageError
from reporting.paths import cache_folder, schemas_folder, templates_folder

if TYPE_CHECKING:
    from babel import Locale

ENGLISH: Final = "en"


def to_say(text: str) -> str:
    """``text`` itself: marks an English text that is translated where it is used, so that the catalogues have it."""
    return text


def at_hand(catalogue: str = "reports") -> tuple[str, ...]:
    """The languages that reports, or ``findings``, can be written in: English, then the others by code."""
    found = (templates_folder() / "languages").glob(f"*/{catalogue}.po")
    return (ENGLISH, *sorted(path.parent.name for path in found))


def check_language(language: str, catalogue: str = "reports") -> None:
    """Refuse a language without a catalogue.

    Raises:
        UsageError: there is none for ``language``.
    """
    there = at_hand(catalogue)
    if language not in there:
        raise UsageError(f"there are no {catalogue} in the language “{language}”; there are {', '.join(there)}")


def report_words(language: str) -> NullTranslations:
    """The texts of reports in ``language``."""
    return _words(templates_folder() / "languages" / language / "reports.po")


def form_languages(schema: str) -> tuple[str, ...]:
    """The languages that a form can be written in: English, then the others by code."""
    found = (schemas_folder() / "languages").glob(f"*/{schema}.po")
    return (ENGLISH, *sorted(path.parent.name for path in found))


def workbook_words(language: str) -> NullTranslations:
    """The words of the workbook that are not the form's, by their ids (:mod:`reporting.workbook.texts`)."""
    return _words(templates_folder() / "languages" / language / "workbook.po")


def finding_words(language: str) -> NullTranslations:
    """The texts of findings, and of what they are listed in, in ``language``."""
    return _words(templates_folder() / "languages" / language / "findings.po")


def form_words(language: str, schema: str) -> NullTranslations:
    """The texts of a form in ``language``, by their place in it."""
    return _words(schemas_folder() / "languages" / language / f"{schema}.po")


@cache
def locale_of(language: str) -> Locale:
    """The conventions of a language (CLDR); English as the United Nations writes it."""
    from babel import Locale

    return Locale.parse({"en": "en-GB"}.get(language, language), sep="-")


@cache
def _words(path: Path) -> NullTranslations:
    """A catalogue, compiled once and kept; without a file every text stays English."""
    if not path.is_file():
        return NullTranslations()
    kept = Cache(cache_folder())
    name = f"words-{fingerprint([path])[:32]}.mo"
    compiled = kept.read(name)
    if compiled is None:
        compiled = _compiled(path)
        kept.write(name, compiled)
    return GNUTranslations(io.BytesIO(compiled))


def _compiled(path: Path) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()

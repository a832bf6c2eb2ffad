"""The languages of reports: English, and every language that has gettext catalogues.

English stands where a text is used, or where the schema defines it; a catalogue holds what it is in another language.
``templates/languages/<language>/reports.po`` has the texts of reports, ``schemas/languages/<language>/<schema>.po`` those of
a form, each under its place in the form as context. A language is there as soon as its first catalogue is.
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from reporting.cache import Cache, fingerprint
from reporting.errors import UsageError
from reporting.paths import cache_folder, schemas_folder, templates_folder

ENGLISH: Final = "en"


def to_say(text: str) -> str:
    """``text`` itself: marks an English text that is translated where it is used, so that the catalogues have it."""
    return text


def at_hand() -> tuple[str, ...]:
    """The languages that reports can be written in: English, then the others by code."""
    found = (templates_folder() / "languages").glob("*/reports.po")
    return (ENGLISH, *sorted(path.parent.name for path in found))


def check_language(language: str) -> None:
    """Refuse a language without a catalogue.

    Raises:
        UsageError: there is none for ``language``.
    """
    if language not in at_hand():
        raise UsageError(f"there is no report in the language “{language}”; there are {', '.join(at_hand())}")


def report_words(language: str) -> NullTranslations:
    """The texts of reports in ``language``."""
    return _words(templates_folder() / "languages" / language / "reports.po")


def form_words(language: str, schema: str) -> NullTranslations:
    """The texts of a form in ``language``, by their place in it."""
    return _words(schemas_folder() / "languages" / language / f"{schema}.po")


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

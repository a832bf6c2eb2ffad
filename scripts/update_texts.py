"""Bring the gettext catalogues up to date with the texts of the code and of the schemas.

Run: python scripts/update_texts.py, or with --language es to begin a language. Texts that are new come without a translation,
those whose English changed come marked as fuzzy with the old one, those that are gone leave.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from reporting.checks.catalogue import catalogue
from reporting.languages import ENGLISH, at_hand
from reporting.paths import schemas_folder, templates_folder
from reporting.schema.compiled import load_schema
from reporting.schema.identifiers import schema_ids
from reporting.schema.texts import with_texts
from reporting.workbook.texts import TEXTS

_KEYWORDS = {"say": None, "say_many": (1, 2), "to_say": None, "Text": None}
_CODE = Path(__file__).parent.parent / "reporting"
_PLACE = re.compile(r"\{\w+\}")
_OF_FINDINGS = ("checks/**.py", "cli/explain.py", "outputs/**.py", "pipeline.py", "translator.py", "workbook/**.py")
"""The code that findings and what lists them are made by; the texts of reports stand in reporting/report."""
_HEADER = (
    "# {name} in the language of this folder; English stands in the code and in the schemas (docs/decisions/0020).\n#"
)


def main() -> None:
    """Update the catalogues of every language, and of one that is begun."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", help="a language to begin, such as es")
    chosen = parser.parse_args().language
    for language in sorted({*at_hand(), *([chosen] if chosen else [])} - {ENGLISH}):
        for path, english in templates(language):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(updated(path, english, language))


def templates(language: str) -> Iterator[tuple[Path, Catalog]]:
    """The catalogues that a language has, with the English texts they must hold."""
    yield templates_folder() / "languages" / language / "reports.po", texts_of_reports()
    yield templates_folder() / "languages" / language / "findings.po", texts_of_findings()
    yield templates_folder() / "languages" / language / "workbook.po", texts_of_workbook()
    for schema in schema_ids():
        yield schemas_folder() / "languages" / language / f"{schema}.po", texts_of_form(schema)


def texts_of_reports() -> Catalog:
    """The texts that the code of reports says, each once, in the order of the files."""
    return _texts_in(["report/**.py"])


def texts_of_findings() -> Catalog:
    """What every code has to say, but the rules of the forms, and the texts of what findings are listed in."""
    found = Catalog(fuzzy=False)
    for kind in catalogue().values():
        for text in filter(None, (kind.message, kind.hint, kind.documentation)):
            found.add(text, flags=_flags(text))
    for message in _texts_in(_OF_FINDINGS):
        if message.id:
            found.add(message.id, locations=message.locations, flags=message.flags)
    return found


def texts_of_workbook() -> Catalog:
    """The words of the workbook that are not the form's, each under its id."""
    found = Catalog(fuzzy=False)
    for identifier, english in TEXTS.items():
        if any(map(str.isalpha, _PLACE.sub("", english))):  # signs are the same in every language
            found.add(english, context=identifier, flags=_flags(english))
    return found


def _texts_in(patterns: Iterable[str]) -> Catalog:
    """The texts that some of the code says, each once, in the order of the files."""
    found = Catalog(fuzzy=False)
    methods = [(pattern, _said_in) for pattern in patterns]
    for file, _, text, _, _ in extract_from_dir(_CODE, methods, keywords=_KEYWORDS):
        found.add(text, locations=[(f"reporting/{file}", None)], flags=_flags(text))  # type: ignore[list-item]
    return found


def _flags(text: object) -> set[str]:
    return {"python-brace-format"} if "{" in str(text) else set()


def _said_in(
    file: IO[bytes], keywords: Iterable[str], *_: object, **__: object
) -> Iterator[tuple[int, str, object, list[str]]]:
    """The calls of ``keywords`` in a Python file, for Babel: by its syntax tree, which sees into f-strings."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            texts = [item.value if isinstance(item, ast.Constant) else None for item in node.args]
            if name in keywords and texts:
                if name != "say_many":
                    texts = texts[:1]
                if all(texts[:2]):
                    yield node.lineno, name, texts[0] if len(texts) == 1 else tuple(texts[:2]), []


def texts_of_form(schema: str) -> Catalog:
    """The texts of a form that reports print, each under its place."""
    found = Catalog(fuzzy=False)

    def note(place: str, english: str) -> str:
        found.add(english, context=place)
        return english

    with_texts(load_schema(schema), note)
    return found


def updated(path: Path, english: Catalog, language: str) -> bytes:
    """The content of the catalogue at ``path`` with the texts of ``english``."""
    catalogue = Catalog(locale=language)
    if path.is_file():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    catalogue.update(english, no_fuzzy_matching=not path.is_file())
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.header_comment = _HEADER.format(name=path.stem)
    written = io.BytesIO()
    write_po(written, catalogue, width=120, omit_header=True, ignore_obsolete=True)
    return _header(catalogue).encode() + written.getvalue()


def _header(catalogue: Catalog) -> str:
    """The few lines of the header that programs read; dates would change with every run."""
    lines = {
        "Language": str(catalogue.locale),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": catalogue.plural_forms,
    }
    fields = "".join(f'"{key}: {value}\\n"\n' for key, value in lines.items())
    return f'{catalogue.header_comment}\nmsgid ""\nmsgstr ""\n{fields}\n'


if __name__ == "__main__":
    main()

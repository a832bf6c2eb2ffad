"""From what an office chose in a drop-down, in any language of the form, to the code."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial

from reporting.languages import form_languages
from reporting.schema.compiled import load_schema
from reporting.schema.model import CodeList, Field, FieldType, Schema
from reporting.schema.translation import in_language
from reporting.workbook.choices import code_list_of

_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad")
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""They steer a terminal, and no cell shows them; tabs and line breaks are none of them."""
_ACCENTS = dict.fromkeys(range(0x300, 0x370))
"""Of Latin, Greek and Cyrillic letters; the marks of other scripts tell words apart."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


def clean(text: str) -> str:
    """``text`` without marks that do not show, in composed form, stripped; line breaks are kept."""
    if not text.isprintable():
        text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.isascii():  # which is composed, and has no marks that do not show: most cells, in a tenth of the time
        return text.strip()
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE)).strip()


def folded(text: str) -> str:
    """``text`` as labels are compared: without regard to case, accents, spacing and the shape of quotation marks."""
    text = clean(text)
    if text.isascii():
        return " ".join(text.casefold().split())
    letters = unicodedata.normalize("NFKD", text).translate(_ACCENTS)
    return " ".join(unicodedata.normalize("NFC", letters).translate(_QUOTES).casefold().split())


@dataclass(frozen=True, slots=True)
class Codes:
    """The answers of one question."""

    by_label: Mapping[str, str]
    """Codes by folded code and label."""
    labels: Mapping[str, str]
    """English labels by code."""
    elsewhere: Callable[[], Mapping[str, tuple[str, str]]] = dict
    """Codes and labels by folded label in the other languages of the form; they are read when they are first needed."""

    def code(self, text: str) -> str | None:
        """The code that ``text`` means, or None."""
        key = folded(text)
        return self.by_label.get(key) or self.elsewhere().get(key, (None, ""))[0]

    def nearest(self, text: str) -> str:
        """The label most like ``text``, in whatever language, or nothing where none is."""
        labels = {key: label for key, (_, label) in self.elsewhere().items()}
        labels |= {key: self.labels[code] for key, code in self.by_label.items()}
        near = difflib.get_close_matches(folded(text), labels, n=1, cutoff=0.75)
        return labels[near[0]] if near else ""


@dataclass(frozen=True)
class CodeBook:
    """The code lists of a schema, made ready to look labels up."""

    schema: Schema
    _codes: dict[str, Codes] = field(default_factory=dict)

    def of(self, question: Field) -> Codes:
        """The answers of ``question``, a choice or a yes/no question."""
        codes = code_list_of(self.schema, question)
        name = codes.id if codes else question.type.value
        if name not in self._codes:
            self._codes[name] = _ready(codes, self.schema) if codes else _yes_no(question.type)
        return self._codes[name]


def _ready(codes: CodeList, schema: Schema) -> Codes:
    labels = {entry.code: entry.label for entry in codes.codes}
    by_label = {text: code for code in reversed(labels) for text in _spellings(code, labels[code])}
    return Codes(by_label | {folded(code): code for code in labels}, labels, partial(_elsewhere, schema.id, codes.id))


@cache
def _elsewhere(schema: str, codes: str) -> Mapping[str, tuple[str, str]]:
    """Code and label by folded label, of one list in every language but English."""
    spoken = (form_in(schema, language) for language in form_languages(schema)[1:])
    return {folded(item.label): (item.code, item.label) for form in spoken for item in form.codes[codes].codes}


@cache
def form_in(schema: str, language: str) -> Schema:
    """A form in one of its languages."""
    return in_language(load_schema(schema), language)


def _spellings(code: str, label: str) -> Iterator[str]:
    yield folded(label)
    yield folded(f"{code} {label}")


def _yes_no(kind: FieldType) -> Codes:
    labels = {"yes": "Yes", "no": "No"}
    if kind is FieldType.YES_NO_UNKNOWN:
        labels["unknown"] = "Unknown"
    return Codes({code: code for code in labels}, labels)

"""From what an office chose in a drop-down, in any language of the form, to the code."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reporting.schema.model import CodeList, Field, FieldType, Schema
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
    text = text.replace("\r\n", "\n")
    if not text.isprintable():
        text = _CONTROLS.sub("", text.replace("\r", "\n"))
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

    def code(self, text: str) -> str | None:
        """The code that ``text`` means, or None."""
        return self.by_label.get(folded(text))

    def nearest(self, text: str) -> str:
        """The label most like ``text``, or nothing where none is."""
        near = difflib.get_close_matches(folded(text), self.by_label, n=1, cutoff=0.75)
        return self.labels[self.by_label[near[0]]] if near else ""


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
            self._codes[name] = _ready(codes) if codes else _yes_no(question.type)
        return self._codes[name]


def _ready(codes: CodeList) -> Codes:
    labels = {entry.code: entry.label for entry in codes.codes}
    by_label = {text: code for code in reversed(labels) for text in _spellings(code, labels[code])}
    return Codes(by_label | {folded(code): code for code in labels}, labels)


def _spellings(code: str, label: str) -> Iterator[str]:
    yield folded(label)
    yield folded(f"{code} {label}")


def _yes_no(kind: FieldType) -> Codes:
    labels = {"yes": "Yes", "no": "No"}
    if kind is FieldType.YES_NO_UNKNOWN:
        labels["unknown"] = "Unknown"
    return Codes({code: code for code in labels}, labels)

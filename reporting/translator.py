"""What is said of findings, in the reader's language.

A finding is made in English and carries its template and its words. Only where it is written out is it said in another
language, so that a cached verdict serves every reader. Codes, ids, addresses and what offices wrote stay as they are;
numbers and dates follow CLDR, with Western digits, as in reports (decision 20).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from reporting.findings import FileResult, Finding, FindingKind, Word, filled, shown

if TYPE_CHECKING:
    from gettext import NullTranslations

_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_GROUPED: Final = re.compile("[0-9]{1,3}(?:,[0-9]{3})+")
_ISOLATED: Final = "\u2066{}\u2069"
_RIGHT_TO_LEFT_MARK: Final = "\u200f"


@dataclass(frozen=True, slots=True)
class Translator:
    """Says texts and findings in one language; in English everything stays as it is, and no catalogue is read."""

    language: str = "en"

    def say(self, text: str, **values: Word) -> str:
        """``text`` with ``values`` put into its places."""
        said = self._words.gettext(text) if self.translates else text
        return said.format(**{name: self.shown(value) for name, value in values.items()}) if values else said

    def say_many(self, one: str, many: str, count: int) -> str:
        """The form of a text that goes with ``count``, which stands as ``{count}`` in it."""
        if not self.translates:
            return (one if count == 1 else many).format(count=count)
        return self._words.ngettext(one, many, count).format(count=self.shown(count))

    @property
    def translates(self) -> bool:
        """Whether the language is another than English."""
        return self.language != "en"

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        from reporting.languages import locale_of

        return str(locale_of(self.language).text_direction) if self.translates else "ltr"

    @property
    def opening(self) -> str:
        """What a line of text begins with so that it runs in the direction of the language, whatever it begins with."""
        return _RIGHT_TO_LEFT_MARK if self.direction == "rtl" else ""

    def shown(self, value: Word) -> str:
        """A word as it is printed."""
        if not self.translates or value is None:
            return shown(value)
        if isinstance(value, str):
            return self._written(value)
        from babel.numbers import format_decimal

        from reporting.languages import locale_of

        number = format_decimal(value, locale=locale_of(self.language), decimal_quantization=False)
        return _ISOLATED.format(number) if value < 0 and self.direction == "rtl" else number

    def result(self, result: FileResult) -> FileResult:
        """The outcome of a file with its findings in the language."""
        if not self.translates:
            return result
        return replace(result, findings=self.findings(result.findings, result.form))

    def findings(self, findings: Iterable[Finding], form: str) -> tuple[Finding, ...]:
        """Findings in the language."""
        return tuple(self.finding(finding, form) for finding in findings)

    def finding(self, finding: Finding, form: str) -> Finding:
        """A finding with message and hint in the language; ``form`` is the id of its schema, empty where there is none."""
        if not self.translates:
            return finding
        template = self._text(form, f"{finding.code}.message", finding.template)
        message = filled(template, self._said(finding, form), dict(finding.texts)) if template else finding.message
        if finding.alike:
            message += f" {self.say('({count} findings like this one, same cause.)', count=finding.alike)}"
        return replace(finding, message=message, hint=self._text(form, f"{finding.code}.hint", finding.hint))

    def kind(self, kind: FindingKind, form: str = "") -> FindingKind:
        """What findings of a code have in common, in the language; the words of a rule are those of ``form``."""
        if not self.translates:
            return kind
        return replace(
            kind,
            message=self._text(form, f"{kind.code}.message", kind.message),
            hint=self._text(form, f"{kind.code}.hint", kind.hint),
            documentation=self._text(form, "", kind.documentation),
        )

    def _said(self, finding: Finding, form: str) -> Mapping[str, str]:
        """The words of a finding, by name, those that are texts translated but not yet filled."""
        said = {name: self.shown(value) for name, value in finding.words}
        english = dict(finding.words)
        for name, place in finding.texts:
            said[name] = self._text(form, place, str(english[name]))
        return said

    def _text(self, form: str, place: str, english: str) -> str:
        """A text from the catalogue of its form, by its place; else from that of the program; else in English."""
        if not english:
            return ""
        if place.startswith("languages."):
            from reporting.languages import locale_of

            known: Mapping[str, str] = locale_of(self.language).languages
            return known.get(place.split(".")[1], english)
        if form and place and (said := _form_words(self.language, form).pgettext(place, english)) != english:
            return said
        return self._words.gettext(english)

    def _written(self, text: str) -> str:
        """A text as it is, but a day or a number with separators as the language writes them."""
        from reporting.languages import locale_of

        if _DAY.fullmatch(text):
            from babel.dates import format_date

            try:
                return format_date(date.fromisoformat(text), "long", locale=locale_of(self.language))
            except ValueError:  # such as 2008-02-31
                return text
        return self.shown(int(text.replace(",", ""))) if _GROUPED.fullmatch(text) else text

    @property
    def _words(self) -> NullTranslations:
        from reporting.languages import finding_words

        return finding_words(self.language)


@cache
def _form_words(language: str, form: str) -> NullTranslations:
    from reporting.languages import form_words

    return form_words(language, form)


ENGLISH_WORDS: Final = Translator()


def translator(language: str) -> Translator:
    """The translator into a language.

    Raises:
        UsageError: there is no catalogue for it.
    """
    if language != ENGLISH_WORDS.language:
        from reporting.languages import check_language

        check_language(language, "findings")
    return Translator(language)

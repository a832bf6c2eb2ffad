"""Reports in other languages: which there are, and that every text a report says can be translated."""

import csv
from gettext import NullTranslations
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from reporting.errors import UsageError
from reporting.languages import at_hand, form_words, report_words
from reporting.paths import schemas_folder
from reporting.report import material, numbers
from reporting.report.blocks import Statements
from reporting.report.html import draw
from reporting.report.request import Kind, Request
from reporting.report.wording import alphabetical
from reporting.schema.compiled import load_schema
from reporting.schema.translation import in_language
from scripts.update_texts import templates, texts_of_form, texts_of_reports
from tests.report.reports import document


class _Heard(NullTranslations):
    """Notes every text that is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def gettext(self, message: str) -> str:
        self.texts.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.texts.add(msgid1)
        return msgid1 if n == 1 else msgid2


@pytest.mark.parametrize("kind", list(Kind))
def test_every_text_that_a_report_says_is_in_the_catalogues(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = _Heard()
    monkeypatch.setattr(material, "report_words", lambda _: heard)
    document(kind.value, "africa" if kind is Kind.REGIONAL else None, "KEN" if kind is Kind.OFFICE else None)
    listed = {message.id if isinstance(message.id, str) else message.id[0] for message in texts_of_reports()}
    assert len(heard.texts) > 20
    assert heard.texts <= listed


def test_a_language_without_a_catalogue_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"no reports in the language “tlh”; there are en"):
        Request(kind=Kind.GLOBAL, language="tlh")


TRANSLATED = [language for language in at_hand() if language != "en"]


def _catalogues(language: str) -> list[tuple[str, Catalog, Catalog]]:
    """Name, what the code says, and what the catalogue has."""
    found = []
    for path, english in templates(language):
        with path.open("rb") as file:
            found.append((path.name, english, read_po(file, locale=language)))
    return found


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogues_have_every_text_and_no_other_and_nothing_is_fuzzy(language: str) -> None:
    for name, english, catalogue in _catalogues(language):
        wanted = {(message.context, message.id) for message in english if message.id}
        there = {(message.context, message.id) for message in catalogue if message.id}
        assert there == wanted, name
        unsaid = [message.id for message in catalogue if message.id and (message.fuzzy or not all(_forms(message)))]
        assert unsaid == [], name


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_places_of_their_english(language: str) -> None:
    for _, _, catalogue in _catalogues(language):
        for message in catalogue:
            if not message.id or message.fuzzy:
                continue
            one, *many = [message.id] if isinstance(message.id, str) else message.id
            allowed = _places((*many, one)[0])
            for form in filter(None, _forms(message)):
                places = _places(form)
                assert places == allowed or (many and places == allowed - {"count"}), message.id


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_english_is_always_there_and_needs_no_catalogue() -> None:
    assert at_hand()[0] == "en"
    schema = load_schema("apr-2008")
    assert in_language(schema, "en") is schema


def test_a_text_of_the_form_is_translated_by_its_place_and_falls_away_when_its_english_changes() -> None:
    catalogue = form_words("tlh", "apr-2008")
    assert catalogue.pgettext("populations.label", "Persons of concern") == "Persons of concern"
    assert texts_of_form("apr-2008").get("Persons of concern", context="populations.label") is not None


@pytest.mark.parametrize(
    ("language", "code", "name"), [("es", "DEU", "Alemania"), ("ru", "KEN", "Кения"), ("zh", "FRA", "法国")]
)
def test_countries_are_called_as_in_cldr_without_a_change_of_code(language: str, code: str, name: str) -> None:
    translated = in_language(load_schema("apr-2008"), language)
    assert translated.codes["countries"].label_of(code) == name
    assert translated.codes["offices"].label_of(code) in {name, code}


def test_accents_do_not_move_a_name_to_the_end() -> None:
    assert sorted(["Zambie", "Égypte", "Érythrée", "Eswatini"], key=alphabetical) == [
        "Égypte",
        "Érythrée",
        "Eswatini",
        "Zambie",
    ]


def test_an_arabic_report_runs_from_right_to_left_with_mirrored_charts_and_maps_as_they_are() -> None:
    text = draw(document(language="ar"), "page")
    assert '<html lang="ar" dir="rtl">' in text
    charts = [part.partition("</svg>")[0] for part in text.split('preserveAspectRatio="none"')[1:]]
    assert charts
    assert all('<g transform="translate(1000 0) scale(-1 1)">' in chart for chart in charts)
    maps = text.partition('<div class="map" dir="ltr">')[2].partition("</div>")[0]
    assert "<path" in maps
    assert "scale(-1" not in maps
    assert '<span class="place" dir="rtl"' in maps


def test_an_arabic_report_marks_what_runs_from_left_to_right() -> None:
    arabic = document(language="ar")
    written = [
        entry
        for chapter in arabic.chapters
        for block in chapter.blocks
        if isinstance(block, Statements)
        for entry in block.entries
    ]
    assert {entry.direction for entry in written} == {"", "ltr"}
    assert numbers.change(462002, 540060, "ar") == "\u2066+16.9%\u2069"
    assert numbers.part_of(3, 7, "ar") == "\u20663 / 7\u2069"


@pytest.mark.parametrize(
    ("count", "said"), [(1, "مكتب واحد"), (2, "مكتبان"), (7, "7 مكاتب"), (45, "45 مكتبا"), (101, "101 مكتب")]
)
def test_arabic_counts_by_its_own_forms(count: int, said: str) -> None:
    forms = report_words("ar").ngettext("{count} office", "{count} offices", count)
    assert forms.format(count=count) == said


def test_a_french_report_says_nothing_of_its_own_in_english() -> None:
    text = draw(document(language="fr"), "page")
    assert '<html lang="fr" dir="ltr">' in text
    assert "Rapport régional sur la protection" in text
    assert "Soudan" in text
    assert "320\u202f598" in text
    assert "Persons of concern" not in text


@pytest.mark.parametrize(
    ("language", "code", "name"),
    [
        ("fr", "SYR", "République arabe syrienne"),
        ("fr", "XKX", "Kosovo (S/RES/1244)"),
        ("ar", "IRN", "إيران (جمهورية - الإسلامية)"),
        ("ar", "XXA", "عديم الجنسية"),
        ("ar", "XAA", "Aldermark"),
    ],
)
def test_countries_are_called_as_the_united_nations_calls_them(language: str, code: str, name: str) -> None:
    assert in_language(load_schema("apr-2008"), language).codes["countries"].label_of(code) == name


@pytest.mark.parametrize("language", TRANSLATED)
def test_names_of_countries_are_of_codes_that_the_form_has(language: str) -> None:
    with (schemas_folder() / "languages" / language / "names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["code"] for row in rows} <= set(load_schema("apr-2008").codes["countries"].by_code)
    assert all(row["name"] and row["reason"] for row in rows)

"""The language of narratives: sixty short ones of protection work, the same ten matters in each of the six languages."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import pytest

from reporting.checks.language import OTHER, is_plainly, language_of

with (Path(__file__).parent / "narratives.csv").open(encoding="utf-8", newline="") as file:
    NARRATIVES = [(row["language"], row["text"]) for row in csv.DictReader(file)]
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")


def judged(text: str, cover: str) -> str | None:
    """The language that the check names for a text under a cover in another language; None where it says nothing."""
    language = None if is_plainly(text, cover) else language_of(text)
    return None if language == cover else language


def test_no_narrative_is_taken_for_another_language() -> None:
    assert [text for language, text in NARRATIVES if judged(text, language)] == []


def test_nearly_every_narrative_under_a_cover_in_another_language_is_told_and_by_its_right_name() -> None:
    pairs = [(text, own, cover) for (own, text), cover in product(NARRATIVES, LANGUAGES) if cover != own]
    named = [(judged(text, cover), own) for text, own, cover in pairs]
    assert len(named) == 300
    assert {found for found, own in named if found != own} <= {None}
    assert sum(found == own for found, own in named) >= 294


@pytest.mark.parametrize(
    "text",
    [
        "As vítimas identificadas na fronteira foram encaminhadas para um abrigo gerido por uma organização parceira.",
        "Le vittime identificate alla frontiera sono state indirizzate verso un centro di accoglienza del partner.",
        "Die an der Grenze festgestellten Opfer wurden an eine Unterkunft verwiesen, die ein Partner betreibt.",
        "Waathiriwa waliotambuliwa mpakani walipelekwa kwenye makazi yanayosimamiwa na shirika mshirika la serikali.",
        "قربانیانی که در مرز شناسایی شدند به پناهگاهی که یک سازمان همکار اداره می‌کند ارجاع شدند",
        "Виявлених на кордоні постраждалих було направлено до притулку, яким керує партнерська організація.",
    ],
)
def test_a_language_that_the_form_does_not_have_is_not_taken_for_one_that_it_has(text: str) -> None:
    assert language_of(text) == OTHER


@pytest.mark.parametrize(
    "text",
    [
        "Aucun changement.",
        "Kakuma, Dadaab, Ifo, Dagahaley, Hagadera, Garissa, Lokichoggio, Mandera, Liboi, Wajir, Moyale",
        "IOM, UNICEF, ILO, UNODC, OHCHR, Save the Children, World Vision, NRC, IRC, Caritas, ICMC, HIAS, JRS",
        "国境で確認された被害者は、提携団体が政府の資金で運営するシェルターに紹介されました。",
        "12 345; 2008; A/RES/55/25; EC/58/SC/CRP.11",
    ],
)
def test_short_texts_and_lists_of_names_are_not_judged(text: str) -> None:
    assert language_of(text) is None

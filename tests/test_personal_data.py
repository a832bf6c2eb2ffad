"""Personal data is found, and figures, dates and document symbols are left alone."""

from __future__ import annotations

import pytest

from reporting.personal_data import Kind, hits, masked, may_hold
from reporting.schema.compiled import load_schema
from reporting.schema.identifiers import schema_ids
from reporting.workbook.suspects import texts_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to protection.post@example.org.", f"Write to {Kind.EMAIL}."),
        ("Write to desk (at) example.org", f"Write to {Kind.EMAIL}"),
        ("Write to desk[at]example.org", f"Write to {Kind.EMAIL}"),
        ("Call +44 20 7946 0958 now", f"Call {Kind.TELEPHONE} now"),
        ("Call 0044 20 7946 0958 now", f"Call {Kind.TELEPHONE} now"),
        ("Tel. 020 7946 0958", f"Tel. {Kind.TELEPHONE}"),
        ("mobile no: 01632-960-001", f"mobile no: {Kind.TELEPHONE}"),
        ("هاتف ٠١٦٣٢٩٦٠٠٠١", f"هاتف {Kind.TELEPHONE}"),
        ("Case 123-45C67890 and KEN-00123456", f"Case {Kind.CASE} and {Kind.CASE}"),
        ("Mr Placeholder met Ms. X. Placeholder", f"Mr {Kind.NAME} met Ms. {Kind.NAME}"),
        ("M. Exemple et Mme Exemple", f"M. {Kind.NAME} et Mme {Kind.NAME}"),
        ("г-жа Образец сказала", f"г-жа {Kind.NAME} сказала"),
        ("قال السيد مثال محجوز", f"قال السيد {Kind.NAME}"),
    ],
)
def test_personal_data_is_masked_by_its_kind(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "12 345 678 persons in 2006-2008; 1,234,567 in 2007/2008",
        "an increase of +12 500 persons, or +10 000 000 over ten years",
        "A/RES/55/25, EC/58/SC/CRP.11, ISBN 978-3-16-148410-0",
        "from 01/01/2008 to 31/12/2008, 2008-12-31",
        "latitude 46.2276, longitude 6.1399",
        "Telephone surveys reached 120 000 persons",
        "The Sr. Protection Officer, a Dr. of law, the M.A. programme",
        "Training @ two border posts",
        "KEN-2008, XKX-2007, ISO 3166-1",
        "Ms excel sheets and the mr. lower case",
    ],
)
def test_figures_dates_symbols_and_posts_are_no_personal_data(text: str) -> None:
    assert hits(text) == []
    assert masked(text) == text


def test_a_hit_says_where_it_is_and_none_lies_within_another() -> None:
    text = "tel +44 20 7946 0958, 123-45C67890"
    assert [(hit.kind, text[hit.start : hit.end]) for hit in hits(text)] == [
        (Kind.TELEPHONE, "+44 20 7946 0958"),
        (Kind.CASE, "123-45C67890"),
    ]


@pytest.mark.parametrize("schema", schema_ids())
def test_the_form_itself_holds_no_personal_data(schema: str) -> None:
    suspicious = [text for text in texts_of(load_schema(schema)) if may_hold(text)]
    assert [text for text in suspicious if hits(text)] == []


def test_a_cheap_look_passes_over_innocent_texts() -> None:
    assert not may_hold("Two workshops were held in March 2008 for 45 police officers.")

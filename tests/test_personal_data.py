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


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (Kind.EMAIL, ["desk.x+y@mail.example.org", "desk＠example.org", "desk at example dot org", "desk (arobase) example.org",
                      "DESK[AT]EXAMPLE[DOT]ORG", "a@example.org;b@example.org", "联系：desk@example.org。"]),
        (Kind.TELEPHONE, ["+442079460958", "+44 (0)20 7946 0958", "00 44 20 7946 0958", "+44-20-7946-0958", "+44.20.7946.0958",
                          "＋44 20 7946 0958", "+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨", "+1 (202) 555-0123", "1-202-555-0123", "202.555.0123", "(202) 555-0123",
                          "020 7946 0958", "(020) 7946 0958", "01632 960001", "01 99 00 12 34"]),
        (Kind.TELEPHONE, ["Tel.01632 960001", "Phone (office): 01632 960001", "telephone: 555-0123", "tél. : 01.99.00.12.34",
                          "Whatsapp 07700-900123", "móvil 655 500 123", "тел. 8 (495) 555-01-23", "电话：01632 960001", "联系电话01632960001",
                          "hotline 555-0100", "Fax number 5550100"]),
        (Kind.CASE, ["case 123-45c67890", "123-45C-67890", "123–45C67890", "KEN‑00123456", "ken-00123456", "(XAM-10123456)",
                     "KEN-00123456-01", "KEN-00123456/KEN-00123457", "KEN00123456", "案件KEN-00123456。"]),
        (Kind.NAME, ["MS PLACEHOLDER", "mr. Placeholder", "Mr.Placeholder", "Mr  X. Y. de la Placeholder", "“Dr. Placeholder”",
                     "Messrs Placeholder", "Mr. and Mrs. Placeholder", "Madame Exemple", "En 2008 M. Exemple", "Sr. Ejemplo",
                     "señora Ejemplo", "госпожой Образцовой", "с г-ном Образцом", "للسيد مثال", "د. مثال محجوز", "某某先生说"]),
    ],
)  # fmt: skip
def test_personal_data_is_found_however_it_is_written(kind: Kind, texts: list[str]) -> None:
    assert [text for text in texts if not any(hit.kind is kind for hit in hits(text))] == []


@pytest.mark.parametrize(
    "texts",
    [
        ["12 000-15 000 persons", "13, 927,650", "1.250.000 personas", "1 250 000 personnes", "fell from 1200000 to 900000",
         "USD 1,250,000", "0 120 000", "(12 000 000)", "+ 2 000 000", "+1 234 567 persons", "12345678", "0.123456789"],
        ["in 2006 2007 2008", "2006/2007/2008", "2007-08-2008-09", "31-12-2008", "31.12.2008-31.01.2009", "26 07 2005", "S/RES/1325 (2000)",
         "(2008) 120-1300", "Law No. 2005/123456", "Law 24-97 of 11.02.2004", "08.30-12.30"],
        ["A/AC.96/1035", "E/2002/68/Add.1", "HCR/GIP/06/07", "08/AB/KEN/CM/200", "UNHCR-20081231", "REF-20080101", "paragraph 123.45.678"],
        ["1.292066 36.821946", "S 01 17 31 E 036 49 19", "grid 37N 123456 4567890", "0-4 5-11 12-17 18-59 60", "05-11 12-17 18"],
        ["hotline 12 500 calls", "call for 120 000 places", "Hotline (2007-2008)", "mobile teams 2007 2008", "Cellular phones for 120 000"],
        ["Ms. Representative", "Mr. President", "M. le Ministre", "Mme la Représentante", "г-н Министр", "السيد الوزير", "the Sr Field Officer"],
        ["5 M. Euros", "MS Excel", "DR Congo", "Ms. and Mr. are titles", "一名女士", "女士们、先生们", "M.A. in law", "we miss Nairobi"],
        ["@UNHCR", "Training @ two posts", "at example dots"],
    ],
)  # fmt: skip
def test_what_only_looks_like_personal_data_is_left_alone(texts: list[str]) -> None:
    assert [(text, hit.kind) for text in texts for hit in hits(text)] == []


def test_a_name_ends_with_its_sentence() -> None:
    assert masked("Ms X. Placeholder. Training began") == f"Ms {Kind.NAME}. Training began"
    assert masked("Mr Placeholder\nTraining") == f"Mr {Kind.NAME}\nTraining"


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

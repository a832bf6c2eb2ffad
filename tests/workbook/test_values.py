"""One cell at a time: what is read, what is refused, and what is suggested instead."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from reporting.schema.compiled import load_schema
from reporting.schema.model import Field, FieldType, Requirement
from reporting.workbook.answers import Missing
from reporting.workbook.codes import CodeBook
from reporting.workbook.form_faults import ERROR_VALUE
from reporting.workbook.values import Broken, Parsed, Raw, parse


@pytest.fixture(scope="module")
def book() -> CodeBook:
    return CodeBook(load_schema("apr-2008"))


def question(kind: FieldType, codes: str = "", requirement: Requirement = Requirement.EXPECTED) -> Field:
    return Field(id="a.b.c", type=kind, label="Question", codes=codes, requirement=requirement)


def code(parsed: Parsed) -> str:
    return parsed.fault.kind.code if parsed.fault else ""


@pytest.mark.parametrize(
    ("raw", "value"),
    [(0, 0), (12.0, 12), (3.0, 3), (999_999_999_999_999.0, 999_999_999_999_999), (-4.0, -4)],
)
def test_a_number_cell_is_read_as_the_whole_number_it_is(book: CodeBook, raw: Raw, value: int) -> None:
    parsed = parse(raw, question(FieldType.COUNT), book)
    assert (parsed.value, type(parsed.value), parsed.missing, parsed.fault) == (value, int, None, None)


@pytest.mark.parametrize("raw", ["", "   ", "\u00a0", "\u200f"])
def test_nothing_and_what_does_not_show_is_blank(book: CodeBook, raw: str) -> None:
    for kind in FieldType:
        codes = "countries" if kind in (FieldType.CHOICE, FieldType.CHOICES) else ""
        assert parse(raw, question(kind, codes), book).missing is Missing.BLANK


@pytest.mark.parametrize(
    ("raw", "missing"),
    [
        ("..", Missing.NOT_AVAILABLE),
        (" .. ", Missing.NOT_AVAILABLE),
        ("na", Missing.NOT_APPLICABLE),
        ("NA", Missing.NOT_APPLICABLE),
        (" Na\n", Missing.NOT_APPLICABLE),
    ],
)
def test_not_available_and_not_applicable_are_answers_without_a_value(
    book: CodeBook, raw: str, missing: Missing
) -> None:
    parsed = parse(raw, question(FieldType.COUNT), book)
    assert (parsed.value, parsed.missing, parsed.fault) == (None, missing, None)


@pytest.mark.parametrize(
    ("raw", "suggestion"),
    [
        ("n/a", "na"),
        ("N.A.", "na"),
        ("…", ".."),
        ("unknown", ".."),
        ("nil", "0"),
        ("1 234", "1234"),
        ("1,234", "1234"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("13, 927,650", "13927650"),
        ("12'345", "12345"),
        ("1\u202f234", "1234"),
        ("١٢٣", "123"),
        ("۱۲۳", "123"),
        ("१२३", "123"),
        ("12,5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1,234.50", "1234.50"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("１２３", "123"),
        ("\u22125", "-5"),
        ("１，２３４，５６７", "1234567"),
        ("１２．５", "12.5"),
        ("1\u2009234", "1234"),
        ("1\u3000234", "1234"),
        ("1234²", ""),
        ("1.234.5", ""),
        ("about 40", ""),
        ("1,23,456", ""),
        ("12-15", ""),
        ("1e3", ""),
        ("12 34", ""),
    ],
)
def test_cel009_a_number_that_can_be_read_in_two_ways_is_refused_with_a_suggestion(
    book: CodeBook, raw: str, suggestion: str
) -> None:
    parsed = parse(raw, question(FieldType.NUMBER), book)
    assert (parsed.value, parsed.missing, code(parsed)) == (None, Missing.INVALID, "CEL009")
    assert parsed.fault is not None
    assert (parsed.fault.found, parsed.fault.suggestion) == (raw, suggestion)


@pytest.mark.parametrize(("raw", "value"), [("123", 123), (" 7 ", 7), ("12.5", 12.5), ("0", 0), ("1234567", 1234567)])
def test_cel010_a_plain_number_stored_as_text_is_read_and_noted(book: CodeBook, raw: str, value: float) -> None:
    parsed = parse(raw, question(FieldType.NUMBER), book)
    assert (parsed.value, parsed.missing, code(parsed)) == (value, None, "CEL010")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (12.5, "CEL007"),
        ("12.5", "CEL007"),
        (1e17, "CEL013"),
        (1e308, "CEL013"),
        ("12345678901234567890", "CEL013"),
        ("9" * 5000, "CEL013"),
        (True, "CEL009"),
        (date(2008, 1, 2), "CEL009"),
        (time(12, 30), "CEL009"),
        (timedelta(days=2), "CEL009"),
        ("١٢٫٥", "CEL009"),
    ],
)
def test_what_is_not_a_count_is_never_turned_into_one(book: CodeBook, raw: Raw, expected: str) -> None:
    parsed = parse(raw, question(FieldType.COUNT), book)
    assert (parsed.value, parsed.missing, code(parsed)) == (None, Missing.INVALID, expected)


def test_decimals_are_kept_where_they_are_allowed(book: CodeBook) -> None:
    assert parse(12.5, question(FieldType.PERCENT), book).value == 12.5
    assert parse(0.1, question(FieldType.NUMBER), book).value == 0.1


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("KEN", "KEN"),
        ("ken", "KEN"),
        ("Kenya", "KEN"),
        (" KENYA ", "KEN"),
        ("Côte d’Ivoire", "CIV"),
        ("côte  d'ivoire", "CIV"),
        ("\u200eKenya\u200f", "KEN"),
    ],
)
def test_a_choice_is_read_by_code_or_label_whatever_its_case_and_spacing(book: CodeBook, raw: str, value: str) -> None:
    parsed = parse(raw, question(FieldType.CHOICE, "countries"), book)
    assert (parsed.value, parsed.fault) == (value, None)


def test_cel008_an_unknown_answer_is_refused_with_the_nearest_one(book: CodeBook) -> None:
    parsed = parse("Kenia", question(FieldType.CHOICE, "countries"), book)
    assert (parsed.value, parsed.missing, code(parsed)) == (None, Missing.INVALID, "CEL008")
    assert parsed.fault is not None
    assert parsed.fault.suggestion == "Kenya"
    nothing_near = parse("qqqq", question(FieldType.CHOICE, "countries"), book)
    assert nothing_near.fault is not None
    assert not nothing_near.fault.suggestion


@pytest.mark.parametrize(("raw", "value"), [(True, "yes"), (False, "no"), ("Yes", "yes"), ("NO", "no")])
def test_yes_and_no_are_read_from_words_and_from_the_truth_values_libreoffice_makes_of_them(
    book: CodeBook, raw: Raw, value: str
) -> None:
    assert parse(raw, question(FieldType.YES_NO), book).value == value
    assert parse(raw, question(FieldType.YES_NO_UNKNOWN), book).value == value


def test_unknown_is_an_answer_only_where_one_may_not_know(book: CodeBook) -> None:
    assert parse("unknown", question(FieldType.YES_NO_UNKNOWN), book).value == "unknown"
    assert code(parse("unknown", question(FieldType.YES_NO), book)) == "CEL008"
    assert code(parse(1, question(FieldType.YES_NO), book)) == "CEL008"


@pytest.mark.parametrize(
    "raw", ["HUN; SVN;BGR", "Hungary;Slovenia;Bulgaria;", "HUN\nSVN\nHungary\nBGR", "HUN؛ SVN؛ BGR"]
)
def test_several_choices_stand_in_one_cell_separated_by_semicolons_or_lines(book: CodeBook, raw: str) -> None:
    assert parse(raw, question(FieldType.CHOICES, "countries"), book).value == ("HUN", "SVN", "BGR")


def test_one_wrong_choice_of_several_is_named(book: CodeBook) -> None:
    parsed = parse("HUN; Slovennia", question(FieldType.CHOICES, "countries"), book)
    assert (parsed.missing, code(parsed)) == (Missing.INVALID, "CEL008")
    assert parsed.fault is not None
    assert (parsed.fault.found, parsed.fault.suggestion) == ("Slovennia", "Slovenia")


@pytest.mark.parametrize("raw", [date(2008, 5, 31), datetime(2008, 5, 31, 14, 5), "2008-05-31", " 2008-05-31 "])  # noqa: DTZ001 - cells know no time zone
def test_a_date_cell_and_the_text_year_month_day_are_the_same_date(book: CodeBook, raw: Raw) -> None:
    assert parse(raw, question(FieldType.DATE), book).value == date(2008, 5, 31)


@pytest.mark.parametrize(
    ("raw", "suggestion"),
    [
        ("31/05/2008", "2008-05-31"),
        ("05.31.2008", "2008-05-31"),
        ("05/05/2008", "2008-05-05"),
        ("03/04/2008", ""),
        ("2008-02-30", ""),
        ("31/31/2008", ""),
        ("May 2008", ""),
        (39599, "2008-05-31"),
        (2008, ""),
        (True, ""),
        (date(1900, 1, 5), ""),
        (-1, ""),
        (1e9, ""),
    ],
)
def test_cel011_a_date_that_can_be_read_in_two_ways_is_refused(book: CodeBook, raw: Raw, suggestion: str) -> None:
    parsed = parse(raw, question(FieldType.DATE), book)
    assert (parsed.value, parsed.missing, code(parsed)) == (None, Missing.INVALID, "CEL011")
    assert parsed.fault is not None
    assert parsed.fault.suggestion == suggestion


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("  A text.\r\nMore. ", "A text.\nMore."),
        ("لا توجد معلومات", "لا توجد معلومات"),
        (12.0, "12"),
        (date(2008, 5, 31), "2008-05-31"),
        (True, "TRUE"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_text_is_what_the_cell_shows(book: CodeBook, raw: Raw, value: str) -> None:
    assert parse(raw, question(FieldType.TEXT), book).value == value


def test_cel014_an_error_value_is_never_blank(book: CodeBook) -> None:
    for kind in (FieldType.COUNT, FieldType.TEXT, FieldType.DATE):
        parsed = parse(Broken(ERROR_VALUE, "#REF!"), question(kind), book)
        assert (parsed.missing, code(parsed), parsed.text) == (Missing.INVALID, "CEL014", "#REF!")


def test_cel016_what_identifies_a_return_must_be_said(book: CodeBook) -> None:
    must = question(FieldType.CHOICE, "countries", Requirement.REQUIRED)
    assert code(parse("..", must, book)) == "CEL016"
    assert parse("..", question(FieldType.CHOICE, "countries"), book).missing is Missing.NOT_AVAILABLE
    assert parse("..", question(FieldType.COUNT, requirement=Requirement.REQUIRED), book).fault is None


@pytest.mark.parametrize("raw", ["a\x1b[2Jb", "a\x00[2Jb", "a[2J\x9bb", "a[2J\u202eb"])
def test_marks_that_steer_a_terminal_are_no_part_of_a_text(book: CodeBook, raw: str) -> None:
    assert parse(raw, question(FieldType.TEXT), book).value == "a[2Jb"


@pytest.mark.parametrize(
    ("raw", "suggestion"),
    [("1.234,00", "1234"), ("12,5", ""), ("1,234", "1234"), ("...", ".."), ("n/a", "na"), ("nil", "0"), ("about", "")],
)
def test_for_a_count_only_whole_numbers_are_suggested(book: CodeBook, raw: str, suggestion: str) -> None:
    fault = parse(raw, question(FieldType.COUNT), book).fault
    assert fault is not None
    assert fault.suggestion == suggestion


def test_a_line_break_of_old_macs_parts_words(book: CodeBook) -> None:
    assert parse("one\rtwo\r\nthree", question(FieldType.TEXT), book).value == "one\ntwo\nthree"

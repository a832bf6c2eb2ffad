"""Facts: every value of every return as one row, with the cell it comes from (DESIGN 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from reporting.workbook.answers import Answer, Missing, Return, Row, Value

if TYPE_CHECKING:
    import polars as pl

SEPARATOR: Final = ";"
"""Between several choices in the ``text`` of one fact."""

_COLUMNS: Final = (
    "office",
    "bureau",
    "year",
    "country",
    "id",
    "table",
    "row",
    "column",
    "number",
    "text",
    "missing",
    "approximate",
    "given_by",
    "sheet",
    "cell",
    "sha256",
)


def facts(returns: Sequence[Return], bureaus: Mapping[str, str]) -> pl.DataFrame:
    """One row a value.

    ``bureaus`` gives the bureau of an office. ``country`` is the country of the row, else the only one the return
    covers, else empty: what a regional office says of all its countries belongs to none of them. ``number`` holds counts
    and other numbers, ``text`` codes, texts and ISO dates; ``missing`` says why both are empty (FORM 7). ``row`` is the
    row of the sheet, 0 for a field of the form.

    A row about a country that two returns cover is counted once: in the return of the office that has its seat there,
    else in that of the first office by id. What an office says of itself is always its own.
    """
    import polars as pl

    owners = _owners(returns)
    rows = [fact for returned in returns for fact in _of_return(returned, bureaus.get(returned.office, ""), owners)]
    schema: dict[str, Any] = dict.fromkeys(_COLUMNS, pl.String)
    schema |= {"year": pl.Int32, "row": pl.Int32, "number": pl.Float64, "approximate": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def covered_twice(returns: Sequence[Return]) -> dict[str, tuple[str, ...]]:
    """The countries that more than one return covers, or has rows about, each with its offices."""
    offices: dict[str, list[str]] = {}
    for returned in returns:
        for country in {*returned.countries, *_countries_of_rows(returned)}:
            offices.setdefault(country, []).append(returned.office)
    return {country: tuple(sorted(names)) for country, names in sorted(offices.items()) if len(names) > 1}


def _owners(returns: Sequence[Return]) -> dict[str, str]:
    """For each country covered twice, the office whose word counts."""
    return {
        country: country if country in offices else offices[0] for country, offices in covered_twice(returns).items()
    }


def _countries_of_rows(returned: Return) -> Iterator[str]:
    for rows in returned.tables.values():
        for row in rows:
            if country := _own_country(row):
                yield country


def _of_return(returned: Return, bureau: str, owners: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    only = returned.countries[0] if len(returned.countries) == 1 else ""
    common = {"office": returned.office, "bureau": bureau, "year": returned.year, "sha256": returned.sha256}
    for identifier, answer in _form_answers(returned):
        yield {**common, "country": only, "id": identifier, "table": "", "row": 0, "column": "", **_value(answer)}
    for table, rows in returned.tables.items():
        for row in rows:
            country = _own_country(row)
            if owners.get(country, returned.office) != returned.office:
                continue
            place = {**common, "country": country or only, "table": table, "row": row.number}
            for name, answer in row.answers.items():
                approximate = _is_approximate(row, name)
                yield {**place, "id": f"{table}.{name}", "column": name, **_value(answer, approximate=approximate)}


def _form_answers(returned: Return) -> Iterator[tuple[str, Answer]]:
    yield from returned.fields.items()
    for identifier, values in returned.impact.items():
        yield f"{identifier}.baseline", values.baseline
        yield f"{identifier}.target", values.target
        yield f"{identifier}.year_end", values.year_end


def _own_country(row: Row) -> str:
    """The country a row is about, empty where it does not say."""
    answer = row.answers.get("country")
    return answer.value if answer and isinstance(answer.value, str) else ""


def _is_approximate(row: Row, name: str) -> bool:
    """Whether the office marked the number: by a column for this one, or by one for the row."""
    return any(
        (answer := row.answers.get(mark)) is not None and answer.value == "yes"
        for mark in (f"{name}_approximate", "approximate")
    )


def _value(answer: Answer, *, approximate: bool = False) -> dict[str, Any]:
    number, text = _split(answer.value)
    return {
        "number": number,
        "text": text,
        "missing": "blank" if answer.missing is Missing.BLANK else answer.missing,
        "approximate": approximate and number is not None,
        "given_by": answer.given_by,
        "sheet": answer.sheet,
        "cell": " ".join(answer.cells),
    }


def _split(value: Value | None) -> tuple[float | None, str | None]:
    match value:
        case None:
            return None, None
        case int() | float():
            return float(value), None
        case date():
            return None, value.isoformat()
        case tuple():
            return None, SEPARATOR.join(value)
        case str():
            return None, value

"""Facts: every value of every return as one row, with the cell it comes from (DESIGN 7)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reporting.workbook.answers import Answer, Missing, Return, Row, Value

if TYPE_CHECKING:
    import polars as pl

SEPARATOR: Final = ";"
"""Between several choices in the ``text`` of one fact."""
REPEATED: Final = (
    "office",
    "country",
    "about",
    "id",
    "table",
    "column",
    "missing",
    "given_by",
    "sheet",
    "cell",
    "sha256",
)
"""Columns with few different texts: they are held as categories, a quarter of the memory and twice the speed."""

_COLUMNS: Final = (
    "office",
    "year",
    "country",
    "about",
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
    """The facts of all ``returns``, each with the ``bureau`` of its office, and none counted twice.

    A row about a country that two returns cover is counted once: in the return of the office that has its seat there,
    else in that of the first office by id. What an office says of itself is always its own.
    """
    claims = {returned.office: returned.claims for returned in returns}
    return counted_once(facts_of(returns).lazy(), covered_twice(claims), bureaus).collect()


def facts_of(returns: Iterable[Return]) -> pl.DataFrame:
    """One row a value, as each return has it.

    ``about`` is the country that the row names; ``country`` is that, else the only one the return covers, else empty:
    what a regional office says of all its countries belongs to none of them. ``number`` holds counts and other numbers,
    ``text`` codes, texts and ISO dates; ``missing`` says why both are empty (FORM 7). ``row`` is the row of the sheet,
    0 for a field of the form.
    """
    import polars as pl

    rows = [fact for returned in returns for fact in _of_return(returned)]
    return pl.DataFrame(rows, schema=_schema(), orient="row")


def _schema() -> dict[str, Any]:
    import polars as pl

    schema: dict[str, Any] = dict.fromkeys(_COLUMNS, pl.String) | dict.fromkeys(REPEATED, pl.Categorical)
    return schema | {"year": pl.Int32, "row": pl.Int32, "number": pl.Float64, "approximate": pl.Boolean}


def parquet(facts: pl.DataFrame) -> bytes:
    """Facts as the content of a Parquet file."""
    content = io.BytesIO()
    facts.write_parquet(content, compression="lz4", statistics=False)
    return content.getvalue()


def scan(paths: Sequence[Path]) -> pl.LazyFrame:
    """The facts in the files that :func:`parquet` wrote; nothing is read before it is asked for."""
    import polars as pl

    return pl.scan_parquet(list(paths), schema=_schema(), glob=False) if paths else pl.LazyFrame(schema=_schema())


def counted_once(facts: pl.LazyFrame, twice: Mapping[str, Sequence[str]], bureaus: Mapping[str, str]) -> pl.LazyFrame:
    """The facts without rows about a country that another office answers for, and with the bureau of each office.

    ``twice`` are the countries of :func:`covered_twice`; an office that ``bureaus`` does not know has an empty one.
    """
    import polars as pl

    owners = {country: country if country in offices else offices[0] for country, offices in twice.items()}
    if owners:
        facts = _matched(facts, "about", owners, "owner")
        facts = facts.filter(pl.col("owner").is_null() | (pl.col("owner") == pl.col("office"))).drop("owner")
    return _matched(facts, "office", bureaus, "bureau").with_columns(pl.col("bureau").fill_null(""))


def _matched(facts: pl.LazyFrame, column: str, words: Mapping[str, str], name: str) -> pl.LazyFrame:
    """The facts with a column ``name``: the word for the text in ``column``, null where there is none."""
    import polars as pl

    found = pl.LazyFrame(
        {column: list(words), name: list(words.values())}, schema=dict.fromkeys((column, name), pl.Categorical)
    )
    return facts.join(found, on=column, how="left", maintain_order="left")


def covered_twice(claims: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The countries that more than one office claims, each with its offices; ``claims`` are by office."""
    offices: dict[str, list[str]] = {}
    for office, countries in claims.items():
        for country in countries:
            offices.setdefault(country, []).append(office)
    return {country: tuple(sorted(names)) for country, names in sorted(offices.items()) if len(names) > 1}


def _of_return(returned: Return) -> Iterator[tuple[Any, ...]]:
    only = returned.countries[0] if len(returned.countries) == 1 else ""
    for identifier, answer in _form_answers(returned):
        place = (returned.office, returned.year, only, "", identifier, "", 0, "")
        yield (*place, *_value(answer, approximate=False), returned.sha256)
    for table, rows in returned.tables.items():
        for row in rows:
            about = row.country
            for name, answer in row.answers.items():
                place = (
                    returned.office,
                    returned.year,
                    about or only,
                    about,
                    f"{table}.{name}",
                    table,
                    row.number,
                    name,
                )
                yield (*place, *_value(answer, approximate=_is_approximate(row, name)), returned.sha256)


def _form_answers(returned: Return) -> Iterator[tuple[str, Answer]]:
    yield from returned.fields.items()
    for identifier, values in returned.impact.items():
        yield f"{identifier}.baseline", values.baseline
        yield f"{identifier}.target", values.target
        yield f"{identifier}.year_end", values.year_end


def _is_approximate(row: Row, name: str) -> bool:
    """Whether the office marked the number: by a column for this one, or by one for the row."""
    return any(
        (answer := row.answers.get(mark)) is not None and answer.value == "yes"
        for mark in (f"{name}_approximate", "approximate")
    )


def _value(answer: Answer, *, approximate: bool) -> tuple[Any, ...]:
    """Number, text, missing, approximate, given_by, sheet and cell of an answer."""
    number, text = _split(answer.value)
    missing = "blank" if answer.missing is Missing.BLANK else answer.missing
    cells = " ".join(answer.cells)
    return (number, text, missing, approximate and number is not None, answer.given_by, answer.sheet, cells)


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

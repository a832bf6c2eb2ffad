"""A blank return, for a visitor to open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reporting.workbook.filling import Entry, Filling

OFFICE = "KEN"


def fillings() -> Iterator[tuple[str, Filling]]:
    """The return of 2008 with nothing but its office and year."""
    given: Mapping[str, Entry] = {
        "cover.office": OFFICE,
        "cover.year": 2008,
        "cover.language": "en",
        "cover.countries": (OFFICE,),
    }
    yield "blank/apr-2008-blank.xlsx", Filling(office=OFFICE, year=2008, fields=given)


def registers() -> Iterator[tuple[str, Sequence[Mapping[str, str]]]]:
    """None: nobody owes a blank return."""
    return iter(())

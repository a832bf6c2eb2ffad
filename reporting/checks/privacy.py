"""Personal data, which a return that is mailed about must not hold (FORM 1, FORM 6). It is never shown again."""

from __future__ import annotations

from collections.abc import Iterator

from reporting.checks.check import Case, Failure, check
from reporting.findings import Severity, Text
from reporting.personal_data import Kind, hits
from reporting.workbook.answers import Answer

_HINT = (
    "Take it out; write the post, the unit or the number of persons instead. Annual returns are mailed about. Properties of the "
    "document are cleared under File > Info > Inspect Document, in LibreOffice under File > Properties."
)


@check("PRV001", Severity.ERROR, "The {where} holds an e-mail address.", hint=_HINT, source="FORM 6")
def email_address(case: Case) -> Iterator[Failure]:
    """E-mail addresses point at persons.

    Every cell, comment, title of a sheet, link and property of the document is searched, and what is found is never shown.
    """
    return _holding(Kind.EMAIL, case)


@check("PRV002", Severity.ERROR, "The {where} holds a telephone number.", hint=_HINT, source="FORM 6")
def telephone_number(case: Case) -> Iterator[Failure]:
    """A number that could be dialled in its international form, is plainly a national one, or follows a word for telephone."""
    return _holding(Kind.TELEPHONE, case)


@check("PRV003", Severity.ERROR, "The {where} holds a case number.", hint=_HINT, source="FORM 6")
def case_number(case: Case) -> Iterator[Failure]:
    """Numbers of individual cases, of the shapes 999-99X99999 and XXX-99999999, lead to the file of a person."""
    return _holding(Kind.CASE, case)


@check(
    "PRV004",
    Severity.QUERY,
    "The {where} holds what looks like a name.",
    hint=f"{_HINT} If it is no person's name, explain.",
    source="FORM 6",
)
def likely_name(case: Case) -> Iterator[Failure]:
    """A capitalised word after a title, such as that of a doctor, is likely a name; a post after a title is none."""
    return _holding(Kind.NAME, case)


def _holding(kind: Kind, case: Case) -> Iterator[Failure]:
    """A failure for each text with personal data of one kind; what is printed of it is only the kind."""
    for suspect in case.returned.suspects:
        if any(hit.kind is kind for hit in hits(suspect.text)):
            cells = (suspect.cell,) if suspect.cell else ()
            yield Failure(
                field=case.fields_by_cell.get((suspect.sheet, suspect.cell), ""),
                answers=(Answer(suspect.sheet, cells),),
                found=str(kind),
                words={"where": Text(suspect.where), "name": suspect.name},
            )

"""What the returns of several offices say of each other (FORM 6). It is never a fault of one office: the bureau resolves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from reporting.findings import FileResult, Finding, FindingKind, Movement, Severity, Text

if TYPE_CHECKING:
    from reporting.returns.register import ExpectedReturn
    from reporting.schema.model import Schema
    from reporting.workbook.answers import Return, Row

TABLE: Final = "movements"
SMALL_DIFFERENCE: Final = 0.05
"""Of the larger of two figures: up to here two offices nearly agree (FORM 6)."""
SILENCE_FROM: Final = 100
"""Persons from which it is noticed that the other office says nothing (FORM 6)."""
_ASK: Final = "Bring the two offices together; what they agree on, both report."
_MIRROR: Final = (
    "{kind} from {origin} to {destination}: {origin} says {found}, {destination} {expected} (difference {difference})."
)

NEARLY_AGREE: Final = FindingKind(
    code="NET001",
    severity=Severity.NOTE,
    message=_MIRROR,
    documentation="Two offices report the same movement, and their figures differ by up to 5 per cent of the larger one.",
    hint=_ASK,
    source="FORM 6",
)
DIFFER: Final = FindingKind(
    code="NET002",
    severity=Severity.QUERY,
    message=_MIRROR,
    documentation="Two offices report the same movement, and their figures differ by more than 5 per cent of the larger one.",
    hint=_ASK,
    source="FORM 6",
)
ONE_SILENT: Final = FindingKind(
    code="NET003",
    severity=Severity.QUERY,
    message="{kind} from {origin} to {destination}: {speaker} says {found}, the return of {silent} says nothing of it.",
    documentation="One office reports a movement of 100 persons or more, and the office at the other end does not mention it.",
    hint=_ASK,
    source="FORM 6",
)
COVERED_TWICE: Final = FindingKind(
    code="NET004",
    severity=Severity.QUERY,
    message="{country} is covered by the returns of {offices}; figures take it from {owner} only.",
    documentation=(
        "Two returns name the same country on the cover. It is counted once: in the return of the office seated there, "
        "else in that of the first office."
    ),
    hint="Settle which office reports on the country.",
    source="FORM 6",
)
MISSING: Final = FindingKind(
    code="NET005",
    severity=Severity.QUERY,
    message="The return of {office} ({label}) for {year} is expected and has not come.",
    documentation="The register expects a return, and no file of that office and year is there. Needs a register.",
    hint="Ask for it, or correct the register.",
    source="FORM 6",
)
UNEXPECTED: Final = FindingKind(
    code="NET006",
    severity=Severity.NOTE,
    message="The return of {office} for {year} is in no line of the register.",
    documentation="A file is the return of an office that the register does not expect for that year. Needs a register.",
    hint="Add the office to the register, or set the file aside.",
    source="FORM 6",
)
NETWORK_KINDS: Final = (NEARLY_AGREE, DIFFER, ONE_SILENT, COVERED_TWICE, MISSING, UNEXPECTED)

_Flow = tuple[str, str, str]
"""Kind of movement, office it leaves, office it reaches."""
_Said = Mapping[_Flow, Sequence[tuple[str, Movement]]]
"""For each flow, which office says what of it."""


def movements_of(returned: Return) -> tuple[Movement, ...]:
    """The movements across borders of which a return gives the number."""
    found = (_movement(row) for row in returned.tables.get(TABLE, ()))
    return tuple(movement for movement in found if movement)


def between_offices(
    results: Sequence[FileResult], register: Mapping[str, ExpectedReturn] | None, schema: Schema
) -> tuple[Finding, ...]:
    """What the returns of one year say of each other, and of the register where there is one.

    The cells of a finding are written ``KEN Movements!E5``. Of two files of one office the last by path counts.
    """
    latest = {result.office: result for result in sorted(results, key=lambda item: item.path) if result.office}
    found = [*_mirrored(latest, schema), *_covered_twice(latest)]
    if register is not None:
        found += _against_register(latest, register)
    return tuple(found)


def _movement(row: Row) -> Movement | None:
    direction, counterpart, kind, persons = (
        row.answers[name] for name in ("direction", "counterpart", "kind", "persons")
    )
    if not isinstance(persons.value, int | float) or None in (direction.value, counterpart.value, kind.value):
        return None
    return Movement(
        direction=str(direction.value),
        counterpart=str(counterpart.value),
        kind=str(kind.value),
        persons=persons.value,
        sheet=persons.sheet,
        cell=persons.cell,
    )


def _claims(latest: Mapping[str, FileResult]) -> dict[str, list[str]]:
    """The offices that cover each country, sorted."""
    claims: dict[str, list[str]] = defaultdict(list)
    for office in sorted(latest):
        for country in latest[office].countries:
            claims[country].append(office)
    return claims


def _owners(latest: Mapping[str, FileResult]) -> dict[str, str]:
    """The office that answers for each country: the one seated there, else the first."""
    return {country: country if country in offices else offices[0] for country, offices in _claims(latest).items()}


def _mirrored(latest: Mapping[str, FileResult], schema: Schema) -> Iterator[Finding]:
    out, into = _said(latest, "out"), _said(latest, "in")
    labels = schema.codes.get("movement_kinds")
    for flow in sorted({*out, *into}):
        name = labels.label_of(flow[0]) if labels else flow[0]
        label = Text(name, f"movement_kinds.{flow[0]}.label")
        yield from _compared(flow, label, out.get(flow, ()), into.get(flow, ()))


def _said(latest: Mapping[str, FileResult], direction: str) -> _Said:
    owners = _owners(latest)
    said: dict[_Flow, list[tuple[str, Movement]]] = defaultdict(list)
    for office, result in latest.items():
        for movement in result.movements:
            other = owners.get(movement.counterpart, office)
            if movement.direction == direction and other != office:
                ends = (office, other) if direction == "out" else (other, office)
                said[movement.kind, *ends].append((office, movement))
    return said


def _compared(
    flow: _Flow, label: Text, out: Sequence[tuple[str, Movement]], into: Sequence[tuple[str, Movement]]
) -> Iterator[Finding]:
    _, origin, destination = flow
    left, reached = (sum(movement.persons for _, movement in side) for side in (out, into))
    words: dict[str, Any] = {
        "kind": label, "origin": origin, "destination": destination, "field": f"{TABLE}.persons",
    }  # fmt: skip
    cells = tuple(f"{office} {movement.sheet}!{movement.cell}" for office, movement in (*out, *into))
    if out and into:
        difference = left - reached
        kind = NEARLY_AGREE if abs(difference) <= SMALL_DIFFERENCE * max(left, reached) else DIFFER
        if difference:
            yield kind.finding(cells=cells, found=left, expected=reached, difference=difference, **words)
    elif max(left, reached) >= SILENCE_FROM:
        speaker, silent = (origin, destination) if out else (destination, origin)
        yield ONE_SILENT.finding(cells=cells, found=max(left, reached), speaker=speaker, silent=silent, **words)


def _covered_twice(latest: Mapping[str, FileResult]) -> Iterator[Finding]:
    owners = _owners(latest)
    for country, offices in sorted(_claims(latest).items()):
        if len(offices) > 1:
            names = ", ".join(offices)
            yield COVERED_TWICE.finding(field="cover.countries", country=country, offices=names, owner=owners[country])


def _against_register(latest: Mapping[str, FileResult], register: Mapping[str, ExpectedReturn]) -> Iterator[Finding]:
    for office, expected in sorted(register.items()):
        if office not in latest:
            yield MISSING.finding(office=office, label=expected.label, year=str(expected.year))
    for office, result in sorted(latest.items()):
        if office not in register:
            yield UNEXPECTED.finding(office=office, year=str(result.year))

"""Which returns and figures of a collection a report is made of."""

from __future__ import annotations

import os
import re
from collections.abc import Collection as Names
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from reporting.aggregate.changes import changes
from reporting.aggregate.collection import Collection
from reporting.aggregate.figures import Figure, Level
from reporting.checks import network
from reporting.errors import UsageError
from reporting.findings import Finding
from reporting.report.material import Material
from reporting.report.request import EVERY, Kind, Request
from reporting.returns.follow_up import Decisions, read_follow_up
from reporting.schema.translation import in_language
from reporting.workbook.answers import Return

_WORD = re.compile(r"\w+")


def each_place(request: Request, collection: Collection) -> list[Request]:
    """The reports that are asked for: one, or one of each bureau or office that has returns in the figures.

    Raises:
        UsageError: there is no return to report on.
    """
    if EVERY not in (request.bureau, request.office):
        return [request]
    by_office = {row.office: row.bureau for row in collection.coverage.rows}
    offices = sorted(item.office for item in collection.returns)
    if request.office == EVERY:
        requests = [replace(request, office=office) for office in offices]
    else:
        used = {by_office[office] for office in offices}
        bureaus = _bureaus(replace(request, kind=Kind.GLOBAL, bureau=None), collection, by_office)
        requests = [replace(request, bureau=bureau) for bureau in bureaus if bureau in used]
    if not requests:
        raise UsageError("there is no usable return here to write a report of")
    return requests


def material_of(request: Request, collection: Collection) -> Material:
    """The material of the report that is asked for.

    Raises:
        UsageError: the bureau or office has no returns here, or those to compare with are not of an earlier year.
        RegisterError: the register of follow-up cannot be used.
    """
    by_office = {row.office: row.bureau for row in collection.coverage.rows}
    bureaus = _bureaus(request, collection, by_office)
    chosen = _returns(request, collection, bureaus, by_office)
    return Material(
        kind=request.kind,
        level=request.level,
        schema=in_language(collection.schema, request.language),
        year=collection.year,
        language=request.language,
        edition=request.edition,
        bureaus=bureaus,
        returns=chosen,
        files=tuple(item for item in collection.results if _belongs(item.office, request, bureaus, by_office)),
        coverage=collection.coverage,
        figures=_figures(request, collection, chosen, bureaus),
        fictional=collection.fictional,
        as_of=date_of(collection, request.as_of),
        decisions=_decisions(request, collection),
        between=_between(collection, {item.office for item in chosen}),
        changes=changes(collection, request.previous) if request.previous else None,
    )


def date_of(collection: Collection, as_of: date | None) -> date | None:
    """The date a report bears: the one asked for, SOURCE_DATE_EPOCH, or the last clearance; never the clock's.

    Raises:
        UsageError: SOURCE_DATE_EPOCH is no date.
    """
    if as_of is not None:
        return as_of
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError):
            raise UsageError(
                f"SOURCE_DATE_EPOCH is “{epoch}”, and no number of seconds since 1970: correct it"
            ) from None
    return max((row.cleared_on for row in collection.coverage.rows if row.cleared_on), default=None)


def _decisions(request: Request, collection: Collection) -> Decisions | None:
    if request.follow_up is None or not collection.schema.recommendations:
        return None
    return read_follow_up(request.follow_up, [item.id for item in collection.schema.recommendations])


def _bureaus(request: Request, collection: Collection, by_office: Mapping[str, str]) -> tuple[str, ...]:
    """The bureaus in scope, in the order of the schema.

    Raises:
        UsageError: the bureau or office named is not among the returns.
    """
    listed = [entry.code for entry in collection.schema.codes["bureaus"].codes]
    present = set(by_office.values())
    at_hand = tuple(code for code in listed if code in present)
    match request.level:
        case Level.BUREAU:
            if request.bureau not in at_hand:
                raise UsageError(f"no returns of the bureau “{request.bureau}” here: name one of {', '.join(at_hand)}")
            return (request.bureau,)
        case Level.OFFICE:
            office = request.office or ""
            if office not in by_office:
                known = ", ".join(sorted(filter(None, by_office)))
                raise UsageError(f"no return of the office “{office}” here: name one of {known}")
            return (by_office[office],)
        case _:
            return (*at_hand, *sorted(present - set(listed) - {""}))


def _returns(
    request: Request, collection: Collection, bureaus: tuple[str, ...], by_office: Mapping[str, str]
) -> tuple[Return, ...]:
    """The returns in the figures of the places in scope, by bureau and label.

    Raises:
        UsageError: the office has no return that can be used.
    """
    chosen = [item for item in collection.returns if by_office.get(item.office) in bureaus]
    if request.office is not None:
        chosen = [item for item in chosen if item.office == request.office]
        if not chosen:
            raise UsageError(f"there is no usable return of the office “{request.office}” here")
    labels = {row.office: row.label for row in collection.coverage.rows}
    return tuple(sorted(chosen, key=lambda item: (bureaus.index(by_office[item.office]), labels.get(item.office, ""))))


def _belongs(office: str, request: Request, bureaus: Names[str], by_office: Mapping[str, str]) -> bool:
    """Whether the file of ``office`` is in scope; one of which nobody knows the office is the world's."""
    if not office:
        return request.level is Level.WORLD
    return office == request.office if request.office is not None else by_office.get(office) in bureaus


def _between(collection: Collection, offices: set[str]) -> tuple[Finding, ...]:
    """The findings between returns in the figures that concern one of ``offices``; coverage tells of missing returns."""
    found = network.between_offices(collection.used, None, collection.schema)
    return tuple(item for item in found if offices & _concerned(item))


def _concerned(finding: Finding) -> set[str]:
    """The offices at the head of the cells, or in the words of a finding without cells."""
    return {cell.partition(" ")[0] for cell in finding.cells} or set(_WORD.findall(finding.message))


def _figures(
    request: Request, collection: Collection, returns: tuple[Return, ...], bureaus: tuple[str, ...]
) -> tuple[Figure, ...]:
    """The figures of the places in scope."""
    scope: dict[Level, Names[str]] = {
        Level.OFFICE: {item.office for item in returns},
        Level.COUNTRY: {country for item in returns for country in item.countries},
        Level.BUREAU: bureaus if request.level is not Level.OFFICE else (),
        Level.WORLD: ("world",) if request.level is Level.WORLD else (),
    }
    return tuple(item for item in collection.figures if item.area in scope[item.level])

"""Writing a report of a collection of returns as PDF and HTML."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from reporting.aggregate.collection import Collection
from reporting.aggregate.figures import Figure, Level
from reporting.errors import UsageError
from reporting.report.blocks import Document
from reporting.report.material import Material
from reporting.workbook.answers import Return

KINDS = ("office", "regional", "global")
FORMATS = ("pdf", "html")


@dataclass(frozen=True, slots=True)
class Written:
    """A file written; ``pages`` is the number of its pages, None of a file without pages."""

    path: Path
    pages: int | None = None


def render_report(
    kind: str,
    collection: Collection,
    *,
    bureau: str | None = None,
    office: str | None = None,
    language: str = "en",
    edition: str = "internal",
    formats: Sequence[str] = FORMATS,
    as_of: date | None = None,
    out: Path,
) -> list[Path]:
    """Write the report of ``kind`` into the folder ``out``, a file a format; the files written, in that order.

    Raises:
        UsageError: the bureau or office is missing or has no returns here.
        RenderError: the pages could not be set.
    """
    document = report_document(
        kind, collection, bureau=bureau, office=office, language=language, edition=edition, as_of=as_of
    )
    name = file_name(kind, collection, bureau=bureau, office=office)
    return [written.path for written in write_document(document, out, name, formats)]


def report_document(
    kind: str,
    collection: Collection,
    *,
    bureau: str | None = None,
    office: str | None = None,
    language: str = "en",
    edition: str = "internal",
    as_of: date | None = None,
) -> Document:
    """The document of a report, not yet drawn.

    Raises:
        UsageError: the bureau or office is missing or has no returns here.
    """
    from reporting.report.context import document_of

    if edition != "internal":
        raise UsageError(f"there is no edition “{edition}” yet; there is “internal”")
    return document_of(
        _material(kind, collection, bureau=bureau, office=office, language=language, edition=edition, as_of=as_of)
    )


def write_document(document: Document, out: Path, name: str, formats: Sequence[str] = FORMATS) -> list[Written]:
    """Draw a document in each of ``formats`` as ``out/name.format``.

    Raises:
        RenderError: the pages could not be set.
    """
    from reporting.report.html import draw
    from reporting.report.pdf import write_pdf

    out.mkdir(parents=True, exist_ok=True)
    written = []
    for form in formats:
        path = out / f"{name}.{form}"
        if form == "pdf":
            written.append(Written(path, write_pdf(draw(document, "page"), path)))
        else:
            path.write_text(draw(document, "screen"), encoding="utf-8")
            written.append(Written(path))
    return written


def file_name(kind: str, collection: Collection, *, bureau: str | None = None, office: str | None = None) -> str:
    """The name of a report's files, without suffix, such as ``regional-africa-2008``."""
    place = {"regional": bureau, "office": office}.get(kind)
    parts = ["fictional"] if collection.fictional else []
    parts += [kind, *([place.replace("_", "-")] if place else []), str(collection.year)]
    return "-".join(parts)


def date_of(collection: Collection, as_of: date | None) -> date | None:
    """The date a report bears: the one asked for, SOURCE_DATE_EPOCH, or the last clearance; never the clock's."""
    if as_of is not None:
        return as_of
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return max((row.cleared_on for row in collection.coverage.rows if row.cleared_on), default=None)


def _material(
    kind: str,
    collection: Collection,
    *,
    bureau: str | None,
    office: str | None,
    language: str,
    edition: str,
    as_of: date | None,
) -> Material:
    bureaus_by_office = {row.office: row.bureau for row in collection.coverage.rows}
    bureaus = _bureaus(kind, collection, bureau, office, bureaus_by_office)
    chosen = [item for item in collection.returns if bureaus_by_office.get(item.office) in bureaus]
    if kind == "office":
        chosen = [item for item in chosen if item.office == office]
        if not chosen:
            raise UsageError(f"there is no usable return of the office “{office}” here")
    labels = {row.office: row.label for row in collection.coverage.rows}
    chosen.sort(key=lambda item: (bureaus.index(bureaus_by_office[item.office]), labels.get(item.office, "")))
    offices = (
        {item.office for item in chosen}
        if kind == "office"
        else {o for o, b in bureaus_by_office.items() if b in bureaus}
    )
    results = tuple(
        item for item in collection.results if item.office in offices or (not item.office and kind == "global")
    )
    return Material(
        kind=kind,
        schema=collection.schema,
        year=collection.year,
        language=language,
        edition=edition,
        bureaus=bureaus,
        returns=tuple(chosen),
        files=results,
        coverage=collection.coverage,
        figures=_figures(kind, collection, chosen, bureaus),
        fictional=collection.fictional,
        as_of=date_of(collection, as_of),
    )


def _bureaus(
    kind: str, collection: Collection, bureau: str | None, office: str | None, by_office: Mapping[str, str]
) -> tuple[str, ...]:
    """The bureaus in scope, in the order of the schema.

    Raises:
        UsageError: the bureau or office that the kind needs is not named, or not among the returns.
    """
    listed = [entry.code for entry in collection.schema.codes["bureaus"].codes]
    present = set(by_office.values())
    at_hand = tuple(code for code in listed if code in present)
    if kind == "global":
        return (*at_hand, *sorted(present - set(listed) - {""}))
    if kind == "regional":
        if bureau not in at_hand:
            raise UsageError(f"a regional report needs --bureau, one of {', '.join(at_hand)}")
        return (bureau,)
    if kind == "office":
        if office is None or office not in by_office:
            raise UsageError(f"an office report needs --office, one of {', '.join(sorted(filter(None, by_office)))}")
        return (by_office[office],)
    raise UsageError(f"there is no report of the kind “{kind}”; there are {', '.join(KINDS)}")


def _figures(
    kind: str, collection: Collection, returns: Sequence[Return], bureaus: Sequence[str]
) -> tuple[Figure, ...]:
    """The figures of the places in scope."""
    offices = {item.office for item in returns}
    countries = {country for item in returns for country in item.countries}
    scope = {Level.OFFICE: offices, Level.COUNTRY: countries, Level.BUREAU: set(bureaus), Level.WORLD: {"world"}}
    if kind == "office":
        scope[Level.BUREAU] = set()
    if kind != "global":
        scope[Level.WORLD] = set()
    return tuple(item for item in collection.figures if item.area in scope[item.level])

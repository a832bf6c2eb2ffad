"""A look at the bytes of a file before any library opens them (DESIGN 5).

Everything a library could choke on is refused here with a finding of its own: other formats under the name of a workbook,
archives that inflate without end, document type declarations, cells far outside the form. Nothing is written to disk, and
no more than one part is held at a time.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final

from reporting.findings import Finding, Text
from reporting.workbook import faults
from reporting.workbook.beside import COMMENTS, Beside
from reporting.workbook.faults import UnreadableFile
from reporting.workbook.markup import MAIN, check_kind, check_markup, check_texts, check_well_formed
from reporting.workbook.parts import LARGEST_INFLATED, MOST_PARTS, MOST_SHEETS, Archive, folded, inflated
from reporting.workbook.sheet_scan import MOST_AREA, MOST_CELLS, SheetMarks, SheetScan, scan_sheet

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["LARGEST_INFLATED", "MOST_PARTS", "MOST_SHEETS", "Inspection", "SheetMarks", "inspect"]

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OLD_BOOK: Final = re.compile(
    b"|".join(map(re.escape, (name.encode("utf-16-le") for name in ("Workbook", "Book")))), re.IGNORECASE
)
_OLDEST_BOOK: Final = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
"""Excel 2, 3 and 4, before there were containers: a record that says a sheet begins."""
_BOOK_OF_2003: Final = re.compile(r"<\?mso-application\s+progid=\"Excel|urn:schemas-microsoft-com:office:spreadsheet")
_FLAT_OPEN_DOCUMENT: Final = "urn:oasis:names:tc:opendocument:xmlns:office"
_POINTER: Final = "version https://git-lfs.github.com/spec/"
_NO_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
_WEB_PAGE: Final = re.compile(r"\s*(<!doctype html|<html|<table|<\?xml[^>]*>\s*<html)", re.IGNORECASE)
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError, RuntimeError)

_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}Types"
_MOST_ELEMENTS: Final = 30_000
"""Elements in a list of sheets or parts."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """A workbook that may be opened."""

    marks: Mapping[str, SheetMarks]
    """By the sheet's title."""
    notes: Mapping[str, Mapping[str, str]]
    """The comments on a sheet's cells, by its title and their cell."""
    properties: Mapping[str, str]
    """What the document says of itself, by the name of the property."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """The names of the sheets' parts, folded, by title."""


def inspect(content: bytes) -> Inspection:
    """Look at the bytes of a file.

    Raises:
        UnreadableFile: the file is not a workbook, or not one to be opened.
    """
    if not content:
        raise UnreadableFile(faults.EMPTY_FILE.finding())
    if not content.startswith(b"PK"):
        raise UnreadableFile(_other_format(content))
    try:
        return _inspect_parts(Archive.of(content))
    except _BROKEN as error:
        raise UnreadableFile(faults.DAMAGED.finding(reason=str(error) or Text("it ends too soon"))) from error


def _other_format(content: bytes) -> Finding:
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            return faults.ENCRYPTED.finding()
        return (faults.LEGACY_WORKBOOK if _OLD_BOOK.search(content) else faults.NOT_A_WORKBOOK).finding()
    if content.startswith(_OLDEST_BOOK):
        return faults.LEGACY_WORKBOOK.finding()
    start = _text_start(content)
    if start is None or start.startswith(("%PDF", "{\\rtf")):
        return faults.NOT_A_WORKBOOK.finding()
    if start.startswith(_POINTER):
        return faults.POINTER.finding()
    if _BOOK_OF_2003.search(start):
        return faults.LEGACY_WORKBOOK.finding()
    if _FLAT_OPEN_DOCUMENT in start:
        return faults.OPEN_DOCUMENT.finding()
    return (faults.WEB_PAGE if _WEB_PAGE.match(start) else faults.PLAIN_TEXT).finding()


def _text_start(content: bytes) -> str | None:
    """The first characters, if the bytes look like text."""
    start = content[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[: len(start) // 2 * 2].decode("utf-16", "replace")
    return None if _NO_TEXT.search(start) else start.decode("utf-8-sig", "replace")


# -- the parts of a workbook -------------------------------------------------------------------------------------------


def _inspect_parts(archive: Archive) -> Inspection:
    inspected = _Parts(archive)
    for name, xml in inflated(archive):
        check_markup(name, xml)
        inspected.add(name, xml)
    return inspected.result()


class _Parts:
    """What the parts say as they come by: relationships and the list of sheets first, then the sheets."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.book = "xl/workbook.xml"
        self.list_of_texts = "xl/sharedstrings.xml"
        self.links: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self.scans: dict[str, SheetScan] = {}
        self.texts: list[int] = []
        self.beside = Beside()

    def add(self, name: str, xml: bytes) -> None:
        """Look at one part."""
        if name == "_rels/.rels":
            self.book = _workbook_part(xml)
        elif name.endswith(".rels"):
            self._check_links(name, xml)
        elif name == self.book:
            check_kind(name, xml, "workbook")
            self.titles = _sheets(xml, self.links)
        elif name == "[content_types].xml":
            _check_types(xml)
        elif name == self.list_of_texts:
            check_kind(name, xml, "sst")
            check_texts(xml, Text("list of texts"))
            self.texts = _lengths(xml)
            check_well_formed(xml, Text("its list of texts"))
        elif name.startswith("xl/styles"):
            check_kind(name, xml, "styleSheet")
            check_well_formed(xml, Text("its list of formats"))
        elif name in self.titles or b"sheetData" in xml:
            self._add_sheet(name, xml)
        elif self.beside.holds(name):
            self.beside.add(name, _elements(xml))

    def _check_links(self, name: str, xml: bytes) -> None:
        if name == f"{dirname(self.book)}/_rels/{self.book.rpartition('/')[2]}.rels".lstrip("/"):
            self.links, texts = _targets(xml, dirname(self.book))
            self.list_of_texts = texts or self.list_of_texts
        for link in _elements(xml):
            if link.get("Type", "").endswith(COMMENTS):
                self.beside.link(name, _part(link.get("Target", ""), dirname(dirname(name))))
            self.beside.point(link.get("Target", ""))
            if link.get("TargetMode") == "External" and not link.get("Type", "").endswith("/hyperlink"):
                raise UnreadableFile(faults.EXTERNAL_DATA.finding(part=link.get("Target", "")[:100]))

    def _add_sheet(self, name: str, xml: bytes) -> None:
        title = self.titles.get(name, name)
        if b"<chartsheet" in xml[:2000]:
            check_kind(name, xml, "chartsheet")
            return
        prefix = check_kind(name, xml, "worksheet")
        self.scans[name] = scan_sheet(title, xml, prefix)
        self._check_sums(title)

    def _check_sums(self, title: str) -> None:
        if sum(scan.cells for scan in self.scans.values()) > MOST_CELLS:
            raise UnreadableFile(
                faults.TOO_MANY_CELLS.finding(sheet=title, limit=f"{MOST_CELLS:,}", what=Text("cells"))
            )
        if sum(scan.height * scan.width for scan in self.scans.values()) > MOST_AREA:
            widest = max(self.scans, key=lambda name: self.scans[name].height * self.scans[name].width)
            raise UnreadableFile(faults.FAR_CELLS.finding(sheet=self.titles.get(widest, widest)))

    def _check_texts(self, title: str, scan: SheetScan) -> None:
        """Every text that a cell names is there, and all of them together are not too long."""
        length = 0
        for written in scan.texts:
            place = int(written) if written.isdigit() else -1
            if not 0 <= place < len(self.texts):
                raise UnreadableFile(faults.WRONG_TEXT.finding(sheet=title, found=_shown(written)))
            length += self.texts[place]
        if length > LARGEST_INFLATED // 2:
            raise UnreadableFile(faults.TOO_LARGE.finding(limit=LARGEST_INFLATED // 1024 // 1024))

    def result(self) -> Inspection:
        """What was found, once all parts have come by."""
        if self.book not in self.archive.parts:
            raise UnreadableFile(faults.DAMAGED.finding(reason=Text("it has no workbook part")))
        for part, title in self.titles.items():
            if part not in self.archive.parts or not part.endswith(".xml"):
                reason = Text("the sheet “{title}” is missing")
                raise UnreadableFile(faults.DAMAGED.finding(title=title, reason=reason))
        for part, scan in self.scans.items():
            self._check_texts(self.titles.get(part, part), scan)
        return Inspection(
            {title: self.scans[part].marks for part, title in self.titles.items() if part in self.scans},
            self.beside.notes(self.titles),
            self.beside.properties,
            {title: part for part, title in self.titles.items() if part in self.scans},
        )


def _shown(written: str | bytes) -> str:
    return (written.decode("utf-8", "replace") if isinstance(written, bytes) else written)[:20]


def _elements(xml: bytes) -> Iterable[Element]:
    """The elements of a small part, whose document type declarations have been refused.

    Raises:
        UnreadableFile: the part is not well-formed.
    """
    from xml.etree import ElementTree as ET

    if xml.count(b"<") > _MOST_ELEMENTS:
        raise UnreadableFile(faults.ODD_PARTS.finding(reason=Text("a list of parts or sheets in it is very long")))
    try:
        return ET.fromstring(xml).iter()  # noqa: S314
    except ET.ParseError as error:
        reason = Text("its list of parts or sheets is not well-formed ({error})")
        raise UnreadableFile(faults.DAMAGED.finding(error=str(error), reason=reason)) from error


def _check_types(xml: bytes) -> None:
    """The list of the kinds of all parts, without which no program opens a workbook."""
    if b"macroEnabled" in xml:
        raise UnreadableFile(faults.MACROS.finding())
    if next(iter(_elements(xml))).tag != _TYPES:
        raise UnreadableFile(faults.DAMAGED.finding(reason=Text("its list of the kinds of parts is none")))


def _workbook_part(xml: bytes) -> str:
    """The part that is the workbook, by the relationships of the whole file."""
    for link in _elements(xml):
        if link.get("Type", "").endswith("/officeDocument"):
            return _part(link.get("Target", ""), "")
    raise UnreadableFile(faults.DAMAGED.finding(reason=Text("it has no workbook part")))


def _targets(xml: bytes, folder: str) -> tuple[dict[str, str], str]:
    """The parts that a workbook refers to by their ids, and the one with the list of texts."""
    targets, texts = {}, ""
    for link in _elements(xml):
        targets[link.get("Id", "")] = part = _part(link.get("Target", ""), folder)
        if link.get("Type", "").endswith("/sharedStrings"):
            texts = part
    return targets, texts


def _part(target: str, folder: str) -> str:
    path = normpath(target if target.startswith("/") else join(folder, target))
    return folded(path.lstrip("/"))


def _sheets(xml: bytes, links: Mapping[str, str]) -> dict[str, str]:
    """The titles of the sheets, by their parts.

    Raises:
        UnreadableFile: there are too many, or two of them are one part.
    """
    sheets: dict[str, str] = {}
    found = [element for element in _elements(xml) if element.tag in (f"{{{MAIN}}}sheet", "sheet")]
    if len(found) > MOST_SHEETS:
        raise UnreadableFile(faults.MANY_SHEETS.finding(count=len(found), limit=MOST_SHEETS))
    for sheet in found:
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        part, title = links.get(link, ""), sheet.get("name", "")
        if not part or part in sheets or title in sheets.values():
            reason = Text("the sheet “{title}” is missing or listed twice")
            raise UnreadableFile(faults.DAMAGED.finding(title=title[:40], reason=reason))
        sheets[part] = title
    return sheets


def _lengths(xml: bytes) -> list[int]:
    """How long the texts in the list are, roughly: in bytes, markup included.

    Raises:
        UnreadableFile: there are more than any workbook of a size that is read can show.
    """
    if xml.count(b"<si") + xml.count(b":si") > MOST_CELLS:
        raise UnreadableFile(
            faults.TOO_MANY_CELLS.finding(sheet="list of texts", limit=f"{MOST_CELLS:,}", what=Text("texts"))
        )
    pieces = re.split(rb"<(?:[^\s<>/:]+:)?si[\s/>]", xml)
    return [len(piece) for piece in pieces[1:]]

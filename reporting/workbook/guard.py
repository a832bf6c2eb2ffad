"""A look at the bytes of a file before any library opens them (DESIGN 5).

Everything a library could choke on is refused here with a finding of its own: other formats under the name of a workbook,
archives that inflate without end, document type declarations, cells far outside the form. Nothing is written to disk.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from reporting.findings import Finding
from reporting.workbook import faults
from reporting.workbook.faults import UnreadableFile

LARGEST_INFLATED: Final = 64 * 1024 * 1024
"""Bytes, over all parts; counted while inflating, since the sizes in the headers may lie."""
MOST_PARTS: Final = 2000
_BLOCK: Final = 1 << 20

_WORKBOOK: Final = "xl/workbook.xml"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE: Final = {name: name.encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "Book")}


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """What the sheet's XML says that a reading of values does not tell."""

    errors: Mapping[str, str]
    """Error values such as ``#REF!`` by cell."""
    uncalculated: frozenset[str]
    """Cells with a formula and no saved result."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """A workbook that may be opened."""

    marks: Mapping[str, SheetMarks]
    """By the sheet's title."""


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
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive)
            return _inspect_parts(dict(_inflated(archive)))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(faults.DAMAGED.finding(reason=str(error) or "it ends too soon")) from error


def _other_format(content: bytes) -> Finding:
    if content.startswith(_OLE):
        if _WIDE["EncryptedPackage"] in content:
            return faults.ENCRYPTED.finding()
        is_excel = _WIDE["Workbook"] in content or _WIDE["Book"] in content
        return (faults.LEGACY_WORKBOOK if is_excel else faults.NOT_A_WORKBOOK).finding()
    start = _text_start(content)
    if start is None:
        return faults.NOT_A_WORKBOOK.finding()
    if re.match(r"\s*(<!doctype html|<html|<table|<\?xml[^>]*>\s*<html)", start, re.IGNORECASE):
        return faults.WEB_PAGE.finding()
    return faults.PLAIN_TEXT.finding()


def _text_start(content: bytes) -> str | None:
    """The first characters, if the bytes look like text."""
    start = content[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[: len(start) // 2 * 2].decode("utf-16", "replace")
    return None if b"\0" in start else start.decode("utf-8-sig", "replace")


def _check_parts(archive: zipfile.ZipFile) -> None:
    names = [part.filename for part in archive.infolist()]
    if len(names) > MOST_PARTS:
        raise UnreadableFile(faults.ODD_PARTS.finding(reason=f"it has {len(names)} parts"))
    folded = Counter(name.replace("\\", "/").casefold() for name in names)
    if doubled := [name for name, times in folded.items() if times > 1]:
        raise UnreadableFile(faults.ODD_PARTS.finding(reason=f"the part “{doubled[0]}” stands in it twice"))
    if unsafe := [name for name in folded if name.startswith("/") or ".." in name.split("/") or ":" in name]:
        raise UnreadableFile(faults.ODD_PARTS.finding(reason=f"the part “{unsafe[0]}” points outside the file"))
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise UnreadableFile(faults.ENCRYPTED.finding())
    _check_kind(folded)


def _check_kind(names: Counter[str]) -> None:
    if "content.xml" in names and "mimetype" in names:
        raise UnreadableFile(faults.OPEN_DOCUMENT.finding())
    if "xl/workbook.bin" in names:
        raise UnreadableFile(faults.BINARY_WORKBOOK.finding())
    if any(name.startswith("xl/vbaproject") for name in names):
        raise UnreadableFile(faults.MACROS.finding())
    if _CONTENT_TYPES.casefold() not in names:
        raise UnreadableFile(faults.NOT_A_WORKBOOK.finding())
    if _WORKBOOK not in names:
        is_office = any(name.startswith(("word/", "ppt/")) for name in names)
        missing = (
            faults.NOT_A_WORKBOOK.finding() if is_office else faults.DAMAGED.finding(reason="it has no workbook part")
        )
        raise UnreadableFile(missing)


def _inflated(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every XML part; the others are inflated and counted only."""
    left = LARGEST_INFLATED
    for part in archive.infolist():
        kept = bytearray()
        is_xml = part.filename.lower().endswith((".xml", ".rels"))
        with archive.open(part) as stream:
            while block := stream.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise UnreadableFile(faults.TOO_LARGE.finding(limit=LARGEST_INFLATED // 1024 // 1024))
                if is_xml:
                    kept += block
        if is_xml:
            yield part.filename, bytes(kept)


def _inspect_parts(parts: Mapping[str, bytes]) -> Inspection:
    for name, xml in parts.items():
        if reason := _forbidden(xml):
            raise UnreadableFile(faults.FORBIDDEN_XML.finding(part=name, reason=reason))
    sheets = _sheets(parts)
    titles = {part: title for title, part in sheets.items()}
    for name, xml in parts.items():
        if b"sheetData" in xml and _FAR.search(xml):
            raise UnreadableFile(faults.FAR_CELLS.finding(sheet=titles.get(name, name)))
    for title, part in sheets.items():
        if part not in parts:
            raise UnreadableFile(faults.DAMAGED.finding(reason=f"the sheet “{title}” is missing"))
    return Inspection({title: _marks(parts[part]) for title, part in sheets.items()})


def _forbidden(xml: bytes) -> str:
    """Why an XML part is refused; empty if it is not."""
    start = xml[:200]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start:
        return "its encoding is not UTF-8"
    declared = re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)", start)
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        return "its encoding is not UTF-8"
    return "it has a document type declaration" if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml else ""


def _sheets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The parts of the sheets, by their titles."""
    from xml.etree import ElementTree as ET  # document type declarations have been refused

    try:
        workbook = ET.fromstring(parts[_WORKBOOK])  # noqa: S314
        links = ET.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))  # noqa: S314
    except ET.ParseError as error:
        raise UnreadableFile(
            faults.DAMAGED.finding(reason=f"its list of sheets is not well-formed ({error})")
        ) from error
    targets = {link.get("Id"): _part(link.get("Target", "")) for link in links}
    sheets = {}
    for sheet in workbook.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            if target := targets.get(link):
                sheets[sheet.get("name", "")] = target
    return sheets


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


_FAR: Final = re.compile(rb"""\sr\s*=\s*["'](?:[A-Za-z]{3,}[0-9]|[A-Za-z]*(?:[0-9]{6,}|[2-9][0-9]{4})|[^"']*&)""")
"""A cell beyond column ZZ, a cell or row from 20,000 on, or an address written with character references."""
_ERROR: Final = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\st\s*=\s*["']e["'])(?:[^>]*?\s)?r\s*=\s*["'](?P<cell>[A-Za-z]+[0-9]+)["'][^>]*>"""
    rb"""(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>(?P<error>[^<]*)<""",
    re.DOTALL,
)
_UNCALCULATED: Final = re.compile(
    rb"""<(?:\w+:)?c\s(?P<attributes>[^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_ADDRESS: Final = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]+[0-9]+)["']""")


def _marks(xml: bytes) -> SheetMarks:
    errors = {}
    if b'"e"' in xml or b"'e'" in xml:
        errors = {found["cell"].decode(): found["error"].decode("utf-8", "replace") for found in _ERROR.finditer(xml)}
    uncalculated = set()
    for found in _UNCALCULATED.finditer(xml):
        attributes = found["attributes"]
        text_result = re.search(rb"""\st\s*=\s*["']str["']""", b" " + attributes)
        if not text_result and (address := _ADDRESS.search(attributes)):
            uncalculated.add(address[1].decode())
    return SheetMarks(errors, frozenset(uncalculated))

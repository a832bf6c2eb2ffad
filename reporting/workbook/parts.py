"""The parts of a workbook's archive: their names, and their contents inflated within bounds.

The archive is inflated here and not by :mod:`zipfile`, because its headers may say anything: what counts is what comes out.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from reporting.findings import Finding, Text
from reporting.languages import to_say
from reporting.workbook import faults
from reporting.workbook.faults import UnreadableFile
from reporting.workbook.sheet_scan import too_many

LARGEST_INFLATED: Final = 64 * 1024 * 1024
"""Bytes, over all parts; counted while inflating, since the sizes in the headers may lie."""
LARGEST_XML: Final = 16 * 1024 * 1024
"""Bytes of one part that is read; the largest of a return has some 200,000."""
MOST_PARTS: Final = 2000
MOST_SHEETS: Final = 200

_BLOCK: Final = 1 << 20
_SLICE: Final = 1 << 16
_LOCAL_HEADER: Final = struct.Struct("<4s5H3L2H")
_CONTENT_TYPES: Final = "[content_types].xml"
_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_EXTERNAL: Final = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/", "xl/model/")
_EMBEDDED: Final = ("xl/embeddings/", "xl/activex/", "xl/webextensions/")
_MACROS: Final = ("xl/vbaproject", "xl/macrosheets/", "xl/dialogsheets/", "xl/intlmacrosheets/")


def folded(name: str) -> str:
    """The name of a part as the libraries that read workbooks look for it: whatever its case and slashes."""
    return name.replace("\\", "/").casefold()


@dataclass(frozen=True)
class Archive:
    """An archive whose part names have been looked at; ``parts`` by folded name, in the order of its directory."""

    content: bytes
    parts: Mapping[str, zipfile.ZipInfo]

    @classmethod
    def of(cls, content: bytes) -> Archive:
        """The archive in ``content``.

        Raises:
            UnreadableFile: it is not one that a spreadsheet program writes.
            zipfile.BadZipFile: it is no archive, or its directory is damaged.
        """
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
        _check_names(entries)
        parts = {folded(part.filename): part for part in entries}
        _check_kind(parts)
        return cls(content, parts)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = Counter(folded(part.filename) for part in entries)
    if (sheets := sum(name.startswith("xl/worksheets/sheet") for name in names)) > MOST_SHEETS:
        raise UnreadableFile(faults.MANY_SHEETS.finding(count=sheets, limit=MOST_SHEETS))
    if len(entries) > MOST_PARTS:
        raise UnreadableFile(faults.ODD_PARTS.finding(count=len(entries), reason=Text("it has {count} parts")))
    if doubled := [name for name, times in names.items() if times > 1]:
        raise UnreadableFile(
            faults.ODD_PARTS.finding(part=doubled[0], reason=Text("the part “{part}” stands in it twice"))
        )
    for part in entries:
        if reason := _odd(part):
            raise UnreadableFile(faults.ODD_PARTS.finding(part=part.filename[:80], reason=Text(reason)))
    if any(part.flag_bits & 1 for part in entries):
        raise UnreadableFile(faults.ENCRYPTED.finding())


def _odd(part: zipfile.ZipInfo) -> str:
    """What is wrong with the name or the packing of a part; empty if nothing is."""
    name = part.orig_filename
    if not name:
        return to_say("the part “{part}” has no name")
    if name.startswith(("/", "\\")) or ".." in folded(name).split("/") or ":" in name:
        return to_say("the part “{part}” points outside the file")
    if "\\" in name or not name.isprintable():
        return to_say("the part “{part}” has characters in its name that no program writes")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return to_say("the part “{part}” is compressed in an unusual way")
    return ""


def _check_kind(names: Mapping[str, object]) -> None:
    if "content.xml" in names and "mimetype" in names:
        raise UnreadableFile(faults.OPEN_DOCUMENT.finding())
    if "xl/workbook.bin" in names:
        raise UnreadableFile(faults.BINARY_WORKBOOK.finding())
    if _CONTENT_TYPES not in names and (inside := next((name for name in names if name.endswith(_WORKBOOKS)), "")):
        raise UnreadableFile(faults.COMPRESSED.finding(part=inside[-80:]))
    if _CONTENT_TYPES not in names or any(name.startswith(("word/", "ppt/")) for name in names):
        raise UnreadableFile(faults.NOT_A_WORKBOOK.finding())
    for prefixes, kind in ((_MACROS, faults.MACROS), (_EMBEDDED, faults.EMBEDDED), (_EXTERNAL, faults.EXTERNAL_DATA)):
        if found := next((name for name in names if name.startswith(prefixes)), ""):
            raise UnreadableFile(kind.finding(part=found))


def inflated(archive: Archive) -> Iterator[tuple[str, bytes]]:
    """Every XML part by its folded name, those that say what the others are first; the rest is inflated and counted only.

    Raises:
        UnreadableFile: a part is damaged, or lies about its size, or there is too much of it.
        zlib.error: a part cannot be inflated.
    """
    left = LARGEST_INFLATED
    for name in sorted(archive.parts, key=_rank):
        is_xml = name.endswith((".xml", ".rels"))
        part = archive.parts[name]
        kept, size, checksum = bytearray(), 0, 0
        for block in _blocks(_packed(archive.content, part), part):
            size, checksum = size + len(block), zlib.crc32(block, checksum)
            if size > left or (is_xml and size > LARGEST_XML):
                raise UnreadableFile(too_many(part.filename, kept) or _too_large(is_xml=size <= left))
            if size > part.file_size:
                raise UnreadableFile(faults.WRONG_SIZES.finding(part=part.filename))
            if is_xml:
                kept += block
        left -= size
        if size != part.file_size:
            raise UnreadableFile(faults.WRONG_SIZES.finding(part=part.filename))
        if checksum != part.CRC:
            reason = Text("the checksum of its part “{part}” is wrong")
            raise UnreadableFile(faults.DAMAGED.finding(part=part.filename, reason=reason))
        if is_xml:
            yield name, bytes(kept)


def _rank(name: str) -> int:
    """Relationships come first, then the list of sheets, so that the sheets have titles when they come."""
    if name.endswith(".rels"):
        return 0 if name == "_rels/.rels" else 1
    return 2 if "workbook" in name else 3


def _too_large(*, is_xml: bool) -> Finding:
    return faults.TOO_LARGE.finding(limit=(LARGEST_XML if is_xml else LARGEST_INFLATED) // 1024 // 1024)


def _packed(content: bytes, part: zipfile.ZipInfo) -> memoryview:
    """The bytes of a part as they are packed, after a look at its own header, which must agree with the directory."""
    start = part.header_offset
    if len(content) < start + _LOCAL_HEADER.size:
        raise UnreadableFile(faults.DAMAGED.finding(reason=Text("it ends too soon")))
    signature, _, flags, method, _, _, checksum, packed, size, name, extra = _LOCAL_HEADER.unpack_from(content, start)
    start += _LOCAL_HEADER.size
    if signature != b"PK\x03\x04" or method != part.compress_type:
        reason = Text("the header of its part “{part}” is broken")
        raise UnreadableFile(faults.DAMAGED.finding(part=part.filename, reason=reason))
    encoding = "utf-8" if flags & 0x800 else "cp437"
    if content[start : start + name].decode(encoding, "replace") != part.orig_filename:
        raise UnreadableFile(
            faults.ODD_PARTS.finding(part=part.filename, reason=Text("the part “{part}” has two names"))
        )
    stated = (checksum, packed, size)
    in_directory = (part.CRC, part.compress_size, part.file_size)
    if not flags & 8 and 0xFFFFFFFF not in stated and stated != in_directory:
        raise UnreadableFile(faults.WRONG_SIZES.finding(part=part.filename))
    start += name + extra
    if len(content) < start + part.compress_size:
        raise UnreadableFile(faults.DAMAGED.finding(reason=Text("it ends too soon")))
    return memoryview(content)[start : start + part.compress_size]


def _blocks(packed: memoryview, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part, a megabyte at a time at most."""
    if part.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed[: LARGEST_INFLATED + 1])
        return
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    for start in range(0, len(packed), _SLICE):
        waiting: bytes | memoryview = packed[start : start + _SLICE]
        while waiting and not inflating.eof:
            yield inflating.decompress(waiting, _BLOCK)
            waiting = inflating.unconsumed_tail
    yield inflating.flush()
    if not inflating.eof:
        raise UnreadableFile(faults.DAMAGED.finding(part=part.filename, reason=Text("its part “{part}” ends too soon")))

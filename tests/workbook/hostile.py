"""Damaged and hostile workbooks, made as small as they can be; none of them is kept as a file."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 1 << 20


def relationships(*links: tuple[str, str]) -> str:
    """A part of relationships; each is the last word of its type and its target."""
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def element(name: str, inner: str, prefix: str = "", namespace: str = MAIN) -> str:
    """The first element of a part."""
    tag, declared = (f"{prefix}:{name}", f"xmlns:{prefix}") if prefix else (name, "xmlns")
    return f'<{tag} {declared}="{namespace}" xmlns:r="{_OFFICE}">{inner}</{tag}>'


def parts(
    rows: str = "", target: str = "worksheets/sheet1.xml", prefix: str = "", namespace: str = MAIN
) -> dict[str, bytes]:
    """The parts of a workbook of one sheet, “Sums & more”, with ``rows`` as its content."""
    mark = f"{prefix}:" if prefix else ""
    sheet = f'<{mark}sheet name="Sums &amp; more" sheetId="1" r:id="rId1"/>'
    texts = f"<{mark}si><{mark}t>one</{mark}t></{mark}si>"
    written = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": relationships(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": element("workbook", f"<{mark}sheets>{sheet}</{mark}sheets>", prefix, namespace),
        "xl/_rels/workbook.xml.rels": relationships(("worksheet", target), ("sharedStrings", "sharedStrings.xml")),
        "xl/sharedStrings.xml": element("sst", texts, prefix, namespace),
        SHEET: element("worksheet", f"<{mark}sheetData>{rows}</{mark}sheetData>", prefix, namespace),
    }
    return {name: text.encode() for name, text in written.items()}


def packed(content: Mapping[str, bytes] | Iterable[tuple[str, bytes]], level: int = 6) -> bytes:
    """An archive of the parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, part in content.items() if isinstance(content, Mapping) else content:
            archive.writestr(name, part)
    return file.getvalue()


def workbook(rows: str = "", *, target: str = "worksheets/sheet1.xml", **added: bytes) -> bytes:
    """A workbook of one sheet, with further parts or others in place of its own."""
    return packed(parts(rows, target) | added)


def row(*cells: str, number: int = 1) -> str:
    """A row of cells."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def sheet_with(after: str, rows: str = "") -> bytes:
    """A workbook whose sheet has something after its rows."""
    return workbook(**{SHEET: element("worksheet", f"<sheetData>{rows}</sheetData>{after}").encode()})


def inflating_to(name: str, start: bytes, piece: bytes, times: int, end: bytes) -> bytes:
    """A workbook with a part of ``start``, ``piece`` very often and ``end``, packed without ever holding the part."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    chunk = piece * max(1, MEGABYTE // len(piece))
    rounds = times * len(piece) // len(chunk)
    deflated = [packing.compress(start)]
    checksum, size = zlib.crc32(start), len(start) + rounds * len(chunk) + len(end)
    for _ in range(rounds):
        deflated.append(packing.compress(chunk))
        checksum = zlib.crc32(chunk, checksum)
    deflated += [packing.compress(end), packing.flush()]
    return _with_raw_part(name, b"".join(deflated), zlib.crc32(end, checksum), size)


def _with_raw_part(name: str, deflated: bytes, checksum: int, size: int) -> bytes:
    """A workbook with one part that is packed already."""
    archive = packed({part: content for part, content in parts().items() if part != name})
    end = archive.rfind(b"PK\x05\x06")
    count, length, start = struct.unpack_from("<HLL", archive, end + 10)
    fields = (20, 0, 8, 0, 33, checksum, len(deflated), size, len(name), 0)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields) + name.encode() + deflated
    central = struct.pack("<4sH5H3L5H2L", b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, start) + name.encode()
    directory = archive[start:end] + central
    closing = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count + 1, count + 1, length + len(central), start + len(local), 0
    )
    return archive[:start] + local + directory + closing


# -- by name -----------------------------------------------------------------------------------------------------------


def far_corner() -> bytes:
    """Two cells, the first and the last that a sheet can have."""
    last = row('<c r="XFD1048576"><v>1</v></c>', number=1048576)
    return workbook(row('<c r="A1"><v>1</v></c>') + last)


def wide_area() -> bytes:
    """Two cells within bounds, and fourteen million between them."""
    return workbook(row('<c r="A1"><v>1</v></c>') + row('<c r="ZZ19999"><v>1</v></c>', number=19999))


def white_space() -> bytes:
    """A gibibyte of blanks in a megabyte."""
    return inflating_to(
        SHEET, f'<worksheet xmlns="{MAIN}"><sheetData>'.encode(), b" ", 1 << 30, b"</sheetData></worksheet>"
    )


def many_cells() -> bytes:
    """Ten million cells."""
    start = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">'.encode()
    return inflating_to(SHEET, start, b'<c t="n"><v>1</v></c>', 10_000_000, b"</row></sheetData></worksheet>")


def many_cells_in_bounds() -> bytes:
    """More cells than are read, in fewer bytes than are read."""
    rows = (
        row(*(f'<c r="{letter}{number}"/>' for letter in "ABCDEFGHIJ"), number=number) for number in range(1, 11000)
    )
    return workbook("".join(rows))


def cells_without_addresses() -> bytes:
    """Two million of the shortest cells there are."""
    return workbook("<row>" + "<c/>" * 2_000_000 + "</row>")


def styled_rows() -> bytes:
    """Every row of a sheet, empty and with a style."""
    return workbook("".join(f'<row r="{number}" s="1" customFormat="1"/>' for number in range(1, 1_048_577)))


def nested_rows() -> bytes:
    """Half a million rows, each in the one before."""
    return workbook("<row>" * 500_000 + "</row>" * 500_000)


def _with_declaration(declaration: str, text: str) -> bytes:
    book = parts()["xl/workbook.xml"].replace(b"<sheets>", f"<x>{text}</x><sheets>".encode())
    return workbook(**{"xl/workbook.xml": f"<!DOCTYPE x [{declaration}]>".encode() + book})


def billion_laughs() -> bytes:
    """Entities of entities of entities."""
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    return _with_declaration(f'<!ENTITY l0 "lol">{laughs}', "&l9;")


def quadratic_blowup() -> bytes:
    """One long entity, very often."""
    return _with_declaration(f'<!ENTITY a "{"a" * 100_000}">', "&a;" * 100_000)


def external_entity() -> bytes:
    """An entity that is a file of the reader's computer."""
    return _with_declaration('<!ENTITY a SYSTEM "file:///etc/hostname">', "&a;")


def declaration_in(encoding: str) -> bytes:
    """A document type declaration in an encoding in which its bytes look otherwise."""
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + parts()["xl/workbook.xml"].decode()
    return workbook(**{"xl/workbook.xml": text.encode(encoding)})


def encoded_sheet(encoding: str, declared: str) -> bytes:
    """A sheet in another encoding."""
    text = f'<?xml version="1.0" encoding="{declared}"?>' + parts(row('<c r="A1"><v>1</v></c>'))[SHEET].decode()
    return workbook(**{SHEET: text.encode(encoding)})


def truncated() -> bytes:
    """Half a workbook."""
    content = workbook()
    return content[: len(content) // 2]


def flipped_bit() -> bytes:
    """One bit of a packed part turned over."""
    content = bytearray(packed(parts(row('<c r="A1"><v>1</v></c>')), level=0))
    content[content.find(b'r="A1"') + 3] ^= 1
    return bytes(content)


def lying_sizes() -> bytes:
    """A part of 65 megabytes whose headers say ten bytes."""
    bomb = bytearray(inflating_to("xl/media/zeros.bin", b"", b"\0", 65 * MEGABYTE, b""))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", bomb, bomb.rfind(signature) + offset, 10)
    return bytes(bomb)


def many_sheets() -> bytes:
    """Ten thousand sheets, each a part of its own."""
    return packed(parts() | {f"xl/worksheets/sheet{number}.xml": b"<x/>" for number in range(2, 10_001)})


def many_listed_sheets() -> bytes:
    """Ten thousand sheets that are all the same part."""
    sheets = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, 10_001))
    return workbook(**{"xl/workbook.xml": element("workbook", f"<sheets>{sheets}</sheets>").encode()})


def endless_list_of_sheets() -> bytes:
    """Millions of elements where a list of some thirty sheets should be."""
    return workbook(**{"xl/workbook.xml": element("workbook", "<x/>" * 3_000_000).encode()})


def endless_list_of_texts() -> bytes:
    """Millions of empty texts."""
    return workbook(**{"xl/sharedStrings.xml": element("sst", "<si/>" * 3_000_000).encode()})


def wide_merge() -> bytes:
    """A merge over the whole sheet."""
    return sheet_with('<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')


def long_list() -> bytes:
    """A conditional format of 200,000 areas."""
    areas = " ".join(f"A{number}" for number in range(1, 200_001))
    return sheet_with(f'<conditionalFormatting sqref="{areas}"/>')


def long_list_of_an_extension() -> bytes:
    """The same in the way of newer programs, with a declaration on the element."""
    areas = " ".join(f"A{number}" for number in range(1, 200_001))
    return sheet_with(f'<extLst><ext><xm:sqref xmlns:xm="urn:x">{areas}</xm:sqref></ext></extLst>')


def long_text() -> bytes:
    """Fourteen megabytes in one cell."""
    return workbook(row(f'<c r="A1" t="inlineStr"><is><t>{"x" * 14 * MEGABYTE}</t></is></c>'))


def strict() -> bytes:
    """A workbook as Excel saves it when asked for Strict Open XML."""
    return packed(parts(row('<c r="A1"><v>1</v></c>'), namespace=STRICT))


def foreign_namespace() -> bytes:
    """A sheet that is none."""
    return packed(parts(row('<c r="A1"><v>1</v></c>'), namespace="urn:something-else"))


def doubled_parts() -> bytes:
    """Two sheets under one name."""
    content = parts()
    return packed([*content.items(), (SHEET.upper(), content[SHEET])])


def part_named(name: str) -> bytes:
    """A part with a name that may lead somewhere."""
    placeholder = "x" * len(name)
    return workbook(**{placeholder: b"x"}).replace(placeholder.encode(), name.encode())


def wrong_text(number: str = "7") -> bytes:
    """A cell whose text is not in the list of texts."""
    return workbook(row(f'<c r="A1" t="s"><v>{number}</v></c>'))


def repeated_text() -> bytes:
    """A long text, written once and shown in very many cells."""
    texts = element("sst", f"<si><t>{'x' * 200_000}</t></si>").encode()
    cells = "".join(row(f'<c r="A{number}" t="s"><v>0</v></c>', number=number) for number in range(1, 10_000))
    return workbook(cells, **{"xl/sharedStrings.xml": texts})


def double_cell() -> bytes:
    """Two contents of one cell."""
    return workbook(row('<c r="A1"><v>1</v></c>', '<c r="A1"><v>2</v></c>'))


def encrypted() -> bytes:
    """The container in which Excel keeps what it encrypts."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(64)


HOSTILE: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "zero bytes": ("FIL001", bytes),
    "noise": ("FIL002", lambda: bytes(range(256)) * 8),
    "PDF": ("FIL002", lambda: b"%PDF-1.7\n1 0 obj\n"),
    "CSV": ("FIL003", lambda: b"country,persons\nKEN,12\n"),
    "web page": ("FIL004", lambda: b"<html><table><tr><td>1</td></tr></table></html>"),
    "old Excel": ("FIL005", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "Workbook".encode("utf-16-le")),
    "encrypted": ("FIL006", encrypted),
    "OpenDocument": ("FIL007", lambda: packed({"mimetype": b"x", "content.xml": b"<a/>"})),
    "truncated": ("FIL008", truncated),
    "flipped bit": ("FIL008", flipped_bit),
    "white space": ("FIL009", white_space),
    "repeated text": ("FIL009", repeated_text),
    "billion laughs": ("FIL010", billion_laughs),
    "quadratic blow-up": ("FIL010", quadratic_blowup),
    "external entity": ("FIL010", external_entity),
    "nested rows": ("FIL010", nested_rows),
    "comments in a number": ("FIL010", lambda: workbook(row('<c r="A1"><v>1<!-- -->2</v></c>'))),
    "CDATA in a number": ("FIL010", lambda: workbook(row('<c r="A1"><v><![CDATA[12]]></v></c>'))),
    "a number in disguise": ("FIL010", lambda: workbook(row('<c r="A1"><v>&#49;2</v></c>'))),
    "two areas of cells": ("FIL010", lambda: sheet_with("<sheetData/>")),
    "a cell in another row": ("FIL010", lambda: workbook('<row><c><v>1</v></c></row><row><c r="B9"/></row>')),
    "an absolute address": ("FIL010", lambda: workbook(row('<c r="$B$1"><v>1</v></c>'))),
    "an endless address": ("FIL010", lambda: workbook(row('<c r="AAAAAAAAAAAAAA99999999999999"/>'))),
    "far corner": ("FIL011", far_corner),
    "wide area": ("FIL011", wide_area),
    "macros": ("FIL012", lambda: workbook(**{"xl/vbaProject.bin": b"x"})),
    "a million attributes": (
        "FIL036",
        lambda: sheet_with("<x " + " ".join(f"a{number}=''" for number in range(900_000)) + "/>"),
    ),
    "doubled parts": ("FIL017", doubled_parts),
    "a part above the file": ("FIL017", lambda: part_named("../../evil.xml")),
    "an absolute part": ("FIL017", lambda: part_named("/etc/evil.xml")),
    "a part with backslashes": ("FIL017", lambda: part_named("xl\\evil.xml")),
    "many parts": ("FIL017", lambda: packed(parts() | {f"xl/odd/{number}.bin": b"" for number in range(2100)})),
    "endless list of sheets": ("FIL017", endless_list_of_sheets),
    "endless list of texts": ("FIL025", endless_list_of_texts),
    "binary workbook": ("FIL019", lambda: workbook(**{"xl/workbook.bin": b"x"})),
    "external link": ("FIL020", lambda: workbook(**{"xl/externalLinks/externalLink1.xml": b"<x/>"})),
    "embedded object": ("FIL021", lambda: workbook(**{"xl/embeddings/oleObject1.bin": b"x"})),
    "ActiveX": ("FIL021", lambda: workbook(**{"xl/activeX/activeX1.xml": b"<x/>"})),
    "strict": ("FIL022", strict),
    "UTF-16": ("FIL023", lambda: encoded_sheet("utf-16", "UTF-16")),
    "UTF-32": ("FIL023", lambda: encoded_sheet("utf-32", "UTF-32")),
    "Latin-1": ("FIL023", lambda: encoded_sheet("latin-1", "ISO-8859-1")),
    "a declaration in UTF-16": ("FIL023", lambda: declaration_in("utf-16-be")),
    "a declaration in UTF-32": ("FIL023", lambda: declaration_in("utf-32-le")),
    "foreign namespace": ("FIL024", foreign_namespace),
    "ten million cells": ("FIL025", many_cells),
    "many cells": ("FIL025", many_cells_in_bounds),
    "cells without addresses": ("FIL025", cells_without_addresses),
    "styled rows": ("FIL025", styled_rows),
    "wide merge": ("FIL026", wide_merge),
    "long list": ("FIL027", long_list),
    "long list of an extension": ("FIL027", long_list_of_an_extension),
    "a merge of whole columns": ("FIL026", lambda: sheet_with('<mergeCells><mergeCell ref="$A:$XFD"/></mergeCells>')),
    "long text": ("FIL036", long_text),
    "many sheets": ("FIL028", many_sheets),
    "many listed sheets": ("FIL028", many_listed_sheets),
    "wrong text": ("FIL029", wrong_text),
    "a text before the first": ("FIL029", lambda: wrong_text("-1")),
    "lying sizes": ("FIL030", lying_sizes),
    "double cell": ("FIL031", double_cell),
}
"""By name: the code of the finding, and how to make it."""

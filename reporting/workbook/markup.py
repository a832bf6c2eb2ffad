"""What the XML of a part may be: plain, in UTF-8, of a spreadsheet's own kind.

Most of these are searches over the bytes, which is exact: in UTF-8, what begins a declaration, a comment or an element is
always written with the same bytes, and nothing else may be. That what is begun is ended, expat says: the library that reads
the values does not look, and would leave out a part of a broken sheet in silence.
"""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from reporting.findings import Finding, Text
from reporting.workbook import faults
from reporting.workbook.faults import UnreadableFile

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MOST_MARKS: Final = 1_000_000
"""Beginnings and ends of elements in one part. expat keeps a hundred bytes for each that is open."""
LONGEST_TEXT: Final = 250_000
"""Bytes without any markup: what a cell may hold, each character written as an entity."""
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"\0", b"<\0", b"+/v")
_DECLARATION: Final = re.compile(rb"<\?xml\s[^>]{0,400}\?>")
_ENCODING: Final = re.compile(rb"""\sencoding\s*=\s*["']([^"']*)""")
_DECLARED: Final = re.compile(rb"!(?<=<!)")
"""``<!``, begun with the byte that is the rarer of the two: the search for it takes hardly any time."""
_ROOT: Final = re.compile(rb"<(?:(?P<prefix>[^\s<>/:]+):)?(?P<name>[^\s<>/:]+)(?P<attributes>[^>]*)>")


def check_markup(name: str, xml: bytes) -> None:
    """Look at the beginning of a part and at its declarations.

    Raises:
        UnreadableFile: the part is in another encoding, or declares document types or entities.
    """
    if encoding := _encoding(xml):
        raise UnreadableFile(faults.OTHER_ENCODING.finding(part=name, reason=encoding))
    if not xml.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise UnreadableFile(_forbidden(name, Text("it is no XML")))
    if _DECLARED.search(xml) and (b"<!DOCTYPE" in xml or b"<!ENTITY" in xml):
        raise UnreadableFile(_forbidden(name, Text("it has a document type declaration")))


def _encoding(xml: bytes) -> str:
    """The encoding of a part, if it is not UTF-8."""
    if xml.startswith(_WIDE) or b"\0" in xml[:200]:
        return Text("two or four bytes a character")
    start = xml[:500].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"<?xml") or start.startswith(b"<?xml-"):
        return ""
    declaration = _DECLARATION.match(start)
    if not declaration:
        return Text("its declaration does not end")
    encoding = _ENCODING.search(declaration[0])
    is_plain = encoding is None or encoding[1].lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii")
    return "" if is_plain or encoding is None else encoding[1][:40].decode("ascii", "replace")


def check_kind(name: str, xml: bytes, expected: str) -> str:
    """The prefix, mostly empty, under which a part writes its elements; its first one must be ``expected``.

    Raises:
        UnreadableFile: the part is of another kind, or is written as no spreadsheet program does.
    """
    start = xml[:10_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if declaration := _DECLARATION.match(start):
        start = start[declaration.end() :].lstrip()
    if _DECLARED.search(xml):
        raise UnreadableFile(_forbidden(name, Text("it has comments or CDATA sections")))
    root = _ROOT.match(start)
    if root is None or root["name"].startswith((b"?", b"!")):
        raise UnreadableFile(_forbidden(name, Text("it does not begin with an element")))
    prefix = (root["prefix"] or b"").decode("utf-8", "replace")
    kind, namespace = root["name"].decode("utf-8", "replace"), _namespace(root["attributes"], prefix)
    if namespace.startswith(_STRICT):
        raise UnreadableFile(faults.STRICT.finding())
    if namespace != MAIN or kind != expected:
        raise UnreadableFile(faults.UNKNOWN_NAMESPACE.finding(part=name, reason=f"{kind}, {namespace}"[:120]))
    return prefix


def check_texts(xml: bytes, what: Text, title: str = "") -> None:
    """No text, attribute or white space is longer than a cell can hold; ``what`` names the part in a message, by its ``title``.

    Raises:
        UnreadableFile: one is.
    """
    if has_run(xml, LONGEST_TEXT):
        raise UnreadableFile(faults.LONG_TEXT.finding(part=what, title=title, limit=f"{LONGEST_TEXT:,}"))


def has_run(xml: bytes, length: int) -> bool:
    """Whether more than ``length`` bytes follow each other without the beginning or end of an element.

    Such a run reaches over a multiple of ``length``, so it is enough to look there.
    """
    for place in range(length, len(xml), length):
        start = xml.rfind(b"<", place - length, place)
        end = xml.find(b"<", place, place + length)
        if start < 0 or (min(place + length, len(xml)) if end < 0 else end) - start > length:
            return True
    return False


def check_well_formed(xml: bytes, what: Text, title: str = "") -> None:
    """Every element of a part that is read is ended; ``what`` names the part in a message, by its ``title``.

    Raises:
        UnreadableFile: the part is not well-formed, or has more elements than any return.
    """
    if len(xml) > MOST_MARKS and xml.count(b"<") > MOST_MARKS:
        raise UnreadableFile(_forbidden(what.format(title=title), Text("it has more elements than a return has")))
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError as error:
        reason = Text("{part} is not well-formed")
        raise UnreadableFile(faults.DAMAGED.finding(title=title, part=what, reason=reason)) from error


def _namespace(attributes: bytes, prefix: str) -> str:
    name = re.escape(f"xmlns:{prefix}" if prefix else "xmlns").encode()
    found = re.search(rb"\s" + name + rb"""\s*=\s*["']([^"']*)["']""", attributes)
    return found[1].decode("utf-8", "replace") if found else ""


def _forbidden(name: str, reason: Text) -> Finding:
    return faults.FORBIDDEN_XML.finding(part=name, reason=reason)

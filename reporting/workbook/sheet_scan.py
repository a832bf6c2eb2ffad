"""What the XML of a sheet says that a reading of its values does not tell, and whether its cells are where they may be.

Sheets as spreadsheet programs write them are scanned with one regular expression. Whatever it does not know, such as
prefixed elements, other quotation marks or cells without an address, goes through expat, element by element.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from reporting.findings import Finding, Text
from reporting.workbook import faults
from reporting.workbook.addresses import column_of, letter_of
from reporting.workbook.faults import UnreadableFile
from reporting.workbook.layout import RULES_SHEET
from reporting.workbook.markup import check_texts, check_well_formed, has_run

LAST_COLUMN: Final = column_of("ZZ")
LAST_ROW: Final = 19_999
MOST_CELLS: Final = 100_000
"""Cells written in one sheet; a return has some 10,000 in all."""
MOST_AREA: Final = 600_000
"""Cells up to the last row and column of all sheets: the libraries keep every one of them, empty or not."""
MOST_ROWS: Final = 50_000
"""Rows written in one sheet, with cells or without."""
LONGEST_LIST: Final = 20_000
"""Characters of addresses in one rule or format."""
WIDEST_MERGE: Final = 30_000
"""Cells under one merge."""


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """What the sheet's XML says that a reading of values does not tell."""

    errors: Mapping[str, str] = field(default_factory=dict)
    """Error values such as ``#REF!`` by cell."""
    uncalculated: frozenset[str] = frozenset()
    """Cells with a formula and no saved result."""
    formulas: frozenset[str] = frozenset()
    """Cells with a formula, calculated or not."""
    hidden: frozenset[int] = frozenset()
    """Rows that are hidden."""
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SheetScan:
    """One sheet: its marks, its last row and column, and the number of cells that are written in it."""

    marks: SheetMarks
    height: int = 0
    width: int = 0
    cells: int = 0
    texts: Sequence[str | bytes] = ()
    """The places in the list of texts that cells name, as written."""


def scan_sheet(title: str, xml: bytes, prefix: str) -> SheetScan:
    """Scan a sheet; ``title`` is for messages, ``prefix`` that of its first element.

    Raises:
        UnreadableFile: the sheet has cells where none may be, or more than can be read.
    """
    _check_rows(title, xml)
    _check_merges(title, xml)
    if has_run(xml, LONGEST_LIST) and _LONG_LIST.search(xml):
        raise UnreadableFile(faults.LONG_LIST.finding(sheet=title, limit=f"{LONGEST_LIST:,}"))
    check_texts(xml, Text("sheet “{title}”"), title)
    _check_numbers(title, xml)
    check_well_formed(xml, Text("the sheet “{title}”"), title)
    if prefix or (b":" in xml and _PREFIXED.search(xml)) or xml.count(b"<sheetData") > 1:
        return _scan_exactly(title, xml)
    return _scan_regular(title, xml) or _scan_exactly(title, xml)


# -- limits of a whole sheet -------------------------------------------------------------------------------------------

_LONG_LIST: Final = re.compile(rb"""sqref(?:\s*=\s*["']|(?:\s[^<>]*)?>)[^"'<]{%d}""" % LONGEST_LIST)
_PREFIXED: Final = re.compile(rb":(?:c|row|sheetData)[\s/>]")
_REFERENCE: Final = re.compile(rb"&#(?<=[0-9.eE+\-\s>]&#)")
"""A character reference that may follow digits: most stand in texts."""
_DISGUISED: Final = re.compile(rb"<(?:[^\s<>/:]+:)?v(?:\s[^<]*)?>[0-9.eE+\-\s]*")
"""What stands before a character reference in a value that is a number; calamine reads such a value as nothing."""
_MERGED: Final = re.compile(rb'mergeCell\s(?!ref="[A-Z][0-9]{1,3}:[A-Z][0-9]{1,3}")')
"""A merge that may be a large one."""
_MERGE: Final = re.compile(rb"""mergeCell\s[^>]*?ref\s*=\s*["']([^"']*)["']""")
_AREA: Final = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7}):([A-Za-z]{1,3})([0-9]{1,7})")
_NESTED_ROWS: Final = re.compile(rb"<(?:[^\s<>/:]+:)?row(?:\s[^>]*[^>/])?>\s*<(?:[^\s<>/:]+:)?row[\s/>]")


def _check_rows(title: str, xml: bytes) -> None:
    if len(xml) < len("<row/>") * MOST_ROWS:
        return
    if _NESTED_ROWS.search(xml):
        raise UnreadableFile(faults.FORBIDDEN_XML.finding(part=title, reason=Text("it has rows within rows")))
    if finding := too_many(title, xml):
        raise UnreadableFile(finding)


def too_many(title: str, xml: bytes | bytearray) -> Finding | None:
    """A finding where a sheet, or the beginning of one, has more rows or cells than can be read."""
    for most, what, name in ((MOST_ROWS, Text("rows"), b"row"), (MOST_CELLS, Text("cells"), b"c")):
        if xml.count(b"<" + name) + xml.count(b":" + name) > most:
            return faults.TOO_MANY_CELLS.finding(sheet=title, limit=f"{most:,}", what=what)
    return None


def _check_merges(title: str, xml: bytes) -> None:
    if not _MERGED.search(xml):
        return
    for found in _MERGE.finditer(xml):
        reference = found[1].replace(b"$", b"")
        area = _AREA.fullmatch(reference)
        if _size(*area.groups()) > WIDEST_MERGE if area else b":" in reference:  # a merge of whole rows or columns
            raise UnreadableFile(faults.WIDE_MERGE.finding(sheet=title, found=found[1].decode()))


def _size(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    columns = abs(column_of(right.decode().upper()) - column_of(left.decode().upper())) + 1
    return columns * (abs(int(bottom) - int(top)) + 1)


def _check_numbers(title: str, xml: bytes) -> None:
    ends = (found.start() for found in _REFERENCE.finditer(xml))
    if any(_DISGUISED.fullmatch(xml, xml.rfind(b"<", 0, end), end) for end in ends):
        raise UnreadableFile(faults.FORBIDDEN_XML.finding(part=title, reason=Text("it has numbers in disguise")))


def _far(title: str) -> UnreadableFile:
    return UnreadableFile(faults.FAR_CELLS.finding(sheet=title))


# -- sheets as programs write them -------------------------------------------------------------------------------------

_CELL: Final = re.compile(
    rb'<c(?: r="([A-Z]{1,2}+[1-9][0-9]{0,4}+)"(?: s="[0-9]++")?+(?: t="([nsbe]|str|inlineStr)")?+/?+>|[\s/>])'
)
"""A cell: its address and type, both empty where it is written in any other way."""
_LETTERS: Final = string.ascii_uppercase.encode()
_DIGITS: Final = string.digits.encode()
_FORMULA: Final = re.compile(rb"<f[\s/>]")
_OPENING: Final = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*?(?: t="([a-zA-Z]+)")?>\s*')
_AFTER_FORMULA: Final = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_TRUTH: Final = re.compile(rb"<f(?:\s[^>]*)?>(?:TRUE|FALSE)\(\)</f>")
"""As LibreOffice saves a truth value: a formula, but none that anybody wrote."""
_ERROR: Final = re.compile(rb't="e">\s*(?:<f(?:\s[^>]*)?(?:/>|>[^<]*</f>))?\s*<v>([^<]*)</v>')
_TEXT: Final = re.compile(rb't="s">\s*(?:<f(?:\s[^>]*)?(?:/>|>[^<]*</f>))?\s*<v>([^<]*)</v>')
_HIDDEN: Final = re.compile(rb'hidden="(?:1|true)"')
_ROW: Final = re.compile(rb'<row r="([0-9]+)"')


def _scan_regular(title: str, xml: bytes) -> SheetScan | None:
    """The scan of a sheet that is written as expected, else None."""
    cells = _CELL.findall(xml)
    if not cells:
        return SheetScan(SheetMarks(hidden=_hidden(xml), hidden_columns=_hidden_columns(xml)))
    kinds = dict(cells)
    if b"" in kinds:
        return None
    if len(kinds) < len(cells):
        raise UnreadableFile(_double(title, (cell for cell, _ in cells)))
    of_kind = Counter(kinds.values())
    texts, errors = _TEXT.findall(xml) if of_kind[b"s"] else [], _errors(xml) if of_kind[b"e"] else {}
    if len(texts) != of_kind[b"s"] or len(errors) != of_kind[b"e"]:
        return None
    formulas, uncalculated = _formulas(xml) if title != RULES_SHEET else (frozenset[str](), frozenset[str]())
    addresses = b" ".join(kinds)
    height = max(map(int, set(addresses.translate(None, _LETTERS).split())))
    if height > LAST_ROW:
        raise _far(title)
    width = max(column_of(letters.decode()) for letters in set(addresses.translate(None, _DIGITS).split()))
    marks = SheetMarks(errors, uncalculated, formulas, _hidden(xml), _hidden_columns(xml))
    return SheetScan(marks, height, width, len(cells), texts)


def _double(title: str, cells: Iterable[bytes]) -> Finding:
    seen: set[bytes] = set()
    for cell in cells:
        if cell in seen:
            return faults.DOUBLE_CELL.finding(sheet=title, cells=(cell.decode(),), cell=cell.decode())
        seen.add(cell)
    raise AssertionError("no cell stands twice")


def _formulas(xml: bytes) -> tuple[frozenset[str], frozenset[str]]:
    """The cells with a formula, and those of them without a result."""
    formulas, uncalculated = set(), set()
    for found in _FORMULA.finditer(xml):
        start = xml.rfind(b"<c ", 0, found.start())
        opening = _OPENING.match(xml, start, found.start()) if start >= 0 else None
        if opening is None or opening.end() != found.start():
            continue  # the formula of a rule or a table
        cell = opening[1].decode()
        if not _TRUTH.match(xml, found.start()):
            formulas.add(cell)
        if opening[2] != b"str" and _AFTER_FORMULA.match(xml, found.start()):
            uncalculated.add(cell)
    return frozenset(formulas), frozenset(uncalculated)


def _errors(xml: bytes) -> dict[str, str]:
    errors = {}
    for found in _ERROR.finditer(xml):
        start = xml.rfind(b'<c r="', 0, found.start()) + len(b'<c r="')
        errors[xml[start : xml.find(b'"', start)].decode()] = found[1].decode("utf-8", "replace")
    return errors


def _hidden(xml: bytes) -> frozenset[int]:
    """The rows marked as hidden; columns, sheets and ranges that are so marked are no rows."""
    starts = (xml.rfind(b"<", 0, found.start()) for found in _HIDDEN.finditer(xml))
    rows = (_ROW.match(xml, start) for start in starts)
    return frozenset(int(row[1]) for row in rows if row)


_COLUMNS: Final = re.compile(rb"<col [^>]*>")
_FIRST_AND_LAST: Final = re.compile(rb'\s(min|max)="([0-9]{1,5})"')


def _hidden_columns(xml: bytes) -> frozenset[int]:
    hidden: set[int] = set()
    for columns in _COLUMNS.findall(xml, 0, xml.find(b"<sheetData")):
        if _HIDDEN.search(columns):
            ends = {name.decode(): number.decode() for name, number in _FIRST_AND_LAST.findall(columns)}
            hidden.update(_columns(ends))
    return frozenset(hidden)


def _columns(ends: Mapping[str, str]) -> range:
    """The columns from ``min`` to ``max``, as far as cells may go."""
    first, last = (int(ends[name]) if ends.get(name, "").isdecimal() else 0 for name in ("min", "max"))
    return range(first, min(last, LAST_COLUMN) + 1)


# -- any other sheet ---------------------------------------------------------------------------------------------------

_ADDRESS: Final = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")


def _scan_exactly(title: str, xml: bytes) -> SheetScan:
    scanner = _Scanner(title)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.CharacterDataHandler = scanner.characters
    parser.Parse(xml, True)
    marks = SheetMarks(
        scanner.errors,
        frozenset(scanner.uncalculated),
        frozenset(scanner.formulas),
        frozenset(scanner.hidden),
        frozenset(scanner.hidden_columns),
    )
    return SheetScan(marks, scanner.height, scanner.width, len(scanner.cells), scanner.texts)


@dataclass
class _Scanner:
    """The handlers of one parse; the last fields, from ``cell`` on, are of the cell that is being read."""

    title: str
    height: int = 0
    width: int = 0
    row: int = 0
    column: int = 0
    areas: int = 0
    cells: set[str] = field(default_factory=set)
    errors: dict[str, str] = field(default_factory=dict)
    uncalculated: set[str] = field(default_factory=set)
    formulas: set[str] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    cell: str = ""
    kind: str = ""
    element: str = ""
    formula: str = ""
    value: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.element = name.rpartition(":")[2]
        if begin := _BEGINNINGS.get(self.element):
            begin(self, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self.element = ""
        if name.rpartition(":")[2] == "c" and self.cell:
            self._end_cell()

    def characters(self, text: str) -> None:
        """Text within an element."""
        if self.element == "v":
            self.value += text
        elif self.element == "f":
            self.formula += text

    def begin_data(self, _attributes: dict[str, str]) -> None:
        """The area with the cells: there is one."""
        self.areas += 1
        if self.areas > 1:
            reason = Text("it has two areas with cells")
            raise UnreadableFile(faults.FORBIDDEN_XML.finding(part=self.title, reason=reason))

    def begin_column(self, attributes: dict[str, str]) -> None:
        """What is said of a column, or of several beside each other."""
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_columns.update(_columns(attributes))

    def begin_row(self, attributes: dict[str, str]) -> None:
        """A row, counted on from the one before where it has no number."""
        number = attributes.get("r", str(self.row + 1))
        self.row = int(number) if number.isascii() and number.isdigit() else 0
        self.column = 0
        if attributes.get("hidden") in ("1", "true"):
            self.hidden.add(self.row)

    def begin_cell(self, attributes: dict[str, str]) -> None:
        """A cell, counted on from the one before where it has no address."""
        self.cell = attributes.get("r") or f"{letter_of(self.column + 1)}{self.row}"
        address = _ADDRESS.fullmatch(self.cell)
        if address is None:
            raise UnreadableFile(self._misplaced())
        self.column, row = column_of(address[1].upper()), int(address[2])
        self.cell = f"{letter_of(self.column)}{row}"
        if self.column > LAST_COLUMN or row > LAST_ROW:
            raise _far(self.title)
        if row != self.row:
            raise UnreadableFile(self._misplaced())
        if self.cell in self.cells:
            raise UnreadableFile(_double(self.title, (self.cell.encode(), self.cell.encode())))
        self.cells.add(self.cell)
        if len(self.cells) > MOST_CELLS:
            finding = faults.TOO_MANY_CELLS.finding(sheet=self.title, limit=f"{MOST_CELLS:,}", what=Text("cells"))
            raise UnreadableFile(finding)
        self.height, self.width = max(self.height, row), max(self.width, self.column)
        self.kind, self.formula, self.value = attributes.get("t", "n"), "", ""

    def begin_formula(self, _attributes: dict[str, str]) -> None:
        """A formula; outside cells, those of rules have no cell."""
        if self.cell:
            self.formulas.add(self.cell)

    def _end_cell(self) -> None:
        if self.kind == "e":
            self.errors[self.cell] = self.value
        elif self.kind == "s":
            self.texts.append(self.value)
        elif self.cell in self.formulas and not self.value.strip() and self.kind != "str":
            self.uncalculated.add(self.cell)
        if self.formula in ("TRUE()", "FALSE()"):
            self.formulas.discard(self.cell)
        self.cell = ""

    def _misplaced(self) -> Finding:
        reason = Text("the cell “{cell}” stands in row {row}")
        return faults.FORBIDDEN_XML.finding(part=self.title, cell=self.cell[:20], row=str(self.row), reason=reason)


_BEGINNINGS: Final[Mapping[str, Callable[[_Scanner, dict[str, str]], None]]] = {
    "sheetData": _Scanner.begin_data,
    "col": _Scanner.begin_column,
    "row": _Scanner.begin_row,
    "c": _Scanner.begin_cell,
    "f": _Scanner.begin_formula,
}

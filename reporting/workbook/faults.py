"""What can be wrong with a file as a whole; what can be wrong inside a return stands in :mod:`.form_faults`.

These findings arise while reading; the checks on what was read stand in :mod:`reporting.checks`. Codes are permanent.
"""

from __future__ import annotations

from reporting.errors import ReportingError
from reporting.findings import Finding, FindingKind, Severity
from reporting.workbook.form_faults import FORM_FAULTS


class UnreadableFile(ReportingError):  # noqa: N818 - a verdict on a file, caught by whoever reads it
    """Reading cannot go on; ``findings`` say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings

    def __reduce__(self) -> tuple[type[UnreadableFile], tuple[Finding, ...]]:
        return type(self), self.findings


_SAVE_AS = "Open the file in Excel or LibreOffice, save it as “Excel workbook (.xlsx)”, and send that file."
_TEMPLATE = "Copy your answers into the workbook that you were sent, or ask your bureau for a new one."


def _file(code: str, message: str, documentation: str, hint: str = "") -> FindingKind:
    return FindingKind(
        code=code, severity=Severity.ERROR, message=message, documentation=documentation, hint=hint or _SAVE_AS
    )


EMPTY_FILE = _file(
    "FIL001",
    "The file is empty.",
    "The file has no bytes: most often a transfer that broke off.",
    "Send the file again; if it is empty on your side, too, restore it from a copy.",
)
NOT_A_WORKBOOK = _file(
    "FIL002",
    "The file is not an Excel workbook.",
    "The content is not that of a workbook (.xlsx), whatever the file is called.",
)
PLAIN_TEXT = _file(
    "FIL003",
    "The file is plain text, such as CSV, and not an Excel workbook.",
    "A CSV file holds one sheet without its ids, so the answers cannot be told apart.",
    _TEMPLATE,
)
WEB_PAGE = _file(
    "FIL004",
    "The file is a web page saved under the name of a workbook.",
    "Some systems export HTML and call it Excel.",
)
LEGACY_WORKBOOK = _file(
    "FIL005",
    "The file is in an old Excel format (such as .xls).",
    "Only workbooks of Excel 2007 or later (.xlsx) can be read.",
)
ENCRYPTED = _file(
    "FIL006",
    "The file is protected by a password and cannot be opened.",
    "An encrypted workbook cannot be read without its password, and passwords must not travel with a return.",
    "Remove the password (File, Info, Protect Workbook, Encrypt with Password) and send the file over a safe channel.",
)
OPEN_DOCUMENT = _file(
    "FIL007",
    "The file is an OpenDocument spreadsheet (.ods).",
    "Only Excel workbooks (.xlsx) can be read; LibreOffice saves both.",
)
DAMAGED = _file(
    "FIL008",
    "The workbook is damaged: {reason}.",
    "The file begins like a workbook but cannot be unpacked, or parts of it are missing.",
    "Open the file and let Excel or LibreOffice repair it, or send a copy from before it was damaged.",
)
TOO_LARGE = _file(
    "FIL009",
    "The workbook holds more than {limit} MB when unpacked.",
    "A return holds a few megabytes at most. Pictures, pasted sheets or a file made to do harm hold more.",
    "Remove pictures and sheets that do not belong to the return.",
)
FORBIDDEN_XML = _file(
    "FIL010",
    "The workbook has a part that no spreadsheet program writes ({part}: {reason}).",
    "Document type declarations and unusual encodings are refused: they can hide content or do harm.",
)
FAR_CELLS = _file(
    "FIL011",
    "The sheet “{sheet}” has something in a cell far outside the form.",
    "Cells beyond column ZZ or row 19,999 are refused: reading up to them takes very long.",
    "Press Ctrl+End on that sheet, delete the rows and columns beyond the form, save, and send the file again.",
)
MACROS = _file(
    "FIL012",
    "The workbook contains macros.",
    "The return has no macros; a workbook with some was changed, and opening it may do harm.",
    "Save the file as “Excel workbook (.xlsx)”, without macros.",
)
NOT_READ = _file(
    "FIL013",
    "The workbook cannot be read ({reason}).",
    "The library that reads workbooks refused this one.",
)
NOT_A_RETURN = _file(
    "FIL014",
    "The workbook is not an annual protection return: its hidden sheet “{expected}” is missing.",
    "Every return is written by this program and carries a hidden sheet that says which form it is.",
    _TEMPLATE,
)
UNKNOWN_FORM = _file(
    "FIL015",
    "The workbook is of a form that is not known here ({found}).",
    "The hidden sheet names a version of the form for which there is no schema.",
    "Ask your bureau for the workbook of this year, or update this program.",
)
_TO_MAINTAINER = "Send the file to whoever looks after this program."
STOPPED = _file(
    "FIL016",
    "Reading the workbook had to be stopped ({reason}).",
    "The program met something in the file that it was not made for. Other files are not affected.",
    _TO_MAINTAINER,
)
ODD_PARTS = _file(
    "FIL017",
    "The workbook is packed in a way that no spreadsheet program does: {reason}.",
    "Doubled, nameless or very many parts are refused: programs disagree on what such a file contains.",
)
NO_ACCESS = _file(
    "FIL018",
    "The file cannot be opened ({reason}).",
    "The file is not there, is a folder, or may not be read.",
    "Check its name and that you may read it.",
)
BINARY_WORKBOOK = _file(
    "FIL019",
    "The file is a binary Excel workbook (.xlsb).",
    "Only workbooks of the .xlsx kind can be read.",
)
EXTERNAL_DATA = _file(
    "FIL020",
    "The workbook takes data from another file or a database ({part}).",
    "A return stands alone: what a link gives depends on whose computer opens it, and opening it may do harm.",
    "Break the links (Data, Edit Links, Break Link; Data, Queries and Connections, Delete), and save the file again.",
)
EMBEDDED = _file(
    "FIL021",
    "The workbook has another document or a control embedded in it ({part}).",
    "Embedded objects can hold programs and personal data, and none of them goes into any figure.",
    "Delete the embedded object from its sheet; send the document on its own if it is needed.",
)
STRICT = _file(
    "FIL022",
    "The workbook is saved as “Strict Open XML Spreadsheet”.",
    "The strict kind of .xlsx writes dates and names in another way, and few programs read it.",
    "Choose File, Save As, “Excel Workbook (.xlsx)” rather than “Strict Open XML Spreadsheet”, and send that file.",
)
OTHER_ENCODING = _file(
    "FIL023",
    "The workbook has a part that is not written in UTF-8 ({part}: {reason}).",
    "Every spreadsheet program writes UTF-8; in other encodings, programs disagree on what stands there.",
)
UNKNOWN_NAMESPACE = _file(
    "FIL024",
    "The workbook has a part of an unknown kind where a sheet or its texts should be ({part}: {reason}).",
    "The first element of a part says what it is; this one is not of a spreadsheet.",
)
TOO_MANY_CELLS = _file(
    "FIL025",
    "The sheet “{sheet}” has more than {limit} {what}.",
    "A return has some ten thousand cells. Formats copied down a whole sheet, or pasted data, make many more.",
    "Delete the rows below and the columns beside the form on that sheet, save, and send the file again.",
)
WIDE_MERGE = _file(
    "FIL026",
    "The sheet “{sheet}” has cells merged far beyond the form ({found}).",
    "A merge over whole rows or columns hides what stands under it.",
    "Select the merged cells, choose Unmerge Cells, save, and send the file again.",
)
LONG_LIST = _file(
    "FIL027",
    "The sheet “{sheet}” has a rule or a format that lists more than {limit} characters of cell addresses.",
    "Copying cells back and forth breaks formats into pieces; so many make programs that open the file very slow.",
    "Remove conditional formats and data validations that you added, or "
    "copy your answers into the workbook that you were sent.",
)
MANY_SHEETS = _file(
    "FIL028",
    "The workbook has {count} sheets; {limit} can be read.",
    "A return has some thirty sheets, and an office may add a few of its own.",
    "Delete the sheets that do not belong to the return.",
)
WRONG_TEXT = _file(
    "FIL029",
    "On the sheet “{sheet}”, a cell refers to a text that is not in the workbook (number {found}).",
    "Texts stand in a list of their own, and cells give the number in the list; this one is outside it.",
    "Open the file and let Excel or LibreOffice repair it, and check that sheet.",
)
WRONG_SIZES = _file(
    "FIL030",
    "The workbook says of its part “{part}” that it has another size than it has.",
    "Sizes that are not true come from a damaged file or one made to do harm.",
    "Open the file and let Excel or LibreOffice repair it, or send a copy from before it was damaged.",
)
DOUBLE_CELL = _file(
    "FIL031",
    "On the sheet “{sheet}”, the cell {cell} is written twice.",
    "Programs disagree on which of the two counts.",
)
OUT_OF_TIME = _file(
    "FIL032",
    "Reading the workbook took too long ({reason}).",
    "A return is read in a fraction of a second; one that takes many is stopped. Other files are not affected.",
    _TEMPLATE,
)
OUT_OF_MEMORY = _file(
    "FIL033",
    "The workbook needs more memory than a return may take ({reason}).",
    "A return needs less than a tenth of what the process that reads it may use. Other files are not affected.",
    _TEMPLATE,
)
WORKER_DIED = _file(
    "FIL034",
    "The process that read the workbook ended before it was done ({reason}).",
    "Each file is read in a process of its own, so that such a file harms no other.",
    _TO_MAINTAINER,
)
COMPRESSED = _file(
    "FIL035",
    "The file is a compressed folder (.zip) with “{part}” in it.",
    "Only the workbook itself is read: a folder may hold several, and which of them is the return is for the office to say.",
    "Open the compressed folder, take the workbook out of it, and send that file.",
)
LONG_TEXT = _file(
    "FIL036",
    "The {part} has a text of more than {limit} characters.",
    "A cell holds 32,767 characters; no spreadsheet program writes more. Reading far longer ones fills the memory.",
    "Look for a cell with pasted data in it on that sheet, empty it, and send the file again.",
)
POINTER = _file(
    "FIL037",
    "The file is a pointer of Git LFS, and not the workbook that it points to.",
    "A repository that keeps its workbooks in Git LFS was copied without them.",
    "Fetch the workbooks with “git lfs pull”; in continuous integration, check the repository out with LFS.",
)

FAULTS: tuple[FindingKind, ...] = (
    EMPTY_FILE,
    NOT_A_WORKBOOK,
    PLAIN_TEXT,
    WEB_PAGE,
    LEGACY_WORKBOOK,
    ENCRYPTED,
    OPEN_DOCUMENT,
    DAMAGED,
    TOO_LARGE,
    FORBIDDEN_XML,
    FAR_CELLS,
    MACROS,
    NOT_READ,
    NOT_A_RETURN,
    UNKNOWN_FORM,
    STOPPED,
    ODD_PARTS,
    NO_ACCESS,
    BINARY_WORKBOOK,
    EXTERNAL_DATA,
    EMBEDDED,
    STRICT,
    OTHER_ENCODING,
    UNKNOWN_NAMESPACE,
    TOO_MANY_CELLS,
    WIDE_MERGE,
    LONG_LIST,
    MANY_SHEETS,
    WRONG_TEXT,
    WRONG_SIZES,
    DOUBLE_CELL,
    OUT_OF_TIME,
    OUT_OF_MEMORY,
    WORKER_DIED,
    COMPRESSED,
    LONG_TEXT,
    POINTER,
    *FORM_FAULTS,
)
"""All that is found while reading, in the order of the catalogue."""

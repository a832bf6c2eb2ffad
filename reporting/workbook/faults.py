"""What can be wrong with a file, with the structure of a workbook, or with the content of a cell, before any rule.

These findings arise while reading; the checks on what was read stand in :mod:`reporting.checks`. Codes are permanent.
"""

from __future__ import annotations

from reporting.errors import ReportingError
from reporting.findings import Finding, FindingKind, Severity


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
    "The file is in the old Excel format (.xls).",
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
STOPPED = _file(
    "FIL016",
    "Reading the workbook had to be stopped ({reason}).",
    "The process that read the file ended or took too long. Other files are not affected.",
    "Send the file to whoever looks after this program.",
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

SHEET_MISSING = FindingKind(
    code="STR001",
    severity=Severity.ERROR,
    message="The sheet “{sheet}” is missing, or its hidden ids are.",
    documentation="Sheets are found by the ids in their hidden first row and column, so renamed and moved ones are found.",
    hint=_TEMPLATE,
)
COLUMN_MISSING = FindingKind(
    code="STR002",
    severity=Severity.ERROR,
    message="The sheet “{sheet}” has lost the column “{label}”.",
    documentation="Columns are found by the ids in the hidden first row; this one's id is nowhere on the sheet.",
    hint="Undo the deletion of the column. " + _TEMPLATE,
    requires=("STR001",),
)
QUESTIONS_MISSING = FindingKind(
    code="STR003",
    severity=Severity.ERROR,
    message="The sheet “{sheet}” has lost {count} of its questions, first “{label}”.",
    documentation="Questions are found by the ids in the hidden first column; these are nowhere on the sheet.",
    hint="Undo the deletion of the rows. " + _TEMPLATE,
    requires=("STR001",),
)
DOUBLE_ID = FindingKind(
    code="STR004",
    severity=Severity.ERROR,
    message="“{label}” stands {count} times in the workbook; only the first was read.",
    documentation="A copied row, column or sheet carries its hidden id with it, so one question has two answers.",
    hint="Delete the copy.",
)
STRAY_CONTENT = FindingKind(
    code="STR005",
    severity=Severity.NOTE,
    message="There is something beside the form on “{sheet}” which is not read: {found}.",
    documentation="Content in cells that belong to no question or column does not go into any figure.",
    hint="Move it into an answer cell if it is an answer.",
)
BELOW_TABLE = FindingKind(
    code="STR006",
    severity=Severity.NOTE,
    message="The table on “{sheet}” goes on below its last prepared row. The rows were read.",
    documentation="Rows beyond the prepared ones are read like the others, but have no drop-downs.",
    hint="Check these rows with care.",
)
OTHER_OFFICE = FindingKind(
    code="STR007",
    severity=Severity.ERROR,
    message="The cover says that the office is {found}, but the workbook was made for {expected}.",
    documentation="Each workbook is made for one office, with its countries and what headquarters knows of them.",
    hint="Use your own office's workbook, or correct the cover.",
)
OTHER_YEAR = FindingKind(
    code="STR008",
    severity=Severity.ERROR,
    message="The cover says that the year is {found}, but the workbook was made for {expected}.",
    documentation="Each workbook is made for one year, with the questions of that year.",
    hint="Use the workbook of the right year, or correct the cover.",
)
OTHER_EDITION = FindingKind(
    code="STR009",
    severity=Severity.NOTE,
    message="The workbook was made with another edition of the form. What it lacks or has in excess is listed apart.",
    documentation="The form was edited after this workbook was written; questions are matched by their ids.",
)
ADDED_SHEET = FindingKind(
    code="STR010",
    severity=Severity.NOTE,
    message="The sheet “{sheet}” does not belong to the form and is not read.",
    documentation="Offices may keep their own working in further sheets; none of it goes into any figure.",
)
UNKNOWN_ID = FindingKind(
    code="STR011",
    severity=Severity.NOTE,
    message="“{sheet}” has a question or column that this form does not have ({found}); it was not read.",
    documentation="An id in the hidden row or column is not in the schema: the workbook is of another edition, or was edited.",
)

NOT_A_NUMBER = FindingKind(
    code="CEL009",
    severity=Severity.ERROR,
    message="“{label}” needs a number, but the cell says “{found}”.",
    documentation=(
        "A number is written in digits, without spaces, commas or words. `..` means not available, `na` does not apply. "
        "What could be read in two ways is refused, never guessed (FORM 7)."
    ),
    hint="Write digits only, .. if the number is not available, or na if the question does not apply.",
)
NUMBER_AS_TEXT = FindingKind(
    code="CEL010",
    severity=Severity.NOTE,
    message="The number {found} of “{label}” is stored as text. It was read as a number.",
    documentation="Spreadsheet formulas pass over numbers stored as text, so the workbook's own totals leave them out.",
    hint="Type the number again, or use “Convert to number”.",
)
NOT_WHOLE = FindingKind(
    code="CEL007",
    severity=Severity.ERROR,
    message="“{label}” counts in whole numbers, but the cell says {found}.",
    documentation="Persons, cases and sessions are whole.",
    hint="Write a whole number.",
)
TOO_MANY_DIGITS = FindingKind(
    code="CEL013",
    severity=Severity.ERROR,
    message="“{label}” has a number that is too large to be right: {found}.",
    documentation="A spreadsheet keeps 15 digits; a longer number has already lost some.",
    hint="Correct the number.",
)
UNKNOWN_CODE = FindingKind(
    code="CEL008",
    severity=Severity.ERROR,
    message="“{found}” is not one of the answers of “{label}”.",
    documentation="The answer must be one of the drop-down list, in any language of the form, or its code.",
    hint="Choose an answer from the drop-down list.",
)
NOT_A_DATE = FindingKind(
    code="CEL011",
    severity=Severity.ERROR,
    message="“{label}” needs a date, but the cell says “{found}”.",
    documentation="A date is a date cell, or the text year-month-day such as 2008-05-31. 03/04/2008 can be read in two ways.",
    hint="Write the date as year-month-day, such as 2008-05-31.",
)
ERROR_VALUE = FindingKind(
    code="CEL014",
    severity=Severity.ERROR,
    message="The cell of “{label}” shows the error {found}.",
    documentation="A formula in an answer cell has failed. A failed formula is not a blank.",
    hint="Replace the formula with the answer.",
)
FORMULA_WITHOUT_VALUE = FindingKind(
    code="CEL015",
    severity=Severity.ERROR,
    message="The cell of “{label}” holds a formula whose result was not saved.",
    documentation="The program that saved the workbook did not calculate the formula, so there is no answer to read.",
    hint="Open and save the workbook in Excel or LibreOffice, or write the answer in place of the formula.",
)
MUST_BE_GIVEN = FindingKind(
    code="CEL016",
    severity=Severity.ERROR,
    message="“{label}” must be answered; “{found}” is not enough.",
    documentation="`..` and `na` answer questions for numbers and dates, not what identifies a return or a row.",
    hint="Answer the question.",
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
    SHEET_MISSING,
    COLUMN_MISSING,
    QUESTIONS_MISSING,
    DOUBLE_ID,
    STRAY_CONTENT,
    BELOW_TABLE,
    OTHER_OFFICE,
    OTHER_YEAR,
    OTHER_EDITION,
    ADDED_SHEET,
    UNKNOWN_ID,
    NOT_A_NUMBER,
    NUMBER_AS_TEXT,
    NOT_WHOLE,
    TOO_MANY_DIGITS,
    UNKNOWN_CODE,
    NOT_A_DATE,
    ERROR_VALUE,
    FORMULA_WITHOUT_VALUE,
    MUST_BE_GIVEN,
)
"""All of them, in the order of the catalogue."""

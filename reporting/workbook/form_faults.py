"""What can be wrong with the structure of a workbook or with the content of a cell, before any rule.

These findings arise while reading; the checks on what was read stand in :mod:`reporting.checks`. Codes are permanent.
"""

from __future__ import annotations

from reporting.findings import FindingKind, Severity

_TEMPLATE = "Copy your answers into the workbook that you were sent, or ask your bureau for a new one."

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
HIDDEN_ANSWERS = FindingKind(
    code="STR012",
    severity=Severity.NOTE,
    message="“{sheet}” has answers {where}. They were read like the others.",
    documentation="A filter, or a hidden row, column or sheet, keeps answers from sight, but not out of the figures.",
    hint="Show what is hidden and check it; delete what does not belong to the return.",
)
NOT_A_SPREADSHEETS_NUMBER = FindingKind(
    code="CEL017",
    severity=Severity.ERROR,
    message="The cell of “{label}” holds a number that no spreadsheet can hold ({found}).",
    documentation="Infinity and “not a number” come from programs that write workbooks, never from typing or formulas.",
    hint="Type the number again, and tell whoever looks after the program that wrote the workbook.",
)
FORMULA_IN_ANSWER = FindingKind(
    code="CEL018",
    severity=Severity.NOTE,
    message="On “{sheet}”, answers were computed with formulas of the office's own. Their saved results were read.",
    documentation="A formula is no fault, but its result changes when what it refers to does.",
    hint="Before sending the return, replace the formulas with their results.",
)

FORM_FAULTS: tuple[FindingKind, ...] = (
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
    HIDDEN_ANSWERS,
    NOT_A_SPREADSHEETS_NUMBER,
    FORMULA_IN_ANSWER,
)
"""All of them, in the order of the catalogue."""

"""How far a return is, worked out by the workbook itself: answered of asked on each sheet, and whether it is ready to send.

The very hidden rules sheet holds one row a question (1 where it is asked, 1 where an asked one is answered, 1 where one
that the return cannot do without is missing) and one row a table; the cover sums them up. Counted is what the validator's
checks of unanswered questions count: neither computed nor optional questions, and what cannot be known to be asked yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporting.errors import NotInExcel
from reporting.findings import Severity
from reporting.schema.expressions import Call, Name, Not
from reporting.schema.model import Requirement
from reporting.workbook.addresses import Place
from reporting.workbook.formulas import constant
from reporting.workbook.layout import IMPACT_ROLES, FormRow, FormSheet, RowKind, RulesColumn, TableSheet, rules_place
from reporting.workbook.live import OPEN_NAMES, LiveRules
from reporting.workbook.not_asked import asked_if
from reporting.workbook.rule_formulas import truth_formula
from reporting.workbook.sheets import Making
from reporting.workbook.sight import Sight, workbook_sight
from reporting.workbook.texts import text

if TYPE_CHECKING:
    from openpyxl import Workbook

READY = "ready"
"""The key of the cover's row that says whether the return is ready; those of the other rows are the ids of form sheets."""
_NO_VALUE = ("", "..", "na")
"""What identifies no record: a required column needs a value."""
_COUNTED = (Requirement.REQUIRED, Requirement.EXPECTED)


@dataclass(frozen=True, slots=True)
class Line:
    """Formulas of a question, or of a table: how many answers are asked and given, how many required ones are missing."""

    form: str
    asked: str
    answered: str
    missing: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What the rules sheet works out, line by line, and the words of the cover, by the key of the row."""

    lines: tuple[Line, ...]
    words: dict[str, str]


def progress_of(making: Making, live: LiveRules) -> Progress:
    """All lines, in the order of the form, and what the cover says."""
    lines = (*_form_lines(making), *(_table_line(sheet) for sheet in making.layout.tables if _required(sheet)))
    words = {form.id: _share(form.id, lines) for form in making.layout.forms}
    return Progress(lines, {**words, READY: _ready(live, len(lines))})


def write_progress(workbook: Workbook, making: Making, live: LiveRules) -> None:
    """The lines on the rules sheet, and the formulas of the cover."""
    progress = progress_of(making, live)
    for position, line in enumerate(progress.lines):
        for column, formula in zip(_COLUMNS, (line.asked, line.answered, line.missing), strict=True):
            place = rules_place(column, position)
            workbook[place.sheet][place.cell] = f"={formula}"
    cover = making.layout.forms[0]
    for row in cover.rows:
        if row.kind is RowKind.PROGRESS:
            workbook[cover.title][progress_cell(row)] = f"={progress.words[row.text]}"


_COLUMNS = (RulesColumn.ASKED, RulesColumn.ANSWERED, RulesColumn.MISSING)


def progress_cell(row: FormRow) -> str:
    """Where a row of the cover says how far the return is."""
    return row.cell(IMPACT_ROLES[0])


def _form_lines(making: Making) -> Iterator[Line]:
    sight = workbook_sight(making.schema, making.layout)
    conditions: dict[str, str] = {}
    position = 0
    for form in making.layout.forms:
        for row in form.rows:
            if not _counts(row):
                continue
            try:
                asked = _asked(making, row, sight)
            except NotInExcel:
                continue
            here = rules_place(RulesColumn.ASKED, position).cell
            yield _form_line(form, row, sight, conditions.get(asked, asked), here)
            conditions.setdefault(asked, here)
            position += 1


def _counts(row: FormRow) -> bool:
    if row.kind is RowKind.INDICATOR:
        return True
    question = row.field if row.kind is RowKind.QUESTION else None
    return question is not None and not question.computed and question.requirement in _COUNTED


def _asked(making: Making, row: FormRow, sight: Sight) -> str:
    """How many answers the row asks for."""
    answers = len(IMPACT_ROLES) if row.indicator else 1
    condition = asked_if(making, row)
    return f"{answers}*({truth_formula(condition, sight)}=1)" if condition else str(answers)


def _form_line(form: FormSheet, row: FormRow, sight: Sight, asked: str, here: str) -> Line:
    if row.indicator:
        cells = Place(form.title, f"{row.cell(IMPACT_ROLES[0])}:{row.cell(IMPACT_ROLES[-1])}").absolute()
        return Line(form.id, asked, f'({here}>0)*SUMPRODUCT(--(TRIM({cells})<>""))', "0")
    given = truth_formula(Not(Call("blank", (Name(row.id),))), sight)
    required = row.field is not None and row.field.requirement is Requirement.REQUIRED
    return Line(form.id, asked, f"({here}>0)*{given}", f"({here}>0)*(1-{given})" if required else "0")


def _required(sheet: TableSheet) -> list[str]:
    return [column.field.name for column in sheet.columns if column.field.requirement is Requirement.REQUIRED]


def _table_line(sheet: TableSheet) -> Line:
    """The required cells that are missing in records in which something stands."""
    every = [Place(sheet.title, sheet.records(column.field.name)).absolute() for column in sheet.columns]
    filled = "+".join(f'({cells}<>"")' for cells in every)
    required = [Place(sheet.title, sheet.records(name)).absolute() for name in _required(sheet)]
    missing = "+".join(f'({cells}="{entry}")' for cells in required for entry in _NO_VALUE)
    return Line(sheet.id, "0", "0", f"SUMPRODUCT(({filled}>0)*({missing}))")


def _share(form: str, lines: tuple[Line, ...]) -> str:
    """Answered of asked on one form sheet, in words after a sign."""
    own = [position for position, line in enumerate(lines) if line.form == form]
    if not own:
        return constant(text("progress.nothing"))
    asked, answered = (
        f"SUM({rules_place(column, own[0], len(own)).absolute()})"
        for column in (RulesColumn.ASKED, RulesColumn.ANSWERED)
    )
    sign = f"IF({answered}={asked},{constant(text('progress.whole'))},{constant(text('progress.part'))})"
    words = f"{sign}&{answered}&{constant(text('progress.of'))}&{asked}&{constant(text('progress.answered'))}"
    return f"IF({asked}=0,{constant(text('progress.nothing'))},{words})"


def _ready(live: LiveRules, lines: int) -> str:
    """Whether nothing stands in the way of sending, or what does."""
    errors, queries = (OPEN_NAMES[key] if live.rules else "0" for key in (Severity.ERROR, Severity.QUERY))
    missing = f"SUM({rules_place(RulesColumn.MISSING, 0, lines).absolute()})"
    told = "&".join(
        f"{count}&{constant(text(f'progress.after_{kind}'))}"
        for kind, count in (("errors", errors), ("queries", queries), ("missing", missing))
    )
    ready = f"{errors}+{queries}+{missing}=0"
    return f"IF({ready},{constant(text('progress.ready'))},{constant(text('progress.not_ready'))}&{told})"


def mark_ready(workbook: Workbook, making: Making) -> None:
    """Colour beside the sign of the row that says whether the return is ready."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    from reporting.workbook.styles import BROKEN_FILL, BROKEN_INK, TEAL, TRAFFICKING_FILL

    cover = making.layout.forms[0]
    cells = [progress_cell(row) for row in cover.rows if row.kind is RowKind.PROGRESS and row.text == READY]
    for cell in cells:
        for sign, fill, ink in (("✓", TRAFFICKING_FILL, TEAL), ("✗", BROKEN_FILL, BROKEN_INK)):
            look = DifferentialStyle(font=Font(color=ink, bold=True), fill=PatternFill(bgColor=fill))
            rule = Rule(type="expression", dxf=look, formula=[f'LEFT(${cell[0]}${cell[1:]},1)="{sign}"'])
            workbook[cover.title].conditional_formatting.add(cell, rule)

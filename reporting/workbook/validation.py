"""Excel's own validation of an answer cell: a drop-down or a condition, and guidance as the prompt.

A hint only: pasting destroys it, and everything is checked again on reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from reporting.schema.model import Field, FieldType, Schema
from reporting.workbook.addresses import letters_of, number_of
from reporting.workbook.choices import code_list_of, list_name
from reporting.workbook.texts import text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Kind = Literal["whole", "list", "date", "textLength", "custom"]
Operator = Literal["between", "lessThanOrEqual", "greaterThanOrEqual"]
LONGEST_TITLE = 32
LONGEST_PROMPT = 255
_NUMBER_OR_REASON = 'IF(ISNUMBER({cell}),{condition},OR({cell}="",{cell}="..",LOWER({cell})="na"))'


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """What a cell takes. ``formula`` may name the cell as ``{cell}``; ``style`` is Excel's: stop or warning."""

    kind: Kind | None = None
    formula: str = ""
    upper: str = ""
    operator: Operator | None = None
    style: Literal["stop", "warning"] = "stop"
    error: str = ""
    title: str = ""
    prompt: str = ""


@dataclass(slots=True)
class Validations:
    """The validations of one sheet, equal ones together."""

    _cells: dict[Validation, list[str]] = field(default_factory=dict)

    def add(self, validation: Validation, cells: str) -> None:
        """Have ``cells``, an address or a range, validated."""
        first = cells.partition(":")[0]
        formula = validation.formula.replace("{cell}", first)
        self._cells.setdefault(replace(validation, formula=formula), []).append(cells)

    def write(self, sheet: Worksheet) -> None:
        """Put them on the sheet."""
        from openpyxl.worksheet.datavalidation import DataValidation

        for item, cells in self._cells.items():
            sheet.add_data_validation(
                DataValidation(
                    type=item.kind,
                    operator=item.operator,
                    formula1=item.formula or None,
                    formula2=item.upper or None,
                    allow_blank=True,
                    showErrorMessage=bool(item.kind),
                    showInputMessage=bool(item.prompt),
                    errorStyle=item.style if item.kind else None,
                    errorTitle=text("error.title") if item.kind else None,
                    error=item.error or None,
                    promptTitle=item.title or None,
                    prompt=item.prompt or None,
                    sqref=" ".join(sorted(cells, key=_in_order)),
                )
            )


def validation_of(schema: Schema, question: Field) -> Validation:
    """What the answer cell of ``question`` takes, its guidance as prompt."""
    return prompted(_condition(schema, question), question.label, _guidance(schema, question))


def tick(question: Field, yes: str) -> Validation:
    """What the row of one of several choices takes."""
    validation = Validation(kind="list", formula=f'"{yes}"', error=text("error.tick"))
    return prompted(validation, question.label, text("several"))


def number(title: str, prompt: str) -> Validation:
    """A number of zero or more, or why there is none."""
    formula = _NUMBER_OR_REASON.format(cell="{cell}", condition="{cell}>=0")
    return prompted(Validation(kind="custom", formula=formula, error=text("error.number")), title, prompt)


def prompted(validation: Validation, title: str, prompt: str) -> Validation:
    """The validation with a note that shows while the cell is selected, within Excel's lengths."""
    if not prompt:
        return validation
    return replace(validation, title=short(title, LONGEST_TITLE), prompt=short(prompt, LONGEST_PROMPT))


def short(words: str, limit: int) -> str:
    """``words``, cut at a word's end and marked so where they are longer than ``limit`` characters."""
    words = " ".join(words.split())
    if len(words) <= limit:
        return words
    return words[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def _condition(schema: Schema, question: Field) -> Validation:
    match question.type:
        case FieldType.CHOICE | FieldType.YES_NO | FieldType.YES_NO_UNKNOWN:
            return _from_list(schema, question)
        case FieldType.COUNT | FieldType.NUMBER | FieldType.PERCENT:
            return _numeric(question)
        case FieldType.TEXT if question.max_length:
            error = text("error.length", limit=question.max_length)
            return Validation(
                kind="textLength",
                operator="lessThanOrEqual",
                formula=str(question.max_length),
                style="warning",
                error=error,
            )
        case FieldType.DATE:
            return Validation(
                kind="date", operator="greaterThanOrEqual", formula="61", style="warning", error=text("error.date")
            )
        case FieldType.YEAR:
            return Validation(
                kind="whole",
                operator="between",
                formula="1900",
                upper="2100",
                style="warning",
                error=text("error.year"),
            )
    return Validation()


def _from_list(schema: Schema, question: Field) -> Validation:
    codes = code_list_of(schema, question)
    if codes is None:
        return Validation()
    return Validation(kind="list", formula=list_name(codes), error=text("error.list"))


def _numeric(question: Field) -> Validation:
    low = question.minimum if question.minimum is not None else 0
    high = question.maximum if question.maximum is not None else _highest(question.type)
    conditions = [f"{{cell}}>={low:g}"]
    if high is not None:
        conditions.append(f"{{cell}}<={high:g}")
    if question.type is FieldType.COUNT:
        conditions.append("{cell}=INT({cell})")
    condition = f"AND({','.join(conditions)})" if len(conditions) > 1 else conditions[0]
    formula = _NUMBER_OR_REASON.format(cell="{cell}", condition=condition)
    return Validation(kind="custom", formula=formula, error=_number_error(question, low, high))


def _number_error(question: Field, low: float, high: float | None) -> str:
    if high is not None:
        return text("error.range", low=f"{low:g}", high=f"{high:g}")
    return text("error.count" if question.type is FieldType.COUNT else "error.number")


def _highest(kind: FieldType) -> float | None:
    return 100 if kind is FieldType.PERCENT else None


def _guidance(schema: Schema, question: Field) -> str:
    if question.type is not FieldType.CHOICES:
        return question.guidance
    return f"{question.guidance} {_how_to_choose(schema, question)}".strip()


def _how_to_choose(schema: Schema, question: Field) -> str:
    codes = code_list_of(schema, question)
    labels = ", ".join(code.label for code in codes.codes) if codes else ""
    choices = text("several_from", labels=labels)
    return choices if len(f"{question.guidance} {choices}") <= LONGEST_PROMPT else text("several_in_cell")


@cache
def _in_order(cells: str) -> tuple[int, str]:
    first = cells.partition(":")[0]
    return number_of(first), letters_of(first)

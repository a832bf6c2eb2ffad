"""The value of a computed field as an Excel formula.

It says what :mod:`reporting.workbook.computed` works out on reading: nothing while the tables are empty or the question
is not asked, ``..`` where nothing but ``..`` would be added up, else the value. What it cannot say is left to the
validator. English function names, nothing volatile, no array formulas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from reporting.schema.expressions import (
    Arithmetic,
    Call,
    Compare,
    Constant,
    Expression,
    Items,
    Literal,
    Logic,
    Name,
    parse,
)
from reporting.schema.model import Field
from reporting.workbook.addresses import Place
from reporting.workbook.formulas import Words, doubled, ruled_out
from reporting.workbook.layout import WorkbookLayout

MOST_TERMS = 12
"""A filter that would take more SUMIFS than this is left to the validator."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum over the rows of a table, as parts of a formula. ``none_known`` is true where rows count but none is known."""

    table: str
    formula: str
    none_known: str


def computed(question: Field, words: Words, layout: WorkbookLayout) -> str | None:
    """The formula of a computed field, or None where there is none."""
    sums: list[_Sum] = []
    value = _number(parse(question.computed), words, layout, sums)
    if value is None or not sums:
        return None
    empty = "+".join(f"COUNTA({_area(table, layout)})" for table in dict.fromkeys(item.table for item in sums))
    unknown = ",".join(item.none_known for item in sums)
    shown = f'IF(AND({value}=0,OR({unknown})),"..",{value})'
    return f'=IFERROR(IF({_silent(question, words, layout, f"{empty}=0")},"",{shown}),"")'


def _silent(question: Field, words: Words, layout: WorkbookLayout, empty: str) -> str:
    """Whether nothing is to be shown."""

    def refer(path: str) -> str | None:
        return layout.answer(path).absolute() if path in layout.rows_by_id else None

    not_asked = ruled_out(parse(question.asked_if), words, refer) if question.asked_if else None
    return f"OR({empty},{not_asked})" if not_asked else empty


def _area(table: str, layout: WorkbookLayout) -> str:
    """All records of a table."""
    sheet = layout.tables_by_id[table]
    first = sheet.columns[0].letter
    return Place(sheet.title, f"{first}{sheet.first_record}:{sheet.last_column}{sheet.last_record}").absolute()


def _number(expression: Expression, words: Words, layout: WorkbookLayout, sums: list[_Sum]) -> str | None:
    """``expression`` as a formula; the sums it consists of are added to ``sums``."""
    match expression:
        case Constant(int() | float() as value):
            return repr(value)
        case Arithmetic(operator, left, right):
            first, second = _number(left, words, layout, sums), _number(right, words, layout, sums)
            return f"({first}{operator}{second})" if first and second else None
        case Name(path) if path in layout.rows_by_id:
            cell = layout.answer(path).absolute()
            return f"IF(ISNUMBER({cell}),{cell},NA())"
        case Call("sum", (Name(path), *condition)):
            added = _sum(path, condition, words, layout)
            if added:
                sums.append(added)
            return added.formula if added else None
    return None


def _sum(path: str, condition: Sequence[Expression], words: Words, layout: WorkbookLayout) -> _Sum | None:
    """The sum of known numbers over the rows that meet the filter: SUM passes over texts, as the language does."""
    table = path.partition(".")[0]
    added = layout.answer(path).absolute()
    if not condition:
        return _Sum(table, f"SUM({added})", f"AND(COUNTA({_area(table, layout)})>0,COUNT({added})=0)")
    choices = list(_criteria(condition[0], table, words, layout) or ())
    chosen = [",".join(alternatives) for alternatives in product(*choices)]
    if not choices or len(chosen) > MOST_TERMS:
        return None
    rows = _added(f"COUNTIFS({criteria})" for criteria in chosen)
    known = _added(f'COUNTIFS({criteria},{added},">=0")' for criteria in chosen)
    value = _added(f"SUMIFS({added},{criteria})" for criteria in chosen)
    return _Sum(table, value, f"AND({rows}>0,{known}=0)")


def _added(terms: Iterator[str]) -> str:
    every = list(terms)
    return every[0] if len(every) == 1 else f"({'+'.join(every)})"


def _criteria(condition: Expression, table: str, words: Words, layout: WorkbookLayout) -> list[list[str]] | None:
    """For each part of a filter the SUMIFS criteria of which a row meets exactly one, if it meets the part."""
    parts = condition.operands if isinstance(condition, Logic) and condition.operator == "and" else (condition,)
    criteria = [list(_alternatives(part, table, words, layout)) for part in parts]
    return criteria if all(criteria) else None


def _alternatives(part: Expression, table: str, words: Words, layout: WorkbookLayout) -> Iterator[str]:
    match part:
        case Compare(comparison, Name(name), Constant() | Items() as right):
            column = layout.tables_by_id[table].by_name.get(name)
            if column is None:
                return
            cells = layout.answer(f"{table}.{name}").absolute()
            values = right.values if isinstance(right, Items) else (right.value,)
            labels = [words.label(column.field, value) for value in values]
            if comparison in ("==", "in"):
                yield from (f"{cells},{_criterion('=', label)}" for label in dict.fromkeys(labels))
            elif comparison in ("<", "<=", ">", ">=") and isinstance(labels[0], int | float):
                yield f"{cells},{_criterion(comparison, labels[0])}"
            elif comparison in ("!=", "not in"):
                unequal = [f"{cells},{_criterion('<>', label)}" for label in labels]
                yield ",".join([f'{cells},"<>"', *unequal])


def _criterion(comparison: str, value: Literal) -> str:
    """A criterion of SUMIFS; in texts ``* ? ~`` would be wild cards."""
    shown = value.replace("~", "~~").replace("*", "~*").replace("?", "~?") if isinstance(value, str) else repr(value)
    return f'"{comparison}{doubled(shown)}"'

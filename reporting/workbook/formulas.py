"""Expressions of the schema as Excel formulas.

Two translations stand here: whether a question is ruled out by an earlier answer (for conditional formats), and the
value of a computed field. What either cannot say is None, and the cell is then left to the validator. English function
names, nothing volatile, no array formulas; a formula that meets something unknown shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from reporting.schema.expressions import Arithmetic, Call, Compare, Constant, Expression, Items, Literal, Logic, Name
from reporting.schema.model import Field, Schema
from reporting.workbook.layout import WorkbookLayout, code_list_of

Refer = Callable[[str], str | None]
"""Where the answer to a field stands, as a formula writes it; None for what the formula cannot see."""
MOST_TERMS = 12
"""A filter that would take more SUMIFS than this is left to the validator."""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the cells of a workbook: the labels of codes, not the codes."""

    schema: Schema

    def shown(self, question: Field | None, value: Literal) -> str:
        """``value`` as the cell of ``question`` holds it, written as a constant of a formula."""
        return constant(self.label(question, value))

    def label(self, question: Field | None, value: Literal) -> Literal:
        """The label of a code, or the value itself where the question has no list."""
        codes = code_list_of(self.schema, question) if question else None
        return codes.label_of(str(value)) if codes else value


def constant(value: Literal) -> str:
    """A number or a text as a formula writes it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f'"{_doubled(value)}"' if isinstance(value, str) else repr(value)


def ruled_out(expression: Expression, words: Words, refer: Refer) -> str | None:
    """A formula that is true where ``expression`` is known to be false; None if the sheet cannot tell."""
    match expression:
        case Logic("and", operands):
            parts = [part for operand in operands if (part := ruled_out(operand, words, refer))]
            return _either(parts)
        case Logic("or", operands):
            every = [ruled_out(operand, words, refer) for operand in operands]
            return f"AND({','.join(part for part in every if part)})" if all(every) else None
        case Compare(comparison, Name(path), Constant() | Items() as right):
            cell = refer(path)
            return _comparison_fails(comparison, cell, words, words.schema.question(path), right) if cell else None
    return None


def computed(expression: Expression, words: Words, layout: WorkbookLayout) -> str | None:
    """The formula of a computed field, such as a sum over a table's rows; None if it is left to the validator."""
    body = _number(expression, words, layout)
    return f'=IFERROR({body},"")' if body else None


def _either(parts: list[str]) -> str | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return f"OR({','.join(parts)})"


def _comparison_fails(
    comparison: str, cell: str, words: Words, question: Field | None, right: Constant | Items
) -> str | None:
    values = right.values if isinstance(right, Items) else (right.value,)
    if comparison in ("==", "in"):
        return f'AND({cell}<>"",{",".join(f"{cell}<>{words.shown(question, value)}" for value in values)})'
    if comparison in ("!=", "not in"):
        return _either([f"{cell}={words.shown(question, value)}" for value in values])
    if isinstance(values[0], int | float):
        return f"AND(ISNUMBER({cell}),NOT({cell}{comparison}{values[0]!r}))"
    return None


def _number(expression: Expression, words: Words, layout: WorkbookLayout) -> str | None:
    match expression:
        case Constant(int() | float() as value):
            return repr(value)
        case Arithmetic(operator, left, right):
            first, second = _number(left, words, layout), _number(right, words, layout)
            return f"({first}{operator}{second})" if first and second else None
        case Name(path) if path in layout.rows_by_id:
            cell = layout.answer(path).absolute()
            return f"IF(ISNUMBER({cell}),{cell},NA())"
        case Call("sum", (Name(path), *condition)):
            return _sum(path, condition, words, layout)
    return None


def _sum(path: str, condition: list[Expression], words: Words, layout: WorkbookLayout) -> str | None:
    """The sum of known numbers over the rows that meet the filter: SUM passes over texts, as the language does."""
    table = path.partition(".")[0]
    added = layout.answer(path).absolute()
    if not condition:
        return f"SUM({added})"
    choices = list(_criteria(condition[0], table, words, layout) or ())
    if not choices or _terms(choices) > MOST_TERMS:
        return None
    sums = [f"SUMIFS({','.join((added, *chosen))})" for chosen in product(*choices)]
    return sums[0] if len(sums) == 1 else f"({'+'.join(sums)})"


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
    return f'"{comparison}{_doubled(shown)}"'


def _terms(choices: list[list[str]]) -> int:
    count = 1
    for alternatives in choices:
        count *= len(alternatives)
    return count


def _doubled(value: str) -> str:
    return value.replace('"', '""')

"""Rules as English sentences, with the labels of their questions in place of ids.

One of the three readings of a rule, beside evaluation and the Excel formula; written from the same tree. “and” binds more
closely than “or”, as in the rule itself; a group that reads otherwise stands in brackets.
"""

from __future__ import annotations

from dataclasses import dataclass

from reporting.schema.expressions import Arithmetic, Call, Compare, Constant, Expression, Items, Logic, Name, Not, parse
from reporting.schema.model import Field, Rule, Schema, Table

_COMPARED = {
    "==": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
    "in": "is one of",
    "not in": "is none of",
}
_OF_DAYS = {"<": "is before", "<=": "is on or before", ">": "is after", ">=": "is on or after"}
_COMPUTED = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}
_THIS = "this."


def sentence_of(rule: Rule, schema: Schema) -> str:
    """When the rule holds, in one sentence: where it applies, under which condition, and what must be so."""
    table = schema.tables_by_id.get(rule.table)
    words = _Words(schema, table)
    where = f"In each row of “{table.label}”" if table else "In the return"
    condition = f"if {words.truth(parse(rule.where))}, then " if rule.where else ""
    return f"{where}, {condition}{words.truth(parse(rule.holds))}."


def condition_of(condition: str, schema: Schema, table: Table | None) -> str:
    """A condition about the rows of ``table``, or about the return, as a clause."""
    return _Words(schema, table).truth(parse(condition))


def _without_not(expression: Expression) -> Expression:
    """The same without a “not” before a group or another “not”: it goes to the parts."""
    match expression:
        case Not(Not(operand)):
            return _without_not(operand)
        case Not(Logic(operator, operands)):
            return Logic("or" if operator == "and" else "and", tuple(_without_not(Not(part)) for part in operands))
    return expression


@dataclass(frozen=True, slots=True)
class _Words:
    """Words for expressions about the return or, with ``table``, one of its rows; ``inner`` inside a filter."""

    schema: Schema
    table: Table | None
    inner: Table | None = None

    def truth(self, expression: Expression) -> str:
        """A condition as a clause."""
        match expression:
            case Logic("and", (Call("known", (Name(path),)), Compare("==", Name(same), Constant(value)))) if (
                path == same
            ):
                return f"{self._name(path)} is known to be “{self._label(self._question(path), value)}”"
            case Logic(operator, operands):
                parts = (self._within(part, operator) for part in operands)
                return f", {operator} ".join(parts) if operator == "or" else " and ".join(parts)
            case Not(operand):
                return self._denied(operand)
            case Compare(operator, left, right):
                return self._compared(operator, left, right)
            case Call("blank", (Name(path),)):
                return f"{self._name(path)} is blank"
            case Call("known", (operand,)):
                return f"{self.value(operand)} is known"
            case Call("any", (Name(table), *filters)):
                return self._rows(table, filters, "there is a row")
            case Call("last_year", (operand,)):
                return f"in last year's return {self.truth(operand)}"
        return f"{self.value(expression)} is true"

    def value(self, expression: Expression) -> str:
        """A value as a noun phrase."""
        match expression:
            case Name(path):
                return self._name(path)
            case Constant(value):
                return f"{value:,}" if isinstance(value, int | float) else f"“{value}”"
            case Arithmetic("/", Call("total") as left, right):
                return f"{self.value(left)}, divided by {self.value(right)},"
            case Arithmetic(operator, left, right):
                right_words = f"({self.value(right)})" if isinstance(right, Arithmetic) else self.value(right)
                return f"{self._factor(operator, left)} {_COMPUTED[operator]} {right_words}"
            case Call("sum", (Name(path), *filters)):
                return self._over(path, filters, "the sum of")
            case Call("count", (Name(path), *filters)):
                return self._over(path, filters, "the number of answers to")
            case Call("total", operands):
                return f"the sum of what is known of {self._list(operands)}"
            case Call("max" | "min" as function, operands):
                return f"the {'largest' if function == 'max' else 'smallest'} of {self._list(operands)}"
            case Call("abs", (operand,)):
                return self._size(operand)
            case Call("year", (operand,)):
                return f"the year of {self.value(operand)}"
            case Call("date", (Constant(day),)):
                return str(day)
            case Call("last_year", (Name() as operand,)):
                return f"last year's {self.value(operand)}"
            case Call("last_year", (operand,)):
                return f"{self.value(operand)} in last year's return"
        return self.truth(expression)

    def _size(self, operand: Expression) -> str:
        if isinstance(operand, Arithmetic) and operand.operator == "-":
            left = self.value(operand.left)
            first = f"({left})" if isinstance(operand.left, Arithmetic) else left
            return f"the difference between {first} and {self.value(operand.right)}"
        return f"the size of {self.value(operand)}"

    def _factor(self, operator: str, left: Expression) -> str:
        loose = isinstance(left, Arithmetic) and left.operator in ("+", "-") and operator in ("*", "/")
        return f"({self.value(left)})" if loose else self.value(left)

    def _within(self, part: Expression, operator: str) -> str:
        plain = _without_not(part)
        words = self.truth(plain)
        grouped = isinstance(plain, Logic) and plain.operator != operator and " is known to be " not in words
        return f"({words})" if grouped else words

    def _denied(self, operand: Expression) -> str:
        plain = _without_not(Not(operand))
        if not isinstance(plain, Not):
            return self.truth(plain)
        match operand:
            case Call("blank", (Name(path),)):
                return f"{self._name(path)} is not blank"
            case Call("known", (inner,)):
                return f"{self.value(inner)} is not known"
            case Call("any", (Name(table), *filters)):
                return self._rows(table, filters, "there is no row")
        return f"it is not so that ({self.truth(operand)})"

    def _compared(self, operator: str, left: Expression, right: Expression) -> str:
        if operator in ("in", "not in") and isinstance(right, Name):
            question, chosen = self._question(right.path), "is" if operator == "in" else "is not"
            shown = f"“{self._label(question, left.value)}”" if isinstance(left, Constant) else self.value(left)
            return f"{shown} {chosen} among the answers to “{question.label if question else right.path}”"
        question = self._question(left.path) if isinstance(left, Name) else None
        if operator == "==" and isinstance(left, Name) and right == Name(f"{_THIS}{left.path}"):
            return f"{self._name(left.path)} is that of this row"
        if isinstance(right, Items):
            shown = ", ".join(f"“{self._label(question, item)}”" for item in right.values)
        elif isinstance(right, Constant) and isinstance(right.value, str):
            shown = f"“{self._label(question, right.value)}”"
        else:
            shown = self.value(right)
        if isinstance(right, Call) and right.function == "date" and operator in _OF_DAYS:
            return f"{self.value(left)} {_OF_DAYS[operator]} {shown}"
        verb = "equals" if operator == "==" and not isinstance(right, Constant) else _COMPARED[operator]
        return f"{self.value(left)} {verb} {shown}"

    def _list(self, operands: tuple[Expression, ...]) -> str:
        *most, last = (self.value(operand) for operand in operands)
        return f"{', '.join(most)} and {last}"

    def _rows(self, table: str, filters: list[Expression], opening: str) -> str:
        held = self.schema.tables_by_id[table]
        return f"{opening} in “{held.label}”{self._filtered(held, filters)}"

    def _over(self, path: str, filters: list[Expression], opening: str) -> str:
        held = self.schema.tables_by_id[path.partition(".")[0]]
        column = held.by_name[path.partition(".")[2]]
        return f"{opening} “{column.label}” in “{held.label}”{self._filtered(held, filters)}"

    def _filtered(self, held: Table, filters: list[Expression]) -> str:
        if not filters:
            return ""
        return f" (rows where {_Words(self.schema, self.table, held).truth(filters[0])})"

    def _name(self, path: str) -> str:
        question = self._question(path)
        if question is None:
            return f"“{path}”"
        here = " of this row" if path.startswith(_THIS) else ""
        opening = "the answer to " if question.label.endswith("?") else ""
        return f"{opening}“{question.label}”{here}"

    def _question(self, path: str) -> Field | None:
        if path.startswith(_THIS):
            return self.table.by_name.get(path.removeprefix(_THIS)) if self.table else None
        held = self.inner or self.table
        if held and path in held.by_name:
            return held.by_name[path]
        return self.schema.question(path)

    def _label(self, question: Field | None, value: object) -> str:
        codes = self.schema.codes.get(question.codes or question.type.value) if question else None
        return codes.label_of(str(value)) if codes else str(value)

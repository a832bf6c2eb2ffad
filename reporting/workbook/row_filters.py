"""``sum``, ``count`` and ``any`` over the records of a table as Excel formulas.

What SUMIFS and COUNTIFS can say is said with them; any other filter becomes factors of a SUMPRODUCT, each 1 for the
records of which it is known to be true.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reporting.errors import NotInExcel
from reporting.schema.expressions import Call, Compare, Constant, Expression, Items, Literal, Logic, Name, Not
from reporting.schema.model import NUMERIC, Field, Table
from reporting.workbook.formulas import Words, constant
from reporting.workbook.sight import THIS, Seen, Sight

LONGEST_ARRAY = 40
"""Labels of a list that a formula names one by one."""
_ANY_NUMBER = '">-1E+15"'
"""A criterion that every number meets which a return may hold, and no text."""
_ORDER = frozenset({"<", "<=", ">", ">="})


def over_rows(call: Call, sight: Sight) -> str:
    """The formula of a ``sum`` or ``count``; of ``any``, the number of records (or of filled cells, without filter).

    Raises:
        NotInExcel: no formula says it.
    """
    path = call.arguments[0].path if isinstance(call.arguments[0], Name) else ""
    table = sight.schema.tables_by_id.get(path.partition(".")[0])
    if table is None:
        raise NotInExcel(f"{path} is no table")
    if len(call.arguments) == 1:
        return f"{'SUM' if call.function == 'sum' else 'COUNTA'}({sight.spread(path)})"
    return _Rows(sight, table).filtered(call.function, path, call.arguments[1])


@dataclass(frozen=True, slots=True)
class _Rows:
    """The records of one table, as a filter sees them."""

    sight: Sight
    table: Table

    def filtered(self, function: str, path: str, condition: Expression) -> str:
        parts = condition.operands if isinstance(condition, Logic) and condition.operator == "and" else (condition,)
        criteria = [self._criterion(part) for part in parts] if function != "count" else [None]
        known = [criterion for criterion in criteria if criterion]
        if len(known) == len(criteria) and sum("{" in criterion for criterion in known) < 2:
            return self._with_criteria(function, path, known, parts)
        return self._with_factors(function, path, condition, parts)

    # -- criteria of SUMIFS --------------------------------------------------------------------------------------------

    def _with_criteria(self, function: str, path: str, criteria: list[str], parts: tuple[Expression, ...]) -> str:
        joined = ",".join(criteria)
        value = f"SUMIFS({self.sight.spread(path)},{joined})" if function == "sum" else f"COUNTIFS({joined})"
        if "{" in joined:
            value = f"SUMPRODUCT({value})"
        return "*".join([*dict.fromkeys(guard for part in parts for guard in self._guards(part)), value])

    def _criterion(self, part: Expression) -> str | None:
        """Range and criterion, or None where the part is none of SUMIFS'."""
        match part:
            case Compare("==" | "in" | "!=" | "not in" as operator, Name(name), Constant() | Items() as right):
                column = self._own(name)
                values = right.values if isinstance(right, Items) else (right.value,)
                return self._labels_criterion(operator, column, values) if column else None
            case Compare("==", Name(name), Name(other)):
                column, outer = self._own(name), self._outer(other)
                if column and outer and self.sight.labels(outer.question):
                    return f"{column.cell},{outer.cell}"
            case Compare(operator, Name(name), Constant(int() | float() as value)) if operator in _ORDER:
                column = self._own(name)
                if column and column.question.type in NUMERIC:
                    return f'{column.cell},"{operator}{value!r}"'
            case Call("known", (Name(name),)):
                column = self._own(name)
                if column and column.question.type in NUMERIC:
                    return f"{column.cell},{_ANY_NUMBER}"
        return None

    def _labels_criterion(self, operator: str, column: Seen, values: tuple[Literal, ...]) -> str | None:
        if self.sight.labels(column.question) is None:
            return None
        labels = self._labels(column.question, values)
        if operator in ("!=", "not in"):
            others = self._others(column.question, labels)
            if others is None:
                return None
            labels = others
        if not labels or any(_is_odd(label) for label in labels):
            return None
        shown = [constant(label) for label in labels]
        return f"{column.cell},{shown[0] if len(shown) == 1 else '{' + ','.join(shown) + '}'}"

    def _guards(self, part: Expression) -> Iterator[str]:
        """Nothing equals an answer that is not known."""
        match part:
            case Compare("==", Name(), Name(other)):
                outer = self._outer(other)
                if outer and (labels := self.sight.labels(outer.question)):
                    yield f"ISNUMBER(MATCH({outer.cell},{labels},0))"

    # -- factors of SUMPRODUCT -----------------------------------------------------------------------------------------

    def _with_factors(self, function: str, path: str, condition: Expression, parts: tuple[Expression, ...]) -> str:
        factors = self._true(condition)
        if not any(self._needs_content(part) for part in parts):
            factors = f"{self._filled()}*{factors}"
        if function == "sum":
            return f"SUMPRODUCT(1*{factors},{self.sight.spread(path)})"
        if function == "count":
            return f'SUMPRODUCT({factors}*({self.sight.spread(path)}<>""))'
        return f"SUMPRODUCT(1*{factors})"

    def _filled(self) -> str:
        """1 for each record with anything in it."""
        ones = ";".join("1" for _ in self.table.columns)
        return f"(MMULT(1-ISBLANK({self.sight.spread(self.table.id)}),{{{ones}}})>0)"

    def _needs_content(self, part: Expression) -> bool:
        """Whether an empty record certainly does not meet the part of a filter."""
        match part:
            case Compare(_, Name(name), _) if self._own(name):
                return True
            case Compare(_, _, Name(name)) if self._own(name):
                return True
            case Call("known", (Name(name),)) | Not(Call("blank", (Name(name),))) if self._own(name):
                return True
        return False

    def _true(self, condition: Expression) -> str:
        """1 for each record that is known to meet the condition."""
        match condition:
            case Logic("and", operands):
                return "*".join(self._true(operand) for operand in operands)
            case Logic("or", operands):
                return f"(1-{'*'.join(f'(1-{self._true(operand)})' for operand in operands)})"
            case Not(operand):
                return self._false(operand)
            case Compare(operator, Name(name), right) if column := self._own(name):
                return self._compared(operator, column, right)
            case Call("known", (Name(name),)) if column := self._own(name):
                return self._known(column)
            case Call("blank", (Name(name),)) if column := self._own(name):
                return f'({column.cell}="")'
        raise NotInExcel("its filter is one that a formula cannot say")

    def _false(self, condition: Expression) -> str:
        """1 for each record that is known not to meet the condition."""
        match condition:
            case Logic("and", operands):
                return f"(1-{'*'.join(f'(1-{self._false(operand)})' for operand in operands)})"
            case Logic("or", operands):
                return "*".join(self._false(operand) for operand in operands)
            case Not(operand):
                return self._true(operand)
            case Compare(operator, left, right):
                return self._true(Compare(_OPPOSITE[operator], left, right))
            case Call("known" | "blank"):
                return f"(1-{self._true(condition)})"
        raise NotInExcel("its filter is one that a formula cannot say")

    def _compared(self, operator: str, column: Seen, right: Expression) -> str:
        match right:
            case Constant(int() | float() as value) if column.question.type in NUMERIC and operator not in _MEMBER:
                return f"ISNUMBER({column.cell})*({column.cell}{_SIGNS.get(operator, operator)}{value!r})"
            case Constant(str() as text) if operator in _SIGNS:
                return self._equals(operator, column, constant(self._labels(column.question, (text,))[0]))
            case Items(values) if operator in _MEMBER:
                listed = ",".join(constant(label) for label in self._labels(column.question, values))
                found = f"{'ISNUMBER' if operator == 'in' else 'ISNA'}(MATCH({column.cell},{{{listed}}},0))"
                return found if operator == "in" else f"{self._known(column)}*{found}"
            case Name(other) if operator in _SIGNS and (outer := self._outer(other)):
                return f"{self._known(outer)}*{self._equals(operator, column, outer.cell)}"
        raise NotInExcel("its filter is one that a formula cannot say")

    def _equals(self, operator: str, column: Seen, value: str) -> str:
        if self.sight.labels(column.question) is None:
            raise NotInExcel("its filter compares texts")
        compared = f"({column.cell}{_SIGNS[operator]}{value})"
        return compared if operator == "==" else f"{self._known(column)}*{compared}"

    def _known(self, seen: Seen) -> str:
        labels = self.sight.labels(seen.question)
        if labels is None and seen.question.type not in NUMERIC:
            raise NotInExcel("its filter asks for an answer that is neither a number nor a choice")
        return f"ISNUMBER(MATCH({seen.cell},{labels},0))" if labels else f"ISNUMBER({seen.cell})"

    # -- names ---------------------------------------------------------------------------------------------------------

    def _own(self, name: str) -> Seen | None:
        """A column of the records that are filtered."""
        return self.sight.column(f"{self.table.id}.{name}") if name in self.table.by_name else None

    def _outer(self, name: str) -> Seen | None:
        """An answer outside the records that are filtered."""
        return None if name in self.table.by_name else self.sight.answer(name.removeprefix(THIS))

    def _labels(self, question: Field, values: tuple[Literal, ...]) -> list[str]:
        words = Words(self.sight.schema)
        return list(dict.fromkeys(str(words.label(question, value)) for value in values))

    def _others(self, question: Field, labels: list[str]) -> list[str] | None:
        """The other labels of the question's list, or None where they are too many."""
        codes = self.sight.codes(question)
        if codes is None or len(codes.codes) > LONGEST_ARRAY:
            return None
        return [code.label for code in codes.codes if code.label not in labels]


_MEMBER = frozenset({"in", "not in"})
_SIGNS = {"==": "=", "!=": "<>"}
_OPPOSITE = {"==": "!=", "!=": "==", "in": "not in", "not in": "in", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def _is_odd(label: str) -> bool:
    """Whether a criterion would not be taken for the text: wild cards, comparisons, and what looks like a number."""
    return any(mark in label for mark in "*?~") or label[:1] in "<>=+-." or label[:1].isdigit()

"""Rules as Excel formulas, with the strict meaning of missing values of :mod:`reporting.schema.evaluate`.

A truth value is a number: 1 true, 0 false, 0.5 unknown. So ``and`` is ``MIN``, ``or`` is ``MAX``, ``not`` is ``1-…``,
and a comparison is ``IFERROR(1*(…),0.5)``: what is not known is an error on the way there. The number in a cell is
``AVERAGE`` of that one cell, which is an error where the cell is empty or holds ``..``; a chosen label counts only if the
list of labels has it. English function names, nothing volatile, no array formulas.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reporting.errors import NotInExcel
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
    Not,
    parse,
)
from reporting.schema.model import NUMERIC, Field, FieldType, Rule
from reporting.workbook.formulas import Words
from reporting.workbook.row_filters import over_rows
from reporting.workbook.sight import CHOSEN, Seen, Sight

BROKEN, HOLDS, NOT_KNOWN = "1", "0", "-"
"""The states of a rule."""
_UNKNOWN = "0.5"
_NUMBERS = NUMERIC | {FieldType.YEAR}
_SIGNS = {"==": "=", "!=": "<>"}
_SUM = frozenset({"+", "-"})


def state_formula(rule: Rule, sight: Sight) -> str:
    """The state of a rule as a formula, without the sign of equality: the text 1, 0 or -.

    Raises:
        NotInExcel: no formula says it.
    """
    if "last_year(" in rule.holds + rule.where:
        raise NotInExcel("it needs last year's return, which the workbook does not hold")
    writing = _Writing(sight)
    state = f'MID("{BROKEN}{NOT_KNOWN}{HOLDS}",1+2*{writing.truth(parse(rule.holds))},1)'
    return f'IF({writing.truth(parse(rule.where))}=1,{state},"{NOT_KNOWN}")' if rule.where else state


def truth_formula(expression: Expression, sight: Sight) -> str:
    """Whether the expression is true, as a formula: 1, 0, or 0.5 where it is not known.

    Raises:
        NotInExcel: no formula says it.
    """
    return _Writing(sight).truth(expression)


@dataclass(frozen=True, slots=True)
class _Writing:
    """Writes expressions as formulas."""

    sight: Sight

    # -- truth ---------------------------------------------------------------------------------------------------------

    def truth(self, expression: Expression) -> str:
        """1, 0 or 0.5; never an error."""
        match expression:
            case Constant(bool() as value):
                return "1" if value else "0"
            case Not(operand):
                return f"(1-{self.truth(operand)})"
            case Logic("and", (Call("known", (Name(path),)), Compare("==", Name(same), Constant(str() as value)))) if (
                path == same and self.sight.labels(self._seen(path).question)
            ):
                return f"IFERROR(1*({self._seen(path).cell}={self._shown(self._seen(path).question, value)}),0)"
            case Logic(operator, operands):
                function = "MIN" if operator == "and" else "MAX"
                return f"{function}({','.join(self.truth(operand) for operand in operands)})"
            case Compare(operator, left, right):
                return self._comparison(operator, left, right)
            case Call("blank", (Name(path),)):
                return self._blank(path)
            case Call("known", (operand,)):
                return self._known(operand)
            case Call("any") as over:
                return _test(f"{over_rows(over, self.sight)}>0")
        raise NotInExcel("it uses a value as a condition")

    def _blank(self, path: str) -> str:
        if path in self.sight.schema.tables_by_id:
            return f"1*(COUNTA({self.sight.spread(path)})=0)"
        seen = self._seen(path)
        if self.sight.in_rows(seen.question):
            return f"1*(COUNTA({seen.cell})=0)"
        return f'IFERROR(1*(TRIM({seen.cell})=""),0)'

    def _known(self, operand: Expression) -> str:
        if not isinstance(operand, Name):
            return f"1*ISNUMBER({self._number(operand)})"
        seen = self._seen(operand.path)
        if self.sight.in_rows(seen.question):
            return f"1*{self._answered_in_rows(seen)}"
        if labels := self.sight.labels(seen.question):
            return f"1*ISNUMBER(MATCH({seen.cell},{labels},0))"
        if seen.question.type is FieldType.TEXT:
            return f'IFERROR(1*AND(TRIM({seen.cell})<>"",{seen.cell}<>"..",{seen.cell}<>"na"),0)'
        if seen.question.type is FieldType.CHOICES:
            return f"1*(LEN({self._chosen(seen)})>0)"
        return f"1*ISNUMBER({seen.cell})"

    def _comparison(self, operator: str, left: Expression, right: Expression) -> str:
        match operator, left, right:
            case "in" | "not in", _, Name(path):
                inside = self._in_answer(left, self._seen(path))
                return inside if operator == "in" else f"(1-{inside})"
            case "in" | "not in", Name(path), Items(values):
                return self._in_list(operator, self._seen(path), values)
            case "==" | "!=", Name(path), Constant(str() as value):
                return self._equals_text(operator, self._seen(path), value)
        if isinstance(left, Items | Name) and not self._is_number(left):
            raise NotInExcel("it compares two answers that are no numbers")
        if self._is_date(left) is not self._is_date(right):
            raise NotInExcel("it compares a date with a number")
        return _test(f"{self._number(left)}{_SIGNS.get(operator, operator)}{self._number(right)}")

    def _equals_text(self, operator: str, seen: Seen, value: Literal) -> str:
        shown = self._shown(seen.question, value)
        if labels := self.sight.labels(seen.question):
            return _leaf(f"0*MATCH({seen.cell},{labels},0)+({seen.cell}{_SIGNS[operator]}{shown})")
        if seen.question.type is not FieldType.TEXT:
            raise NotInExcel("it compares a number with a text")
        return f"IF({self._known(Name(seen.question.id))}=1,1*({seen.cell}{_SIGNS[operator]}{shown}),{_UNKNOWN})"

    def _shown(self, question: Field, value: Literal) -> str:
        return Words(self.sight.schema).shown(question, value)

    def _in_list(self, operator: str, seen: Seen, values: tuple[Literal, ...]) -> str:
        labels = self.sight.labels(seen.question)
        if labels is None:
            raise NotInExcel("it looks for a number or a text in a list")
        words = Words(self.sight.schema)
        listed = ",".join(dict.fromkeys(words.shown(seen.question, str(value)) for value in values))
        function = "ISNUMBER" if operator == "in" else "ISNA"
        return _leaf(f"0*MATCH({seen.cell},{labels},0)+{function}(MATCH({seen.cell},{{{listed}}},0))")

    def _in_answer(self, left: Expression, several: Seen) -> str:
        """Whether one answer or code is among the several choices of a field."""
        if several.question.type is not FieldType.CHOICES:
            raise NotInExcel("it looks for a value in an answer that is only one")
        if self.sight.in_rows(several.question) and isinstance(left, Constant):
            option = self.sight.option(several.question, str(left.value))
            ticked = f'1*({option}="{self._yes}")' if option else "0"
            return _leaf(f"IF({self._answered_in_rows(several)},{ticked},{_UNKNOWN})")
        if isinstance(left, Name) and not self.sight.in_rows(several.question):
            seen, chosen = self._seen(left.path), self._chosen(several)
            if labels := self.sight.labels(seen.question):
                found = f'ISNUMBER(SEARCH(";"&{seen.cell}&";",{chosen}))'
                return _leaf(f"0*MATCH({seen.cell},{labels},0)+0/LEN({chosen})+{found}")
        raise NotInExcel("it looks for a value among several choices in a way that a formula cannot")

    def _answered_in_rows(self, seen: Seen) -> str:
        """Whether any option is ticked, and each with yes or no."""
        ticked = f'COUNTIF({seen.cell},"{self._yes}")+COUNTIF({seen.cell},"{self._no}")'
        return f"AND(COUNTA({seen.cell})>0,{ticked}=COUNTA({seen.cell}))"

    @property
    def _yes(self) -> str:
        codes = self.sight.schema.codes.get("yes_no")
        return codes.label_of("yes") if codes else "Yes"

    @property
    def _no(self) -> str:
        codes = self.sight.schema.codes.get("yes_no")
        return codes.label_of("no") if codes else "No"

    def _chosen(self, seen: Seen) -> str:
        if seen.question.id not in self.sight.schema.fields:
            raise NotInExcel("it looks at several choices in one cell of a table")
        return self.sight.chosen(seen.question.id)

    # -- numbers -------------------------------------------------------------------------------------------------------

    def _number(self, expression: Expression) -> str:
        """A number, or an error where it is unknown; dates are numbers, too."""
        match expression:
            case Constant(int() | float() as value) if not isinstance(value, bool):
                return repr(value) if value >= 0 else f"({value!r})"
            case Name(path):
                return f"AVERAGE({self._numeric(path, _NUMBERS | {FieldType.DATE})})"
            case Arithmetic(operator, left, right):
                first = self._counted(left)
                if isinstance(left, Arithmetic) and left.operator in _SUM and operator in _SUM:
                    first = first[1:-1]
                return f"({first}{operator}{self._counted(right)})"
            case Call("sum" | "count") as over:
                return over_rows(over, self.sight)
            case Call("date", (Constant(str(day)),)):
                given = date.fromisoformat(day)
                return f"DATE({given.year},{given.month},{given.day})"
            case Call("year", (operand,)) if self._is_date(operand):
                return f"YEAR({self._number(operand)})"
            case Call("abs", (operand,)):
                return f"ABS({self._counted(operand)})"
            case Call("total", operands):
                return f"SUM({','.join(self._addend(operand) for operand in operands)})"
            case Call("max" | "min" as function, operands):
                cells = ",".join(self._numeric(path, _NUMBERS) for path in _paths(operands))
                return f"IF(COUNT({cells})=0,NA(),{function.upper()}({cells}))"
        raise NotInExcel("it counts with something that is no number")

    def _counted(self, expression: Expression) -> str:
        if self._is_date(expression):
            raise NotInExcel("it counts with dates")
        return self._number(expression)

    def _addend(self, expression: Expression) -> str:
        """In ``SUM``, a cell without a number is passed over by itself."""
        if isinstance(expression, Name):
            return self._numeric(expression.path, _NUMBERS)
        return f"IFERROR({self._counted(expression)},0)"

    def _numeric(self, path: str, types: frozenset[FieldType]) -> str:
        seen = self._seen(path)
        if seen.question.type not in types:
            raise NotInExcel(f"{path} is no number")
        return seen.cell

    def _is_number(self, expression: Expression) -> bool:
        return not isinstance(expression, Name) or self._seen(expression.path).question.type not in CHOSEN

    def _is_date(self, expression: Expression) -> bool:
        match expression:
            case Name(path):
                return self._seen(path).question.type is FieldType.DATE
            case Call("date"):
                return True
        return False

    def _seen(self, path: str) -> Seen:
        seen = self.sight.answer(path)
        if seen is None:
            raise NotInExcel(f"{path} stands nowhere in the workbook")
        return seen


def _leaf(formula: str) -> str:
    return f"IFERROR({formula},{_UNKNOWN})"


def _test(condition: str) -> str:
    return _leaf(f"1*({condition})")


def _paths(operands: tuple[Expression, ...]) -> list[str]:
    paths = [operand.path for operand in operands if isinstance(operand, Name)]
    if len(paths) < len(operands):
        raise NotInExcel("it takes the largest or smallest of what stands in no cell")
    return paths

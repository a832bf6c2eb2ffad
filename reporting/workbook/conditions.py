"""In words, when a question is asked."""

from __future__ import annotations

from reporting.schema.expressions import Call, Compare, Constant, Expression, Items, Logic, Name
from reporting.schema.model import Schema
from reporting.workbook.formulas import Words
from reporting.workbook.texts import text


def asked_only_if(expression: Expression, schema: Schema, *, gate: str = "") -> str:
    """The condition as words, such as ``“Is there a plan?” is Yes or Draft``; nothing for what has no plain words.

    The area's own ``gate`` is passed over: its effect is plain from the form.
    """
    match expression:
        case Logic(kind, operands):
            parts = [asked_only_if(operand, schema, gate=gate) for operand in operands]
            if kind == "or" and not all(parts):
                return ""
            return text(f"condition.{kind}").join(part for part in parts if part)
        case Compare(comparison, Name(path), Constant() | Items() as right) if path != gate:
            values = right.values if isinstance(right, Items) else (right.value,)
            return _compared(comparison, path, values, schema)
        case Compare(comparison, Call("sum", (Name(path),)), Constant(value)):
            return _summed(comparison, path, value, schema)
    return ""


def _compared(comparison: str, path: str, values: tuple[object, ...], schema: Schema) -> str:
    question = schema.question(path)
    if question is None:
        return ""
    label = question.label.rstrip("?")
    if comparison in ("<", "<=", ">", ">="):
        return text("condition.compares", question=label, comparison=text(f"comparison.{comparison}"), number=values[0])
    answers = text("condition.or").join(str(Words(schema).label(question, str(value))) for value in values)
    kind = "condition.is" if comparison in ("==", "in") else "condition.is_not"
    return text(kind, question=label, answers=answers)


def _summed(comparison: str, path: str, value: object, schema: Schema) -> str:
    table = schema.tables_by_id.get(path.partition(".")[0])
    question = schema.question(path)
    if table is None or question is None:
        return ""
    return text(
        "condition.sum",
        question=question.label,
        sheet=table.sheet,
        comparison=text(f"comparison.{comparison}"),
        number=value,
    )

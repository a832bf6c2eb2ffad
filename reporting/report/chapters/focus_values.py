"""FOCUS impact indicators of one office: baseline, target and the value at the end of the year."""

from __future__ import annotations

from reporting.aggregate.focus import achievement, criticality
from reporting.report import numbers
from reporting.report.answers import missing_text
from reporting.report.blocks import Column, Row, Table
from reporting.report.cells import Cell
from reporting.report.chapters.categories import SIGNS
from reporting.report.material import Material
from reporting.schema.model import Category, ImpactIndicator
from reporting.workbook.answers import Answer, Missing


def value_row(material: Material, indicator: ImpactIndicator) -> Row | None:
    """The values of an indicator; None where the office wrote nothing."""
    (returned,) = material.returns
    values = returned.impact.get(indicator.id)
    if values is None or not any(answer.answered for answer in (values.baseline, values.target, values.year_end)):
        return None
    given = [known(answer) for answer in (values.baseline, values.target, values.year_end)]
    percent = achievement(*given, less_is_better=indicator.reversed).percent
    return Row(
        (
            Cell(indicator.label),
            Cell(threshold(material, indicator)),
            _cell(material, values.baseline),
            _cell(material, values.target),
            _judged(material, indicator, values.year_end),
            Cell(
                numbers.NOT_AVAILABLE if percent is None else numbers.percent(round(percent), material.language),
                tone="muted" if percent is None else "",
            ),
        )
    )


def values_table(material: Material, category: Category, rows: tuple[Row, ...]) -> Table:
    """The indicators of one category."""
    say = material.say
    columns = (
        Column(say("Impact indicator"), 42),
        Column(say("Acceptable from"), 12, number=True),
        Column(say("Baseline"), 11, number=True),
        Column(say("Target"), 11, number=True),
        Column(say("Year end"), 13, number=True),
        Column(say("Achievement"), 11, number=True),
    )
    title = say("{category}: values of the impact indicators, {year}", category=category.label, year=material.year)
    return Table(title, columns, rows, source=material.source(), style="dense")


def threshold(material: Material, indicator: ImpactIndicator) -> str:
    """From what value on an indicator is acceptable, such as ``≥ 90``."""
    sign = "≤" if indicator.reversed else "≥"
    return numbers.from_left(f"{sign} {_plain(material, indicator.green)}", material.language)


def known(answer: Answer) -> float | None:
    """The number in an answer, None where there is none."""
    return float(answer.value) if isinstance(answer.value, int | float) else None


def _judged(material: Material, indicator: ImpactIndicator, answer: Answer) -> Cell:
    value = known(answer)
    if value is None or not indicator.in_criticality:
        return _cell(material, answer)
    state = criticality(indicator, value)
    return Cell(f"{SIGNS[state]} {_plain(material, value)}", tone=state)


def _cell(material: Material, answer: Answer) -> Cell:
    value = known(answer)
    if value is not None:
        return Cell(_plain(material, value))
    text = material.say("not answered") if answer.missing is Missing.BLANK else missing_text(material, answer.missing)
    return Cell(text, tone="muted")


def _plain(material: Material, value: float) -> str:
    return "0" if value == 0 else material.number(value)

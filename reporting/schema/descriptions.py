"""What a figure is, in a sentence made of its definition, so that no description can say something else than what is computed."""

from __future__ import annotations

from reporting.schema.model import Indicator, Measure, Schema, Table
from reporting.schema.sentences import condition_of

_FOCUS_HEADINGS = {
    "category": "category",
    "impact_area": "area of impact",
    "impact_indicator": "impact indicator",
    "situation": "class",
}


def description_of(indicator: Indicator, schema: Schema) -> str:
    """How ``indicator`` is made: measure, question or table, condition, and breakdown."""
    drawn = indicator.draws_on or (indicator.parts[0].draws_on if indicator.parts else "")
    table = schema.tables_by_id.get(drawn.partition(".")[0])
    place = f" in the table “{table.label}”" if table else ""
    if indicator.where:
        place += f", of rows where {condition_of(indicator.where, schema, table)}"
    return f"{_measured(indicator, schema, place)}{_breakdown(indicator, table)}."


def _measured(indicator: Indicator, schema: Schema, place: str) -> str:
    what = _label(indicator.draws_on, schema)
    if indicator.parts:
        what = (
            f"{len(indicator.parts)} columns"
            if len(indicator.parts) > 1
            else _label(indicator.parts[0].draws_on, schema)
        )
    match indicator.measure:
        case Measure.SUM:
            largest = indicator.combines == "maximum"
            return f"The {'largest' if largest else 'sum'} of {what}{place}"
        case Measure.COUNT_ROWS:
            return f"The number of rows{place}"
        case Measure.COUNT_OFFICES if indicator.by:
            return f"The number of offices by their answer to {what}"
        case Measure.COUNT_OFFICES:
            return f"The number of offices that answer {what}"
        case Measure.SHARE:
            return f"{what}{place}, in per cent of {_whole(indicator, schema)}, where both are known"
        case Measure.RATIO:
            return f"{what}{place}, for each one of {_whole(indicator, schema)}, where both are known"
        case Measure.MEDIAN:
            return f"The median of {what}{place}"
        case Measure.LIST:
            return f"The different answers to {what}{place}"
        case Measure.CRITICALITY:
            return (
                "The mean over all year-end values of impact indicators: 1 for an acceptable one, 0.5 for one that is not acceptable, "
                "0 for a critical one"
            )
        case Measure.ACHIEVEMENT:
            return "The mean part of the way from baseline to target that was gone by the end of the year"
        case Measure.COUNT_VALUES:
            return "The number of year-end values of impact indicators"


def _whole(indicator: Indicator, schema: Schema) -> str:
    table = schema.tables_by_id.get(indicator.of.partition(".")[0])
    condition = f" where {condition_of(indicator.of_where, schema, table)}" if indicator.of_where else ""
    return f"{_label(indicator.of, schema)}{condition}"


def _breakdown(indicator: Indicator, table: Table | None) -> str:
    if indicator.measure is Measure.COUNT_OFFICES:
        return ""
    named = [_FOCUS_HEADINGS[name] if indicator.measure.of_focus else _heading(name, table) for name in indicator.by]
    named += dict.fromkeys(name for part in indicator.parts for name in part.dimensions)
    return f", by {' and '.join(named)}" if named else ""


def _heading(name: str, table: Table | None) -> str:
    return f"“{table.by_name[name].label}”" if table and name in table.by_name else name


def _label(identifier: str, schema: Schema) -> str:
    question = schema.question(identifier)
    return f"“{question.label}”" if question else identifier

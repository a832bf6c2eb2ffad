"""A return as compact JSON and back, so that an unchanged workbook is not read twice.

Findings are not kept with it: a kept return stands beside the result that holds them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from reporting.schema.model import GivenBy
from reporting.workbook.answers import Answer, Carried, ImpactValues, Missing, Return, Row, Value

_WORDS = ("path", "sha256", "schema_id", "office", "year", "language")


def return_to_json(returned: Return) -> bytes:
    """The return without its findings."""
    content = {
        **{name: getattr(returned, name) for name in _WORDS},
        "fields": _plain_all(returned.fields),
        "impact": {
            name: [_plain(answer) for answer in (values.baseline, values.target, values.year_end)]
            for name, values in returned.impact.items()
        },
        "tables": {
            table: [[row.sheet, row.number, _plain_all(row.answers)] for row in rows]
            for table, rows in returned.tables.items()
        },
        "explanations": dict(returned.explanations),
        "carried": {code: [item.text, item.values] for code, item in returned.carried.items()},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


def return_from_json(content: bytes) -> Return:
    """The return that :func:`return_to_json` wrote.

    Raises:
        ValueError, KeyError, TypeError: ``content`` is something else.
    """
    data = json.loads(content)
    return Return(
        **{name: data[name] for name in _WORDS},
        fields=_answers(data["fields"]),
        impact={name: ImpactValues(*(_answer(one) for one in values)) for name, values in data["impact"].items()},
        tables={
            table: tuple(Row(sheet, number, _answers(answers)) for sheet, number, answers in rows)
            for table, rows in data["tables"].items()
        },
        explanations=data["explanations"],
        carried={code: Carried(text, tuple(values)) for code, (text, values) in data["carried"].items()},
    )


def _plain_all(answers: Mapping[str, Answer]) -> dict[str, list[Any]]:
    return {name: _plain(answer) for name, answer in answers.items()}


def _plain(answer: Answer) -> list[Any]:
    """Sheet, cells, value, why there is none, text, and whose word it is; a date stands in a mapping."""
    value: Any = {"date": answer.value.isoformat()} if isinstance(answer.value, date) else answer.value
    return [answer.sheet, answer.cells, value, answer.missing, answer.text, answer.given_by]


def _answers(data: Mapping[str, list[Any]]) -> dict[str, Answer]:
    return {name: _answer(one) for name, one in data.items()}


def _answer(data: list[Any]) -> Answer:
    sheet, cells, value, missing, text, given_by = data
    why = None if missing is None else _MISSING[missing]
    return Answer(sheet, tuple(cells), _value(value), why, text, _GIVEN_BY[given_by])


def _value(value: Any) -> Value | None:
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    return tuple(value) if isinstance(value, list) else value


_MISSING = {str(item): item for item in Missing}
_GIVEN_BY = {str(item): item for item in GivenBy}

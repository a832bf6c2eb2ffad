"""The status of a collection as JSON, and as one HTML page for a bureau's screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from reporting.aggregate.coverage import State
from reporting.aggregate.exports.documents import coverage_document
from reporting.aggregate.status import Standing, Status

LABELS: Final = {
    State.ON_TIME: "on time",
    State.LATE: "late",
    State.RECEIVED: "received",
    State.MISSING: "missing",
    State.REJECTED: "rejected",
    State.UNREADABLE: "unreadable",
    State.SUPERSEDED: "superseded",
}
SIGNS: Final = {
    State.ON_TIME: "●",
    State.LATE: "◐",
    State.RECEIVED: "●",
    State.MISSING: "○",
    State.REJECTED: "✗",
    State.UNREADABLE: "✗",
    State.SUPERSEDED: "–",
}


def status_document(status: Status) -> dict[str, Any]:
    """The coverage with what is open, as plain values."""
    document = coverage_document(status.coverage)
    returns = [row | _open(item) for row, item in zip(document["returns"], status.standings, strict=True)]
    bureaus = [row | _totals(status.by_bureau[row["bureau"]]) for row in document["bureaus"]]
    dates = {
        "as_of": status.as_of.isoformat() if status.as_of else None,
        "next_due": status.next_due.isoformat() if status.next_due else None,
    }
    return document | _totals(status.standings) | dates | {"bureaus": bureaus, "returns": returns}


def status_html(status: Status, bureaus: dict[str, str], *, fictional: bool) -> str:
    """The page: totals by bureau, then every return with what is to be done; ``bureaus`` are names by id."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from reporting.paths import templates_folder

    environment = Environment(
        loader=FileSystemLoader(templates_folder()), undefined=StrictUndefined, autoescape=True, trim_blocks=True
    )
    states = [state for state in State if status.coverage.counts()[state]]
    return environment.get_template("status.html.j2").render(
        status=status, bureaus=bureaus, states=states, labels=LABELS, signs=SIGNS, fictional=fictional
    )


def _totals(standings: Sequence[Standing]) -> dict[str, int]:
    return {
        "queries_open": sum(item.queries for item in standings),
        "overdue": sum(item.overdue is not None for item in standings),
    }


def _open(item: Standing) -> dict[str, Any]:
    return {
        "queries_open": item.queries,
        "errors_open": item.errors,
        "overdue_days": item.overdue,
        "next_step": item.next_step,
    }

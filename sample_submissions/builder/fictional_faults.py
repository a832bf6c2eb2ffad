"""Returns that are wrong on purpose: the rejected one, and the first of two returns of one office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from reporting.workbook.template import Entry, Filling

REJECTED = "XAM"
SENT_TWICE = "XAB"

Rows = Sequence[Mapping[str, Entry]]


def with_faults(filling: Filling) -> Filling:
    """The return that is rejected: sums that exceed, an unknown code, a required answer missing, a date of another year."""
    tables = dict(filling.tables)
    tables["populations"] = _edited(tables["populations"], 0, f_18_59=9_999, basis="head count")
    tables["population_changes"] = _edited(tables["population_changes"], 0, persons=1)
    tables["asylum_claims"] = _edited(tables["asylum_claims"], 0, pending_end=77, recognised_for_trafficking=55)
    tables["resettlement_cases"] = _edited(tables["resettlement_cases"], 0, submitted=40)
    tables["training"] = _edited(tables["training"], 0, date=date(2007, 11, 5))
    tables["trafficked_persons"] = _edited(tables["trafficked_persons"], 0, persons="about ten")
    fields = dict(filling.fields)
    del fields["cover.cleared_by_post"]
    fields["environment.access_to_territory.border_missions"] = -3
    fields["security.trafficking.narrative"] = " ".join([str(fields["security.trafficking.narrative"])] * 4)
    return replace(filling, fields=fields, tables=tables)


def first_sent(filling: Filling) -> Filling:
    """The earlier of two returns: cleared three weeks before, with numbers corrected since."""
    tables = dict(filling.tables)
    victims = list(tables["trafficked_persons"])[:-2]
    tables["trafficked_persons"] = victims
    tables["populations"] = _edited(tables["populations"], 1, closing="..")
    return replace(filling, fields={**filling.fields, "cover.cleared_on": date(2009, 1, 23)}, tables=tables)


def _edited(rows: Rows, place: int, **cells: Entry) -> Rows:
    return [{**row, **cells} if at == place else row for at, row in enumerate(rows)]

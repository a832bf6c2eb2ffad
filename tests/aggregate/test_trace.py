"""From a figure back to its cells: everything that counts is there, and nothing else."""

from dataclasses import replace

import pytest

from reporting.aggregate.facts import facts
from reporting.aggregate.figures import Level, Status
from reporting.aggregate.trace import Role, TracedFigure
from reporting.findings import FileResult, Finding, Severity, Verdict
from reporting.schema.model import Indicator, Measure
from reporting.workbook.answers import Return
from tests.aggregate.returns import SCHEMA, result_of, return_of, stock, trace_of

BUREAUS = {"KEN": "africa", "SDN": "africa", "HUN": "europe", "SRB": "europe"}
INDICATORS = {item.id: item for item in SCHEMA.indicators}


def traced(
    indicator: Indicator | str, *returns: Return, level: Level = Level.WORLD, results: tuple[FileResult, ...] = ()
) -> list[TracedFigure]:
    chosen = INDICATORS[indicator] if isinstance(indicator, str) else indicator
    schema = replace(SCHEMA, indicators=(chosen,))
    return trace_of(facts(returns, BUREAUS), schema, chosen, level, results)


def test_every_cell_of_a_sum_is_named_once_in_the_order_of_offices_and_rows() -> None:
    sudan = return_of("SDN", [stock("SDN", "REF", 7)])
    kenya = return_of("KEN", [stock("KEN", "REF", 5), stock("KEN", "ASY", 2), stock("KEN", "REF", "..")])
    (refugees, seekers) = traced("populations.closing", sudan, kenya)
    assert (refugees.figure.dimensions, refugees.figure.value) == ({"group": "REF"}, 12)
    assert [(one.office, one.sheet, one.cell, one.number, one.missing) for one in refugees.contributions] == [
        ("KEN", "Sheet", "closing5", 5, ""),
        ("KEN", "Sheet", "closing7", None, ".."),
        ("SDN", "Sheet", "closing5", 7, ""),
    ]
    assert [one.cell for one in seekers.contributions] == ["closing6"]


def test_what_is_counted_once_is_traced_once() -> None:
    regional = return_of("HUN", [stock("HUN", "REF", 10), stock("SRB", "REF", 999)], countries=("HUN", "SRB"))
    own = return_of("SRB", [stock("SRB", "REF", 4)])
    (figure,) = traced("populations.closing", regional, own)
    assert [(one.office, one.number) for one in figure.contributions] == [("HUN", 10), ("SRB", 4)]


def test_a_share_names_its_parts_and_its_whole() -> None:
    share = Indicator(
        id="assisted.share", label="", measure=Measure.SHARE, draws_on="populations.assisted", of="populations.closing"
    )
    (figure,) = traced(share, return_of("KEN", [stock("KEN", "REF", 200, assisted=50)]))
    assert figure.figure.value == 25
    assert {one.role: one.number for one in figure.contributions} == {Role.PART: 50, Role.WHOLE: 200}


def test_only_the_area_asked_for_is_given() -> None:
    returns = (return_of("KEN", [stock("KEN", "REF", 5)]), return_of("HUN", [stock("HUN", "REF", 3)]))
    indicator = INDICATORS["populations.closing"]
    found = trace_of(facts(returns, BUREAUS), SCHEMA, indicator, Level.BUREAU, area="europe")
    assert [(item.figure.area, [one.office for one in item.contributions]) for item in found] == [("europe", ["HUN"])]


def test_findings_stand_at_the_cell_with_what_was_said_to_them() -> None:
    kenya = return_of("KEN", [stock("KEN", "REF", 5)])
    kind = {"severity": Severity.QUERY, "message": "m", "sheet": "Sheet", "cells": ("closing5",)}
    findings = (
        Finding(code="TOT900", explanation="Registration drive.", **kind),  # type: ignore[arg-type] # words of one kind
        Finding(code="TOT901", waiver="Bureau", **kind),  # type: ignore[arg-type] # words of one kind
        Finding(code="TOT902", **{**kind, "cells": ("closing6",)}),  # type: ignore[arg-type] # words of one kind
    )
    result = replace(result_of(kenya, Verdict.QUERIES), findings=findings)
    (figure,) = traced("populations.closing", kenya, results=(result,))
    (one,) = figure.contributions
    assert one.findings == ("TOT900 (explained: Registration drive.)", "TOT901 (waived: Bureau)")
    assert one.path == "KEN-2008.xlsx"


def test_rows_that_are_counted_lead_to_their_first_answer_and_own_words_are_not_repeated() -> None:
    rows = [{"category": None, "title": "A title in own words"}, {"category": "research", "title": "Another"}]
    found = traced("good_practices.count", return_of("KEN", good_practices=rows))
    cells = {item.figure.dimensions["category"]: item.contributions for item in found}
    assert [(one.cell, one.answer, one.number) for one in cells["not_stated"]] == [("title5", "", 1)]
    assert [(one.cell, one.answer, one.number) for one in cells["research"]] == [("category6", "research", 1)]


@pytest.mark.parametrize("level", list(Level))
def test_every_known_figure_has_contributions_and_every_contribution_a_figure(level: Level) -> None:
    returns = (
        return_of("KEN", [stock("KEN", "REF", 5, f_0_4=2), stock("KEN", "ASY", None)]),
        return_of("HUN", [stock("HUN", "REF", 3), stock("SVN", "REF", "na")], countries=("HUN", "SVN")),
    )
    for name in ("populations.closing", "populations.by_sex_age", "assessment.offices"):
        for item in traced(name, *returns, level=level):
            known = [one.number for one in item.contributions if one.number is not None]
            assert (item.figure.status is Status.KNOWN) == bool(known)
            assert item.contributions

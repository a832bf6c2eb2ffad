"""The old form: six chapters of narrative, one question on trafficking, an overview of populations."""

from __future__ import annotations

from datetime import date

import pytest

from reporting.schema.evaluate import is_false, is_true
from reporting.schema.expressions import parse
from reporting.schema.load import read_schema, schema_path
from reporting.schema.model import Schema
from tests.schema.scopes import Answers, Cell

GROUPS = ("poc_refugees", "poc_asylum_seekers", "poc_returned_refugees", "poc_idps",
          "poc_returned_idps", "poc_stateless", "poc_others")  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> Schema:
    return read_schema(schema_path("apr-2007"))


def broken(schema: Schema, **cells: Cell) -> set[str]:
    """The codes of the rules that a row of the overview breaks."""
    row = Answers({"cover.countries": ("AAA",), "country": "AAA", **cells})
    return {
        rule.code
        for rule in schema.rules
        if (not rule.where or is_true(parse(rule.where), row)) and is_false(parse(rule.holds), row)
    }


def groups(**known: Cell) -> dict[str, Cell]:
    return {**dict.fromkeys(GROUPS, 0), **known}


def test_it_has_the_first_six_categories_of_2008_with_narratives_only(schema: Schema) -> None:
    later = read_schema(schema_path("apr-2008"))
    assert [item.label for item in schema.categories] == [item.label for item in later.categories][:6]
    names = [item.name for _, area in schema.areas for item in area.fields]
    assert set(names) == {"narrative", "trafficking_incidents"}


def test_it_asks_one_question_on_trafficking(schema: Schema) -> None:
    assert [item.id for item in schema.fields.values() if item.themes] == ["security.sgbv.trafficking_incidents"]


def test_the_overview_has_the_total_and_each_group_with_its_mark_of_approximation(schema: Schema) -> None:
    columns = list(schema.tables_by_id["overview"].by_name)
    pairs = [name for group in ("poc_total", *GROUPS) for name in (group, f"{group}_approximate")]
    assert columns == ["country", *pairs, "national_population", "tip_tier", "country_roles", "forms", "as_of"]


def test_its_lists_are_those_of_2008(schema: Schema) -> None:
    later = read_schema(schema_path("apr-2008")).codes
    for codes in schema.code_lists:
        assert codes.codes == later[codes.id].codes, codes.id


def test_groups_that_add_up_are_right(schema: Schema) -> None:
    assert broken(schema, poc_total=100, national_population=1000, **groups(poc_refugees=60, poc_idps=40)) == set()


def test_tot020_fails_when_the_groups_exceed_the_total(schema: Schema) -> None:
    assert broken(schema, poc_total=100, **groups(poc_refugees=60, poc_idps=41)) == {"TOT020"}


def test_tot021_fails_when_known_groups_fall_short_of_the_total(schema: Schema) -> None:
    assert broken(schema, poc_total=100, **groups(poc_refugees=60, poc_idps=39)) == {"TOT021"}


@pytest.mark.parametrize("missing", [None, "..", "na"])
def test_a_group_that_is_not_known_leaves_the_sum_open(schema: Schema, missing: Cell) -> None:
    assert broken(schema, poc_total=100, **groups(poc_refugees=200, poc_idps=missing)) == set()


def test_tot022_notes_approximate_groups_within_their_rounding(schema: Schema) -> None:
    nearly = groups(poc_refugees=60, poc_idps=38, poc_idps_approximate="yes")
    assert broken(schema, poc_total=100, **nearly) == {"TOT022"}
    over = groups(poc_refugees=60, poc_idps=45, poc_total_approximate="yes")
    assert broken(schema, poc_total=100, **over) == {"TOT022"}


def test_approximate_groups_beyond_rounding_are_no_better_than_exact_ones(schema: Schema) -> None:
    far = groups(poc_refugees=60, poc_idps=30, poc_idps_approximate="yes")
    assert broken(schema, poc_total=100, **far) == {"TOT021"}
    over = groups(poc_refugees=60, poc_idps=50, poc_idps_approximate="yes")
    assert broken(schema, poc_total=100, **over) == {"TOT020"}


def test_tot023_fails_when_there_are_more_persons_of_concern_than_people(schema: Schema) -> None:
    assert broken(schema, poc_total=1001, national_population=1000) == {"TOT023"}


def test_xsh040_fails_when_a_country_is_not_on_the_cover(schema: Schema) -> None:
    assert broken(schema, country="BBB", as_of=date(2007, 12, 31)) == {"XSH040"}


def test_there_is_a_figure_for_the_total_and_for_each_group(schema: Schema) -> None:
    ids = {indicator.id for indicator in schema.indicators}
    assert {"overview.poc_total", "overview.by_group", *(f"overview.{group}" for group in GROUPS)} <= ids

"""Rules as Excel formulas, with ids in place of cells."""

import pytest

from reporting.errors import NotInExcel
from reporting.findings import Severity
from reporting.schema.compiled import load_schema
from reporting.schema.model import Rule
from reporting.schema.rules import in_force
from reporting.workbook.arrangement import layout_of
from reporting.workbook.live import LONGEST_FORMULA, live_rules, marks, shown_formula
from reporting.workbook.rule_formulas import state_formula
from reporting.workbook.sight import plain_sight, workbook_sight

SCHEMA = load_schema("apr-2008")
LAYOUT = layout_of(SCHEMA)


def rule(holds: str, table: str = "", where: str = "", cells: tuple[str, ...] = ()) -> Rule:
    return Rule(code="TOT999", severity=Severity.ERROR, holds=holds, where=where, table=table, message="", cells=cells)


def truth(holds: str, table: str = "") -> str:
    """The truth value of a rule, without the text of states around it."""
    made = state_formula(rule(holds, table), plain_sight(SCHEMA, table))
    assert made.startswith('MID("1-0",1+2*')
    assert made.endswith(",1)")
    return made.removeprefix('MID("1-0",1+2*').removesuffix(",1)")


@pytest.mark.parametrize(
    ("holds", "written"),
    [
        ("opening <= 5", "IFERROR(1*(AVERAGE(opening)<=5),0.5)"),
        ("opening != closing", "IFERROR(1*(AVERAGE(opening)<>AVERAGE(closing)),0.5)"),
        ("opening + 1 == closing / -2", "IFERROR(1*((AVERAGE(opening)+1)=(AVERAGE(closing)/(-2))),0.5)"),
        ("total(opening, closing) > 0", "IFERROR(1*(SUM(opening,closing)>0),0.5)"),
        ("total(opening - 1, closing) > 0", "IFERROR(1*(SUM(IFERROR((AVERAGE(opening)-1),0),closing)>0),0.5)"),
        ("abs(opening) < 1", "IFERROR(1*(ABS(AVERAGE(opening))<1),0.5)"),
        (
            "max(opening, closing) > 0",
            "IFERROR(1*(IF(COUNT(opening,closing)=0,NA(),MAX(opening,closing))>0),0.5)",
        ),
        ("as_of >= date('2008-01-31')", "IFERROR(1*(AVERAGE(as_of)>=DATE(2008,1,31)),0.5)"),
        ("year(as_of) == cover.year", "IFERROR(1*(YEAR(AVERAGE(as_of))=AVERAGE(cover.year)),0.5)"),
        ("group == 'REF'", 'IFERROR(0*MATCH(group,list_groups,0)+(group="Refugees"),0.5)'),
        (
            "group not in ('REF', 'RET')",
            'IFERROR(0*MATCH(group,list_groups,0)+ISNA(MATCH(group,{"Refugees","Returned refugees"},0)),0.5)',
        ),
        ("blank(opening)", 'IFERROR(1*(TRIM(opening)=""),0)'),
        ("not known(opening)", "(1-1*ISNUMBER(opening))"),
        ("known(group)", "1*ISNUMBER(MATCH(group,list_groups,0))"),
        ("blank(training)", "1*(COUNTA(training)=0)"),
        ("known(opening) and known(closing)", "MIN(1*ISNUMBER(opening),1*ISNUMBER(closing))"),
        ("known(group) and group == 'REF'", 'IFERROR(1*(group="Refugees"),0)'),
        (
            "opening + 1 - (closing + 2) > 0",
            "IFERROR(1*((AVERAGE(opening)+1-(AVERAGE(closing)+2))>0),0.5)",
        ),
        ("known(opening) or known(closing)", "MAX(1*ISNUMBER(opening),1*ISNUMBER(closing))"),
        ("True", "1"),
    ],
)
def test_an_expression_about_a_record_becomes_a_formula(holds: str, written: str) -> None:
    assert truth(holds, "populations") == written


@pytest.mark.parametrize(
    ("holds", "written"),
    [
        ("sum(training.women) == 0", "SUM(training.women)=0"),
        ("any(training)", "COUNTA(training)>0"),
        ("count(training.women) > 1", "COUNTA(training.women)>1"),
        ("sum(training.women, men >= 5) == 0", 'SUMIFS(training.women,training.men,">=5")=0'),
        ("sum(trafficked_persons.persons, sex == 'f') > 0",
         'SUMIFS(trafficked_persons.persons,trafficked_persons.sex,"Female")>0'),
        ("sum(trafficked_persons.persons, sex != 'f') > 0",
         'SUMPRODUCT(SUMIFS(trafficked_persons.persons,trafficked_persons.sex,{"Male","Not known"}))>0'),
        ("any(training, known(women))", 'COUNTIFS(training.women,">-1E+15")>0'),
        ("count(training.women, men > 5) > 0",
         'SUMPRODUCT(ISNUMBER(training.men)*(training.men>5)*(training.women<>""))>0'),
        ("any(victim_nationalities, not known(persons))",
         "SUMPRODUCT(1*(MMULT(1-ISBLANK(victim_nationalities),{1;1})>0)*(1-ISNUMBER(victim_nationalities.persons)))>0"),
    ],
)  # fmt: skip
def test_sums_over_tables_become_sumifs_or_sumproduct(holds: str, written: str) -> None:
    assert truth(holds) == f"IFERROR(1*({written}),0.5)"


def test_a_filter_on_an_answer_that_is_not_known_adds_up_nothing() -> None:
    made = truth("any(trafficked_persons, group == this.group)", "populations")
    assert "ISNUMBER(MATCH(group,list_groups,0))*COUNTIFS(trafficked_persons.group,group)>0" in made


def test_labels_that_sumifs_would_misread_are_compared_exactly() -> None:
    assert {code.label[0] for code in SCHEMA.codes["ages"].codes} & set("0123456789")
    made = truth("sum(trafficked_persons.persons, age == '0_11') > 0")
    assert "SUMPRODUCT(" in made
    assert "SUMIFS" not in made


def test_several_choices_are_found_in_their_rows_or_between_semicolons() -> None:
    option = truth("'internal' in environment.legal_framework.country_role")
    assert '1*(environment.legal_framework.country_role#internal="Yes")' in option
    listed = truth("country in cover.countries", "populations")
    assert 'ISNUMBER(SEARCH(";"&country&";",cover.countries))' in listed


def test_where_decides_before_the_rule() -> None:
    made = state_formula(rule("closing > 5", "populations", "known(closing)"), plain_sight(SCHEMA, "populations"))
    assert made.startswith('IF(1*ISNUMBER(closing)=1,MID("1-0",')
    assert made.endswith(',"-")')


@pytest.mark.parametrize(
    ("holds", "reason"),
    [
        ("last_year(closing) == opening", "last year"),
        ("closing", "as a condition"),
        ("group == country", "two answers"),
        ("as_of == 5", "a date with a number"),
        ("as_of + 1 > 5", "counts with dates"),
        ("max(opening + 1, 2) > 5", "stands in no cell"),
        ("group == 'REF' and nothing.of_this_name == 2", "nowhere in the workbook"),
        ("sum(training.women, women == men) > 1", "filter"),
        ("abs(group) > 1", "is no number"),
    ],
)
def test_what_a_formula_cannot_say_has_a_reason(holds: str, reason: str) -> None:
    with pytest.raises(NotInExcel, match=reason):
        state_formula(rule(holds, "populations"), plain_sight(SCHEMA, "populations"))


@pytest.mark.parametrize("year", [2007, 2008])
def test_at_least_nine_rules_in_ten_are_live_and_the_others_have_a_reason(year: int) -> None:
    schema = load_schema(f"apr-{year}")
    live = live_rules(schema, year)
    in_return = [item for item in schema.rules if "last_year(" not in f"{item.holds}{item.where}"]
    assert len(live.rules) >= 0.9 * len(in_return)
    assert {item.rule.code for item in live.rules} | live.not_live.keys() == {item.code for item in schema.rules}
    assert all(live.not_live.values())


def test_a_rule_out_of_force_is_not_live() -> None:
    schema = load_schema("apr-2008")
    ended = {item.code for item in schema.rules if not in_force(item, 1990)}
    assert live_rules(schema, 1990).not_live.keys() == live_rules(schema, 2008).not_live.keys() | ended


@pytest.mark.parametrize("year", [2007, 2008])
def test_formulas_use_nothing_volatile_or_new(year: int) -> None:
    schema = load_schema(f"apr-{year}")
    for item in live_rules(schema, year).rules:
        words = set(item.formula.replace("(", " ( ").split())
        banned = {"INDIRECT", "OFFSET", "TODAY", "NOW", "RAND", "LET", "LAMBDA", "FILTER", "XLOOKUP", "IFS", "MAXIFS"}
        assert not {word.rpartition(",")[2] for word in words} & banned
        assert len(item.formula) < LONGEST_FORMULA


def test_records_are_looked_up_by_their_number() -> None:
    made = state_formula(rule("closing > 5", "populations"), workbook_sight(SCHEMA, LAYOUT, "populations"))
    assert "AVERAGE(INDEX('Populations'!$E$5:$E$204,'_rules'!$A1))>5" in made


def test_a_rule_is_shown_with_ids_in_place_of_cells() -> None:
    shown = {item.code: shown_formula(item, SCHEMA) for item in SCHEMA.rules}
    assert shown["XSH029"] == '=MID("1-0",1+2*IFERROR(1*(AVERAGE(share_of_time)<=35),0.5),1)'
    assert not [code for code, formula in shown.items() if "!" in formula]


def test_the_cells_of_a_rule_are_marked_where_they_stand() -> None:
    live = live_rules(SCHEMA, 2008, LAYOUT)
    found = {(mark.sheet, mark.cells): mark.formula for mark in marks(live, LAYOUT, SCHEMA)}
    number = next(item.number for item in live.rules if item.rule.code == "XSH021")
    law = LAYOUT.answer("environment.legal_framework.law_forms")
    (options,) = [formula for (sheet, cells), formula in found.items() if cells.startswith(f"{law.cell}:")]
    assert options == f"INDEX(broken_counts,{number})>0"
    time = LAYOUT.answer("focal_points.share_of_time")
    assert found[time.sheet, time.cell] == 'MID(INDEX(broken_focal_points,ROWS($B$4:$B5)-1),1,1)="1"'

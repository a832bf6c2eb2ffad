"""The made-up world holds together: stocks and sums, movements at both ends, every question and code, the verdicts."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

import pytest

from reporting.findings import FileResult, Severity, Verdict
from reporting.pipeline import validate_files
from reporting.schema.compiled import load_schema
from reporting.schema.model import Schema
from reporting.workbook.answers import Return
from reporting.workbook.filling import Entry, Filling, unknown_names
from sample_submissions.builder import fictional
from sample_submissions.builder.fictional_populations import INCREASES
from sample_submissions.builder.fictional_world import FictionalOffice, movements, offices, shared_out

ROOT = Path(__file__).resolve().parents[2]
MISSING = {"XAG", "XAP"}
WITH_QUERIES = {"XAB-2008", "XAC-2008", "XAD-2008", "XAF-2008", "XAL-2008", "XAO-2008", "XAV-2008", "XAX-2008"}
FAULTS_OF_THE_REJECTED = {
    "CEL001": "a required answer is missing",
    "CEL004": "a narrative is too long",
    "CEL005": "a count is negative",
    "CEL008": "a code is not of its list",
    "CEL009": "a number is written in words",
    "TOT001": "sex and age exceed the total",
    "TOT005": "refugees do not follow from the year before",
    "TOT010": "claims do not balance",
    "TOT011": "more grants for trafficking than grants",
    "TOT012": "more cases submitted than considered",
    "TOT014": "cases by sex do not add up",
    "XSH031": "a training is of another year",
}
NEVER_USED = {
    ("partner_bodies", "unhcr"),  # the office itself
}
NOT_OF_THE_WORLD = {"offices", "countries", "languages", "bureaus"}


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema("apr-2008")


@pytest.fixture(scope="module")
def sent() -> Mapping[str, Filling]:
    return dict(fictional.fillings())


@pytest.fixture(scope="module")
def sound() -> list[Filling]:
    """The returns of 2008 without the faults put in on purpose."""
    return [fictional.filling_2008(office) for office in offices() if office.cleared[2008]]


@pytest.fixture(scope="module")
def checked() -> Mapping[str, tuple[FileResult, Return | None]]:
    command = [sys.executable, "-m", "sample_submissions.builder", "fictional"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    folder = ROOT / "sample_submissions" / "fictional"
    paths = sorted([*folder.glob("2007/*.xlsx"), *folder.glob("2008/*.xlsx")])
    return {Path(result.path).stem: (result, returned) for result, returned in validate_files(paths)}


def count(value: Entry) -> int:
    return value if isinstance(value, int) else 0


def each(value: Entry) -> tuple[Entry, ...]:
    return value if isinstance(value, tuple) else (value,)


def total(filling: Filling, table: str, column: str, **where: str) -> int:
    rows = filling.tables[table]
    return sum(count(row[column]) for row in rows if all(row[name] == code for name, code in where.items()))


def choices(filling: Filling, schema: Schema) -> Iterator[tuple[str, Entry]]:
    """Every code in the return with its list."""
    answers = [(schema.fields[name], value) for name, value in filling.fields.items()]
    for identifier, rows in filling.tables.items():
        columns = schema.tables_by_id[identifier].by_name
        answers += [(columns[name], value) for row in rows for name, value in row.items()]
    return ((question.codes, code) for question, value in answers if question.codes for code in each(value))


def test_the_world_has_24_offices_in_three_bureaux_of_which_two_send_nothing(sent: Mapping[str, Filling]) -> None:
    registers = dict(fictional.registers())
    expected = registers["fictional/2008/register.csv"]
    assert Counter(row["bureau"] for row in expected) == {"north_arc": 8, "south_arc": 8, "isles": 8}
    assert all(row["fictional"] == "yes" for row in expected)
    assert {row["office"] for row in expected if not row["cleared_on"]} == MISSING
    offices_sent = {filling.office for filling in sent.values() if filling.year == 2008}
    assert {row["office"] for row in expected} - offices_sent == MISSING


def test_offices_are_on_time_late_and_of_unknown_date() -> None:
    expected = dict(fictional.registers())["fictional/2008/register.csv"]
    late = {row["office"] for row in expected if row["received"] > row["due"]}
    no_date = {row["office"] for row in expected if not row["received"] and row["cleared_on"]}
    assert (late, no_date) == ({"XAC", "XAL", "XAU"}, {"XAR"})


def test_every_id_and_column_is_of_the_form(sent: Mapping[str, Filling]) -> None:
    assert {path: unknown_names(load_schema(f"apr-{filling.year}"), filling) for path, filling in sent.items()} == {
        path: [] for path in sent
    }


def test_the_same_seed_makes_the_same_world(sent: Mapping[str, Filling]) -> None:
    script = (
        "import hashlib\nfrom sample_submissions.builder.fictional import fillings\n"
        "print(hashlib.sha256(repr([(p, f.fields, f.impact, f.tables) for p, f in fillings()]).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
    assert len(sent) == 46


def test_no_office_moves_the_chances_of_another() -> None:
    first, second = offices()[:2]
    before = second.random("victims").random()
    first.random("victims").random()
    assert second.random("victims").random() == before


@pytest.mark.parametrize(
    ("whole", "weights"), [(10, (1, 1, 1)), (0, (1, 2)), (7, (0, 3)), (1_000_003, (0.1, 0.7, 0.2))]
)
def test_shares_add_up_to_the_whole(whole: int, weights: tuple[float, ...]) -> None:
    assert sum(shared_out(whole, weights)) == whole


def test_every_stock_follows_from_the_one_before(sound: list[Filling]) -> None:
    for filling in sound:
        for row in filling.tables["populations"]:
            if row["group"] in {"RET", "RDP"}:
                assert row["opening"] == "na"
                continue
            changed = sum(
                count(change["persons"]) * (1 if change["change"] in INCREASES else -1)
                for change in filling.tables["population_changes"]
                if (change["country"], change["group"]) == (row["country"], row["group"])
            )
            assert count(row["opening"]) + changed == row["closing"], (filling.office, row["group"])


def test_persons_by_sex_and_age_add_up_to_the_closing_figure_or_are_not_known(sound: list[Filling]) -> None:
    for row in chain.from_iterable(filling.tables["populations"] for filling in sound):
        parts = [value for name, value in row.items() if name.startswith(("f_", "m_")) or name == "sex_unknown"]
        assert len(parts) == 13
        assert set(parts) == {".."} or sum(map(count, parts)) == row["closing"]


def test_the_opening_figures_are_those_of_the_return_of_2007_but_for_one_corrected_since(
    sent: Mapping[str, Filling], sound: list[Filling]
) -> None:
    before = {
        row["country"]: row for filling in sent.values() if filling.year == 2007 for row in filling.tables["overview"]
    }
    differing = {
        filling.office
        for filling in sound
        for row in filling.tables["populations"]
        if row["group"] == "REF" and row["country"] in before
        if row["opening"] != before[row["country"]]["poc_refugees"]
    }
    assert differing == {"XAK"}


def test_origins_add_up_to_refugees_and_returned_refugees(sound: list[Filling]) -> None:
    for filling in sound:
        for group in ("REF", "ASY", "RET"):
            assert total(filling, "origins", "persons", group=group) == total(
                filling, "populations", "closing", group=group
            ), (filling.office, group)


def test_both_ends_report_a_movement_but_for_those_that_contradict_on_purpose() -> None:
    kinds: Counter[str] = Counter()
    for move in movements():
        there, here = move.counted_by_origin, move.counted_by_destination
        ends = {move.origin, move.destination}
        if ends & MISSING:
            kinds["an end sent no return"] += 1
        elif there is None or here is None:
            kinds["silent, many" if (there or here or 0) >= 100 else "silent, few"] += 1
        elif there != here:
            kinds["far apart" if abs(there - here) > 0.05 * max(there, here) else "near"] += 1
        else:
            kinds["agree"] += 1
    assert kinds == {
        "agree": 22,
        "near": 1,
        "far apart": 2,
        "silent, many": 2,
        "silent, few": 1,
        "an end sent no return": 1,
    }


def test_movements_stand_in_the_returns_of_both_ends(sound: list[Filling]) -> None:
    reported = {
        (filling.office, row["direction"], row["counterpart"], row["kind"], row["group"]): row["persons"]
        for filling in sound
        for row in filling.tables["movements"]
    }
    for move in movements():
        if move.counted_by_origin is not None and move.origin not in MISSING:
            key = (move.origin, "out", move.destination, move.kind, move.group)
            assert reported[key] == move.counted_by_origin
        if move.counted_by_destination is not None and move.destination not in MISSING:
            key = (move.destination, "in", move.origin, move.kind, move.group)
            assert reported[key] == move.counted_by_destination


def test_trafficked_persons_are_as_many_as_nationalities_and_as_the_office_set_out(sound: list[Filling]) -> None:
    victims: Mapping[str, FictionalOffice] = {office.code: office for office in offices()}
    for filling in sound:
        counted = total(filling, "trafficked_persons", "persons")
        assert counted == total(filling, "victim_nationalities", "persons") == victims[filling.office].victims
    sizes = [office.victims for office in offices() if office.cleared[2008]]
    assert min(sizes) == 0
    assert max(sizes) > 300
    assert sum(0 < size < 10 for size in sizes) >= 6


def test_men_boys_children_internal_trafficking_and_forced_labour_are_visible(sound: list[Filling]) -> None:
    for column, code in (("sex", "m"), ("age", "0_11"), ("scope", "internal"), ("main_form", "forced_labour")):
        assert sum(total(filling, "trafficked_persons", "persons", **{column: code}) for filling in sound) > 50


def test_every_question_indicator_and_column_is_filled_somewhere(sound: list[Filling], schema: Schema) -> None:
    answered = {name for filling in sound for name in filling.fields}
    assert {name for name, question in schema.fields.items() if not question.computed} <= answered
    assert {name for filling in sound for name in filling.impact} == set(schema.impact_indicators)
    columns = {
        f"{table}.{name}"
        for filling in sound
        for table, rows in filling.tables.items()
        for row in rows
        for name, value in row.items()
        if value is not None
    }
    assert columns == {column.id for table in schema.tables for column in table.columns}


def test_every_code_occurs_somewhere(sound: list[Filling], schema: Schema) -> None:
    used: dict[str, set[Entry]] = defaultdict(set)
    for codes, code in chain.from_iterable(choices(filling, schema) for filling in sound):
        used[codes].add(code)
    unused = {
        (codes.id, code)
        for codes in schema.code_lists
        if codes.id in used and codes.id not in NOT_OF_THE_WORLD
        for code in codes.by_code
        if code not in used[codes.id]
    }
    assert unused == NEVER_USED


def test_not_available_and_not_applicable_occur(sound: list[Filling]) -> None:
    values = {value for filling in sound for value in filling.fields.values() if isinstance(value, str)}
    assert {"..", "na"} <= values


def test_no_two_offices_write_the_same_narrative(sound: list[Filling]) -> None:
    written: dict[str, list[Entry]] = defaultdict(list)
    for filling in sound:
        for name, text in filling.fields.items():
            if name.endswith("narrative") or (name.startswith("summary.") and isinstance(text, str) and len(text) > 40):
                written[name].append(text)
    assert len(written) == 64 + 9 + 5
    assert not {name for name, texts in written.items() if len(set(texts)) < len(texts)}
    assert not [text for texts in written.values() for text in texts if "{" in str(text)]


def test_good_practices_cover_all_categories(sound: list[Filling], schema: Schema) -> None:
    found = {row["category"] for filling in sound for row in filling.tables["good_practices"]}
    assert found == set(schema.codes["practice_categories"].by_code)


def test_two_returns_of_one_office_differ_in_their_clearance(sent: Mapping[str, Filling]) -> None:
    first = sent["fictional/2008/XAB-2008.xlsx"].fields["cover.cleared_on"]
    second = sent["fictional/2008/XAB-2008-resubmitted.xlsx"].fields["cover.cleared_on"]
    assert str(first) < str(second)


@pytest.mark.slow
def test_the_verdicts_are_as_designed(checked: Mapping[str, tuple[FileResult, Return | None]]) -> None:
    verdicts = {name: result.verdict for name, (result, _) in checked.items() if name.partition("-")[2] != "2007"}
    assert {name for name, verdict in verdicts.items() if verdict is Verdict.REJECTED} == {"XAM-2008"}
    assert {name for name, verdict in verdicts.items() if verdict is Verdict.QUERIES} == WITH_QUERIES
    assert Verdict.UNREADABLE not in verdicts.values()
    assert len(verdicts) == 23


@pytest.mark.slow
def test_all_returns_of_2007_are_usable(checked: Mapping[str, tuple[FileResult, Return | None]]) -> None:
    old = {name: result.verdict.usable for name, (result, _) in checked.items() if name.endswith("-2007")}
    assert len(old) == 23
    assert all(old.values())


@pytest.mark.slow
def test_the_rejected_return_has_the_faults_put_into_it(
    checked: Mapping[str, tuple[FileResult, Return | None]],
) -> None:
    result, _ = checked["XAM-2008"]
    found = {finding.code for finding in result.findings if finding.severity is Severity.ERROR}
    assert found == set(FAULTS_OF_THE_REJECTED)


@pytest.mark.slow
def test_explanations_come_back_with_their_findings(
    checked: Mapping[str, tuple[FileResult, Return | None]],
) -> None:
    explained = {finding.code for result, _ in checked.values() for finding in result.findings if finding.explanation}
    assert explained == {"TOT004", "XSH013", "XSH030"}

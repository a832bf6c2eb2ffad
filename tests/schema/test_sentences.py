"""Rules as English sentences."""

from dataclasses import replace
from pathlib import Path

import pytest

from reporting.schema.compiled import load_schema
from reporting.schema.sentences import sentence_of

SCHEMA = load_schema("apr-2008")
BY_CODE = {rule.code: rule for rule in SCHEMA.rules}
GOLDEN = Path(__file__).with_name("sentences_2008.txt")


def test_every_rule_reads_as_the_sentences_that_were_read_and_approved() -> None:
    made = [f"{rule.code} {sentence_of(rule, SCHEMA)}" for rule in SCHEMA.rules]
    assert made == GOLDEN.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("holds", "words"),
    [
        ("not (blank(women) and not blank(men))", "“Women” is not blank, or “Men” is blank"),
        (
            "women > 0 and (men > 0 or sessions > 0)",
            "“Women” is more than 0 and (“Men” is more than 0, or “Sessions” is more than 0)",
        ),
        ("(women + men) * 2 == sessions", "(“Women” plus “Men”) times 2 equals “Sessions”"),
        ("women - (men - sessions) == 0", "“Women” minus (“Men” minus “Sessions”) is 0"),
        ("known(women) and women == 1200", "“Women” is known to be “1200”"),
    ],
)
def test_groups_and_negations_keep_their_meaning(holds: str, words: str) -> None:
    rule = replace(BY_CODE["TOT016"], where="", holds=holds)
    assert sentence_of(rule, SCHEMA) == f"In each row of “Training on trafficking”, {words}."


def test_no_sentence_shows_an_id_of_the_form() -> None:
    sentences = " ".join(sentence_of(rule, SCHEMA) for rule in SCHEMA.rules)
    assert "_" not in sentences
    assert not [field for field in SCHEMA.fields if field in sentences]

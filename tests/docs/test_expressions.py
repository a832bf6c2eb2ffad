"""The examples of ``docs/expressions.md`` come to what the page says."""

import re
from datetime import date
from pathlib import Path

import pytest

from reporting.schema.evaluate import UNKNOWN, Result, evaluate
from reporting.schema.expressions import FUNCTIONS
from tests.schema.scopes import BLANK, NOT_AVAILABLE, Answers

PAGE = Path(__file__).parents[2] / "docs" / "expressions.md"
EXAMPLES = re.findall(r"^\| `([^`]+)` \| (\S+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
WORDS = {"true": True, "false": False, "unknown": UNKNOWN}
SCOPE = Answers(
    {
        "women": 3,
        "men": 4,
        "boys": BLANK,
        "girls": NOT_AVAILABLE,
        "law": "in_force",
        "forms": ("labour", "begging"),
        "signed": date(2000, 12, 12),
    },
    tables={
        "cases": [
            {"country": "KEN", "persons": 5},
            {"country": "KEN", "persons": BLANK},
            {"country": "SOM", "persons": 2},
        ]
    },
)


@pytest.mark.parametrize(("expression", "said"), EXAMPLES)
def test_an_example_comes_to_what_the_page_says(expression: str, said: str) -> None:
    expected: Result = WORDS[said] if said in WORDS else float(said)
    found = evaluate(expression, SCOPE)
    assert found == expected
    assert isinstance(found, bool) is isinstance(expected, bool)


def test_every_function_has_an_example() -> None:
    assert not [name for name in FUNCTIONS if not any(f"{name}(" in expression for expression, _ in EXAMPLES)]

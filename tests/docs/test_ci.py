"""The YAML that the documentation offers, and the hook of pre-commit, can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SNIPPETS = [
    (page.name, text)
    for page in sorted((ROOT / "docs").rglob("*.md"))
    for text in re.findall(r"^```ya?ml\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
]


@pytest.mark.parametrize(("page", "text"), SNIPPETS)
def test_yaml_in_the_documentation_can_be_read(page: str, text: str) -> None:
    assert isinstance(yaml.safe_load(text), (dict, list)), page


def test_the_page_on_ci_has_its_three_snippets() -> None:
    assert [page for page, _ in SNIPPETS].count("ci.md") == 3


def test_the_hook_takes_workbooks_only() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["entry"], hook["language"]) == ("apr-validate", "apr validate", "python")
    assert re.search(hook["files"], "returns/KEN-2008.xlsx")
    assert not re.search(hook["files"], "returns/register.csv")

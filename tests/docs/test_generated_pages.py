"""The generated pages of the documentation are those that `make docs` would write."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "form-apr-2007",
    "form-apr-2008",
    "figures-apr-2007",
    "figures-apr-2008",
    "rules-apr-2007",
    "rules-apr-2008",
    "findings",
    "commands",
)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "scripts" / "generate_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: dict[str, str] = module.pages()
    return made


@pytest.mark.parametrize("name", PAGES)
def test_page_is_current(name: str, pages: dict[str, str]) -> None:
    written = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    assert written == pages[f"{name}.md"], "run `make docs`"


def test_every_generated_page_is_tested(pages: dict[str, str]) -> None:
    assert set(pages) == {f"{name}.md" for name in PAGES}

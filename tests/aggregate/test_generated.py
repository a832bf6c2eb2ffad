"""Generated returns are whole: as many as asked, with populations of real size, and nothing said of a real country."""

from pathlib import Path

from benchmarks.generate import collection, sizes, write_facts, write_workbook
from reporting.findings import Verdict
from reporting.pipeline import validate_file

COUNT = 40


def test_generated_returns_have_the_sizes_of_the_countries_they_took(tmp_path: Path) -> None:
    write_facts(COUNT, tmp_path)
    made = collection(tmp_path)
    assert made.coverage.used() == made.coverage.expected() == COUNT
    taken = sizes()[:COUNT]
    for group in ("REF", "IDP"):
        figure = made.figures.get("populations.closing", "world", "world", group=group)
        assert figure is not None
        assert figure.value == sum(item.closing[group] for item in taken)
    assert made.facts.height / COUNT > 900
    assert all(area.startswith("X") for area in made.facts["office"].unique().to_list())
    assert len(collection(tmp_path, 10).used) == 10


def test_generated_workbooks_can_be_read(tmp_path: Path) -> None:
    write_workbook(tmp_path, 3, sizes()[100])
    (path,) = tmp_path.glob("*.xlsx")
    result, returned = validate_file(path)
    assert result.verdict is not Verdict.UNREADABLE
    assert returned is not None
    assert len(returned.tables["populations"]) > 0

"""What is kept between runs: nothing changes by it but the time, and nothing stale is ever told."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from reporting import checked, languages, pipeline
from reporting.cache import Cache, results_cache
from reporting.checked import Checked, Kept, Wanted
from reporting.cli import main
from reporting.errors import UsageError
from reporting.findings import FileResult, Verdict
from reporting.isolation import Outcome, Stopped
from reporting.pipeline import collect, validate_file, validate_files
from reporting.workbook.answers_json import return_from_json, return_to_json
from sample_submissions.conformance.cases import clean

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "sample_submissions" / "fictional" / "2008" / "XAM-2008.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good returns and an empty file."""
    made = tmp_path / "returns"
    made.mkdir()
    (made / "a.xlsx").write_bytes(clean("apr-2008"))
    (made / "b.xlsx").write_bytes(clean("apr-2007"))
    (made / "c.xlsx").write_bytes(b"")
    return made


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were really read, which are then read in this process."""
    names: list[str] = []

    def each(work: object, paths: Sequence[Path], *, jobs: int | None, executor: None) -> list[Outcome[Checked]]:
        assert callable(work)
        assert (jobs, executor) == (None, None)
        names.extend(path.name for path in paths)
        return [Outcome(work(path)) for path in paths]

    monkeypatch.setattr(pipeline, "each", each)
    return names


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.xlsx"))


def test_an_unchanged_folder_is_not_read_again(folder: Path, cache: Cache, read: list[str]) -> None:
    first = validate_files(files(folder), cache=cache)
    assert read == ["a.xlsx", "b.xlsx", "c.xlsx"]
    again = validate_files(files(folder), cache=cache)
    assert read == ["a.xlsx", "b.xlsx", "c.xlsx"]
    assert [result for result, _ in again] == [result for result, _ in first]


def test_returns_come_back_whole() -> None:
    _, returned = validate_file(SAMPLE)
    assert returned is not None
    assert return_from_json(return_to_json(returned)) == replace(returned, findings=())


def test_a_kept_result_has_the_path_of_the_file_that_was_asked_for(folder: Path, cache: Cache, read: list[str]) -> None:
    validate_files([folder / "a.xlsx"], cache=cache)
    (folder / "renamed.xlsx").write_bytes((folder / "a.xlsx").read_bytes())
    ((result, returned),) = validate_files([folder / "renamed.xlsx"], cache=cache)
    assert read == ["a.xlsx"]
    assert result.path == str(folder / "renamed.xlsx")
    assert returned is not None
    assert returned.path == result.path


@pytest.mark.parametrize("first", list(Wanted))
@pytest.mark.parametrize("then", list(Wanted))
def test_a_file_is_read_once_whatever_is_wanted_of_it(
    folder: Path, cache: Cache, read: list[str], first: Wanted, then: Wanted
) -> None:
    for wanted in (first, then):
        returned = validate_files([folder / "a.xlsx"], cache=cache, wanted=wanted)[0][1]
        assert (returned is not None) is (wanted is Wanted.RETURN)
    assert read == ["a.xlsx"]


def test_returns_are_kept_apart_from_what_they_were_held_against(folder: Path, cache: Cache, read: list[str]) -> None:
    path = folder / "a.xlsx"
    validate_files([path], cache=cache)
    validate_files([path], cache=cache, previous={("KEN", 2007): folder / "b.xlsx"})
    assert read == ["a.xlsx", "a.xlsx"]
    assert sorted("".join(entry.suffixes) for entry in cache.folder.iterdir()) == [".json", ".json", ".return.json.gz"]


def test_facts_come_from_parquet_files_and_no_return_is_unpacked_for_them(
    folder: Path, cache: Cache, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "b.xlsx").unlink()
    collect(folder, cache=cache, wanted=Wanted.FACTS)
    monkeypatch.setattr(checked, "unpacked", None)
    found = collect(folder, cache=cache, wanted=Wanted.FACTS)
    assert read == ["a.xlsx", "c.xlsx"]
    monkeypatch.undo()
    whole = collect(folder)
    assert list(found.figures) == list(whole.figures)
    assert (found.coverage, found.returns) == (whole.coverage, ())
    assert found.facts.equals(whole.facts)


def test_facts_can_be_had_without_a_cache(folder: Path, tmp_path: Path) -> None:
    (folder / "b.xlsx").unlink()
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    whole = collect(folder).facts
    for none in (None, Cache(tmp_path / "file" / "kept")):
        assert collect(folder, cache=none, wanted=Wanted.FACTS).facts.equals(whole)


def test_facts_that_go_away_while_they_are_read_are_told(folder: Path, cache: Cache) -> None:
    (folder / "b.xlsx").unlink()
    found = collect(folder, cache=cache, wanted=Wanted.FACTS)
    for entry in cache.folder.iterdir():
        entry.unlink()
    with pytest.raises(UsageError, match=r"a\.xlsx is no longer there; run the command again"):
        _ = found.facts


def test_a_changed_file_is_read_again(folder: Path, cache: Cache, read: list[str]) -> None:
    path = folder / "a.xlsx"
    validate_files([path], cache=cache)
    path.write_bytes(clean("apr-2007"))
    assert validate_files([path], cache=cache)[0][0].year == 2007
    assert read == ["a.xlsx", "a.xlsx"]


def test_another_program_or_another_form_reads_again(
    folder: Path, cache: Cache, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "a.xlsx"
    validate_files([path], cache=cache)
    monkeypatch.setattr(checked, "program", lambda: "of another version")
    validate_files([path], cache=cache)
    assert read == ["a.xlsx", "a.xlsx"]


def test_a_parquet_file_that_was_damaged_is_made_again(folder: Path, cache: Cache, read: list[str]) -> None:
    (folder / "b.xlsx").unlink()
    whole = collect(folder, cache=cache, wanted=Wanted.FACTS).facts
    (kept,) = cache.folder.glob("*.facts.parquet")
    good = kept.read_bytes()
    for content in (b"", good[:-1], good[:-50] + b"?" + good[-49:], b"PAR1"):
        kept.write_bytes(content)
        assert collect(folder, cache=cache, wanted=Wanted.FACTS).facts.equals(whole)
    assert read == ["a.xlsx", "c.xlsx"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"path": 1}', b"\xff"])
def test_a_damaged_entry_is_made_again(folder: Path, cache: Cache, read: list[str], content: bytes) -> None:
    path = folder / "a.xlsx"
    (first,) = validate_files([path], cache=cache)
    for entry in cache.folder.iterdir():
        entry.write_bytes(content)
    assert validate_files([path], cache=cache)[0][0] == first[0]
    assert validate_files([path], cache=cache)[0][0] == first[0]
    assert read == ["a.xlsx", "a.xlsx"]


def test_no_damage_is_taken_for_an_entry(cache: Cache) -> None:
    content = b'{"year": 2008}'
    cache.write("entry", content)
    cache.write_file("file", content)
    assert (cache.read("entry"), cache.file("file")) == (content, cache.folder / "file")
    for name in ("entry", "file"):
        whole = (cache.folder / name).read_bytes()
        for place in range(len(whole)):
            (cache.folder / name).write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
            assert (cache.read(name), cache.file(name)) == (None, None)


def test_damaged_catalogues_change_no_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APR_CACHE", str(tmp_path))
    monkeypatch.setattr(languages, "_words", languages._words.__wrapped__)
    first = languages.finding_words("fr").gettext("must be corrected")
    (kept,) = tmp_path.glob("*.mo")
    kept.write_bytes(kept.read_bytes()[:1000])
    assert languages.finding_words("fr").gettext("must be corrected") == first != "must be corrected"


def test_waivers_are_never_kept(tmp_path: Path, cache: Cache, read: list[str]) -> None:
    path = tmp_path / "KEN-2008.xlsx"
    workbook = openpyxl.load_workbook(BytesIO(clean("apr-2008")))
    workbook["Populations"]["J5"] = 100_000
    workbook.save(path)
    waivers = {("KEN", 2008): {("TOT001", ""): "Agreed. (Desk Officer, 2009-03-01)"}}
    verdicts = [
        validate_files([path], cache=cache, waivers=given)[0][0].verdict for given in (None, waivers, None, waivers)
    ]
    assert verdicts == [Verdict.REJECTED, Verdict.QUERIES, Verdict.REJECTED, Verdict.QUERIES]
    assert read == ["KEN-2008.xlsx"]


def test_what_depends_on_the_machine_is_not_kept(folder: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: Outcome[Checked] = Outcome(None, Stopped.TIME, "more than 10 seconds")
    monkeypatch.setattr(pipeline, "each", lambda _work, paths, **_: [stopped for _ in paths])
    ((result, _),) = validate_files([folder / "a.xlsx"], cache=cache)
    assert [finding.code for finding in result.findings] == ["FIL032"]
    monkeypatch.undo()
    assert validate_files([folder / "a.xlsx"], cache=cache)[0][0].verdict is Verdict.ACCEPTED


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    blocked = Cache(tmp_path / "file" / "kept")
    assert validate_files([folder / "a.xlsx"], cache=blocked)[0][0].verdict is Verdict.ACCEPTED
    assert blocked.read("anything") is None
    blocked.remove_unused()


def test_only_the_owner_can_read_what_is_kept(folder: Path, cache: Cache) -> None:
    validate_files([folder / "a.xlsx"], cache=cache)
    assert cache.folder.stat().st_mode & 0o077 == 0
    assert all(entry.stat().st_mode & 0o077 == 0 for entry in cache.folder.iterdir())
    assert not [entry for entry in cache.folder.iterdir() if entry.name.startswith(".")]


def test_a_cache_among_the_returns_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="lies among the returns"):
        results_cache(folder / "cache", [tmp_path / "elsewhere", folder])
    assert results_cache(tmp_path / "cache", [folder, folder / "a.xlsx"]).folder.is_relative_to(tmp_path / "cache")


def test_the_users_own_cache_is_used_though_the_returns_lie_around_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APR_CACHE", str(tmp_path / ".cache"))
    assert results_cache(None, [tmp_path]).folder.parent == tmp_path / ".cache"


@pytest.mark.parametrize(("options", "kept"), [((), 1), (("--no-cache",), 0)])
def test_the_command_keeps_results_unless_told_not_to(
    folder: Path, tmp_path: Path, options: tuple[str, ...], kept: int
) -> None:
    place = tmp_path / "chosen"
    chosen = options or ("--cache", str(place))
    assert CliRunner().invoke(main, ["validate", str(folder / "a.xlsx"), *chosen]).exit_code == 0
    assert len(list(place.rglob("*.json"))) == kept


def test_entries_nobody_asks_for_are_removed(cache: Cache) -> None:
    for name in ("old", "new", "asked for"):
        cache.write(name, b"x")
    long_ago = time.time() - 100 * 24 * 3600
    for name in ("old", "asked for"):
        os.utime(cache.folder / name, (long_ago, long_ago))
    assert cache.read("asked for") == b"x"
    cache.remove_unused()
    assert sorted(entry.name for entry in cache.folder.iterdir()) == ["asked for", "new"]


def test_a_file_that_goes_away_is_told_though_it_was_known(folder: Path, cache: Cache) -> None:
    path = folder / "a.xlsx"
    validate_files([path], cache=cache)
    path.unlink()
    assert [finding.code for finding in validate_files([path], cache=cache)[0][0].findings] == ["FIL018"]


def test_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path, cache: Cache) -> None:
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    for path in (pipe, Path(os.devnull)):
        assert Kept(cache).recall(path, Wanted.RESULT) is None
        assert [finding.code for finding in validate_files([path], cache=cache)[0][0].findings] == ["FIL018"]


def test_a_result_without_a_hash_is_not_kept(cache: Cache) -> None:
    Kept(cache).keep((FileResult(path="a.xlsx", sha256="", verdict=Verdict.UNREADABLE), None))
    assert not cache.folder.exists()

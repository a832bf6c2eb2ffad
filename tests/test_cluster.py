"""Work on a Dask cluster gives the same bytes as work on this machine; what keeps it from working is told in a line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import dask
import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from reporting import cluster, pipeline
from reporting.cli import main
from reporting.cluster import executor_of
from reporting.errors import WorkerError
from reporting.pipeline import validate_files
from sample_submissions.conformance.cases import clean

NOBODY = "tcp://127.0.0.1:9"


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Two workers, each a process of its own that may start processes."""
    with (
        dask.config.set({"distributed.worker.daemon": False}),
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as made,
    ):
        yield made.scheduler_address


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """More returns than go to a worker at a time, among them files that are none, named from where the command runs."""
    made = tmp_path / "returns"
    made.mkdir()
    for number in range(15):
        (made / f"KEN-{number:02}.xlsx").write_bytes(clean("apr-2008"))
    (made / "MYS.xlsx").write_bytes(clean("apr-2007"))
    (made / "empty.xlsx").write_bytes(b"")
    (made / "text.xlsx").write_bytes(b"no workbook")
    monkeypatch.chdir(tmp_path)
    return Path("returns")


def validated(folder: Path, *options: str) -> str:
    command = ["validate", str(folder), "--format", "json", "--no-cache", *options]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1, result.output
    return result.stdout


def test_a_cluster_gives_the_bytes_that_this_machine_gives(folder: Path, scheduler: str) -> None:
    here = validated(folder, "--jobs", "2")
    assert here.count('"verdict": "unreadable"') == 2
    assert validated(folder, "--scheduler", scheduler) == here
    held = ("--previous", str(folder / "MYS.xlsx"))
    assert validated(folder, "--scheduler", scheduler, *held) == validated(folder, "--jobs", "2", *held)


@pytest.mark.parametrize("command", ["aggregate --by office", "status", "trace populations.closing"])
def test_the_commands_about_folders_work_on_a_cluster(folder: Path, scheduler: str, command: str) -> None:
    (folder / "MYS.xlsx").unlink()
    asked = [*command.split(), str(folder), "--no-cache"]
    spoken = [CliRunner().invoke(main, [*asked, *where]) for where in ((), ("--scheduler", scheduler))]
    assert [result.exit_code for result in spoken] == [0, 0]
    assert spoken[0].stdout == spoken[1].stdout


def test_a_report_set_on_a_cluster_has_the_bytes_of_one_set_here(folder: Path, scheduler: str) -> None:
    (folder / "MYS.xlsx").unlink()
    made = []
    for place, where in (("here", ()), ("there", ("--scheduler", scheduler))):
        asked = ["report", "practices", str(folder), "--no-cache", "--format", "pdf", "-o", place, *where]
        result = CliRunner().invoke(main, asked)
        assert result.exit_code == 0, result.output
        made.append({path.name: path.read_bytes() for path in Path(place).iterdir()})
    assert made[0] == made[1]
    assert any(name.endswith(".pdf") for name in made[0])


def told(*options: str) -> str:
    result = CliRunner().invoke(main, ["validate", "returns", *options])
    assert result.exit_code == 2
    return result.stderr


@pytest.mark.usefixtures("folder")
def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECTING_SECONDS", 0.5)
    assert f"no Dask scheduler answers at {NOBODY}" in told("--scheduler", NOBODY)
    assert "no Dask scheduler answers at nonsense" in told("--scheduler", "nonsense")


@pytest.mark.usefixtures("folder")
def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "annual-protection-reporting[scale]" in told("--scheduler", NOBODY)


def test_workers_of_another_program_are_refused(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "program", lambda: "another")
    with pytest.raises(WorkerError, match="another version of this program"), executor_of(scheduler):
        pass


@pytest.mark.parametrize(("daemon", "workers", "message"), [(True, 1, "DAEMON=False"), (False, 0, "has no workers")])
def test_workers_that_cannot_do_the_work_are_refused(daemon: bool, workers: int, message: str) -> None:
    found = {str(number): (daemon, cluster.program()) for number in range(workers)}
    with pytest.raises(WorkerError, match=message):
        cluster._check(NOBODY, lambda _: found)


def test_files_that_the_workers_do_not_see_are_told(
    folder: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.Path, "absolute", lambda path: Path("/nowhere") / path)
    with executor_of(scheduler) as executor, pytest.raises(WorkerError, match=r"does not see returns/KEN-00\.xlsx"):
        validate_files([folder / "KEN-00.xlsx"], executor=executor)


def test_without_a_scheduler_this_machine_works_alone() -> None:
    with executor_of(None) as executor:
        assert executor is None

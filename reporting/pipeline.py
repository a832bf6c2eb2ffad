"""What the command line and other shells call: one function a task, from paths to results."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reporting.cache import Cache, passing_cache
from reporting.checked import Checked, Kept, Packed, Wanted, packed, result_of, unpacked
from reporting.errors import UsageError, WorkerError
from reporting.findings import FileResult, Finding, Text, Verdict
from reporting.isolation import Outcome, Stopped, each
from reporting.returns.waivers import Waivers, with_waivers
from reporting.translator import Translator
from reporting.whole_files import write_whole
from reporting.workbook import faults
from reporting.workbook.faults import UnreadableFile
from reporting.workbook.guard import LARGEST_INFLATED

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reporting.aggregate.collection import Collection
    from reporting.workbook.answers import Return

LastYears = Mapping[tuple[str, int], Path]
"""The file of the return of each office and year."""
Progress = Callable[[int, int], None]
"""Told the number of files done, and of all."""
_STOPPED: Final = {
    Stopped.TIME: faults.OUT_OF_TIME,
    Stopped.MEMORY: faults.OUT_OF_MEMORY,
    Stopped.DIED: faults.WORKER_DIED,
    Stopped.FAILED: faults.STOPPED,
}


def validate_files(
    paths: Sequence[Path],
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
    waivers: Waivers | None = None,
    wanted: Wanted = Wanted.RETURN,
    cache: Cache | None = None,
    previous: LastYears | None = None,
    executor: Executor | None = None,
) -> list[Checked]:
    """Read and check each of the files, in parallel; the results are in the order of ``paths``.

    Every file gets a verdict: one that cannot be read, or that brings its process down, is ``unreadable``. A file whose
    content is known to ``cache`` is not read again. ``waivers`` go onto the findings last. Returns are given only where they
    are ``wanted``; facts lie in the cache. ``previous`` are the returns that each is held against (:func:`last_years`). With
    an ``executor`` files are read wherever it leads, which must see them under the same paths.

    Raises:
        WorkerError: no process can be started to read files in, or a worker of the executor does not see the files.
    """
    kept = Kept(cache, _options(previous)) if cache else None
    done: dict[Path, Checked] = {}
    for path in paths:
        if kept and (known := kept.recall(path, wanted)):
            done[path] = known
    if progress and done:
        progress(len(done), len(paths))
    left = [path for path in dict.fromkeys(paths) if path not in done]
    given = wanted is Wanted.RETURN
    whole = given or kept is not None
    outcomes = _read_all(left, with_return=whole, previous=previous, jobs=jobs, executor=executor)
    for path, (result, content) in zip(left, outcomes, strict=True):
        done[path] = result, unpacked(content, result.path) if content is not None and given else None
        if kept:
            kept.keep((result, content), wanted)
        if progress:
            progress(len(done), len(paths))
    if kept and left:
        kept.cache.remove_unused()
    return [_waived(done[path], waivers or {}) for path in paths]


def validate_file(
    path: Path, *, with_return: bool = True, previous: LastYears | None = None, narratives: bool = True
) -> Checked:
    """Read and check one file, in this process; waivers are not seen to.

    Without ``narratives`` texts are neither searched for personal data nor judged, whose time is measured apart.
    """
    from reporting.checks.masking import without_personal_data
    from reporting.checks.run import check_return
    from reporting.schema.compiled import load_schema
    from reporting.workbook.reader import read_return

    sha256 = ""
    try:
        content = _content(path)
        sha256 = hashlib.sha256(content).hexdigest()
        returned = read_return(path, content, privacy=narratives)
    except UnreadableFile as error:
        faults_found = tuple(map(without_personal_data, error.findings))
        return FileResult(path=str(path), sha256=sha256, verdict=Verdict.UNREADABLE, findings=faults_found), None
    before = _read_again((previous or {}).get((returned.office, returned.year - 1)))
    findings = check_return(returned, load_schema(returned.schema_id), previous=before, quality=narratives)
    return result_of(path, returned, findings), replace(returned, suspects=()) if with_return else None


def _read_all(
    paths: Sequence[Path], *, with_return: bool, previous: LastYears | None, jobs: int | None, executor: Executor | None
) -> Iterator[Packed]:
    """What was read of each of the files; those of an executor's workers are named in full, as they may run elsewhere."""
    places = paths if executor is None else [path.absolute() for path in paths]
    before = previous if executor is None else {key: path.absolute() for key, path in (previous or {}).items()}
    work = partial(_read, with_return=with_return, previous=before)
    for path, outcome in zip(paths, each(work, places, jobs=jobs, executor=executor), strict=True):
        result, content = outcome.result or _stopped(path, outcome)
        if executor is not None and _unseen(result) and _sha256(path):
            raise WorkerError(f"a worker of the cluster does not see {path}: returns must lie on a disk they share")
        yield replace(result, path=str(path)), content


def _unseen(result: FileResult) -> bool:
    """Whether the process that was to read a file could not open it."""
    return any(finding.code == faults.NO_ACCESS.code for finding in result.findings)


def _read(path: Path, *, with_return: bool, previous: LastYears | None) -> Packed:
    """What a process sends of the file that it read and checked."""
    result, returned = validate_file(path, with_return=with_return, previous=previous)
    return result, packed(returned) if returned is not None else None


def between(results: Sequence[FileResult], register: Path | None) -> tuple[Finding, ...]:
    """What the returns of each year say of each other, and of the register where there is one.

    Raises:
        RegisterError: the register cannot be used.
    """
    if register is None and len(results) < 2:
        return ()
    from reporting.checks.network import between_offices
    from reporting.returns.folder import authoritative
    from reporting.returns.register import read_register
    from reporting.schema.compiled import load_schema

    owed = read_register(register) if register else None
    found: list[Finding] = []
    for year in sorted({result.year for result in results if result.year is not None}):
        of_year, _ = authoritative([result for result in results if result.year == year])
        if form := newest_schema(of_year):
            found += between_offices(of_year, owed.of_year(year) if owed else None, load_schema(form))
    return tuple(found)


def last_years(
    paths: Sequence[Path], *, jobs: int | None = None, cache: Cache | None = None, executor: Executor | None = None
) -> tuple[dict[tuple[str, int], Path], list[str]]:
    """The returns of earlier years among ``paths``, by office and year; and a remark on each file that cannot be read.

    Of two returns of one office and year the one that was cleared later counts.
    """
    from reporting.returns.folder import authoritative, find_workbooks

    checked = validate_files(find_workbooks(paths), jobs=jobs, cache=cache, wanted=Wanted.RESULT, executor=executor)
    results = [result for result, _ in checked]
    remarks = [
        f"{result.path}: not held against this year's return, because it cannot be read"
        for result in results
        if result.year is None
    ]
    kept, _ = authoritative([result for result in results if result.year is not None])
    return {(result.office, result.year): Path(result.path) for result in kept if result.year is not None}, remarks


def _read_again(path: Path | None) -> Return | None:
    """The return of the year before; it could be read a moment ago."""
    from reporting.workbook.reader import read_return

    if path is None:
        return None
    try:
        return read_return(path, _content(path), privacy=False)
    except UnreadableFile:
        return None


def _options(previous: LastYears | None) -> str:
    """What a result depends on beside the file itself: the returns of the year before, by content."""
    if not previous:
        return ""
    files = ((f"{office}-{year}", _sha256(path)) for (office, year), path in sorted(previous.items()))
    return hashlib.sha256(repr(list(files)).encode()).hexdigest()[:16]


def _sha256(path: Path) -> str:
    """The hash of a file's content; empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    except OSError:
        return ""


def _waived(checked: Checked, waivers: Waivers) -> Checked:
    result, returned = checked
    return with_waivers(result, waivers), returned


def collect(
    folder: Path,
    *,
    register: Path | None = None,
    year: int | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
    cache: Cache | None = None,
    wanted: Wanted = Wanted.RETURN,
    executor: Executor | None = None,
) -> Collection:
    """The returns of a folder, read, checked and brought together with what is owed.

    The register is the one named, else ``FOLDER/register.csv``, else the one beside the folder; without one, nobody can
    say what is missing, and the coverage says so. Where ``wanted`` is less than the returns themselves, no more is loaded.

    Raises:
        UsageError: there is nothing to read, or several years without a choice of one.
        RegisterError: the register or the waivers beside it cannot be used.
    """
    from reporting.aggregate.collection import collection_of
    from reporting.returns.folder import find_workbooks
    from reporting.returns.register import find_register, read_register
    from reporting.returns.waivers import waivers_beside

    found = register or find_register(folder)
    files = find_workbooks([folder])
    if not files:
        raise UsageError(f"no workbook (.xlsx) to read in {folder}")
    waivers = waivers_beside(found) if found else None
    if wanted is Wanted.FACTS and not (cache and cache.is_writable()):
        cache = passing_cache()
    checked = validate_files(
        files, jobs=jobs, progress=progress, waivers=waivers, cache=cache, wanted=wanted, executor=executor
    )
    recorded = Kept(cache).facts if cache and wanted is not Wanted.RETURN else None
    made = collection_of(checked, read_register(found) if found else None, year, recorded)
    return replace(made, folder=folder if folder.is_dir() else folder.parent)


def annotate_files(
    results: Sequence[FileResult], folder: Path, *, jobs: int | None = None, language: str = "en"
) -> tuple[list[Path], list[str]]:
    """Write to ``folder`` a copy of each return with its findings in it; the copies, and what a user should know of them.

    The findings are told in ``language``.

    Copies are made in processes of their own, as files are read: what takes the guard little may take openpyxl very long.

    Raises:
        UsageError: a copy would take the place of an original, or of another copy, or cannot be written.
        WorkerError: no process can be started to make copies in.
    """
    _refuse_overwriting([Path(result.path) for result in results], folder)
    remarks = [
        f"{result.shown_path}: no annotated copy, because the file cannot be read"
        for result in results
        if result.year is None
    ]
    readable = [result for result in results if result.year is not None]
    written = []
    for result, outcome in zip(
        readable, each(partial(annotated_copy, language=language), readable, jobs=jobs), strict=True
    ):
        content, said = outcome.result or (
            None,
            (f"no annotated copy, because making it was stopped ({outcome.reason})",),
        )
        remarks += [f"{result.shown_path}: {remark}" for remark in said]
        if content is not None:
            written.append(_write(folder / Path(result.path).name, content))
    return written, remarks


def annotated_copy(result: FileResult, language: str = "en") -> tuple[bytes | None, tuple[str, ...]]:
    """The file of ``result`` with its findings in it, unless that cannot be, and remarks on it; made in this process."""
    from datetime import date

    from reporting.workbook.annotate import annotated
    from reporting.workbook.annotate_losses import losses

    try:
        content = Path(result.path).read_bytes()
    except OSError as error:
        return None, (f"no annotated copy, because the file cannot be opened ({error.strerror})",)
    if hashlib.sha256(content).hexdigest() != result.sha256:
        return None, ("no annotated copy, because the file has changed since it was checked",)
    lost = losses(content)
    remarks = (f"the annotated copy may lack {', '.join(lost)}; the original keeps them",) if lost else ()
    try:
        words = Translator(language)
        said = words.result(result).findings
        return annotated(content, said, date(result.year or 1, 12, 31), words), remarks
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, SyntaxError, EOFError) as error:
        return None, (f"no annotated copy, because its formats cannot be copied ({type(error).__name__})",)


def _write(path: Path, content: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    return path


def _refuse_overwriting(sources: Sequence[Path], folder: Path) -> None:
    names: set[str] = set()
    for source in sources:
        if source.resolve().parent == folder.resolve() or (folder / source.name).resolve() == source.resolve():
            raise UsageError(f"{folder} holds {source.name} itself: choose another folder for the annotated copies")
        if source.name.casefold() in names:
            raise UsageError(f"two files are called {source.name}: annotate one folder at a time")
        names.add(source.name.casefold())


def newest_schema(results: Iterable[FileResult]) -> str | None:
    """The id of the newest form among the returns; None where nothing could be read."""
    return max((result.form for result in results if result.form), default=None)


def _content(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        UnreadableFile: it cannot be opened, or is too large to be a return.
    """
    try:
        if not path.is_file():
            reason = Text("it is no ordinary file") if path.exists() else Text("there is no such file")
            raise UnreadableFile(faults.NO_ACCESS.finding(reason=reason))
        if path.stat().st_size > LARGEST_INFLATED:
            raise UnreadableFile(faults.TOO_LARGE.finding(limit=LARGEST_INFLATED // 1024 // 1024))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(faults.NO_ACCESS.finding(reason=error.strerror or Text("no reason given"))) from error


def _stopped(path: Path, outcome: Outcome[Packed]) -> Packed:
    kind = _STOPPED[outcome.stopped or Stopped.FAILED]
    finding = kind.finding(reason=outcome.reason)
    return FileResult(path=str(path), sha256=_sha256(path), verdict=Verdict.UNREADABLE, findings=(finding,)), None

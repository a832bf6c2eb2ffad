"""Hostile and damaged workbooks: each ends in its own finding, at once and in little memory."""

from __future__ import annotations

import io
import json
import multiprocessing
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.parsers import expat

import pytest

from reporting.findings import Verdict
from reporting.pipeline import validate_files
from reporting.workbook.faults import UnreadableFile
from reporting.workbook.reader import read_return
from sample_submissions.conformance.cases import clean
from tests.workbook.hostile import HOSTILE, packed, workbook

SECONDS, MEGABYTES = 1.0, 200
MARGIN = 3
"""A machine under load may be so many times slower; memory is not."""
CHILD = """
import json, re, sys, time
from pathlib import Path
from xml.parsers import expat
from reporting.workbook.faults import UnreadableFile
from reporting.workbook.reader import read_return
for line in sys.stdin:
    start = time.process_time()
    content = Path(line.strip()).read_bytes()
    try:
        read_return(Path("X.xlsx"), content)
        codes = []
    except UnreadableFile as error:
        codes = [finding.code for finding in error.findings]
    del content
    status = Path("/proc/self/status")
    told = re.search("VmHWM:[^0-9]*([0-9]+)", status.read_text()) if status.exists() else None
    peak = int(told[1]) // 1024 if told else 0
    print(json.dumps([codes, time.process_time() - start, peak]), flush=True)
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    paths = {name: folder / f"{number}.xlsx" for number, name in enumerate(HOSTILE)}
    for name, (_, make) in HOSTILE.items():
        paths[name].write_bytes(make())
    return paths


@pytest.fixture(scope="module")
def verdicts(files: dict[str, Path]) -> dict[str, tuple[list[str], float, int]]:
    """Codes, seconds of CPU and megabytes at the peak so far, all in one child process."""
    told = subprocess.run(
        [sys.executable, "-c", CHILD],
        input="\n".join(map(str, files.values())),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(files, map(tuple, map(json.loads, told.stdout.splitlines())), strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends_in_its_own_finding_at_once_and_in_little_memory(
    name: str, verdicts: dict[str, tuple[list[str], float, int]]
) -> None:
    codes, seconds, megabytes = verdicts[name]
    assert codes == [HOSTILE[name][0]]
    assert seconds < SECONDS * MARGIN
    assert megabytes < MEGABYTES


def test_all_of_them_at_once_leave_no_file_and_no_process_behind(
    files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    before = {child.pid for child in multiprocessing.active_children()}
    results = [result for result, _ in validate_files(list(files.values()), jobs=2)]
    assert {result.verdict for result in results} == {Verdict.UNREADABLE}
    assert [result.findings[0].code for result in results] == [HOSTILE[name][0] for name in files]
    assert {child.pid for child in multiprocessing.active_children()} <= before
    assert list(tmp_path.iterdir()) == []


def test_the_workbook_that_the_hostile_ones_are_made_of_is_none_itself() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_return(Path("X.xlsx"), workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'))
    assert [finding.code for finding in raised.value.findings] == ["FIL014"]


def test_every_message_names_its_cure() -> None:
    for name, (_, make) in HOSTILE.items():
        with pytest.raises(UnreadableFile) as raised:
            read_return(Path("X.xlsx"), make())
        for finding in raised.value.findings:
            assert finding.hint, name
            assert "{" not in finding.message, name


def outcome(content: bytes) -> str:
    """The code of the first finding; empty where the return was read."""
    try:
        read_return(Path("X.xlsx"), content)
    except UnreadableFile as error:
        return error.findings[0].code
    return ""


@pytest.mark.parametrize("seed", range(10))
def test_a_return_damaged_anywhere_ends_in_a_verdict(seed: int) -> None:
    chance, content = random.Random(seed), clean("apr-2007")
    for _ in range(20):
        damaged = bytearray(content)
        for _ in range(chance.choice((1, 1, 8))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        if chance.random() < 0.2:
            del damaged[chance.randrange(len(damaged)) :]
        assert outcome(bytes(damaged))[:3] in ("FIL", "")


ODD = (b"", b"0", b"-1", b"1e999", b"NaN", b"x", b" ", b"\xff", b"&#0;", b"A1:XFD1048576", b"A0", b"$A$1", b"inlineStr", b"s",
       b"d", b"b", b"60", b"#REF!", b"_x0000_", b"../../x")  # fmt: skip
"""What stands in place of an attribute or a text."""


def broken(xml: bytes, chance: random.Random) -> bytes:
    """A part with one attribute, text or element changed, left out or doubled."""
    patterns = (rb'(?<==")[^"]*(?=")', rb"(?<=>)[^<]+(?=<)", rb"</?[a-zA-Z:]+[^>]*>")
    pattern = chance.choice([one for one in patterns if re.search(one, xml)])
    start, end = chance.choice([found.span() for found in re.finditer(pattern, xml)])
    if pattern != patterns[-1]:
        return xml[:start] + chance.choice(ODD) + xml[end:]
    return xml[:start] + xml[start:end] * chance.choice((0, 2)) + xml[end:]


def is_well_formed(xml: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError:
        return False
    return True


@pytest.mark.parametrize("seed", range(8))
def test_a_return_whose_xml_is_damaged_anywhere_ends_in_a_verdict_and_is_never_half_read(seed: int) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(clean("apr-2007"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = [name for name in parts if re.match(r"xl/(worksheets/sheet|workbook|styles)", name)]
    for _ in range(25):
        name = chance.choice(names)
        damaged = broken(parts[name], chance)
        found = outcome(packed(parts | {name: damaged}))
        assert found.startswith("FIL") or is_well_formed(damaged)

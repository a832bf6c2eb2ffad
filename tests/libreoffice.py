"""LibreOffice, where tests need it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest


def converted(content: bytes, folder: Path, form: str = "xlsx", options: str = "xlsx:Calc MS Excel 2007 XML") -> Path:
    """A workbook opened and saved again by a headless LibreOffice of its own; the file that it wrote in ``folder``.

    Without LibreOffice the test is skipped on a person's machine, and fails in continuous integration.
    """
    source = folder / "source.xlsx"
    source.write_bytes(content)
    return converted_all([source], folder, form, options)[0]


def converted_all(
    sources: Sequence[Path], folder: Path, form: str = "xlsx", options: str = "xlsx:Calc MS Excel 2007 XML"
) -> list[Path]:
    """The same of many workbooks with names of their own, in one run."""
    office = shutil.which("soffice")
    if office is None:
        assert not os.environ.get("CI"), "LibreOffice (soffice) is missing: install libreoffice-calc"
        pytest.skip("LibreOffice (soffice) is not installed on this machine")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", options, "--outdir", str(folder / "out")]
    subprocess.run([*command, *map(str, sources)], check=True, capture_output=True, timeout=180 + 30 * len(sources))
    return [folder / "out" / f"{source.stem}.{form}" for source in sources]

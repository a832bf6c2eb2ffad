"""Heavy packages are imported where they are used (DESIGN 12)."""

import subprocess
import sys

import pytest

from reporting.paths import schemas_folder

HEAVY = ("pydantic", "yaml", "openpyxl", "polars", "weasyprint", "jinja2", "babel", "rich")


def _imported_by(*arguments: str) -> set[str]:
    program = (
        "import sys, contextlib, io\n"
        "from reporting.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    main({list(arguments)!r})\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_findings_and_returns_in_english_need_no_catalogue() -> None:
    assert "babel" not in _imported_by("explain", "TOT001")
    samples = [str(path) for path in sorted((schemas_folder().parent / "sample_submissions" / "2008").glob("*.xlsx"))]
    program = (
        "import sys\nfrom pathlib import Path\nfrom reporting.pipeline import validate_file\n"
        f"for path in {samples!r}: validate_file(Path(path))\n"
        "print('babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert len(samples) > 10
    assert done.stdout.split() == ["False"]


@pytest.mark.parametrize("package", HEAVY)
def test_help_imports_nothing_heavy(package: str) -> None:
    assert package not in _imported_by("--help")

"""What a user gets who installs the wheel: schemas and templates travel in it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(out.glob("*.whl"))


@pytest.mark.slow
def test_wheel_carries_schemas_templates_and_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for needed in ("schemas/apr-2007.yaml", "schemas/apr-2008.yaml", "schemas/code_lists/countries.csv"):
        assert f"reporting/data/{needed}" in names
    assert any(name.startswith("reporting/data/templates/") and name.endswith(".j2") for name in names)
    assert any(name.startswith("reporting/data/templates/fonts/") and name.endswith(".ttf") for name in names)
    assert not any(name.startswith(("tests/", "sample_submissions/", "benchmarks/")) for name in names)


@pytest.mark.slow
def test_wheel_lists_schemas_and_writes_a_template_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    """The environment is clean of this checkout; the packages are those of the one that runs the test."""
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    packages = [path for path in sys.path if path.endswith("site-packages")]
    program = (
        f"import sys; sys.path[:] = [{str(installed)!r}] + [p for p in sys.path if p.startswith({sys.base_prefix!r})]"
        f" + {packages!r}; import reporting; assert reporting.__file__.startswith({str(installed)!r}), reporting.__file__;"
        "from reporting.cli import main; main()"
    )

    def apr(*arguments: str) -> str:
        command = [sys.executable, "-I", "-c", program, *arguments]
        environment = {"APR_CACHE": str(tmp_path / "cache"), "PATH": "", "HOME": str(tmp_path)}
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    listed = apr("schema", "list")
    assert "apr-2007" in listed
    assert "apr-2008" in listed
    apr("template", "--office", "KEN", "--year", "2008", "-o", "KEN-2008.xlsx")
    assert zipfile.is_zipfile(tmp_path / "KEN-2008.xlsx")

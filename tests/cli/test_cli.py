"""The command line as a whole: what it imports, how it fails."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from reporting import __version__
from reporting.cli import COMMANDS, main


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_the_version_is_told() -> None:
    assert run("--version") == (0, f"apr, version {__version__}\n", "")


def test_help_names_every_command_in_one_line() -> None:
    code, out, _ = run("--help")
    assert code == 0
    for name, (_, summary) in COMMANDS.items():
        assert f"  {name}" in out
        assert summary in " ".join(out.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name: str) -> None:
    code, out, _ = run(name, "--help")
    assert code == 0
    assert out.startswith("Usage: main " + name)


def test_help_imports_nothing_heavy() -> None:
    heavy = "('pydantic', 'yaml', 'openpyxl', 'python_calamine', 'polars', 'weasyprint', 'jinja2', 'rich', 'pebble')"
    program = (
        "import sys; from click.testing import CliRunner; from reporting.cli import main; "
        f"CliRunner().invoke(main, ['--help']); print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_a_wrong_command_is_wrong_use() -> None:
    code, out, err = run("valdate")
    assert (code, out) == (2, "")
    assert "No such command" in err


def test_an_error_is_one_line_on_stderr() -> None:
    assert run("explain", "TOT998")[2].startswith("apr: there is no finding “TOT998”; there are ")
    assert run("schema", "show", "apr-1066")[2].startswith("apr: there is no schema “apr-1066”; there are ")

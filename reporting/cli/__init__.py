"""The command line: ``apr``. A command parses, calls one function of the pipeline, and prints (DESIGN 13).

Commands stand in a module each, imported when called for; heavy packages are imported by what a command calls.
"""

from __future__ import annotations

import errno
import io
import signal
import sys
import threading
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final, cast

import click

from reporting import __version__
from reporting.errors import ReportingError

COMMANDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "schema": ("reporting.cli.schema", "List, show and check the forms."),
        "template": ("reporting.cli.template", "Write the blank workbook of an office."),
        "validate": ("reporting.cli.validate", "Check returns, and say what is wrong where."),
        "aggregate": ("reporting.cli.aggregate", "Give the figures of a folder of returns."),
        "compare": ("reporting.cli.compare", "Say what changed since an earlier year."),
        "trace": ("reporting.cli.trace", "Lead from a figure back to the cells it is made of."),
        "status": ("reporting.cli.status", "Say who has sent what, by bureau."),
        "report": ("reporting.cli.report", "Write a report as PDF and HTML."),
        "demo": ("reporting.cli.demo", "Make everything from the sample returns, into ./demo-output."),
        "explain": ("reporting.cli.explain", "Say what a finding means and how to correct it."),
    }
)
"""Each command with the module whose ``command`` it is, and its line in the overview."""


class _Failed(click.ClickException):
    """A command that cannot go on: one line on stderr, exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"apr: {self.format_message()}", file=file or sys.stderr)


def _terminated(number: int, _frame: object) -> None:
    """End as after Ctrl-C, so that worker processes are ended, too; the exit code is the shell's for the signal."""
    sys.exit(128 + number)


def _say_everything() -> None:
    """Write UTF-8 to files and pipes; to a terminal of another encoding, what it cannot show by the number of the character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


class _Commands(click.Group):
    """The commands of :data:`COMMANDS`, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        return cast("click.Command", import_module(COMMANDS[cmd_name][0]).command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _terminated)
        _say_everything()
        try:
            return super().invoke(ctx)
        except ReportingError as error:
            raise _Failed(str(error)) from error
        except KeyboardInterrupt:
            click.echo("Aborted!", err=True)
            sys.exit(128 + signal.SIGINT)
        except OSError as error:
            if error.errno in (None, errno.EPIPE):
                raise
            raise _Failed(f"{error.filename or 'the output'}: {error.strerror}") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="apr")
def main() -> None:
    """Annual protection returns: workbooks for field offices, their validation, figures and reports.

    Exit codes: 0 done; 1 validate found something; 2 wrong use, or nothing to read.
    """

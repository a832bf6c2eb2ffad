"""The exceptions of the program.

Bad data is a :class:`~reporting.findings.Finding`; an exception means that a command cannot go on.

::

    ReportingError
    ├── UsageError            a wrong option, or nothing to read (exit code 2)
    ├── SchemaError           a schema file that cannot be used; names file and line
    │   ├── ExpressionError   an expression outside the language; names the place in the text
    │   └── NotInExcel        an expression that no Excel formula says; gives the reason
    ├── RegisterError         a register or waiver file that cannot be used; names file and row
    ├── RenderError           a report that could not be written
    └── WorkerError           no process can be started to read files in
"""


class ReportingError(Exception):
    """Base of all exceptions that the command line shows as one line."""


class UsageError(ReportingError):
    """The command was called with something it cannot use."""


class SchemaError(ReportingError):
    """A schema cannot be used."""


class ExpressionError(SchemaError):
    """An expression is outside the language of :mod:`reporting.schema.expressions`."""


class NotInExcel(SchemaError):  # noqa: N818 - no fault of the expression, but a limit of formulas
    """An expression cannot be written as an Excel formula; the message is the reason."""


class RegisterError(ReportingError):
    """A register of expected returns cannot be used."""


class RenderError(ReportingError):
    """A report could not be written."""


class WorkerError(ReportingError):
    """No process can be started to read files in."""

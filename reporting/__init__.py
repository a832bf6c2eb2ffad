"""Annual protection returns: workbook, validation, figures and reports."""

__version__ = "0.1.0"

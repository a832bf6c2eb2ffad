"""The chapters of the reports, a module each; every one makes a :class:`~reporting.report.blocks.Chapter`."""

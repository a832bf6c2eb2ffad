"""Findings as text and as JSON: one module a format, all from the same results."""

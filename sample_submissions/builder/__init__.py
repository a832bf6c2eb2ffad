"""Builds the sample returns: real public facts, a reconstruction of 2007, and a made-up world.

The real samples come from the tables in ``sample_submissions/sources``; ``sample_submissions/README.md`` explains every
step from a table to a cell. The package is not part of the wheel.
"""

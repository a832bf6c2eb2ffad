"""Checks on what was read: each one small pure function, all of them in one table (DESIGN 6)."""

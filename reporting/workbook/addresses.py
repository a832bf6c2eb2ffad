"""Addresses as spreadsheets write them. Which of them mean something is known to :mod:`reporting.workbook.layout`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Place:
    """A cell, or a range of them, on a sheet."""

    sheet: str
    cell: str

    def absolute(self) -> str:
        """The place as a formula or a defined name writes it: ``'Summary'!$C$5``."""
        parts = [f"${letters_of(part)}${number_of(part)}" for part in self.cell.split(":")]
        return f"{quoted(self.sheet)}!{':'.join(parts)}"


def quoted(sheet: str) -> str:
    """A sheet's title as a formula writes it."""
    return "'" + sheet.replace("'", "''") + "'"


@cache
def letter_of(column: int) -> str:
    """The letter of a column, 1 for A."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


def column_of(letters: str) -> int:
    """The number of a column, A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def letters_of(cell: str) -> str:
    """The column letters of an address such as ``AB12``."""
    return cell.rstrip("0123456789")


def number_of(cell: str) -> int:
    """The row of an address such as ``AB12``."""
    return int(cell[len(letters_of(cell)) :])

"""Names as a report sorts them."""

from __future__ import annotations

import unicodedata


def alphabetical(name: str) -> str:
    """What to sort a name by: letters without their accents, so that *Égypte* stands at E."""
    parts = unicodedata.normalize("NFD", name.casefold())
    return "".join(character for character in parts if not unicodedata.combining(character))

"""Where the data files that travel with the program are found."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def _data_folder(name: str) -> Path:
    """The checkout's folder first: an editable install may carry a stale packaged copy."""
    beside = _CHECKOUT / name
    return beside if (_CHECKOUT / "pyproject.toml").is_file() and beside.is_dir() else _PACKAGE / "data" / name


def schemas_folder() -> Path:
    """The folder of schema files and code lists."""
    return _data_folder("schemas")


def templates_folder() -> Path:
    """The folder of report templates, style sheets, fonts and map data."""
    return _data_folder("templates")


def checkout_folder() -> Path | None:
    """The root of the checkout this program runs from, or None when it was installed from a wheel."""
    return _CHECKOUT if (_CHECKOUT / "pyproject.toml").is_file() else None


def cache_folder() -> Path:
    """The user's cache folder for this program: ``APR_CACHE``, else the platform's usual place."""
    if chosen := os.environ.get("APR_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    return base / "annual-protection-reporting"

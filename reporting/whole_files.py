"""Files that are written whole or not at all: who reads one, or runs out of disk, never has half of it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step, in the place of one that is there; devices and pipes are written to.

    Raises:
        OSError: it cannot be written; what was there stands as it was. The error names ``path``.
    """
    place = path.resolve()
    try:
        if place.exists() and not place.is_file():
            place.write_bytes(content)
            return
        draft = place.with_name(f".apr-{os.getpid()}-{os.urandom(4).hex()}")
        try:
            draft.write_bytes(content)
            if place.exists():
                shutil.copymode(place, draft)
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error

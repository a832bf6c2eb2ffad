"""Edits of a workbook's bytes, for the codes that are about files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any


def edited(content: bytes, edits: Mapping[str, Any]) -> bytes:
    """The bytes after the edits.

    ``hex`` and ``text`` take the place of the whole file, ``cut`` keeps its first bytes; ``drop``, ``add``, ``replace``,
    ``fill`` (before something, with so many letters) and ``inflate`` (to so many bytes) change parts of the archive.
    """
    if "hex" in edits:
        return bytes.fromhex(edits["hex"])
    if "text" in edits:
        return str(edits["text"]).encode(edits.get("encoding", "utf-8"))
    if "utf16" in edits:
        return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + str(edits["utf16"]).encode("utf-16-le")
    if "cut" in edits:
        return content[: edits["cut"]]
    return _repacked(content, edits)


def _repacked(content: bytes, edits: Mapping[str, Any]) -> bytes:
    parts = {name: _read(content, name) for name in zipfile.ZipFile(io.BytesIO(content)).namelist()}
    for name in edits.get("drop", ()):
        del parts[name]
    for name, (old, new) in edits.get("replace", {}).items():
        if old.encode() not in parts[name]:
            raise ValueError(f"{name} does not hold {old}")
        parts[name] = parts[name].replace(old.encode(), new.encode(), 1)
    for name, (before, letter, times) in edits.get("fill", {}).items():
        parts[name] = parts[name].replace(before.encode(), letter.encode() * times + before.encode(), 1)
    for name, encoding in edits.get("encode", {}).items():
        parts[name] = parts[name].decode().encode(encoding)
    parts |= {name: text.encode() for name, text in edits.get("add", {}).items()}
    parts |= {name: bytes(size) for name, size in edits.get("inflate", {}).items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def _read(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)

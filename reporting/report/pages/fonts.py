"""The fonts of an assembled report: each embedded once, cut down to the glyphs that any of its sections uses.

Glyph numbers are those of the vendored font, in every section, so the pages need no change.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from reporting.errors import RenderError
from reporting.paths import templates_folder
from reporting.report.pages.bundle import Glyphs

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from pikepdf import Object, Pdf

_UNUSED_TABLES: Final = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "DSIG",
    "kern",
    "hdmx",
    "VDMX",
    "LTSH",
    "gasp",
    "name",
    "meta",
    "STAT",
)
_BATCH: Final = 100
"""Entries of a block of a character map; the format allows no more."""


@dataclass
class _Font:
    """A font of the report, with the glyphs used so far."""

    glyphs: Glyphs
    used: dict[int, tuple[float, str]] = field(default_factory=dict)

    def takes(self, other: Glyphs) -> bool:
        """Whether the glyphs of a section can join: a number beyond the font's own must stand for the same character."""
        return all(
            self.used[glyph][1] == text
            for glyph, (_, text) in other.used.items()
            if glyph >= other.count and glyph in self.used
        )


class Fonts:
    """The fonts of a report. First :meth:`add` every section's, then :meth:`put` them once."""

    def __init__(self) -> None:
        self._fonts: dict[str, list[_Font]] = {}
        self._embedded: dict[int, Object] = {}

    def add(self, sections: Iterable[Glyphs]) -> dict[str, _Font]:
        """Take the fonts of a section; which of the report's stands for each of its names."""
        chosen = {}
        for glyphs in sections:
            known = self._fonts.setdefault(glyphs.name, [])
            font = next((item for item in known if item.takes(glyphs)), None)
            if font is None:
                known.append(font := _Font(glyphs))
            for glyph, entry in glyphs.used.items():
                font.used.setdefault(glyph, entry)
            chosen[glyphs.name] = font
        return chosen

    def put(self, pdf: Pdf, names: Mapping[str, _Font], dictionary: Object) -> None:
        """Set the report's fonts into a section's dictionary of fonts."""
        for name, font in names.items():
            if id(font) not in self._embedded:
                self._embedded[id(font)] = _embed(pdf, font)
            dictionary[f"/{name}"] = self._embedded[id(font)]


@cache
def faces() -> tuple[tuple[str, int, bool, str], ...]:
    """Family, weight, slant and file of every font of the style sheet ``fonts.css``."""
    text = (templates_folder() / "css" / "fonts.css").read_text(encoding="utf-8")
    found = []
    for rule in re.findall(r"@font-face\s*{([^}]*)}", text):
        family = re.search(r'font-family:\s*"([^"]+)"', rule)
        weight = re.search(r"font-weight:\s*(\d+)", rule)
        file = re.search(r"fonts/([^)\"']+)", rule)
        if family and file:
            found.append((family[1], int(weight[1]) if weight else 400, "italic" in rule, file[1]))
    return tuple(found)


def _file(glyphs: Glyphs) -> str:
    """The file a font comes from.

    Raises:
        RenderError: the style sheets have no such font.
    """
    fitting = [face for face in faces() if face[0] == glyphs.family]
    if not fitting:
        raise RenderError(f"the pages ask for a font that the report does not have: {glyphs.family}")
    return min(fitting, key=lambda face: (face[2] != glyphs.italic, abs(face[1] - glyphs.weight), face[3]))[3]


def _embed(pdf: Pdf, font: _Font) -> Object:
    """Embed a font with the glyphs used."""
    from pikepdf import Array, Dictionary, Name, String

    file = _file(font.glyphs)
    missing = tuple(
        (glyph, font.used[glyph][0], font.used[glyph][1].isspace())
        for glyph in range(font.glyphs.count, max(font.used, default=0) + 1)
        if glyph in font.used
    )
    program, metrics = _program(file, tuple(sorted(font.used)), missing)
    stream = pdf.make_stream(program, Length1=len(program))
    base = Name(f"/{font.glyphs.name}+{file.removesuffix('.ttf')}")
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=base, Flags=4, ItalicAngle=0, StemV=80, FontFile2=stream, **metrics
        )
    )
    widths = Array()
    for glyph in sorted(font.used):
        widths.append(glyph)
        widths.append(Array([round(font.used[glyph][0])]))
    descendant = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=base,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            CIDToGIDMap=Name.Identity,
            W=widths,
            FontDescriptor=descriptor,
        )
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=base,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([descendant]),
            ToUnicode=pdf.make_stream(_character_map(font.used)),
        )
    )


@cache
def _program(
    file: str, glyphs: tuple[int, ...], missing: tuple[tuple[int, float, bool], ...]
) -> tuple[bytes, dict[str, Any]]:
    """A font cut down to some glyphs, which keep their numbers, and what a font descriptor says of it.

    Characters that are ``missing`` from the font (number, width in thousandths, whether it is a space) get a glyph of their
    own: an empty one for a space, else the box that stands for a missing character.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    with TTFont(templates_folder() / "fonts" / file, recalcTimestamp=False, lazy=True) as font:
        scale = 1000 / font["head"].unitsPerEm
        head, across = font["head"], font["hhea"]
        metrics = {
            "FontBBox": [round(value * scale) for value in (head.xMin, head.yMin, head.xMax, head.yMax)],
            "Ascent": round(across.ascent * scale),
            "Descent": round(across.descent * scale),
            "CapHeight": round(getattr(font["OS/2"], "sCapHeight", across.ascent) * scale),
        }
        _add_missing(font, missing, scale)
        options = subset.Options(
            retain_gids=True,
            notdef_outline=True,
            hinting=False,
            layout_features=[],
            recalc_bounds=False,
            recalc_timestamp=False,
        )
        options.drop_tables += list(_UNUSED_TABLES)
        cutter = subset.Subsetter(options)
        cutter.populate(gids=glyphs)
        cutter.subset(font)
        written = io.BytesIO()
        font.save(written)
    return written.getvalue(), metrics


def _add_missing(font: TTFont, missing: tuple[tuple[int, float, bool], ...], scale: float) -> None:
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    outlines, widths = font["glyf"], font["hmtx"]
    for glyph, width, space in missing:
        for number in range(len(font.getGlyphOrder()), glyph + 1):
            name = f"missing{number}"
            font.setGlyphOrder([*font.getGlyphOrder(), name])
            outlines[name] = Glyph() if space else outlines[".notdef"]
            widths[name] = (round(width / scale), 0 if space else widths[".notdef"][1])


def _character_map(used: Mapping[int, tuple[float, str]]) -> bytes:
    """The map from glyph numbers to text."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    entries = [(glyph, text) for glyph, (_, text) in sorted(used.items()) if text]
    for start in range(0, len(entries), _BATCH):
        batch = entries[start : start + _BATCH]
        lines.append(f"{len(batch)} beginbfchar")
        lines += [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, text in batch]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode()

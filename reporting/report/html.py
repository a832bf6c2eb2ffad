"""Drawing a document with the templates: as pages for the page setter, or as one file for a screen."""

from __future__ import annotations

import base64
import re
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from reporting.paths import templates_folder
from reporting.report.blocks import Document
from reporting.report.office_index import lines_by_chapter

if TYPE_CHECKING:
    from jinja2 import Environment

Medium = Literal["page", "screen"]

_SHEETS: Final = ("design", "screen")
_EMBEDDED_FONTS: Final = (
    ("APR Sans", 400, "NotoSans-Regular.ttf"),
    ("APR Sans", 700, "NotoSans-Bold.ttf"),
    ("APR Arabic", 400, "NotoSansArabic-Regular.ttf"),
    ("APR Signs", 400, "NotoSansSymbols2-Subset.ttf"),
)


def draw(document: Document, medium: Medium) -> str:
    """The report as HTML: for pages with its style sheets linked, for a screen as a single file."""
    styles = _styles(document) if medium == "screen" else ""
    return draw_template(
        "report.html.j2",
        document=document,
        medium=medium,
        styles=styles,
        page_numbers={},
        index=lines_by_chapter(document),
    )


def draw_template(template: str, /, **values: object) -> str:
    """One of the templates with its values, without empty lines."""
    return re.sub(r"\n\s*\n+", "\n", _environment().get_template(template).render(**values))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _styles(document: Document) -> str:
    from markupsafe import Markup

    used = _characters(document)
    sheets = "\n".join((templates_folder() / "css" / f"{name}.css").read_text(encoding="utf-8") for name in _SHEETS)
    fonts = "\n".join(_font_face(family, weight, file, used) for family, weight, file in _EMBEDDED_FONTS)
    return Markup(fonts + "\n" + sheets)  # noqa: S704 - the project's own style sheets


def _characters(document: Document) -> str:
    """The characters of a document, sorted, with the printable ASCII ones."""
    return "".join(sorted({*map(chr, range(32, 127)), *repr(document)}))


def _font_face(family: str, weight: int, file: str, used: str) -> str:
    content = _subset(file, used)
    if not content:
        return ""
    coded = base64.b64encode(content).decode()
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
        f"src: url(data:font/woff2;base64,{coded}) format('woff2'); }}"
    )


@cache
def _subset(file: str, used: str) -> bytes:
    """The font cut down to the characters used, as WOFF2; empty where it has none of them."""
    import io

    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(templates_folder() / "fonts" / file, recalcTimestamp=False)
    wanted = {ord(character) for character in used} & set(font.getBestCmap())
    if not wanted:
        return b""
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["*"]
    options.hinting = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(wanted))
    cutter.subset(font)
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()

"""The process that sets pages: it loads WeasyPrint and the style sheets once, then forks a child for every few sections.

A child is limited in memory and reaches nothing: the fetcher hands out the style sheets and fonts of the templates folder
and refuses every other address, and the fonts are the report's own (a private fontconfig file). A child never collects
garbage: what it has set lives as long as it does, which is :data:`ENOUGH`, or until a section fails.

It reads one JSON object a line, ``{"html": FILE, "target": FILE, "sheets": [NAME…], "tags": BOOL}``, and answers each with
a line: ``done``, or what went wrong. The target is a *bundle*: a line of JSON that says what is in the section (see
:class:`~reporting.report.pages.bundle.Bundle`), then the PDF, without its fonts' programs.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO
from urllib.parse import unquote, urlsplit

from reporting.paths import templates_folder

if TYPE_CHECKING:
    from weasyprint import CSS, HTML, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcherResponse

MEMORY: Final = 2 * 2**30
"""Address space of a child in bytes; a section of 50 pages takes a sixth of it."""
ENOUGH: Final = 300_000
"""Characters of HTML that a child sets, some fifteen pages; a new child costs as much as one of them."""
ELSEWHERE: Final = "report:"
"""Begins the address of a place that another section holds."""

_TYPES: Final = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml"}
_SECTION: Final = ("fonts", "design", "print")
_SHEETS: Final = (*_SECTION, "running", "heads", "rtl", "rtl_heads")
_WARMING: Final = """<html lang="en"><head><title>w</title></head><body><section class="chapter"><h1 id="w">Words <a href="#w">9</a></h1>
<h2>Office</h2><p class="lead">Text–text</p><p lang="ar" dir="rtl">نص</p><ul><li>one</li></ul><div class="call-out"><p><b>A</b> <i>b</i> ● → ✓</p></div>
<div class="block whole"><table><caption>Table</caption><colgroup><col style="width:50%"/><col/></colgroup>
<thead><tr><th scope="col">Head</th><th scope="col" class="n">Number</th></tr></thead>
<tbody><tr class="total"><th scope="row">Row<span class="note" role="doc-footnote">note</span></th><td class="n">1,234</td></tr></tbody></table></div>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img" style="height:5mm"><title>t</title><path d="M0 0V9" stroke="#000"/>
<rect width="9" height="9" fill="#0072bc"/><circle cx="4" cy="4" r="2" fill="#fff"/></svg></section></body></html>"""
"""A page with everything that pages are made of: setting it loads what WeasyPrint loads when it is first needed."""
_LANGUAGE: Final = re.compile(r'<html lang="([^"]+)"')
_POINTS: Final = 0.75
"""Points of a CSS pixel."""


def fetch(url: str) -> URLFetcherResponse:
    """A file of the templates folder.

    Raises:
        ValueError: ``url`` is anything else.
    """
    parts = urlsplit(url)
    root = templates_folder().resolve()
    asked = Path(unquote(parts.path)).resolve()
    if parts.scheme != "file" or parts.netloc or not asked.is_relative_to(root) or asked.suffix not in _TYPES:
        raise ValueError(f"A report reads nothing but its own style sheets and fonts; refused: {url[:200]}")
    from weasyprint.urls import URLFetcherResponse

    return URLFetcherResponse(url, asked.read_bytes(), {"Content-Type": _TYPES[asked.suffix]})


class Setter:
    """WeasyPrint with the report's style sheets and fonts loaded."""

    def __init__(self) -> None:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        from reporting.report.pages import structure, swift, swift_styles

        structure.install()
        swift.install()
        swift_styles.install()
        self.fonts: FontConfiguration = FontConfiguration()
        folder = templates_folder().resolve() / "css"
        self.sheets: dict[str, CSS] = {
            name: CSS(filename=folder / f"{name}.css", font_config=self.fonts, url_fetcher=fetch) for name in _SHEETS
        }
        together = "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in _SECTION[1:])
        self.section = [self.sheets["fonts"], CSS(string=together)]
        """The style sheets of a section; elements are matched against two sheets sooner than against three."""
        self.set(_WARMING, _SECTION, tags=True)

    def prepare(self, text: str) -> None:
        """Read the hyphenation of the language of ``text``, which takes as long as setting a page, before children are made."""
        import pyphen

        if (language := _LANGUAGE.search(text)) and pyphen.language_fallback(language[1]):
            pyphen.Pyphen(lang=language[1])

    def set(self, text: str, sheets: Sequence[str], *, tags: bool) -> bytes:
        """The bundle of one section."""
        from reporting.report.pages.swift_styles import user_agent_sheet

        html = _parsed(text)
        html._ua_stylesheets = lambda forms=False: [user_agent_sheet()]  # noqa: ARG005, SLF001 - it has no forms
        _point_elsewhere(html)
        chosen = self.section if tuple(sheets) == _SECTION else [self.sheets[name] for name in sheets]
        document = html.render(stylesheets=chosen, font_config=self.fonts, pdf_tags=tags)
        content: bytes = document.write_pdf(pdf_tags=tags, finisher=_strip, pdf_version="1.7")
        said = json.dumps(_contents(document), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return said.encode() + b"\n" + content

    def answer(self, job: Mapping[str, Any], text: str) -> None:
        """Set the section that is asked for, whose HTML is ``text``."""
        Path(job["target"]).write_bytes(self.set(text, job["sheets"], tags=job["tags"]))


def _parsed(text: str) -> HTML:
    """The document of a section: the templates write XML, which is read in a tenth of the time that HTML takes."""
    from xml.etree import ElementTree as ET

    from weasyprint import HTML

    address = f"{templates_folder().resolve().as_uri()}/"
    try:
        root = ET.fromstring(text)  # noqa: S314 - our own templates, which write whatever an office wrote as text
    except ET.ParseError:
        return HTML(string=text, base_url=address, url_fetcher=fetch)
    html = HTML(string="<html></html>", base_url=address, url_fetcher=fetch)
    html.wrapper_element = type(html.wrapper_element).from_html_root(root, content_language=None)
    html.etree_element = root
    return html


def _point_elsewhere(html: HTML) -> None:
    """Mark links to places that are not in this section, which would else be lost."""
    root = html.etree_element
    here = {element.get("id") for element in root.iter() if element.get("id")}
    for link in root.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and target[1:] not in here:
            link.set("href", f"{ELSEWHERE}{target}")


def _strip(_: Document, pdf: Any) -> None:
    """Leave out what the assembly makes anew: outlines, destinations, the programs of fonts; links name their places."""
    import pydyf

    for name in ("Outlines", "Names", "Metadata"):
        pdf.catalog.pop(name, None)
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and "Length1" in item.extra:
            item.stream = []
            item.extra["Length1"] = 0
        elif isinstance(item, dict) and item.get("Subtype") == "/Link":
            item["F"] = 4  # it is printed
            uri = item["A"]["URI"].string if "A" in item else ""
            if uri.startswith(ELSEWHERE):
                del item["A"]
                item["Place"] = pydyf.String(uri.removeprefix(f"{ELSEWHERE}#"))
            elif "Dest" in item:
                item["Place"] = item.pop("Dest")


def _contents(document: Document) -> dict[str, Any]:
    """What a section holds, for the assembly."""
    anchors: dict[str, list[float]] = {}
    bookmarks = []
    links = set()
    for number, page in enumerate(document.pages):
        for name, point in page.anchors.items():
            anchors.setdefault(name, [number, point[0] * _POINTS, (page.height - point[1]) * _POINTS])
        for level, label, (x, y), _ in page.bookmarks:
            bookmarks.append([level, label, number, x * _POINTS, (page.height - y) * _POINTS])
        for kind, target, _, _ in page.links:
            if kind == "internal" or target.startswith(ELSEWHERE):
                links.add(target.removeprefix(f"{ELSEWHERE}#"))
    return {
        "pages": [[page.width * _POINTS, page.height * _POINTS] for page in document.pages],
        "anchors": anchors,
        "bookmarks": bookmarks,
        "links": sorted(links),
        "fonts": _fonts(document),
    }


def _fonts(document: Document) -> list[dict[str, Any]]:
    """The fonts and, of each, the glyphs used: number, width in thousandths of the size, text."""
    return [
        {
            "name": font.hash,
            "family": font.family,
            "weight": int(font.weight),
            "italic": bool(font.style),
            "count": font.glyph_count,
            "glyphs": [[glyph, font.widths.get(glyph, 0), text] for glyph, text in font.to_unicode.items()],
        }
        for font in document.fonts.values()
    ]


def _limit() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _text(job: Mapping[str, Any]) -> str:
    return Path(job["html"]).read_text(encoding="utf-8")


def _say(answers: TextIO, words: str) -> None:
    answers.write(" ".join(words.split()) + "\n")
    answers.flush()


def _in_child(setter: Setter, line: str, lines: TextIO, answers: TextIO) -> int:
    """Have a child answer ``line`` and those that follow it, until it has set enough; its exit code, 0 if it answered them all."""
    setter.prepare(_text(json.loads(line)))
    child = os.fork()
    if child == 0:
        failed = 1
        try:
            _limit()
            _set_some(setter, line, lines, answers)
            failed = 0
        finally:
            os._exit(failed)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _set_some(setter: Setter, line: str, lines: TextIO, answers: TextIO) -> None:
    """Set one section after another until that is enough, one fails, or nobody asks any more."""
    left = ENOUGH
    while line and left > 0:
        job = json.loads(line)
        text = _text(job)
        try:
            setter.answer(job, text)
        except BaseException as error:  # noqa: BLE001 - whatever happens here is said
            _say(answers, f"{type(error).__name__}: {error}")
            return
        _say(answers, "done")
        left -= len(text)
        line = lines.readline() if left > 0 else ""


def serve(lines: TextIO, answers: TextIO) -> None:
    """Set what is asked for until nobody asks any more."""
    import gc

    setter = Setter()
    gc.disable()
    gc.freeze()
    if sys.platform != "linux":
        _set_some(setter, lines.readline(), lines, answers)
        return
    while line := lines.readline():
        if code := _in_child(setter, line, lines, answers):
            _say(answers, f"exit code {code}")


if __name__ == "__main__":
    # What the libraries print goes to stderr, so that stdout carries the answers only.
    heard = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.stdin, heard)

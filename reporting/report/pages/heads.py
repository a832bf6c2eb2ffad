"""Running heads and page numbers, drawn over the pages as artifacts.

A running head is one drawing for all pages of its section. Page numbers are put together from ten drawings, one a digit,
each of which stands where a number of one digit stands on its page.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reporting.report.pages.bundle import Bundle

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

_DIGITS: Final = 10
_NUMBER_SIZE: Final = 8.5
"""Points; the size of page numbers in ``running.css``."""


class Furniture:
    """The drawings of running heads and digits. ``rightward``: numbers stand at the left edge, and grow to the right."""

    def __init__(self, pdf: Pdf, heads: Bundle, count: int, *, rightward: bool) -> None:
        import pikepdf

        self._pdf = pdf
        self._rightward = rightward
        self._advance = _advance(heads)
        with pikepdf.open(io.BytesIO(heads.pdf)) as source:
            forms = pikepdf.Array([page.as_form_xobject() for page in source.pages])
            copied = list(pdf.copy_foreign(source.make_indirect(forms)))
        self._heads = copied[:count]
        self._digits = (copied[count : count + _DIGITS], copied[count + _DIGITS : count + 2 * _DIGITS])
        self.fonts: Object = copied[0].Resources.Font
        self._before = pdf.make_stream(b"q\n")
        self._known: dict[tuple[int, int], str] = {}

    def draw(self, page: Page, head: int, digits: Sequence[int]) -> None:
        """Draw a running head and a page number over a page."""
        from pikepdf import Array

        box = page.mediabox
        wide = float(box[2]) > float(box[3])
        drawn = [b"Q", b"/Artifact <</Type /Pagination /Subtype /Header>> BDC", b"q"]
        drawn += [f"{self._name(page, self._heads[head], f'Head{head}')} Do".encode(), b"Q", b"EMC"]
        drawn += [b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC"]
        for place, digit in enumerate(digits):
            offset = self._advance * (place if self._rightward else place + 1 - len(digits))
            name = self._name(page, self._digits[wide][digit], f"Digit{'Wide' if wide else ''}{digit}")
            drawn.append(f"q 1 0 0 1 {offset:.3f} 0 cm {name} Do Q".encode())
        drawn.append(b"EMC\n")
        content = page.obj.Contents
        page.obj.Contents = Array([self._before, content, self._pdf.make_stream(b"\n".join(drawn))])

    def _name(self, page: Page, form: Object, name: str) -> str:
        """The name of a drawing in the resources that a section's pages share."""
        resources = page.obj.Resources
        key = (resources.objgen[0], form.objgen[0])
        if key not in self._known:
            resources.XObject[f"/{name}"] = form
            self._known[key] = name
        return f"/{name}"


def _advance(heads: Bundle) -> float:
    """The width of a digit of a page number in points; the figures of the font are all as wide."""
    widths = [
        width
        for font in heads.fonts
        for width, text in font.used.values()
        if len(text) == 1 and text.isdecimal() and font.weight >= 700
    ]
    return max(widths, default=0.0) * _NUMBER_SIZE / 1000

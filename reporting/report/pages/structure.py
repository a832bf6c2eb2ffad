"""Tags that WeasyPrint leaves out, taken from the attributes of the HTML element each box was made for.

WeasyPrint 70 tags by the name of the element alone: it gives no scope to header cells, no language to a part in another
language, and calls a layout table a table. Its builder of the structure tree is wrapped, so that each element, with all its
children in place, is completed from ``scope``, ``lang`` and ``role``:

=====================  =======================================================================
``scope``              ``/Scope`` of a TH; without it, a TH in a head is a column's
``lang``               ``/Lang``
``role=presentation``  of a table: its cells are divisions, and it is no table
``role=doc-toc``       TOC; the rows of a table in it are TOCI, their cells Lbl and Reference
``role=doc-footnote``  Note, with an ID of its own
=====================  =======================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final

_SCOPES: Final = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
_CELLS_AND_ROWS: Final = frozenset({"/THead", "/TBody", "/TFoot", "/TR", "/TD", "/TH"})

_HEADED_ROWS: Final = 3

Build = Callable[..., Iterator[Any]]


def install() -> None:
    """Wrap WeasyPrint's builder of the structure tree; it calls itself through its module, so each box passes here.

    Pictures that say nothing (``aria-hidden``) are drawn as artifacts, and have no place in the tree.
    """
    from weasyprint.pdf import stream, tags

    original, marked = tags._build_box_tree, stream.Stream.marked  # noqa: SLF001 - there is no public way
    if getattr(original, "completes", False):
        return

    def build(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
        box = getattr(box, "_box", box)  # a placeholder of an absolute box
        if _decorative(box):
            return
        for element in original(box, parent, pdf, *rest):
            if box.element is not None and element["P"] == parent.reference:
                _complete(element, box, pdf)
            yield element

    def marked_or_artifact(self: Any, box: Any, tag: str) -> AbstractContextManager[None]:
        drawn: AbstractContextManager[None] = self.artifact() if _decorative(box) else marked(self, box, tag)
        return drawn

    build.completes = True  # type: ignore[attr-defined]
    tags._build_box_tree = build  # noqa: SLF001
    stream.Stream.marked = marked_or_artifact


def _decorative(box: Any) -> bool:
    """Whether a box is a picture that says nothing."""
    from weasyprint.formatting_structure.boxes import ReplacedBox

    return isinstance(box, ReplacedBox) and box.element is not None and box.element.get("aria-hidden") == "true"


def _complete(element: Any, box: Any, pdf: Any) -> None:
    import pydyf

    html = box.element
    name = box.element_tag
    if "::" in name or name in {"html", "body"}:
        return
    tag, role = element["S"], html.get("role")
    if (language := html.get("lang")) and tag != "/NonStruct":
        element["Lang"] = pydyf.String(language)
    if tag == "/TH":
        element["A"]["Scope"] = _SCOPES[html.get("scope", "col")]
    elif tag == "/Table":
        rows = list(_table_rows(element, pdf))
        _leave_out_identifiers(rows)
        if role == "presentation":
            _dissolve(element, pdf)
        else:
            _keep_heads_few(rows)
    elif role == "doc-toc":
        _make_contents(element, pdf)
    elif role == "doc-footnote" and tag == "/Span":
        element["S"] = "/Note"
        element["ID"] = pydyf.String(f"note-{element.number}")
    if box.link_annotation and tag == "/Link":
        box.link_annotation["Contents"] = pydyf.String(" ".join("".join(html.itertext()).split()))


def _table_rows(element: Any, pdf: Any) -> Iterator[list[Any]]:
    """The cells of each row of a table."""
    for kid in _kids(element, pdf):
        if kid["S"] == "/TR":
            yield _kids(kid, pdf)
        elif kid["S"] in _CELLS_AND_ROWS:
            yield from _table_rows(kid, pdf)


def _leave_out_identifiers(rows: Sequence[Sequence[Any]]) -> None:
    """Leave out the identifiers of header cells: they are not unique among sections, and say less than the scopes."""
    for cell in (cell for row in rows for cell in row):
        cell.pop("ID", None)
        cell["A"].pop("Headers", None)


def _keep_heads_few(rows: Sequence[Sequence[Any]]) -> None:
    """Make data of row heads where they would outnumber the data, and of the heads of groups where there are many.

    Checkers take such a table for one whose heads fell to pieces; the heads of its columns still say what a cell is.
    """
    cells = [cell for row in rows for cell in row]
    heads = [cell for cell in cells if cell["S"] == "/TH"]
    headed = [row for row in rows if row and all(cell["S"] == "/TH" for cell in row)]
    outnumbered = 2 * len(heads) > len(cells)
    many = len(headed) > _HEADED_ROWS
    for row in rows:
        for cell in row:
            if cell["S"] == "/TH" and cell["A"]["Scope"] == "/Row" and (outnumbered or (many and row in headed)):
                cell["S"] = "/TD"
                del cell["A"]["Scope"]


def _dissolve(element: Any, pdf: Any) -> None:
    """Make divisions of a table that only sets things side by side."""
    element["S"] = "/Div"
    element.pop("A", None)
    for kid in _kids(element, pdf):
        if kid["S"] in _CELLS_AND_ROWS:
            _dissolve(kid, pdf)


def _make_contents(element: Any, pdf: Any) -> None:
    """Make a list of contents of a division with a table of one row an entry."""
    import pydyf

    rows = list(_rows(element, pdf))
    element["S"] = "/TOC"
    element["K"] = pydyf.Array([row.reference for row in rows])
    for row in rows:
        row["S"] = "/TOCI"
        row["P"] = element.reference
        cells = [cell for cell in _kids(row, pdf) if cell["K"]]
        row["K"] = pydyf.Array([cell.reference for cell in cells])
        for cell in cells:
            cell["S"] = "/Reference" if _has_link(cell, pdf) else "/Lbl"


def _rows(element: Any, pdf: Any) -> Iterator[Any]:
    """The elements whose parts hold links: the rows of a list of contents."""
    kids = _kids(element, pdf)
    if any(_has_link(kid, pdf) for kid in kids):
        yield element
    else:
        for kid in kids:
            yield from _rows(kid, pdf)


def _has_link(element: Any, pdf: Any) -> bool:
    return any(kid["S"] == "/Link" for kid in _kids(element, pdf))


def _kids(element: Any, pdf: Any) -> list[Any]:
    """The structure elements directly in an element."""
    found = []
    for kid in element["K"]:
        if isinstance(kid, bytes):
            item = pdf.objects[int(kid.split()[0])]
            if item.get("Type") == "/StructElem":
                found.append(item)
    return found

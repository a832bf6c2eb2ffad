"""Putting the sections of a report together: one file with one structure tree, outline and set of named places.

The pages of a section come with their part of the structure tree, whose numbers in the parent tree move up; places keep
their names, so a link finds its place in whatever section it is. Running heads and page numbers are drawn over the pages,
outside the tags. Nothing depends on time, chance or the order of work: the same sections give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reporting.errors import RenderError
from reporting.report.pages.archive import mark
from reporting.report.pages.bundle import Bookmark, Bundle
from reporting.report.pages.fonts import Fonts
from reporting.report.pages.heads import Furniture

if TYPE_CHECKING:
    from pikepdf import Array, Dictionary, Object, Pdf

    from reporting.report.blocks import Document


@dataclass(frozen=True, slots=True)
class Part:
    """A section in its place; ``head`` is the number of its running head, None where it has none (the cover)."""

    bundle: Bundle
    head: int | None = None


class Assembly:
    """A report being put together."""

    def __init__(self, document: Document, heads: Bundle, count: int) -> None:
        """``heads`` holds ``count`` running heads, then the digits (see ``sections.heads_job``)."""
        import pikepdf

        self._document = document
        self._pdf: Pdf = pikepdf.new()
        self._fonts = Fonts()
        self._waiting: list[tuple[dict[str, Any], Object]] = []
        self._tree = _Tree(self._pdf)
        self._places: dict[str, Array] = {}
        self._bookmarks: list[tuple[Bookmark, Object]] = []
        self._wanted: set[str] = set()
        self._furniture = Furniture(self._pdf, heads, count, rightward=document.direction == "rtl")
        self._waiting.append((self._fonts.add(heads.fonts), self._furniture.fonts))

    def add(self, part: Part, numbers: Sequence[Sequence[int]]) -> None:
        """Add a section; ``numbers`` holds, for each page, the digits of its number."""
        import pikepdf

        first = len(self._pdf.pages)
        bundle = part.bundle
        with pikepdf.open(io.BytesIO(bundle.pdf)) as source:
            self._pdf.pages.extend(source.pages)
            tree = self._pdf.copy_foreign(source.Root.StructTreeRoot)
        pages = [self._pdf.pages[first + place] for place in range(len(bundle.pages))]
        resources = pages[0].obj.Resources
        self._waiting.append((self._fonts.add(bundle.fonts), resources.Font))
        self._tree.add(tree, pages)
        for name, place in bundle.places.items():
            self._places.setdefault(name, _destination(pages[place.page].obj, place.x, place.y))
        for item in bundle.bookmarks:
            self._bookmarks.append((item, _destination(pages[item.place.page].obj, item.place.x, item.place.y)))
        self._wanted.update(bundle.links)
        if part.head is not None:
            for page, digits in zip(pages, numbers, strict=True):
                self._furniture.draw(page, part.head, digits)

    def save(self) -> bytes:
        """The file.

        Raises:
            RenderError: a link leads nowhere.
        """
        import pikepdf

        if lost := sorted(self._wanted - self._places.keys()):
            raise RenderError(f"links of the report lead nowhere: {', '.join(lost[:5])}")
        for names, dictionary in self._waiting:
            self._fonts.put(self._pdf, names, dictionary)
        root = self._pdf.Root
        root.StructTreeRoot = self._tree.finish()
        root.Names = pikepdf.Dictionary(Dests=self._named_places())
        root.Outlines = _outline(self._pdf, self._bookmarks)
        mark(self._pdf, self._document)
        self._pdf.remove_unreferenced_resources()
        written = io.BytesIO()
        self._pdf.save(
            written,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
        return written.getvalue()

    def _named_places(self) -> Dictionary:
        import pikepdf

        names = pikepdf.Array()
        for name in sorted(self._places, key=str.encode):
            names.append(pikepdf.String(name))
            names.append(self._places[name])
        return pikepdf.Dictionary(Names=names)


class _Tree:
    """The structure tree of the report, its parent tree, and the identifiers of its notes."""

    def __init__(self, pdf: Pdf) -> None:
        from pikepdf import Array, Dictionary, Name

        self._pdf = pdf
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._kids = Array()
        self._numbers = Array()
        self._next = 0
        self._identified: list[Object] = []
        self._top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root))

    def add(self, tree: Object, pages: Sequence[Any]) -> None:
        """Hang a section's tree into the report's; its numbers in the parent tree move up."""
        for element in tree.K[0].K:
            element.P = self._top
            self._kids.append(element)
        self._identified += [note for element in tree.K[0].K for note in _notes(element)]
        start = self._next
        numbers = list(tree.ParentTree.Nums)
        for key, entry in zip(numbers[::2], numbers[1::2], strict=True):
            self._numbers.append(start + int(key))
            self._numbers.append(entry)
        for page in pages:
            page.obj.StructParents = start + int(page.obj.StructParents)
            for annotation in page.obj.get("/Annots", ()):
                annotation.StructParent = start + int(annotation.StructParent)
                if "/Place" in annotation:
                    annotation.Dest = annotation.Place
                    del annotation.Place
        self._next = start + (int(numbers[-2]) + 1 if numbers else 0)

    def finish(self) -> Object:
        """The root of the tree."""
        from pikepdf import Array, Dictionary, String

        self._top.K = self._kids
        self._root.K = Array([self._top])
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=self._numbers))
        self._root.ParentTreeNextKey = self._next
        if self._identified:
            names = Array()
            for number, note in enumerate(self._identified, start=1):
                note.ID = String(f"note-{number:06}")
                names.append(note.ID)
                names.append(note)
            self._root.IDTree = Dictionary(Names=names)
        return self._root


def _notes(element: Object) -> list[Object]:
    """The notes of a footnote area, which stands directly under the document."""
    from pikepdf import Dictionary, Name

    if Name.NonStruct != element.S:
        return []
    return [kid for kid in element.K if isinstance(kid, Dictionary) and kid.get("/S") == Name.Note]


def _destination(page: Object, x: float, y: float) -> Array:
    from pikepdf import Array, Name

    return Array([page, Name.XYZ, round(x, 3), round(y, 3), 0])


def _outline(pdf: Pdf, bookmarks: Sequence[tuple[Bookmark, Object]]) -> Object:
    """The outline: each entry under the last one of a higher level."""
    from pikepdf import Dictionary, String

    root = pdf.make_indirect(Dictionary(Count=0))
    path: list[tuple[int, Object]] = [(0, root)]
    last: dict[int, Object] = {}
    for bookmark, destination in bookmarks:
        while path[-1][0] >= bookmark.level:
            path.pop()
        parent = path[-1][1]
        entry = pdf.make_indirect(Dictionary(Title=String(bookmark.label), Dest=destination, Parent=parent))
        before = last.get(parent.objgen[0])
        if before is None:
            parent.First = entry
        else:
            before.Next, entry.Prev = entry, before
        parent.Last = last[parent.objgen[0]] = entry
        for _, above in path[1:]:
            above.Count = int(above.get("/Count", 0)) - 1  # closed
        path.append((bookmark.level, entry))
    levels = [bookmark.level for bookmark, _ in bookmarks]
    root.Count = levels.count(min(levels, default=0))
    return root

"""What a workbook says beside its cells: comments, the people who wrote them, and what the document says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from posixpath import dirname
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

COMMENTS: Final = ("/comments", "/threadedComment")
"""How the types of the relationships end by which a sheet has comments."""
_TITLE_OF_PART: Final = "lpstr"
"""So sheets are called in the list of parts; their titles are looked at with the sheets."""
_FOLDERS: Final = ("xl/comments", "xl/threadedcomments", "xl/persons", "docprops/")
_LONGEST: Final = 100_000
"""Characters of one comment or property that are kept; more than a cell can hold."""


@dataclass(slots=True)
class Beside:
    """The parts that stand beside the sheets, as they come by; ``properties`` are by their names."""

    properties: dict[str, str] = field(default_factory=dict)
    _sheets: dict[str, str] = field(default_factory=dict)
    """The part of the sheet that each part of comments belongs to."""
    _comments: dict[str, dict[str, str]] = field(default_factory=dict)
    """Texts by cell, by part."""

    @staticmethod
    def holds(name: str) -> bool:
        """Whether the part ``name`` is one of these."""
        return name.startswith(_FOLDERS)

    def link(self, relationships: str, part: str) -> None:
        """A sheet, whose part of relationships is named, has its comments in ``part``."""
        folder, _, name = relationships.rpartition("/")
        self._sheets[part] = f"{dirname(folder)}/{name.removesuffix('.rels')}"

    def point(self, target: str) -> None:
        """A cell links to ``target``; only links that write to or call somebody are kept."""
        if target.casefold().startswith(("mailto:", "tel:")):
            self._say("hyperlinks", target)

    def add(self, name: str, elements: Iterable[Element]) -> None:
        """Look at one part; ``elements`` are all of it, in their order."""
        if name.startswith("docprops/"):
            self._add_properties(elements)
        elif name.startswith("xl/persons"):
            self._add_people(elements)
        else:
            self._add_comments(name, elements)

    def notes(self, titles: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """The comments by the title of the sheet and by cell; ``titles`` are by the part of the sheet."""
        notes: dict[str, dict[str, str]] = {}
        for part, comments in self._comments.items():
            title = titles.get(self._sheets.get(part, ""), "")
            for cell, text in comments.items():
                here = notes.setdefault(title, {})
                here[cell] = f"{here[cell]}\n{text}" if cell in here else text
        return notes

    def _add_properties(self, elements: Iterable[Element]) -> None:
        """What the document says of itself, and what an office has made it say (the named ones)."""
        name = ""
        for element in elements:
            name = element.get("name", name) if _local(element) == "property" else name
            if _local(element) != _TITLE_OF_PART or name:
                self._say(name or _local(element), element.text)

    def _add_people(self, elements: Iterable[Element]) -> None:
        for element in elements:
            for name, text in element.attrib.items():
                if _local(element) == "person" and name in {"displayName", "userId"}:
                    self._say(f"person {name}", text)

    def _say(self, name: str, text: str | None) -> None:
        if text and text.strip():
            before = self.properties.get(name, "")
            self.properties[name] = f"{before}\n{text}".strip()[:_LONGEST]

    def _add_comments(self, name: str, elements: Iterable[Element]) -> None:
        comments = self._comments.setdefault(name, {})
        for element in elements:
            if _local(element) == "author":
                self._say("author of comments", element.text)
            if _local(element) in {"comment", "threadedComment"} and (cell := element.get("ref")):
                text = "".join(element.itertext()).strip()
                comments[cell] = f"{comments.get(cell, '')}\n{text}".strip()[:_LONGEST]


def _local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]

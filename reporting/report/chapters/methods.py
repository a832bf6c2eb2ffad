"""Methods, signs, sources, and the manifest of every file the report rests on."""

from __future__ import annotations

from reporting import __version__
from reporting.findings import Verdict
from reporting.languages import to_say
from reporting.report.blocks import Block, Bullets, Chapter, Column, Heading, Paragraph, Row, Table
from reporting.report.cells import Cell
from reporting.report.material import Material

_VERDICTS = {
    Verdict.ACCEPTED: to_say("accepted"),
    Verdict.QUERIES: to_say("queries"),
    Verdict.REJECTED: to_say("rejected"),
    Verdict.UNREADABLE: to_say("unreadable"),
}


def chapter(material: Material) -> Chapter:
    """How the report was made, so that it can be made again."""
    say = material.say
    blocks: list[Block] = [
        Heading(say("Signs"), id="methods-signs"),
        _signs(material),
        Heading(say("How figures are made"), id="methods-figures"),
        Bullets(
            (
                say(
                    "Figures use returns that were accepted or have queries; rejected and unreadable ones count in coverage only."
                ),
                say("Of two returns of an office for one year the one cleared later counts."),
                say("A country is counted once, also where a regional office covers several."),
                say("Sums add known values; what is not available stays out and is said so."),
                say("Numbers of trafficked persons are those known to UNHCR in the year. They are not prevalence."),
                say(
                    "“Figures” under a table or chart names their ids: with such an id, “apr trace” leads to the file, the sheet "
                    "and the cell of every value in a figure."
                ),
                say("Persons assisted are not added up over services: one person may use several."),
            )
        ),
        Heading(say("Sources"), id="methods-sources"),
        *(Paragraph(text) for text in _sources(material)),
        Heading(say("Provenance"), id="methods-provenance"),
        Paragraph(
            say(
                "Form {schema} (digest {digest}); program version {version}. SHA-256 is the hash of each file's exact bytes.",
                schema=material.schema.id,
                digest=material.schema.digest[:16],
                version=__version__,
            )
        ),
        _manifest(material),
    ]
    return Chapter("methods", say("Methods, sources and provenance"), tuple(blocks))


def _signs(material: Material) -> Table:
    say = material.say
    signs = (
        ("–", say("nil: zero is reported, or nothing is reported under this heading beside other figures")),
        ("..", say("not available: the office has no figure")),
        ("na", say("does not apply")),
        (say("not answered"), say("the question was asked and left empty")),
        (say("not asked"), say("an earlier answer makes the question void")),
        (say("not submitted"), say("no usable return")),
        (say("about"), say("approximate, by the office's own word")),
        ("◆", say("given by headquarters")),
        ("● ▲ ■", say("acceptable, not acceptable, critical")),
    )
    rows = tuple(Row((Cell(sign), Cell(meaning))) for sign, meaning in signs)
    return Table(say("Signs in tables"), (Column(say("Sign"), 25), Column(say("Meaning"), 75)), rows)


def _sources(material: Material) -> list[str]:
    say = material.say
    said = [say("Form: {source}.", source=material.schema.source)]
    if material.fictional:
        said.append(
            say("The countries, offices and figures of this report are invented to show what real returns would make.")
        )
        return said
    if material.rebuilt:
        said.append(
            say(
                "The returns behind this report are a demonstration built from public facts: UNHCR's published statistics "
                "(Refugee Data Finder, CC BY 4.0) and UNHCR's review of 2008. They are not the offices' own returns."
            )
        )
    said.append(say("Map: Natural Earth, public domain, in Robinson's projection."))
    return said


def _manifest(material: Material) -> Table:
    say = material.say
    rows = tuple(
        Row(
            (
                Cell(file.path.replace("\\", "/").rpartition("/")[2]),
                Cell(file.office or ".."),
                Cell(say(_VERDICTS[file.verdict])),
                Cell(file.sha256),
            )
        )
        for file in sorted(material.files, key=lambda file: (file.office, file.path))
    )
    columns = (Column(say("File"), 26), Column(say("Office"), 9), Column(say("Verdict"), 11), Column("SHA-256", 54))
    return Table(say("Files read"), columns, rows, style="dense")

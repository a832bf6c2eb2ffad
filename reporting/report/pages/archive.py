"""The marks of an archival, accessible file: XMP metadata of PDF/UA-1 and PDF/A-2a, and the colours' meaning.

The reports are built to both; nobody has certified them.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pikepdf import Pdf

    from reporting.report.blocks import Document

PRODUCER: Final = "Annual protection reporting; WeasyPrint; pikepdf"

_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file is built to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer><pdf:Keywords>{keywords}</pdf:Keywords></rdf:Description>
{dates}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_DATES: Final = """<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreateDate>{date}T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>{date}T00:00:00Z</xmp:ModifyDate></rdf:Description>
"""


def mark(pdf: Pdf, document: Document) -> None:
    """Say in the file what it is: title, language, dates, the standards it is built to, and what its colours mean."""
    from pikepdf import Array, Dictionary, Name, String

    words = {
        "title": document.title,
        "description": document.description,
        "language": document.language,
        "keywords": document.keywords,
        "producer": PRODUCER,
    }
    dates = _DATES.format(date=document.date) if document.date else ""
    xmp = _XMP.format(**{key: escape(value) for key, value in words.items()}, dates=dates)
    root = pdf.Root
    root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    root.Lang = String(document.language)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if document.direction == "rtl":
        root.ViewerPreferences.Direction = Name.R2L
    root.PageMode = Name.UseOutlines
    profile = pdf.make_stream(_profile(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB2014"),
        DestOutputProfile=profile,
    )
    root.OutputIntents = Array([intent])
    said = {
        "Title": document.title,
        "Subject": document.description,
        "Keywords": document.keywords,
        "Producer": PRODUCER,
    }
    for key, value in said.items():
        pdf.docinfo[f"/{key}"] = String(value)
    if document.date:
        for key in ("CreationDate", "ModDate"):
            pdf.docinfo[f"/{key}"] = String(f"D:{document.date.replace('-', '')}000000Z")


def _profile() -> bytes:
    """The colour profile of sRGB, which WeasyPrint brings along (without importing WeasyPrint, which takes a second)."""
    spec = find_spec("weasyprint")
    assert spec is not None  # noqa: S101 - the pages have just been set by it
    assert spec.origin is not None  # noqa: S101
    return Path(spec.origin).with_name("pdf").joinpath("sRGB2014.icc").read_bytes()

"""A small collection of returns for the tests of this folder."""

from collections.abc import Mapping, Sequence
from datetime import date

from reporting.aggregate.collection import Collection, collection_of
from reporting.report.blocks import Document
from reporting.report.html import draw
from reporting.report.render import report_document
from reporting.report.request import Kind, Request
from tests.aggregate.returns import Given, result_of, return_of, stock

HOSTILE = "<script>alert(1)</script> {{7*7}} <img src=file:///etc/passwd> " + "w" * 10_000
ARABIC = "يواجه اللاجئون مخاطر الاتجار بالأشخاص، وقد أنشأت المفوضية آلية للإحالة في عام ٢٠٠٨. " * 12

FIELDS: Mapping[str, Given] = {
    "cover.trafficking_assessment": "something_to_report",
    "security.trafficking.referral_mechanism": "formal",
    "security.trafficking.risk_mapping": "yes",
    "security.trafficking.persons_screened": "..",
    "environment.legal_framework.law_forms": ("forced_labour", "sexual_exploitation"),
    "security.trafficking.narrative": HOSTILE,
    "security.trafficking.trafficking_narrative": ARABIC,
}
VICTIMS: Sequence[Mapping[str, Given]] = (
    {"country": "KEN", "main_form": "forced_labour", "sex": "m", "age": "18_59", "persons": 21, "approximate": "yes"},
    {"country": "KEN", "main_form": "forced_begging", "sex": "f", "age": "0_11", "persons": 4, "approximate": "no"},
)


def collection() -> Collection:
    """Kenya with persons and trafficking, Sudan with hardly anything, Hungary for four countries."""
    returns = (
        return_of(
            "KEN",
            [stock("KEN", "REF", 320598, opening=265729, f_0_4=100, m_0_4=110), stock("KEN", "RET", 7, opening="na")],
            cleared=date(2009, 2, 13),
            fields=FIELDS,
            trafficked_persons=VICTIMS,
            good_practices=[{"category": "research", "title": "A <b>bold</b> title", "summary": "What was done."}],
        ),
        return_of("SDN", [stock("SDN", "REF", ".."), stock("SDN", "IDP", 0, opening=0)]),
        return_of("HUN", [stock("HUN", "REF", 7740, opening=8131), stock("SVN", "REF", 268)], countries=("HUN", "SVN")),
    )
    return collection_of([(result_of(item), item) for item in returns], None, 2008)


def document(
    kind: str = "regional", bureau: str | None = "africa", office: str | None = None, language: str = "en"
) -> Document:
    """A report of the small collection."""
    return report_document(Request(kind=Kind(kind), bureau=bureau, office=office, language=language), collection())


def page(kind: str = "regional", bureau: str | None = "africa") -> str:
    """The HTML that the page setter gets."""
    return draw(document(kind, bureau), "page")

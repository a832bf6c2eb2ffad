"""Where persons of concern come from, and the flows between countries of origin and of asylum."""

from __future__ import annotations

from collections import Counter
from typing import Final

from reporting.aggregate.figures import Figure
from reporting.report.blocks import Block, Paragraph
from reporting.report.charts import Series, bar_chart
from reporting.report.colours import colour, group_fill
from reporting.report.drawings import FlowChart
from reporting.report.flows import Flow, flow_chart
from reporting.report.material import Material, known

_LARGEST: Final = 12
_FLOWS: Final = 16
"""More ribbons than these cannot be told apart."""
_GROUPS: Final = {"origins.persons": "REF", "origins.asylum_seekers": "ASY", "origins.returned_refugees": "RET"}


def blocks(material: Material) -> list[Block]:
    """The largest origins as bars, then the largest flows of refugees."""
    say = material.say
    titles = {
        "origins.persons": say("Refugees by country of origin, the largest, {year}", year=material.year),
        "origins.asylum_seekers": say("Asylum-seekers by country of origin, the largest, {year}", year=material.year),
        "origins.returned_refugees": say("Returned refugees by country of asylum left, {year}", year=material.year),
    }
    made: list[Block] = []
    for indicator, title in titles.items():
        largest = _largest(material.series(indicator, *material.whole), _LARGEST)
        if largest:
            heads = (say("Country"), say("Persons"))
            fill = group_fill(_GROUPS[indicator])
            made.append(
                bar_chart(
                    title, heads, [_bar(material, item) for item in largest], [fill], source=material.source(indicator)
                )
            )
    flows = _flow_chart(material)
    if flows is not None:
        made.append(flows)
    return made or [Paragraph(say("No return gives countries of origin."))]


def _bar(material: Material, item: Figure) -> Series:
    return Series(
        material.country(item.dimensions.get("other_country", "")), (known(item) or 0,), (material.printed(item),)
    )


def _largest(figures: list[Figure], count: int) -> list[Figure]:
    found = [item for item in figures if item.value]
    return sorted(found, key=lambda item: (-(item.value or 0), item.area, item.dimensions.get("other_country", "")))[
        :count
    ]


def _flow_chart(material: Material) -> FlowChart | None:
    """The largest flows of refugees between two countries; None where there are fewer than two."""
    say = material.say
    every = [item for item in material.series("origins.persons", "country") if item.value]
    largest = _largest(every, _FLOWS)
    if len(largest) < 2:
        return None
    flows = [
        Flow(material.country(item.dimensions.get("other_country", "")), material.country(item.area), item.value or 0)
        for item in largest
    ]
    ends: Counter[tuple[str, str]] = Counter()
    for flow in flows:
        ends[flow.origin, ""] += int(flow.persons)
        ends["", flow.destination] += int(flow.persons)
        ends[flow.origin, flow.destination] += int(flow.persons)
    shown, whole = sum(flow.persons for flow in flows), sum(item.value or 0 for item in every)
    remark = say(
        "The {count} largest of {all} flows: {share} of the refugees whose origin is given.",
        count=len(flows),
        all=len(every),
        share=material.share(shown, whole),
    )
    return flow_chart(
        say("Refugees between countries of origin and of asylum, the largest flows, {year}", year=material.year),
        (say("Country of origin"), say("Country of asylum")),
        flows,
        {end: material.number(persons) for end, persons in ends.items()},
        [colour("Blue"), colour("Green"), colour("Navy"), "#8EBEFF", colour("Grey"), colour("Yellow")],
        source=f"{remark} {material.source('origins.persons')}",
    )

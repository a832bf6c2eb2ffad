"""Trafficking at a glance: one page that says what is known, where, and how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from reporting.aggregate.figures import Level
from reporting.findings import Severity
from reporting.report import numbers
from reporting.report.answers import answer_cell
from reporting.report.blocks import CallOut, Chapter, Tile, Tiles
from reporting.report.chapters import changes
from reporting.report.chapters.breakdowns import indicator_of, panel_rows, present
from reporting.report.chapters.coverage import offices_title
from reporting.report.charts import Series, bar_chart, panels
from reporting.report.colours import colour
from reporting.report.drawings import BarChart, Panels
from reporting.report.material import Material, known, total

_PANELS: Final = (
    "trafficking.victims_by_form",
    "trafficking.victims_by_scope",
    "trafficking.victims_by_sex",
    "trafficking.victims_by_age",
)
_BARS: Final = 6
"""The most bars of a panel; what is smaller stands in the chapter itself."""
_PLACES: Final = 8
"""The most places, so that the page stays one page."""
VICTIMS: Final = "trafficking.victims"
ASSESSMENT: Final = "cover.trafficking_assessment"


def chapter(material: Material) -> Chapter:
    """The headline page of the reports on trafficking."""
    say = material.say
    certainty = CallOut(say("How sure are we?"), tuple(_certainty(material)), "caution", (offices_title(material),))
    drawn = list(present([_by_place(material), _panels(material)]))
    blocks = [_tiles(material), changes.headlines(material), certainty, *(drawn or [reported(material)])]
    return Chapter("trafficking-glance", say("Trafficking at a glance"), tuple(present(blocks)), opening=True)


def assessed(material: Material) -> Counter[str]:
    """The offices by what they say of their assessment of trafficking; the empty text for those that say nothing."""
    answers = (returned.fields.get(ASSESSMENT) for returned in material.returns)
    return Counter(str(answer.value) if answer is not None and answer.value else "" for answer in answers)


def _tiles(material: Material) -> Tiles:
    say = material.say
    counts = assessed(material)
    looked = counts["something_to_report"] + counts["assessed_none"]
    return Tiles(
        (
            _number(material, VICTIMS, say("trafficked persons known to UNHCR"), say("no measure of prevalence")),
            _number(
                material,
                "trafficking.unaccompanied_children",
                say("children alone among them"),
                say("unaccompanied or separated"),
            ),
            Tile(
                numbers.part_of(looked, material.expected or len(material.returns), material.language),
                say("offices assessed trafficking"),
                say("{count} of them found none", count=counts["assessed_none"]),
                (_assessments(material),),
            ),
            _number(
                material,
                "trafficking.claims_lodged",
                say("asylum claims related to trafficking"),
                say("lodged in the year"),
            ),
        )
    )


def _number(material: Material, indicator: str, label: str, detail: str) -> Tile:
    figure = material.figure(indicator, *material.whole)
    see = (material.figure_id(indicator),)
    if known(figure) is None:
        return Tile(numbers.NOT_AVAILABLE, label, material.say("no office gives a number"), see)
    return Tile(material.printed(figure), label, detail, see)


def _assessments(material: Material) -> str:
    """The figure of the offices by what they say of their assessment."""
    return material.figure_id("assessment.offices")


def reported(material: Material) -> CallOut:
    """What the offices answered on trafficking, counted."""
    return CallOut(material.say("What was reported on trafficking"), _reported(material), see=(_assessments(material),))


def _reported(material: Material) -> tuple[str, ...]:
    say = material.say
    said = [_assessed(material)]
    said += _answers(material, "security.trafficking.referral_mechanism", say("Referral mechanism for victims"))
    said += _answers(material, "environment.legal_framework.trafficking_law", say("Law against trafficking"))
    said += _answers(material, "security.trafficking.focal_point", say("Focal point in the office"))
    considered, lodged, trained = (
        total([material.figure(name, *material.whole)])
        for name in ("trafficking.resettlement_considered", "trafficking.claims_lodged", "training.participants")
    )
    if lodged.value or considered.value:
        said.append(
            say(
                "Asylum claims related to trafficking lodged: {lodged}; cases considered for resettlement: {considered}.",
                lodged=material.printed_total(lodged),
                considered=material.printed_total(considered),
            )
        )
    if trained.value:
        said.append(say("Persons trained: {trained}.", trained=material.printed_total(trained)))
    return tuple(said)


def _assessed(material: Material) -> str:
    if material.single:
        label = material.say("Assessment of trafficking")
        return material.say("{question}: {answers}.", question=label, answers=_own(material, ASSESSMENT))
    counts = assessed(material)
    return material.say(
        "Of {offices}, {found} had something to report, {none} assessed and found none, and {unknown} did not assess "
        "or did not say.",
        offices=material.offices(len(material.returns)),
        found=counts["something_to_report"],
        none=counts["assessed_none"],
        unknown=len(material.returns) - counts["something_to_report"] - counts["assessed_none"],
    )


def _answers(material: Material, field_id: str, label: str) -> list[str]:
    field = material.schema.fields.get(field_id)
    if field is None:
        return []
    if material.single:
        return [material.say("{question}: {answers}.", question=label, answers=_own(material, field_id))]
    counts = Counter(_code(material, index, field_id) for index in range(len(material.returns)))
    answered = [entry for entry in material.schema.codes[field.codes].codes if counts[entry.code]]
    if not answered:
        return [material.say("{question}: no office answered.", question=label)]
    told = material.listed(f"{entry.label.lower()} {counts[entry.code]}" for entry in answered)
    rest = len(material.returns) - sum(counts[entry.code] for entry in answered)
    ending = material.say("; not answered {rest}", rest=rest) if rest else ""
    return [material.say("{question}: {answers}.", question=label, answers=told + ending)]


def _own(material: Material, field_id: str) -> str:
    """The answer of the one office, as it stands within a sentence."""
    (returned,) = material.returns
    return answer_cell(material, returned, material.schema.fields[field_id]).text.lower()


def _code(material: Material, index: int, field_id: str) -> str:
    answer = material.returns[index].fields.get(field_id)
    return str(answer.value) if answer is not None and isinstance(answer.value, str) else ""


def _by_place(material: Material) -> BarChart | None:
    """Trafficked persons by bureau, or by office; None for one office, or where nothing is known."""
    say = material.say
    if material.level is Level.OFFICE:
        return None
    level = Level.BUREAU if material.worldwide else Level.OFFICE
    name = material.bureau if material.worldwide else material.office
    found = [item for item in material.series(VICTIMS, level) if known(item) is not None]
    found.sort(key=lambda item: (-(item.value or 0), item.area))
    if not any(item.value for item in found):
        return None
    rows = [Series(name(item.area), (item.value or 0,), (material.printed(item),)) for item in found[:_PLACES]]
    return bar_chart(
        say("Trafficked persons known to UNHCR, by place, {year}", year=material.year),
        (say("Bureau") if material.worldwide else say("Office"), say("Persons")),
        rows,
        [colour("Blue")],
        source=" ".join([*_drawn(material, len(found)), material.source(VICTIMS)]),
        row_height=3.6,
    )


def _drawn(material: Material, places: int) -> Iterator[str]:
    """What the bars leave out."""
    if places > _PLACES:
        yield material.say("The {count} largest are drawn.", count=_PLACES)
    yield material.say("An office that gives no number is not drawn; that is no zero.")


def _panels(material: Material) -> Panels | None:
    shown = [item for name in _PANELS if (item := indicator_of(material, name)) is not None]
    parts = [part for item in shown for part in panel_rows(material, item, _BARS)]
    if not parts:
        return None
    return panels(
        material.say("Who they are, as far as it is known, {year}", year=material.year),
        parts,
        colour("Blue"),
        source=f"{material.say('Persons, on one scale; counts of what is known to UNHCR.')} {material.source(*_PANELS)}",
    )


def _certainty(material: Material) -> Iterator[str]:
    say = material.say
    counts = assessed(material)
    silent = len(material.returns) - counts["something_to_report"] - counts["assessed_none"]
    yield say(
        "{used} of {expected} expected returns are in the figures.", used=material.used, expected=material.expected
    )
    if silent:
        yield say("Offices that did not assess trafficking, or did not say: {count}.", count=silent)
    figure = material.figure(VICTIMS, *material.whole)
    if figure is not None and known(figure) is not None:
        yield say("Offices that give a number of trafficked persons: {count}.", count=figure.contributors)
    yield open_queries(material)
    if material.absent:
        yield say("Not in the figures: {offices}.", offices=material.listed(material.absent))


def open_queries(material: Material) -> str:
    """How many queries no office has explained, and no bureau has waived."""
    queries = sum(
        finding.severity is Severity.QUERY and not finding.explanation and not finding.waiver
        for file in material.files
        for finding in file.findings
    )
    if not queries:
        return material.say("No query to an office is still open.")
    return material.say("Queries to offices that are still open: {count}; the coverage report has them.", count=queries)

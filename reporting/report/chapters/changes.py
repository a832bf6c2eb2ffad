"""What changed since an earlier year, like with like, and how far that can be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reporting.aggregate.changes import Break, BreakKind, Change, Changes
from reporting.aggregate.figures import Level
from reporting.aggregate.roll_up import NOT_STATED
from reporting.report import numbers
from reporting.report.blocks import Block, Bullets, CallOut, Chapter, Column, Heading, Paragraph, Row, Table
from reporting.report.cells import Cell
from reporting.report.chapters.breakdowns import codes_of
from reporting.report.colours import colour
from reporting.report.lines import Course, line_chart
from reporting.report.material import FLOWS, Material, Total
from reporting.report.request import Kind
from reporting.schema.model import Indicator

THEME = "trafficking"
PERSONS = "populations.closing"
_LEAST_LINES = 2
_MOST_LINES = 12
"""The lines that a chart can tell apart by their labels."""


def chapter(material: Material) -> Chapter | None:
    """The figures of both years; None where the report is compared with no other year."""
    made = material.changes
    if made is None:
        return None
    say = material.say
    blocks: list[Block] = [Paragraph(_lead(material, made), "lead")]
    if material.kind is not Kind.TRAFFICKING:
        blocks += _table(
            material,
            made,
            _persons_title(material, made),
            [item for item in _indicators(material, made) if item.id == PERSONS],
        )
        if material.level is not Level.OFFICE:
            title = say("Persons of concern by place, {before} and {year}", before=made.before, year=made.year)
            blocks += _courses(material, made, PERSONS, title)
    about = sorted((item for item in _indicators(material, made) if THEME in item.themes), key=_broken_down)
    blocks += _table(material, made, _trafficking_title(material, made), about)
    if material.level is not Level.OFFICE:
        blocks += _places(material, made, [item for item in about if not item.by])
    blocks += [Heading(say("Where the series breaks"), 2, id="changes-breaks"), Bullets(tuple(_breaks(material, made)))]
    return Chapter("changes", say("What changed since {before}", before=made.before), tuple(blocks))


def headlines(material: Material) -> CallOut | None:
    """What changed on persons of concern and on trafficking, in a few lines; None without another year."""
    made = material.changes
    if made is None:
        return None
    say = material.say
    compared = [item for item in _indicators(material, made) if THEME in item.themes and not item.by]
    said = [_persons_line(material, made), *(_line(material, made, item) for item in compared)]
    said.append(
        say(
            "The forms of {before} and {year} share {count} of {all} figures on trafficking; the others have no earlier year.",
            before=made.before,
            year=made.year,
            count=sum(THEME in item.themes for item in _indicators(material, made)),
            all=sum(THEME in item.themes for item in material.schema.indicators),
        )
    )
    see = (_persons_title(material, made), _trafficking_title(material, made))
    return CallOut(say("What changed since {before}", before=made.before), tuple(filter(None, said)), see=see)


def _persons_title(material: Material, made: Changes) -> str:
    return material.say("Persons of concern at the end of {before} and of {year}", before=made.before, year=made.year)


def _trafficking_title(material: Material, made: Changes) -> str:
    return material.say("Trafficking in persons, {before} and {year}", before=made.before, year=made.year)


def _persons_line(material: Material, made: Changes) -> str:
    """The persons of concern of both years, over the groups that are counted at the end of both."""
    before, now = _of_both_years(made, PERSONS, *material.whole)
    if before.value is None or now.value is None:
        nobody = material.say("Persons of concern: no office gives a figure in both years.")
        return material.say("Persons of concern: no figure in both years.") if material.single else nobody
    if material.single:
        return material.say(
            "Persons of concern: {before}, now {now} ({change}).",
            before=_in_words(material, before),
            now=_in_words(material, now),
            change=numbers.change(before.value, now.value, material.language),
        )
    return material.say(
        "Persons of concern of the offices that report in both years: {before}, now {now} ({change}).",
        before=_in_words(material, before),
        now=_in_words(material, now),
        change=numbers.change(before.value, now.value, material.language),
    )


def _line(material: Material, made: Changes, indicator: Indicator) -> str:
    change = made.get(indicator.id, *material.whole)
    if change is None or not change.comparable:
        nobody = material.say("{figure}: no office gives a figure in both years.", figure=indicator.label)
        return material.say("{figure}: no figure in both years.", figure=indicator.label) if material.single else nobody
    if material.single:
        return material.say(
            "{figure}: {before}, now {now}.",
            figure=indicator.label,
            before=_in_words(material, Total(change.before, change.approximate_before)),
            now=_in_words(material, Total(change.now, change.approximate_now)),
        )
    return material.say(
        "{figure}: {before}, now {now}; offices in both years: {offices}.",
        figure=indicator.label,
        before=_in_words(material, Total(change.before, change.approximate_before)),
        now=_in_words(material, Total(change.now, change.approximate_now)),
        offices=change.offices,
    )


def _in_words(material: Material, whole: Total) -> str:
    """A number within a sentence, where nil is a figure, not a dash."""
    return material.printed_total(whole) if whole.value else material.count(0)


def _indicators(material: Material, made: Changes) -> list[Indicator]:
    compared = {item.indicator.id for item in made.series}
    return [item for item in material.schema.indicators if item.id in compared]


def _broken_down(indicator: Indicator) -> bool:
    """Totals come before breakdowns."""
    return bool(indicator.by)


def _lead(material: Material, made: Changes) -> str:
    say = material.say
    offices = made.offices_at.get(_place(material), frozenset())
    new = [office for office in made.gained if office in offices]
    lost = [office for office in made.lost if office in offices]
    if material.single:
        return _own_lead(material, made, new=bool(new))
    said = say(
        "Both years are compared like with like: only what an office gave, for a country, in {before} and in {year}. {same} of "
        "{all} offices have a return in the figures of both years.",
        before=made.before,
        year=made.year,
        same=len(offices) - len(new) - len(lost),
        all=len(offices),
    )
    if new:
        said += " " + say("Only in {year}: {offices}.", year=made.year, offices=_names(material, new))
    if lost:
        said += " " + say("Only in {before}: {offices}.", before=made.before, offices=_names(material, lost))
    return said


def _own_lead(material: Material, made: Changes, *, new: bool) -> str:
    if new:
        return material.say("No return of {before} can be compared with this one.", before=made.before)
    return material.say(
        "Both years are compared like with like: only what the office gave, for a country, in {before} and in {year}.",
        before=made.before,
        year=made.year,
    )


def _names(material: Material, offices: Iterable[str]) -> str:
    return material.listed(material.office(office) for office in offices)


def _place(material: Material) -> tuple[Level, str]:
    level, area = material.whole
    return Level(level), area


def _table(material: Material, made: Changes, title: str, indicators: Iterable[Indicator]) -> list[Block]:
    say = material.say
    found = [(item, change) for item in indicators for change in made.select(item.id, *material.whole)]
    rows = [_row(material, item, change) for item, change in found if _told(change)]
    if not rows:
        return [Paragraph(say("{title}: no figure in either year.", title=title), "small")]
    of_all = (
        Column(say("Offices in both years"), 8, number=True),
        Column(say("All offices {year}", year=made.year), 13, number=True),
    )
    columns = (
        Column(say("Figure"), 22),
        Column(str(made.before), 13, number=True),
        Column(str(made.year), 13, number=True),
        Column(say("Difference"), 12, number=True),
        Column(say("Change"), 7, number=True),
        *(() if material.single else of_all),
        Column(say("Given by"), 12),
    )
    cautions = tuple(dict.fromkeys(item.caution for item, change in found if item.caution and _told(change)))
    return [Table(title, columns, tuple(rows), source=_source(material, made), notes=cautions, style="dense")]


def _told(change: Change) -> bool:
    """Whether there is anything to print: a figure, and not only of rows that say nothing."""
    stated = NOT_STATED not in change.dimensions.values()
    return change.comparable or (stated and (change.all_before, change.all_now) != (None, None))


def _row(material: Material, indicator: Indicator, change: Change) -> Row:
    offices = Cell(material.number(change.offices) if change.offices else numbers.NIL)
    of_all = () if material.single else (offices, _all_now(material, change))
    label, given_by = Cell(_label(material, indicator, change)), Cell(_given_by(material, change))
    return Row((label, *_numbers(material, change), *of_all, given_by))


def _all_now(material: Material, change: Change) -> Cell:
    """This year's figure as published."""
    return _value(material, change.all_now, change.unit, approximate=change.all_approximate_now)


def _numbers(material: Material, change: Change) -> tuple[Cell, ...]:
    """The two years, the difference and the change in per cent."""
    if not change.comparable:
        nobody = Cell(material.say("not comparable"), tone="muted")
        if not material.single:
            return (_value(material, None, change.unit), _value(material, None, change.unit), nobody, Cell(""))
        before = _value(material, change.all_before, change.unit, approximate=change.all_approximate_before)
        return (before, _all_now(material, change), nobody, Cell(""))
    percent = numbers.NOT_APPLICABLE
    if not change.in_points:
        percent = numbers.change(change.before, change.now, material.language)
    return (
        _value(material, change.before, change.unit, approximate=change.approximate_before),
        _value(material, change.now, change.unit, approximate=change.approximate_now),
        Cell(numbers.difference(change.before, change.now, material.language)),
        Cell(percent),
    )


def _value(material: Material, value: float | None, unit: str, *, approximate: bool = False) -> Cell:
    if value is None:
        return Cell(numbers.NOT_AVAILABLE, tone="muted")
    about = material.say("about {number}")
    return Cell(numbers.number(value, material.language, unit=unit, approximate=approximate, about=about))


def _label(material: Material, indicator: Indicator, change: Change) -> str:
    said = [_heading(material, indicator, name, code) for name, code in change.dimensions.items()]
    if indicator.id == PERSONS:
        return said[0] + (f" ({material.say('during the year')})" if change.dimensions["group"] in FLOWS else "")
    return (
        material.say("{question}: {answers}", question=indicator.label, answers=material.listed(said))
        if said
        else indicator.label
    )


def _heading(material: Material, indicator: Indicator, name: str, code: str) -> str:
    if code == NOT_STATED:
        return material.say("not stated")
    return dict(codes_of(material, indicator, name)).get(code, code)


def _given_by(material: Material, change: Change) -> str:
    say = material.say
    words = {
        "office": say("office"),
        "headquarters": say("headquarters"),
        "both": say("office and headquarters"),
    }
    given = [word for word in (change.given_before, change.given_by) if word]
    return " → ".join(words[word] for word in dict.fromkeys(given)) or numbers.NOT_AVAILABLE


def _places(material: Material, made: Changes, indicators: Iterable[Indicator]) -> list[Block]:
    """For each figure without a breakdown, a row an office or bureau that gave it in both years."""
    say = material.say
    level = Level.BUREAU if material.worldwide else Level.OFFICE
    blocks: list[Block] = []
    for indicator in indicators:
        found = [(area, made.get(indicator.id, level, area)) for area in _areas(material)]
        rows = [_place_row(material, area, change) for area, change in found if change and change.comparable]
        if rows:
            columns = (
                Column(say("Bureau") if material.worldwide else say("Office"), 40),
                Column(str(made.before), 15, number=True),
                Column(str(made.year), 15, number=True),
                Column(say("Difference"), 15, number=True),
                Column(say("Change"), 15, number=True),
            )
            title = say(
                "{figure} by place, {before} and {year}", figure=indicator.label, before=made.before, year=made.year
            )
            notes = (indicator.caution,) if indicator.caution else ()
            blocks += _courses(material, made, indicator.id, title)
            blocks.append(
                Table(title, columns, tuple(rows), source=_source(material, made), notes=notes, style="dense")
            )
    return blocks


def _courses(material: Material, made: Changes, indicator: str, title: str) -> list[Block]:
    """The places as lines from the one year to the other, the largest of many; nothing for less than two."""
    found = []
    for area in _areas(material):
        before, now = _of_both_years(made, indicator, Level.BUREAU if material.worldwide else Level.OFFICE, area)
        if before.value is not None and now.value is not None:
            printed = (material.printed_total(before), material.printed_total(now))
            found.append(Course(_area_name(material, area), before.value, now.value, printed))
    found.sort(key=lambda course: (-max(course.before, course.after), course.label))
    if len(found) < _LEAST_LINES or not max(found[0].before, found[0].after):
        return []
    source = _source(material, made)
    if len(found) > _MOST_LINES:
        source = f"{material.say('The {count} largest are drawn.', count=_MOST_LINES)} {source}"
    years = (str(made.before), str(made.year))
    fills = (colour("Blue"), colour("Navy"))
    return [line_chart(title, years, found[:_MOST_LINES], fills, source=source)]


def _of_both_years(made: Changes, indicator: str, level: str, area: str) -> tuple[Total, Total]:
    """A place's figure in both years, like with like: the sum of the groups that are counted at the end of a year."""
    found = [
        change
        for change in made.select(indicator, level, area)
        if change.comparable and change.dimensions.get("group") not in FLOWS
    ]
    if not found:
        return Total(None), Total(None)
    before = Total(sum(change.before or 0 for change in found), any(change.approximate_before for change in found))
    return before, Total(sum(change.now or 0 for change in found), any(change.approximate_now for change in found))


def _area_name(material: Material, area: str) -> str:
    return material.bureau(area) if material.worldwide else material.office(area)


def _areas(material: Material) -> tuple[str, ...]:
    return material.bureaus if material.worldwide else tuple(item.office for item in material.returns)


def _place_row(material: Material, area: str, change: Change) -> Row:
    return Row((Cell(_area_name(material, area)), *_numbers(material, change)))


def _reason(material: Material, made: Changes, change: Change, item: Break) -> str:
    """Why a series breaks: by the form, or by whose word the figures are."""
    if item.kind is BreakKind.GIVEN_BY:
        return material.say(
            "{question}: {answers}", question=material.say("Given by"), answers=_given_by(material, change)
        )
    told = (
        entry.differs
        for entry in material.schema.series
        if (entry.indicator, entry.form) == (change.indicator, made.forms[0])
    )
    return next(told, item.text)


def _breaks(material: Material, made: Changes) -> Iterator[str]:
    """Every break once, with the figures it is about where it is not about an office."""
    figures: dict[str, list[str]] = {}
    moved: dict[str, None] = {}
    for indicator in _indicators(material, made):
        for change in made.select(indicator.id, *material.whole):
            for item in change.breaks if _told(change) else ():
                if item.kind in {BreakKind.FORM, BreakKind.GIVEN_BY}:
                    figures.setdefault(_reason(material, made, change, item), []).append(indicator.label)
                elif item.kind is BreakKind.COUNTRIES:
                    moved |= dict.fromkeys(item.offices)
    for text, labels in figures.items():
        yield material.say("{question}: {answers}", question=material.listed_apart(dict.fromkeys(labels)), answers=text)
    for office in moved:
        was, now = (material.listed(material.country(code) for code in codes) for codes in made.moved[office])
        yield material.say("{office} covered {was}, and now {now}.", office=material.office(office), was=was, now=now)
    yield material.say(
        "A figure that an office gave in one of the two years only is left out of the comparison; it is never a zero."
    )


def _source(material: Material, made: Changes) -> str:
    return material.say(
        "{source} Compared with the returns of {before} on the form {form}.",
        source=material.source(),
        before=made.before,
        form=made.forms[0],
    )

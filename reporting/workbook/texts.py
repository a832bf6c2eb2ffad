"""The words of the workbook that are not a schema's: English, by id; translations stand in gettext catalogues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from reporting.languages import ENGLISH, workbook_words

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "return_name": "{form}: {office}",
        "cover.fictional": "Fictional data: this office belongs to a made-up world. Nothing here is about a real place.",
        "instruction.0": "1.  Fill the framed yellow cells, sheet by sheet. Begin below; say in each area first whether it applies.",
        "instruction.1": (
            "2.  Select a cell: a note says what is meant, and an arrow at its side opens the list of answers. "
            "Definitions, and all notes on one page, stand on the sheet “Guidance”."
        ),
        "instruction.2": (
            "3.  Numbers: 0 if there was none and you know it; two dots (..) if the figure is not available; na if the "
            "question cannot apply. Leave blank what is not answered yet. Dates: 2008-06-30."
        ),
        "instruction.3": (
            "4.  In tables write one row a record. You may sort, filter, insert and delete rows, and resize rows and columns. "
            "Leave a table empty if there is nothing to report."
        ),
        "instruction.4": (
            "5.  Never write names of persons, case numbers, telephone numbers or e-mail addresses: a return is passed on."
        ),
        "instruction.5": (
            "6.  Save as Excel workbook (.xlsx), also from LibreOffice, and send it to your bureau. If a figure looks odd but "
            "is right, say why on the sheet “Checks”."
        ),
        "heading.questions": "About this return",
        "heading.progress": "How far this return is",
        "heading.legend": "What the colours and signs mean",
        "heading.contents": "Contents",
        "legend.answer": "Your answer: a framed yellow cell. The rest is locked.",
        "legend.required": "An answer that the return cannot do without, where it is asked at all.",
        "legend.headquarters": "Answered by headquarters (HQ). If it is wrong, tell your bureau.",
        "legend.computed": "Computed from your tables. Nothing to fill.",
        "legend.trafficking": "A question on trafficking. Reports draw all of these together.",
        "legend.not_asked": "Not asked, as an earlier answer rules it out. Leave it blank.",
        "legend.broken": "Against a rule, which the sheet “Checks” tells: red an error, orange a query, violet a note.",
        "legend.sample.answer": "Your answer",
        "legend.sample.required": "*",
        "legend.sample.headquarters": "HQ's answer",
        "legend.sample.computed": "12",
        "legend.sample.trafficking": "◆",
        "legend.sample.not_asked": "Not asked",
        "legend.sample.broken": "✗ Your answer",
        "mark.required": "*",
        "mark.trafficking": "◆",
        "mark.headquarters": "HQ",
        "several": "Mark all that apply.",
        "several_in_cell": "Several answers: separate them with semicolons.",
        "several_from": "Several of these, separated by semicolons: {labels}.",
        "computed": "Computed; nothing to fill.",
        "headquarters": "Answered by headquarters. If it is wrong, tell your bureau.",
        "only_if": "Only if {condition}.",
        "impact.heading": "Impact indicators (only for offices that use FOCUS)",
        "impact.baseline": "Baseline",
        "impact.target": "Target",
        "impact.year_end": "Year-end",
        "impact.standard": "Standard",
        "impact.green": "Acceptable",
        "impact.red": "Critical",
        "impact.prompt": "{objective}. Standard {standard}; acceptable {green}; critical {red}. A number, or .. or na.",
        "not_criticality": "shown only, not rated",
        "table.number": "A number of zero or more, or .. if not available, or na if it cannot apply.",
        "error.title": "Please check this cell",
        "error.list": "Please choose an answer from the list.",
        "error.tick": "Choose Yes, or leave the cell blank.",
        "error.count": "Please write a whole number of zero or more, or .. if it is not available, or na if it cannot apply.",
        "error.number": "Please write a number of zero or more, or .. if it is not available, or na if it cannot apply.",
        "error.range": "Please write a number from {low} to {high}, or .. if it is not available, or na if it cannot apply.",
        "error.length": "This is longer than {limit} characters. Please shorten it before you send the return.",
        "error.date": "Please write a date such as 2008-06-30.",
        "error.year": "Please write a year such as 2008.",
        "checks.title": "Checks",
        "checks.guidance": (
            "The column “Now” tells while you type which rules are broken (✗) and which hold (✓); what is blank, .. or na breaks "
            "none. Your bureau's validator applies the same rules, and some more. An error must be corrected. A query is corrected, "
            "or explained in the yellow cell beside it; your explanation travels with the return and is printed beside the figure. "
            "A note is for your information."
        ),
        "checks.code": "Code",
        "checks.severity": "Kind",
        "checks.checked": "What the rule finds, and what to do",
        "checks.state": "Now",
        "checks.where": "Where",
        "checks.explanation": "Your explanation",
        "checks.ROW002": "Rows of a table say the same, so their figures may be counted twice. Put them together, or explain.",
        "checks.PRV004": "A text holds what looks like a person's name. Take it out; if it is none, explain.",
        "checks.QUA001": "An answer is a placeholder. Write the answer, or clear the cell.",
        "checks.QUA002": "A text is word for word what last year's return says. Say what changed, or explain.",
        "checks.prompt": "If a query is raised here and your figures are right, say why, in a sentence or two. No names.",
        "progress.return": "Ready to send?",
        "progress.ready": "✓ Ready to send",
        "progress.not_ready": "✗ Not ready yet. To correct: ",
        "progress.after_errors": "; queries to correct or explain: ",
        "progress.after_queries": "; required answers missing: ",
        "progress.after_missing": ".",
        "progress.whole": "✓ ",
        "progress.part": "… ",
        "progress.of": " of ",
        "progress.answered": " answered",
        "progress.nothing": "– nothing is asked",
        "state.sign": "✗",
        "state.broken.error": "✗ to be corrected",
        "state.broken.query": "✗ correct or explain",
        "state.broken.note": "✗ please look",
        "state.explained": "✓ explained",
        "state.holds": "✓",
        "state.open": "– not to be told yet",
        "state.later": "checked when it is sent",
        "severity.error": "error",
        "severity.query": "query",
        "severity.note": "note",
        "guidance.title": "Guidance",
        "guidance.guidance": "Definitions first, then the note on every question, in the order of the sheets.",
        "guidance.definitions": "Definitions",
        "guidance.notes": "Notes on the questions: {sheet}",
        "guidance.shared": "Notes on the questions that each area asks",
        "contents.checks": "The rules your return is checked by, with a cell for your explanation of each",
        "contents.guidance": "Definitions, and the note on every question",
        "properties.creator": "Annual protection reporting",
        "guidance.question": "Question",
        "guidance.note": "What is meant",
        "guidance.source": "Source",
        "header.fictional": "Fictional data",
        "footer.page": "Page &P of &N",
        "condition.is": "“{question}” is {answers}",
        "condition.is_not": "“{question}” is not {answers}",
        "condition.compares": "“{question}” is {comparison} {number}",
        "condition.sum": "“{question}” ({sheet}) adds up to {comparison} {number}",
        "condition.or": " or ",
        "condition.and": ", and ",
        "comparison.<": "below",
        "comparison.<=": "at most",
        "comparison.>": "above",
        "comparison.>=": "at least",
        "comparison.==": "exactly",
        "comparison.!=": "not",
    }
)


_LANGUAGE: ContextVar[str] = ContextVar("the language of the workbook that is written", default=ENGLISH)


@contextmanager
def written_in(language: str) -> Iterator[None]:
    """Within, :func:`text` speaks ``language``: every part of a workbook asks it, and a workbook has one language."""
    before = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(before)


def texts_of_workbook(language: str) -> Iterator[str]:
    """All of them in one language."""
    words = workbook_words(language)
    return (words.pgettext(identifier, english) for identifier, english in TEXTS.items())


def text(identifier: str, **values: object) -> str:
    """The text of an id in the language of the workbook, its places filled."""
    said, language = TEXTS[identifier], _LANGUAGE.get()
    if language != ENGLISH:
        said = workbook_words(language).pgettext(identifier, said)
    return said.format(**values) if values else said

"""Findings as one HTML file for a person: no scripts, nothing loaded from elsewhere, readable on a phone.

Written with :func:`html.escape`, since Jinja2 comes only with the extra ``report``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from reporting.findings import FileResult, Finding
from reporting.outputs.words import SEVERITIES, SIGNS, VERDICTS, counted
from reporting.translator import ENGLISH_WORDS, Translator

_STYLE: Final = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; color: #1a1a1a; }
h2, .path { overflow-wrap: anywhere; }
article { border-inline-start: .3rem solid #666; padding: .1rem .8rem; margin: 1rem 0; overflow-wrap: anywhere; }
article.error { border-color: #b00020; }
article.query { border-color: #8a5a00; }
article h3, article p { margin: .35rem 0; }
a { color: #00508f; }
"""


def html_text(results: Sequence[FileResult], words: Translator = ENGLISH_WORDS) -> str:
    """The whole page: a list of files with their verdicts, then the findings of each file."""
    return "\n".join(_page(results, words)) + "\n"


def _page(results: Sequence[FileResult], words: Translator) -> Iterator[str]:
    title = escape(words.say("Findings"))
    direction = f' dir="{words.direction}"' if words.translates else ""
    yield f'<!DOCTYPE html>\n<html lang="{words.language}"{direction}>\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>"
    yield f'<nav aria-label="{escape(words.say("Files"))}">\n<ul>'
    for number, result in enumerate(results, 1):
        path = escape(result.shown_path)
        yield f'<li><a class="path" dir="auto" href="#file-{number}">{path}</a>: {_verdict(result, words)}</li>'
    yield "</ul>\n</nav>"
    for number, result in enumerate(results, 1):
        yield f'<section id="file-{number}" aria-labelledby="file-{number}-title">'
        yield f'<h2 id="file-{number}-title">{escape(result.shown_path)}</h2>\n<p>{_verdict(result, words)}</p>'
        for place, finding in enumerate(result.findings, 1):
            yield from _finding(finding, f"file-{number}-{place}", words)
        yield "</section>"
    yield "</main>\n</body>\n</html>"


def _verdict(result: FileResult, words: Translator) -> str:
    who = escape(f"{result.office} {result.year}, ") if result.office else ""
    return f"{who}<strong>{escape(words.say(VERDICTS[result.verdict]))}</strong> ({counted(result.counts, words)})"


def _finding(finding: Finding, anchor: str, words: Translator) -> Iterator[str]:
    say = words.say
    place = " ".join(filter(None, (finding.sheet, ", ".join(finding.cells))))
    yield f'<article id="{anchor}" class="{finding.severity.value}">'
    severity = escape(say(SEVERITIES[finding.severity]))
    yield f'<h3><a href="#{anchor}">{escape(finding.code)}</a> {SIGNS[finding.severity]} {severity}</h3>'
    remarks = {
        say("Where"): place,
        say("What"): finding.message,
        say("Do you mean"): finding.suggestion,
        say("What to do"): finding.hint,
        say("Explained by the office"): finding.explanation,
        say("Waived by the bureau"): finding.waiver,
    }
    for label, text in remarks.items():
        if text:
            yield f"<p><b>{escape(label)}:</b> {escape(text)}</p>"
    yield "</article>"

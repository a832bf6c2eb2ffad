"""The results of validating as text for a person at a terminal or for an e-mail, 80 columns wide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reporting.findings import FileResult, Finding, Severity, Verdict
from reporting.languages import to_say
from reporting.outputs.columns import wrapped
from reporting.outputs.words import SIGNS, VERDICTS, counted
from reporting.translator import ENGLISH_WORDS, Translator

WIDTH: Final = 80
MOST_CELLS: Final = 6
"""So many cells are named; of more, the rest is counted."""
MOST_ALIKE: Final = 3
"""So many findings of one code are told in full for a file; the others with ``everything=True``."""

_FILES_BY_VERDICT: Final = {
    Verdict.ACCEPTED: to_say("{count} accepted"),
    Verdict.QUERIES: to_say("{count} queries"),
    Verdict.REJECTED: to_say("{count} rejected"),
    Verdict.UNREADABLE: to_say("{count} unreadable"),
}

Paint = Callable[[str, str], str]
"""Colours a text: ``paint(text, style)``, the styles being the verdicts and severities, ``place`` and ``quiet``."""


def plain(text: str, _style: str) -> str:
    """No colours."""
    return text


def coloured(text: str, style: str) -> str:
    """Colours for a terminal; each finding has its sign as well, so nothing depends on them."""
    import click

    colours = {"error": "red", "rejected": "red", "unreadable": "red", "query": "yellow", "queries": "yellow"}
    colours |= {"accepted": "green", "place": "cyan"}
    if style == "quiet":
        return click.style(text, dim=True)
    return click.style(text, fg=colours.get(style), bold=style in set(Verdict))


def text_report(
    results: Sequence[FileResult],
    *,
    network: Sequence[Finding] = (),
    paint: Paint = plain,
    everything: bool = False,
    words: Translator = ENGLISH_WORDS,
) -> str:
    """All files with their findings, what offices say of each other (``network``), and a summary.

    With ``everything`` each finding is told in full. The findings are in the language of ``words`` already.
    """
    teller = _Teller(paint, everything, words)
    lines: list[str] = []
    for result in results:
        lines += [*teller.file(result), ""]
    if network:
        lines += [paint(words.say("Between offices"), "place"), *teller.findings(network), ""]
    return "\n".join([*lines, *teller.summary(results)]) + "\n"


@dataclass(frozen=True, slots=True)
class _Teller:
    """How results are told: in which colours and words, and whether repeats are told in full."""

    paint: Paint
    everything: bool
    words: Translator

    def file(self, result: FileResult) -> Iterator[str]:
        """A file with its verdict and findings."""
        who = f"{result.office} {result.year}, " if result.office else ""
        yield self.paint(result.shown_path, "place")
        verdict = self.words.say(VERDICTS[result.verdict])
        numbers = f"({counted(result.counts, self.words)})"
        fits = len(who) + len(verdict) + len(numbers) + 3 <= WIDTH
        yield f"  {who}{self.paint(verdict, result.verdict.value)}" + (f" {numbers}" if fits else "")
        yield from () if fits else (f"    {numbers}",)
        yield from self.findings(result.findings)

    def findings(self, findings: Sequence[Finding]) -> Iterator[str]:
        """The findings, by code."""
        alike: dict[str, list[Finding]] = {}
        for finding in findings:
            alike.setdefault(finding.code, []).append(finding)
        for of_code in alike.values():
            told = of_code if self.everything else of_code[:MOST_ALIKE]
            for finding in told:
                yield from self._finding(finding)
            yield from self._others(of_code[len(told) :])

    def summary(self, results: Sequence[FileResult]) -> Iterator[str]:
        """How many files and findings there are, and which findings most often."""
        verdicts = Counter(result.verdict for result in results)
        counts: Counter[Severity] = Counter()
        for result in results:
            counts.update(result.counts)
        numbers = f"({counted(counts, self.words)})"
        fits = len(self._verdicts(verdicts, plain)) + len(numbers) < WIDTH
        told = self._verdicts(verdicts, self.paint)
        yield from (f"{told} {numbers}",) if fits else (told, numbers)
        if codes := _most_frequent(results):
            text = self.words.say("Most frequent: {codes}. “apr explain CODE” tells more.", codes=codes)
            yield from self._wrapped(text, 0, 2, "quiet")

    def _others(self, findings: Sequence[Finding]) -> Iterator[str]:
        """Where the findings of one code are that are not told in full."""
        if not findings:
            return
        first = findings[0]
        between = self.words.say("; ")
        places = between.join(self._place(finding) for finding in findings[:MOST_CELLS] if finding.sheet)
        left = len(findings) - MOST_CELLS
        more = f"{between}{self.words.say('and {count} more', count=left)}" if left > 0 else ""
        told = self.words.say("{count} more of {code}: {places}", count=len(findings), code=first.code, places=places)
        yield from self._wrapped(f"{SIGNS[first.severity]} {told}{more}", 2, 4, "quiet")

    def _finding(self, finding: Finding) -> Iterator[str]:
        say = self.words.say
        head = f"{SIGNS[finding.severity]} {finding.code}"
        places = [line.strip() for line in wrapped(self._place(finding), WIDTH, " " * (len(head) + 4), " " * 4)]
        painted = [self.paint(line, "place") for line in places]
        yield f"  {self.paint(head, finding.severity.value)}" + "".join(f"  {line}" for line in painted[:1])
        yield from (f"    {line}" for line in painted[1:])
        yield from self._wrapped(finding.message, 4, 4, "")
        if finding.suggestion:
            yield from self._wrapped(f"→ {say('Do you mean {suggestion}?', suggestion=finding.suggestion)}", 4, 6, "")
        if finding.hint and finding.severity is not Severity.NOTE:
            yield from self._wrapped(f"→ {finding.hint}", 4, 6, "quiet")
        if finding.explanation:
            yield from self._wrapped(say("Explained by the office: {said}", said=finding.explanation), 4, 6, "")
        if finding.waiver:
            yield from self._wrapped(say("Waived by the bureau: {said}", said=finding.waiver), 4, 6, "")

    def _place(self, finding: Finding) -> str:
        """Sheet and cells, such as ``Populations C5, D5 and 3 more``."""
        cells = ", ".join(finding.cells[:MOST_CELLS])
        more = len(finding.cells) - MOST_CELLS
        rest = self.words.say("and {count} more", count=more) if more > 0 else ""
        return " ".join(filter(None, (finding.sheet, cells, rest)))

    def _wrapped(self, text: str, first: int, others: int, style: str) -> Iterator[str]:
        lines = wrapped(text, WIDTH, " " * first, " " * others)
        return (self.paint(line, style) if style else line for line in lines)

    def _verdicts(self, verdicts: Counter[Verdict], paint: Paint) -> str:
        said = {verdict: self.words.say(_FILES_BY_VERDICT[verdict], count=verdicts[verdict]) for verdict in Verdict}
        parts = [paint(said[verdict], verdict.value) for verdict in Verdict if verdicts[verdict]]
        files = self.words.say_many("{count} file", "{count} files", verdicts.total())
        told = self.words.say(", ").join(parts) or self.words.say("none")
        return self.words.say("{files}: {verdicts}", files=files, verdicts=told)


def _most_frequent(results: Iterable[FileResult]) -> str:
    codes = Counter(finding.code for result in results for finding in result.findings)
    frequent = sorted(codes.items(), key=lambda item: (-item[1], item[0]))[:5]
    return ", ".join(f"{code} ({times})" for code, times in frequent)

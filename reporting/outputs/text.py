"""The results of validating as text for a person at a terminal or for an e-mail, 80 columns wide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from reporting.findings import FileResult, Finding, Severity, Verdict
from reporting.outputs.columns import wrapped
from reporting.outputs.words import SIGNS, VERDICTS, counted, plural

WIDTH: Final = 80
MOST_CELLS: Final = 6
"""So many cells are named; of more, the rest is counted."""
MOST_ALIKE: Final = 3
"""So many findings of one code are told in full for a file; the others with ``everything=True``."""

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
) -> str:
    """All files with their findings, what offices say of each other (``network``), and a summary.

    With ``everything`` each finding is told in full.
    """
    lines: list[str] = []
    for result in results:
        lines += [*_file(result, paint, everything), ""]
    if network:
        lines += [paint("Between offices", "place"), *_findings(network, paint, everything), ""]
    return "\n".join([*lines, *_summary(results, paint)]) + "\n"


def _file(result: FileResult, paint: Paint, everything: bool) -> Iterator[str]:  # noqa: FBT001 - one switch, passed on
    who = f"{result.office} {result.year}, " if result.office else ""
    yield paint(result.shown_path, "place")
    verdict, numbers = VERDICTS[result.verdict], f"({counted(result.counts)})"
    fits = len(who) + len(verdict) + len(numbers) + 3 <= WIDTH
    yield f"  {who}{paint(verdict, result.verdict.value)}" + (f" {numbers}" if fits else "")
    yield from () if fits else (f"    {numbers}",)
    yield from _findings(result.findings, paint, everything)


def _findings(findings: Sequence[Finding], paint: Paint, everything: bool) -> Iterator[str]:  # noqa: FBT001 - as above
    alike: dict[str, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(finding.code, []).append(finding)
    for of_code in alike.values():
        told = of_code if everything else of_code[:MOST_ALIKE]
        for finding in told:
            yield from _finding(finding, paint)
        yield from _others(of_code[len(told) :], paint)


def _others(findings: Sequence[Finding], paint: Paint) -> Iterator[str]:
    """Where the findings of one code are that are not told in full."""
    if findings:
        first = findings[0]
        places = "; ".join(_place(finding) for finding in findings[:MOST_CELLS] if finding.sheet)
        more = f"; and {len(findings) - MOST_CELLS} more" if len(findings) > MOST_CELLS else ""
        text = f"{SIGNS[first.severity]} {len(findings)} more of {first.code}: {places}{more}"
        yield from _wrapped(text, 2, 4, "quiet", paint)


def _finding(finding: Finding, paint: Paint) -> Iterator[str]:
    head = f"{SIGNS[finding.severity]} {finding.code}"
    places = [line.strip() for line in wrapped(_place(finding), WIDTH, " " * (len(head) + 4), " " * 4)]
    yield f"  {paint(head, finding.severity.value)}" + "".join(f"  {paint(line, 'place')}" for line in places[:1])
    yield from (f"    {paint(line, 'place')}" for line in places[1:])
    yield from _wrapped(finding.message, 4, 4, "", paint)
    if finding.suggestion:
        yield from _wrapped(f"→ Do you mean {finding.suggestion}?", 4, 6, "", paint)
    if finding.hint and finding.severity is not Severity.NOTE:
        yield from _wrapped(f"→ {finding.hint}", 4, 6, "quiet", paint)
    if finding.explanation:
        yield from _wrapped(f"Explained by the office: {finding.explanation}", 4, 6, "", paint)
    if finding.waiver:
        yield from _wrapped(f"Waived by the bureau: {finding.waiver}", 4, 6, "", paint)


def _place(finding: Finding) -> str:
    """Sheet and cells, such as ``Populations C5, D5 and 3 more``."""
    cells = ", ".join(finding.cells[:MOST_CELLS])
    more = len(finding.cells) - MOST_CELLS
    return " ".join(filter(None, (finding.sheet, cells, f"and {more} more" if more > 0 else "")))


def _wrapped(text: str, first: int, others: int, style: str, paint: Paint) -> Iterator[str]:
    lines = wrapped(text, WIDTH, " " * first, " " * others)
    return (paint(line, style) if style else line for line in lines)


def _summary(results: Sequence[FileResult], paint: Paint) -> Iterator[str]:
    verdicts = Counter(result.verdict for result in results)
    counts: Counter[Severity] = Counter()
    for result in results:
        counts.update(result.counts)
    numbers = f"({counted(counts)})"
    fits = len(_verdicts(verdicts, plain)) + len(numbers) < WIDTH
    told = _verdicts(verdicts, paint)
    yield from (f"{told} {numbers}",) if fits else (told, numbers)
    if codes := _most_frequent(results):
        yield from _wrapped(f"Most frequent: {codes}. “apr explain CODE” tells more.", 0, 2, "quiet", paint)


def _verdicts(verdicts: Counter[Verdict], paint: Paint) -> str:
    parts = [paint(f"{verdicts[verdict]} {verdict.value}", verdict.value) for verdict in Verdict if verdicts[verdict]]
    return f"{plural(verdicts.total(), 'file')}: {', '.join(parts) or 'none'}"


def _most_frequent(results: Iterable[FileResult]) -> str:
    codes = Counter(finding.code for result in results for finding in result.findings)
    frequent = sorted(codes.items(), key=lambda item: (-item[1], item[0]))[:5]
    return ", ".join(f"{code} ({times})" for code, times in frequent)

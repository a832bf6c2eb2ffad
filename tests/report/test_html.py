"""The report as one HTML file, and what hostile texts become in it."""

import re

from reporting.report.html import draw
from tests.report.reports import HOSTILE, document, page


def test_hostile_texts_are_printed_as_they_were_written() -> None:
    html = page()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} &lt;img src=file:///etc/passwd&gt;" in html
    assert "A &lt;b&gt;bold&lt;/b&gt; title" in html
    assert HOSTILE[-10_000:] in html


def test_the_screen_version_is_one_file_that_fetches_nothing() -> None:
    html = draw(document(), "screen")
    assert not re.search(r"<link|<script|@import|src=\"|url\((?!data:|#)", html)
    assert "font/woff2;base64" in html


def test_the_same_document_gives_the_same_html() -> None:
    assert draw(document(), "screen") == draw(document(), "screen")


def test_nothing_is_left_for_the_template_to_fill() -> None:
    html = page()
    assert "None" not in re.sub(r"<[^>]+>", " ", html)
    assert "{year}" not in html


def test_the_screen_version_has_what_axe_asks_for() -> None:
    """The faults that axe-core 4 found, which no machine without a browser can look for again."""
    html = draw(document(), "screen")
    assert html.count("<main>") == html.count("</main>") == 1
    assert html.index("<main>") < html.index('class="cover"')
    assert not re.search(r"<th[^>]*>\s*</th>", html)
    assert '<div class="scroll">' not in html
    assert '<div class="scroll" tabindex="0">' in html
    assert not re.search(r'<table(?![^>]*role="presentation")[^>]*>(?:(?!<th|</table>).)*</table>', html, re.DOTALL)

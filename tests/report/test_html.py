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

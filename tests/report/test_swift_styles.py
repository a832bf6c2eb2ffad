"""The short cuts for styles: every page is, byte for byte, what it is without them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reporting.paths import templates_folder
from reporting.report.blocks import Document
from reporting.report.pages import sections
from reporting.report.pages.setters import Job
from tests.report.reports import document

SET = """
import hashlib, json, sys
from weasyprint import HTML
from weasyprint.html import UA_STYLESHEET
from reporting.report.pages import setter, swift_styles
if sys.argv[1] == "at length":
    swift_styles.install = lambda: None
    swift_styles.user_agent_sheet = lambda: UA_STYLESHEET
    address = f"{setter.templates_folder().resolve().as_uri()}/"
    setter._parsed = lambda text: HTML(string=text, base_url=address, url_fetcher=setter.fetch)
working = setter.Setter()
for line in sys.stdin:
    job = json.loads(line)
    print(hashlib.sha256(working.set(job["html"], job["sheets"], tags=job["tags"])).hexdigest())
"""


def jobs_of(made: Document) -> list[Job]:
    divided = sections.divided(made)
    chapters = [sections.chapter_job(divided, chapter) for chapter in divided.chapters]
    heads = sections.heads_job(divided, list(dict.fromkeys(sections.heads_of(divided))))
    pages = dict.fromkeys((place.id for entry in divided.index for place in entry.places), 7)
    lists = [sections.contents_job(divided, {}), sections.index_job(divided, pages)]
    return [*chapters, sections.cover_job(divided), heads, *lists]


def hashes(how: str, jobs: list[Job]) -> list[str]:
    fonts = {"FONTCONFIG_FILE": str(templates_folder() / "fonts" / "fonts.conf"), "SOURCE_DATE_EPOCH": "0"}
    lines = [json.dumps({"html": job.html, "sheets": job.sheets, "tags": job.tags}) for job in jobs]
    done = subprocess.run(
        [sys.executable, "-c", SET, how],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, **fonts, "PYTHONHASHSEED": "0"},
    )
    return done.stdout.split()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_are_those_without_short_cuts(language: str) -> None:
    jobs = jobs_of(document(language=language))
    swift = hashes("swiftly", jobs)
    assert len(swift) == len(jobs) > 10
    assert swift == hashes("at length", jobs)


@pytest.mark.parametrize("kind", ["regional", "trafficking", "practices", "follow-up", "coverage"])
def test_every_section_is_xml(kind: str) -> None:
    for job in jobs_of(document(kind)):
        assert ET.fromstring(job.html).tag == "html"  # noqa: S314 - written by our own templates

"""Setting an HTML document as a tagged PDF, in a child process that is limited and reaches nothing.

WeasyPrint runs apart: with the report's own fonts only (a private fontconfig file), with bounded memory and time, and with
a fetcher that hands out the files of the templates folder and refuses every other address. The same HTML gives the same
bytes: the identifier is the document's hash, and dates stand in the document.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from reporting.errors import RenderError
from reporting.paths import templates_folder

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

MEMORY: Final = 6 * 2**30
"""Address space of the child in bytes; a report of 600 pages takes 2.5 GB."""
SECONDS: Final = 900

_TYPES: Final = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml"}


def write_pdf(html: str, path: Path, *, seconds: float = SECONDS) -> int:
    """Set ``html`` as a PDF/UA-1 document at ``path``; the number of its pages.

    Raises:
        RenderError: the page setter failed, or took more memory or time than it may.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="apr-report-") as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(html, encoding="utf-8")
        pages = _run_child(source, target, seconds)
        path.write_bytes(target.read_bytes())
    return pages


def fetch(url: str) -> URLFetcherResponse:
    """A file of the templates folder.

    Raises:
        ValueError: ``url`` is anything else.
    """
    parts = urlsplit(url)
    root = templates_folder().resolve()
    asked = Path(unquote(parts.path)).resolve()
    if parts.scheme != "file" or parts.netloc or not asked.is_relative_to(root) or asked.suffix not in _TYPES:
        raise ValueError(f"A report reads nothing but its own style sheets and fonts; refused: {url[:200]}")
    from weasyprint.urls import URLFetcherResponse

    return URLFetcherResponse(url, asked.read_bytes(), {"Content-Type": _TYPES[asked.suffix]})


def _run_child(source: Path, target: Path, seconds: float) -> int:
    environment = {
        **os.environ,
        "FONTCONFIG_FILE": str(templates_folder() / "fonts" / "fonts.conf"),
        "PYTHONHASHSEED": "0",
        **dict.fromkeys(
            ("TMPDIR", "TEMP", "TMP"), str(source.parent)
        ),  # it leaves its fonts there when it exits at once
        "SOURCE_DATE_EPOCH": "0",  # the time stamp of cut-down fonts
    }
    command = [sys.executable, "-m", "reporting.report.pdf", str(source), str(target)]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as expired:
        raise RenderError(f"the report took longer than {seconds} seconds to set; it was stopped") from expired
    if done.returncode != 0 or not target.is_file():
        said = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise RenderError(f"the report could not be set as pages: {said[0]}")
    return int(done.stdout.strip() or 0)


def _limit() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _set_pages(source: Path, target: Path) -> int:
    """Set the pages; how many there are."""
    import gc

    _limit()
    gc.disable()  # a document lives until the process ends; collecting it costs a sixth of the time
    from weasyprint import HTML

    html = source.read_text(encoding="utf-8")
    parsed = HTML(string=html, base_url=f"{templates_folder().resolve().as_uri()}/", url_fetcher=fetch)
    document = parsed.render(pdf_variant="pdf/ua-1", pdf_tags=True)
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    document.write_pdf(target, pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=identifier, custom_metadata=True)
    return len(document.pages)


if __name__ == "__main__":
    import click

    click.echo(_set_pages(Path(sys.argv[1]), Path(sys.argv[2])))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)

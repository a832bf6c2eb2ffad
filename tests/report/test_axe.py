"""axe-core, in a browser without a window, finds no violation in the reports' HTML."""

import html
import json
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from reporting.report.html import draw
from tests.report.reports import document

BROWSER = next((name for name in ("chromium", "chromium-browser", "google-chrome") if shutil.which(name)), None)
RUN = """
<script>axe.run(document, {resultTypes: ["violations"]}).then(found => {
  const said = found.violations.map(rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 200))]);
  document.body.innerHTML = '<pre id="said"></pre>';
  document.getElementById("said").textContent = JSON.stringify({passes: found.passes.length, violations: said});
});</script>
"""


def looked_at(page: str, folder: Path) -> dict[str, object]:
    """What axe says of a page."""
    axe = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    path = folder / "report.html"
    path.write_text(page.replace("</body>", f"<script>{axe}</script>{RUN}</body>"), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,2000", "--virtual-time-budget=300000"]
    command = [str(BROWSER), *options, f"--user-data-dir={folder / 'browser'}", "--dump-dom", path.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    said = re.search(r'<pre id="said">(.*)</pre>', done.stdout, re.DOTALL)
    assert said is not None, done.stderr[-500:]
    answer: dict[str, object] = json.loads(html.unescape(said[1]))
    return answer


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed, in which axe could run")
@pytest.mark.parametrize(
    ("kind", "language"), [("regional", "en"), ("trafficking", "ar"), ("practices", "fr"), ("coverage", "en")]
)
def test_axe_finds_no_violation(kind: str, language: str, tmp_path: Path) -> None:
    answer = looked_at(draw(document(kind, language=language), "screen"), tmp_path)
    assert answer["passes"]
    assert answer["violations"] == []


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed, in which axe could run")
def test_axe_would_find_one(tmp_path: Path) -> None:
    broken = draw(document(), "screen").replace('<html lang="en"', "<html", 1)
    answer = looked_at(broken, tmp_path)
    assert "html-has-lang" in str(answer["violations"])

"""Pages: tagged, with an outline, the same bytes every time; nothing is fetched from elsewhere."""

import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from reporting.aggregate.collection import collection_of
from reporting.errors import RenderError
from reporting.paths import templates_folder
from reporting.report.pages.fonts import faces
from reporting.report.pages.setter import fetch
from reporting.report.pages.setters import end_setters
from reporting.report.pdf import write_pdf
from reporting.report.render import report_document
from reporting.report.request import Kind, Request
from tests.aggregate.returns import result_of, return_of, stock
from tests.report.reports import document


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "regional.pdf"
    write_pdf(document(), path)
    return path


def test_a_report_is_tagged_titled_and_has_bookmarks(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "en"
        assert pdf.docinfo["/Title"] == "Regional protection report 2008: Africa"
        assert len(pdf.pages) >= 8
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert any("Trafficking in persons" in title for title in titles)
    assert len(titles) > 8


def test_only_the_fonts_of_the_project_are_in_it(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        fonts = {
            str(item.FontName) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        }
    assert fonts
    assert {name.partition("+")[2] + ".ttf" for name in fonts} <= {face[3] for face in faces()}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_figures_can_be_searched(report: Path) -> None:
    text = subprocess.run(["pdftotext", "-layout", str(report), "-"], capture_output=True, text=True, check=True).stdout
    assert "320,598" in text
    assert "{{7*7}} <img src=file:///etc/passwd>" in text
    assert "Internal edition" in text


def test_the_same_report_gives_the_same_bytes(report: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    write_pdf(document(), again)
    assert again.read_bytes() == report.read_bytes()


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://localhost/x.css",
        "https://example.org/font.ttf",
        "data:text/css,body{}",
        f"{templates_folder().as_uri()}/../pyproject.toml",
        f"{templates_folder().as_uri()}/report.html.j2",
        f"file://elsewhere{templates_folder()}/css/print.css",
    ],
)
def test_the_fetcher_refuses_what_is_not_the_projects_own(url: str) -> None:
    with pytest.raises(ValueError, match="reads nothing but its own"):
        fetch(url)


@pytest.mark.filterwarnings("ignore:HarfBuzz-Subset:DeprecationWarning")
def test_the_fetcher_gives_style_sheets_and_fonts() -> None:
    assert fetch(f"{templates_folder().as_uri()}/css/print.css").read()


def test_setting_pages_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    end_setters()
    assert write_pdf(document(), tmp_path / "report.pdf") > 1
    end_setters()
    assert list(passing.iterdir()) == []


def test_a_report_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"longer than 0\.05 seconds"):
        write_pdf(document(), tmp_path / "late.pdf", seconds=0.05)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_every_page_on_the_made_up_world_says_so(tmp_path: Path) -> None:
    returned = return_of("XAA", [stock("XAA", "REF", 12)])
    made = report_document(Request(kind=Kind.GLOBAL), collection_of([(result_of(returned), returned)], None, 2008))
    path = tmp_path / "fictional.pdf"
    pages = write_pdf(made, path)
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert ["Fictional data" in each for each in text.split("\f")[:pages]] == [True] * pages

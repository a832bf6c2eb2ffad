"""Make the pictures of the README from demo-output/ and the sample workbooks: ``make pictures``.

Needs LibreOffice (workbook to PDF) and Poppler (PDF to PNG).
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PAGE_WIDTH = 460
GAP = 14
COLOURS = 224


def main() -> None:
    """Write ``docs/images/report.png`` and ``docs/images/workbook.png``."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        regional = ROOT / "demo-output" / "regional-africa-2008.pdf"
        fictional = ROOT / "demo-output" / "fictional-global-2008.pdf"
        pages = [*_pages(regional, (1, 2, 8), place), *_pages(fictional, (2, 21, 148), place)]
        _sheet(pages, 3, IMAGES / "report.png")
        workbook = _as_pdf(ROOT / "sample_submissions" / "2008" / "KEN-2008.xlsx", place)
        _sheet(_pages(workbook, (1, 5, 43), place), 3, IMAGES / "workbook.png")


def _as_pdf(workbook: Path, folder: Path) -> Path:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{workbook.stem}.pdf"


def _pages(pdf: Path, numbers: Sequence[int], folder: Path) -> list[Image.Image]:
    pictures = []
    for number in numbers:
        target = folder / f"{pdf.stem}-{number}"
        span = ["-f", str(number), "-l", str(number)]
        subprocess.run(["pdftoppm", "-png", "-r", "110", *span, "-singlefile", str(pdf), str(target)], check=True)
        with Image.open(target.with_suffix(".png")) as picture:
            height = round(picture.height * PAGE_WIDTH / picture.width)
            pictures.append(picture.convert("RGB").resize((PAGE_WIDTH, height), Image.Resampling.LANCZOS))
    return pictures


def _sheet(pictures: Sequence[Image.Image], columns: int, path: Path) -> None:
    """The pages side by side on grey, in few colours: a picture for a web page."""
    height = max(picture.height for picture in pictures)
    rows = -(-len(pictures) // columns)
    size = (columns * (PAGE_WIDTH + GAP) + GAP, rows * (height + GAP) + GAP)
    sheet = Image.new("RGB", size, "#d5d9df")
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        sheet.paste(picture, (GAP + column * (PAGE_WIDTH + GAP), GAP + row * (height + GAP)))
    sheet.quantize(COLOURS, method=Image.Quantize.MEDIANCUT).save(path, optimize=True)


if __name__ == "__main__":
    main()

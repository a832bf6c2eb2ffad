"""The manifest beside the reports: hashes of what went in and what came out, the same every time."""

import hashlib
import json
from pathlib import Path

import pytest

from reporting.errors import UsageError
from reporting.report.manifest import NAME
from reporting.report.render import render_report
from reporting.report.request import EVERY, Kind, Request
from tests.report.reports import collection


def test_it_names_every_input_every_output_and_the_versions(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("office\nKEN\n", encoding="utf-8")
    request = Request(kind=Kind.COVERAGE)
    written = render_report(request, collection(), tmp_path / "out", ("html",), inputs=[register])
    assert written[-1] == tmp_path / "out" / NAME
    [entry] = json.loads(written[-1].read_text(encoding="utf-8"))["reports"].values()
    hashes = {item["file"]: item["sha256"] for item in entry["inputs"]}
    assert hashes["register.csv"] == hashlib.sha256(register.read_bytes()).hexdigest()
    assert {Path(result.path).name for result in collection().results} <= set(hashes)
    assert entry["outputs"] == {"coverage-2008.html": hashlib.sha256(written[0].read_bytes()).hexdigest()}
    assert {"weasyprint", "pikepdf", "forms", "templates"} <= set(entry["made_with"])


def test_another_report_joins_it_and_the_same_report_changes_nothing(tmp_path: Path) -> None:
    first = render_report(Request(kind=Kind.COVERAGE), collection(), tmp_path, ("html",))[-1].read_bytes()
    assert render_report(Request(kind=Kind.COVERAGE), collection(), tmp_path, ("html",))[-1].read_bytes() == first
    path = render_report(Request(kind=Kind.PRACTICES), collection(), tmp_path, ("html",))[-1]
    assert list(json.loads(path.read_text(encoding="utf-8"))["reports"]) == ["coverage-2008", "practices-2008"]


def test_a_damaged_manifest_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("[]", encoding="utf-8")
    path = render_report(Request(kind=Kind.COVERAGE), collection(), tmp_path, ("html",))[-1]
    assert list(json.loads(path.read_text(encoding="utf-8"))["reports"]) == ["coverage-2008"]


def test_a_report_of_each_bureau_has_an_entry_of_its_own(tmp_path: Path) -> None:
    written = render_report(Request(kind=Kind.REGIONAL, bureau=EVERY), collection(), tmp_path, ("html",))
    names = ["regional-africa-2008", "regional-europe-2008"]
    assert written == [*(tmp_path / f"{name}.html" for name in names), tmp_path / "manifest.json"]
    assert list(json.loads(written[-1].read_bytes())["reports"]) == names


def test_one_name_is_not_given_to_several_reports(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are 3 reports to write"):
        render_report(Request(kind=Kind.OFFICE, office=EVERY), collection(), tmp_path, ("html",), name="all")
    assert not list(tmp_path.iterdir())

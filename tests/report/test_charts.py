"""Charts: scales in Python, drawn by macros as SVG that reads without colour."""

import re
from xml.etree import ElementTree as ET

import pytest

from reporting.report.charts import Series, bar_chart, nice_ceiling, pyramid
from tests.report.reports import page

SVG = "{http://www.w3.org/2000/svg}"


def test_the_longest_bar_fills_the_width_and_the_others_are_in_proportion() -> None:
    rows = [Series("Kenya", (300.0, 100.0), ("400",)), Series("Sudan", (100.0, 0.0), ("100",))]
    chart = bar_chart("Persons", ("Country", "Persons"), rows, ["#0072BC", "#18375F"])
    assert [(mark.x, mark.width) for mark in chart.marks] == [(0, 749), (750, 249), (0, 249)]
    assert chart.alternative == "Persons. Kenya: 400; Sudan: 100."


def test_a_chart_of_nothing_has_no_bars() -> None:
    chart = bar_chart("Persons", ("", ""), [Series("Kenya", (0.0,), ("–",))], ["#0072BC"])
    assert chart.marks == ()
    assert chart.bars[0].values == ("–",)


def test_a_label_too_long_for_its_line_is_shortened() -> None:
    chart = bar_chart("Persons", ("", ""), [Series("x" * 90, (1.0,), ("1",))], ["#0072BC"])
    assert chart.bars[0].label.endswith("x…")
    assert len(chart.bars[0].label) < 40


def test_a_pyramid_grows_from_the_middle() -> None:
    drawn = pyramid("Age", ("Women", "Age", "Men"), [("0–4", 50, 100, "50", "100")], ("#00B398", "#666666"))
    assert (drawn.left[0].x, drawn.left[0].width) == (500, 500)
    assert (drawn.right[0].x, drawn.right[0].width) == (0, 1000)


@pytest.mark.parametrize(("value", "ceiling"), [(0, 1), (1, 1), (3, 5), (2100, 2500), (0.07, 0.1), (10, 10)])
def test_a_scale_ends_at_a_round_number(value: float, ceiling: float) -> None:
    assert nice_ceiling(value) == pytest.approx(ceiling)


def test_every_drawing_in_a_report_is_xml_with_a_title() -> None:
    drawings = re.findall(r"<svg.*?</svg>", page(), flags=re.DOTALL)
    assert len(drawings) > 3
    for drawing in drawings:
        named = drawing if "xmlns" in drawing else drawing.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        title = ET.fromstring(named).find(f"{SVG}title")  # noqa: S314 - our own drawing
        assert title is not None
        assert title.text

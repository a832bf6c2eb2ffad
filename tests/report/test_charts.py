"""Charts: scales in Python, drawn by macros as SVG that reads without colour."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from reporting.report.charts import Series, bar_chart, dot_plot, nice_ceiling, panels, pyramid
from reporting.report.flows import Flow, flow_chart
from reporting.report.lines import Course, line_chart
from tests.report.reports import page

FILLS = ("#0072BC", "#18375F")

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


@pytest.mark.parametrize(
    ("label", "printed", "height"),
    [("x" * 30, "x" * 30, 5.4), ("x" * 60, "x" * 60, 8.2), ("x" * 90, "x" * 73 + "…", 8.2)],
)
def test_a_label_too_long_for_a_line_gets_two_and_is_shortened_beyond(label: str, printed: str, height: float) -> None:
    chart = bar_chart("Persons", ("", ""), [Series(label, (1.0,), ("1",))], ["#0072BC"])
    assert (chart.bars[0].label, chart.row_height, chart.height) == (printed, height, height)


def test_a_pyramid_grows_from_the_middle() -> None:
    drawn = pyramid("Age", ("Women", "Age", "Men"), [("0–4", 50, 100, "50", "100")], ("#00B398", "#666666"))
    assert (drawn.left[0].x, drawn.left[0].width) == (500, 500)
    assert (drawn.right[0].x, drawn.right[0].width) == (0, 1000)


def test_small_charts_share_one_scale() -> None:
    drawn = panels(
        "Who", [("Sex", [Series("f", (100.0,), ("100",))]), ("Age", [Series("0", (50.0,), ("50",))])], "#0072BC"
    )
    assert [panel.marks[0].width for panel in drawn.panels] == [999, 499]
    assert drawn.panels[1].alternative == "Age. 0: 50."


def test_a_dot_plot_joins_the_earlier_and_the_later_value() -> None:
    drawn = dot_plot("Change", ("", "", ""), [("Kenya", 100.0, 50.0, ("50", "−50%"))], "#0072BC")
    assert [(dot.x, dot.hollow) for dot in drawn.dots] == [(986, True), (500, False)]
    assert (drawn.lines[0].x, drawn.lines[0].width) == (500, 486)


def test_ribbons_are_as_wide_as_their_flows_and_stay_within_their_ends() -> None:
    flows = [Flow("A", "X", 300), Flow("A", "Y", 100), Flow("B", "X", 200)]
    printed = {
        key: ""
        for flow in flows
        for key in ((flow.origin, flow.destination), (flow.origin, ""), ("", flow.destination))
    }
    drawn = flow_chart("Flows", ("from", "to"), flows, printed, ["#000000", "#111111"])
    numbers = [[float(text) for text in re.findall(r"[\d.]+", ribbon.path)] for ribbon in drawn.ribbons]
    depths = [round(values[8] - values[7], 2) for values in numbers]
    assert depths == [pytest.approx(72 * part / 600, abs=0.02) for part in (300, 100, 200)]
    starts = [values[1] for values in numbers]
    assert starts[1] == pytest.approx(starts[0] + depths[0], abs=0.02)
    assert [end.label for end in drawn.origins] == ["A", "B"]
    assert max(values[8] for values in numbers) <= drawn.depth + 0.01


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


def test_lines_run_from_year_to_year_and_no_two_labels_stand_on_each_other() -> None:
    courses = [
        Course("Kenya", 90, 100, ("90", "100")),
        Course("Uganda", 2, 1, ("2", "1")),
        Course("United Kingdom of Great Britain and Northern Ireland", 1, 1, ("1", "1")),
    ]
    chart = line_chart("Persons", ("2007", "2008"), courses, FILLS)
    assert [end.value for end in chart.origins] == ["90", "2", "1"]
    assert [end.value for end in chart.destinations] == ["100", "1", "1"]
    assert chart.origins[2].label == "United Kingdom of Great Bri…"
    for ends in (chart.origins, chart.destinations):
        tops = sorted(end.top * chart.depth / 100 for end in ends)
        assert tops[0] >= 0
        assert tops[-1] <= chart.depth
        assert all(below - above >= 3.8 for above, below in pairwise(tops))
    assert [ribbon.fill for ribbon in chart.ribbons] == ["#0072BC", "#18375F", "#18375F"]
    assert "United Kingdom of Great Britain and Northern Ireland: 1, 1" in chart.alternative


def test_lines_of_nothing_are_flat() -> None:
    chart = line_chart("Persons", ("2007", "2008"), [Course("Kenya", 0, 0, ("–", "–"))], ("#0072BC", "#18375F"))
    assert {mark.y for mark in chart.marks} == {chart.marks[0].y}


def test_a_long_value_takes_its_room_from_the_label_and_from_the_bars() -> None:
    long, short = "about 12,300,000", "7"
    (end,) = line_chart(
        "Two years", ("2007", "2008"), [Course("Long name of a place", 9, 9, (long, short))], FILLS
    ).origins
    assert (end.label, end.value) == ("Long name of…", long)
    chart = bar_chart("One", ("", "Persons"), [Series("Place", (1,), (long,))], FILLS[:1])
    assert (
        chart.value_width > bar_chart("One", ("", "Persons"), [Series("Place", (1,), (short,))], FILLS[:1]).value_width
    )
    parts = [("Part", [Series("Place", (1,), (long,))])]
    assert panels("Small", parts, FILLS[0]).value_width == pytest.approx(1.5 + 1.8 * len(long))

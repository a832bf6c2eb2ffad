"""Maps from Natural Earth."""

import pytest

from reporting.report.maps import DISCLAIMER, alpha_2, map_of, middle_of, project, world
from tests.report.reports import page


def test_the_projection_keeps_the_equator_in_the_middle_and_the_world_within_its_width() -> None:
    assert project(0, 0) == pytest.approx((500, 260))
    assert project(-180, 0)[0] == pytest.approx(0)
    assert project(180, 0)[0] == pytest.approx(1000)
    assert project(0, 60)[1] < project(0, 30)[1] < 260 < project(0, -30)[1]


@pytest.mark.parametrize(("code", "short"), [("KEN", "KE"), ("834", "TZ"), ("XKX", "XK")])
def test_codes_are_brought_to_two_letters(code: str, short: str) -> None:
    assert alpha_2(code) == short


def test_countries_stand_where_they_are() -> None:
    kenya, norway = middle_of("KEN"), middle_of("NOR")
    assert kenya is not None
    assert norway is not None
    assert kenya == pytest.approx(project(38, 0.5), abs=6)
    assert norway[1] < kenya[1]


def test_a_country_too_small_for_the_file_has_a_place_all_the_same() -> None:
    assert middle_of("MLT") is not None
    assert middle_of("XAA") is None


def test_no_outline_spans_the_world() -> None:
    for country in world().countries.values():
        for ring in country.rings:
            assert max(x for x, _ in ring) - min(x for x, _ in ring) < 600


def test_the_area_of_a_circle_stands_for_the_number_of_persons() -> None:
    shades = {"KEN": "#0072BC", "SDN": "#0072BC"}
    picture = map_of(shades, {"KEN": 400_000, "SDN": 100_000}, {}, whole_world=False)
    assert picture.circles[0].radius == pytest.approx(2 * picture.circles[1].radius, abs=0.02)


def test_labels_do_not_cover_each_other() -> None:
    shades = dict.fromkeys(("ALB", "XKX", "SRB"), "#0072BC")
    labels = {
        "ALB": "Albania",
        "XKX": "Kosovo",
        "SRB": "A very long name that needs much of the room on the map there is",
    }
    assert len(map_of(shades, dict.fromkeys(shades, 10), labels, whole_world=True).places) < 3


def test_a_map_carries_the_disclaimer() -> None:
    assert DISCLAIMER in page()

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collage.box import Box
from bot.collage.charts.labels import Floor, crosses, spread
from bot.collage.frame import Curve, Role, TextStyle
from bot.collage.lettering.typeset import Ink, set_line

STYLE = TextStyle(10, 400, 1.0)
INK = Ink(Role.VALUE, "#000000", "#ffffff")
BOX = Box(10, 10, 10, 10)


@pytest.mark.parametrize(
    ("segment", "does"),
    [
        (((0, 15), (30, 15)), True),
        (((0, 0), (30, 30)), True),
        (((12, 12), (18, 18)), True),
        (((0, 5), (30, 5)), False),
        (((0, 15), (9, 15)), False),
        (((15, 0), (15, 30)), True),
        (((0, 22), (22, 0)), True),
        (((0, 18), (8, 30)), False),
    ],
)
def test_a_segment_crosses_a_box_when_it_runs_through_it(
    segment: tuple[tuple[float, float], tuple[float, float]], does: bool
) -> None:
    assert crosses(segment, BOX) is does


@given(st.lists(st.floats(0, 300), min_size=1, max_size=8))
def test_spread_labels_never_overlap_and_stay_inside(wanted: list[float]) -> None:
    heights = [20.0] * len(wanted)
    centres = spread(wanted, heights, 0, 300)
    assert all(after - before >= 20 - 1e-6 for before, after in pairwise(sorted(centres)))
    assert all(10 - 1e-6 <= centre <= 290 + 1e-6 for centre in centres)
    assert sorted(range(len(wanted)), key=lambda i: (wanted[i], i)) == sorted(
        range(len(wanted)), key=lambda i: (centres[i], i)
    )


def test_labels_with_room_stay_where_they_want_to_be() -> None:
    assert spread([50, 150], [20, 20], 0, 300) == (50, 150)


def test_a_label_takes_the_first_place_that_is_free() -> None:
    floor = Floor(Box(0, 0, 100, 100))
    floor.take([Curve(((0, 20), (100, 20)), "#000000", 2)])
    on_the_curve, below = (set_line("42", (50, baseline), STYLE, INK) for baseline in (23, 60))
    assert floor.seat([on_the_curve, below]) == below
    assert floor.seat([below]) is None


def test_a_label_that_must_be_alone_is_not_seated_near_a_curve() -> None:
    floor = Floor(Box(0, 0, 100, 100))
    floor.take([Curve(((0, 20), (100, 20)), "#000000", 2)])
    near = set_line("42", (50, 35), STYLE, INK)
    assert floor.seat([near], reach=-15) is None
    assert floor.seat([near]) == near


def test_labels_keep_their_air_from_each_other() -> None:
    floor = Floor(Box(0, 0, 100, 100), air=5)
    first, near, far = (set_line("42", (50, baseline), STYLE, INK) for baseline in (20, 30, 45))
    assert floor.seat([first]) == first
    assert floor.seat([near, far]) == far


def test_a_label_stands_on_an_unloved_line_only_where_there_is_no_other_place() -> None:
    floor = Floor(Box(0, 0, 100, 100), unloved=[((0, 20), (100, 20))])
    on_the_line, below = (set_line("42", (50, baseline), STYLE, INK) for baseline in (23, 60))
    assert floor.copy().seat([on_the_line, below]) == below
    assert floor.copy().seat([on_the_line]) == on_the_line


def test_what_is_tried_on_a_copy_leaves_the_floor_as_it_was() -> None:
    floor = Floor(Box(0, 0, 100, 100))
    label = set_line("42", (50, 50), STYLE, INK)
    assert floor.copy().seat([label]) == label
    assert floor.is_free(label.box)

"""Where there is ink, on a canvas typed as characters."""

from bot.collage.box import Box
from bot.sources.pdf.ink import Ink

CANVAS = """
........
..##....
..##..#.
........
"""
INK = Ink(tuple(row.replace(".", "\0").replace("#", "\1").encode() for row in CANVAS.split()), scale=1.0)


def test_a_box_is_trimmed_to_the_ink_in_it() -> None:
    assert INK.trimmed(Box(0, 0, 8, 4)) == Box(2, 1, 5, 2)
    assert INK.trimmed(Box(5, 0, 3, 4)) == Box(6, 2, 1, 1)


def test_a_box_without_ink_or_beyond_the_page_is_nothing() -> None:
    assert INK.trimmed(Box(0, 0, 2, 4)) is None
    assert INK.trimmed(Box(20, 20, 5, 5)) is None


def test_the_corridor_is_the_middle_of_the_widest_white_strip() -> None:
    assert INK.corridor(Box(2, 0, 5, 4)) == 5.0
    assert INK.corridor(Box(0, 0, 4, 4)) == 1.0
    assert INK.corridor(Box(2, 1, 2, 2)) is None

"""Drawings without their words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collage.box import Box, cover
from bot.collage.cover.poster import poster
from bot.collage.cover.zoom import zoomed
from bot.collage.diagrams.language import parse
from bot.collage.diagrams.wordless import has_picture, is_telling, picture, wordless
from bot.collage.frame import Curve, Formula, Item, Point, Role, Shape, Surface, Text
from bot.collage.themes import palette_of, tokens_of
from bot.editorial.content import read_content
from bot.model.canvas import Canvas
from bot.model.panel import Diagram
from tests.collage.samples import CONVIT

TOKENS = tokens_of(Canvas.PORTRAIT)
PALETTE = poster(palette_of(CONVIT))
ROOM = Box(100, 50, 500, 260)
FLOW = """
x: image "Photograph" "one of many"
enc: encoder "Encoder"
z: vector 6 "code"
note: text "learned together" warn
x -> enc -> z "compressed"
note -> enc
group "Model": enc z note
"""
PLACED = """
a: words the cat sat lit 2 at 0,0
b: blob "bag" at 3,0 size 2x2
w: text "cat" accent at 2.7,-0.3
v: text "sat" at 3.3,0.3
f: formula "E = mc^2" at 5,0
g: grid 4x4 lit 5 "map" at 5,1
path 0,1 2,1.5 4,1 accent arrow
a -> b "into"
b -> f
"""


def drawn(text: str, room: Box = ROOM) -> tuple[Item, ...]:
    return picture(text, TOKENS, PALETTE, room)


@pytest.mark.parametrize("text", [FLOW, PLACED])
def test_no_letter_is_left(text: str) -> None:
    items = drawn(text)
    assert items
    assert not [item for item in items if isinstance(item, Text | Formula)]


def test_arrows_to_words_alone_are_left_out() -> None:
    silent = wordless(parse(FLOW))
    assert silent
    assert [(edge.start, edge.end, edge.label) for edge in silent.edges] == [("x", "enc", ""), ("enc", "z", "")]
    assert [(group.title, group.members) for group in silent.groups] == [("", ("enc", "z"))]


def test_words_that_lie_in_a_region_become_tokens() -> None:
    silent = wordless(parse(PLACED))
    assert silent
    kinds = {node.name: (node.kind, node.parameters) for node in silent.nodes}
    assert kinds["a"] == ("tokens", ("3", "lit", "2"))
    assert kinds["w"] == ("tokens", ("1", "lit", "1"))
    assert kinds["v"] == ("tokens", ("1",))
    assert "f" not in kinds


def test_of_words_alone_nothing_is_left() -> None:
    assert wordless(parse('a: text "one"\nb: text "two"\na -> b')) is None
    assert not has_picture('a: text "one"', 500, 300, TOKENS)
    assert drawn('a: text "one"') == ()


@pytest.mark.parametrize(("text", "telling"), [
    ('a: box "one"\nb: circle "two"\na -> b', False),
    ('a: text "one"', False),
    ('a: box "one"\nb: net 3 2\na -> b', True),
    ("a: dot at 0,0\nb: dot at 2,1\npath 0,0 1,1 2,1", True),
])  # fmt: skip
def test_boxes_and_arrows_tell_nothing_without_their_words(text: str, telling: bool) -> None:
    assert is_telling(text) is telling


def test_equal_drawings_give_equal_pictures() -> None:
    assert drawn(PLACED) == drawn(PLACED)


@given(width=st.floats(150, 1400), height=st.floats(70, 900))
def test_a_picture_fills_its_room_in_one_direction_and_stays_inside(width: float, height: float) -> None:
    room = Box(64, 300, width, height)
    if not has_picture(PLACED, width, height, TOKENS):
        return
    items = zoomed(drawn(PLACED, room), room, most=10.0)
    assert all(room.holds(item.box, slack=0.1) for item in items)
    bounds = cover(item.box for item in items)
    assert bounds.width > 0.999 * width or bounds.height > 0.999 * height


def test_zooming_keeps_every_shape() -> None:
    items: tuple[Item, ...] = (
        Surface(Box(0, 0, 10, 5), "#ffffff", Role.NODE, radius=1.0),
        Curve(((0, 0), (10, 5)), "#ffffff", 1.0, Role.NODE, dash=2.0),
        Shape(((0, 0), (10, 0), (5, 5)), "#ffffff", Role.NODE),
        Point(5, 2, 1, "#ffffff"),
    )
    surface, curve, shape, point = zoomed(items, Box(0, 0, 110, 300), most=20.0)
    assert isinstance(surface, Surface)
    assert isinstance(curve, Curve)
    assert isinstance(point, Point)
    assert surface.box.width / surface.box.height == pytest.approx(2)
    assert surface.radius == pytest.approx(curve.width) == pytest.approx(curve.dash / 2) == pytest.approx(point.radius)
    assert shape.box.width == pytest.approx(surface.box.width)


def test_letters_are_never_zoomed() -> None:
    text = Text("a", Box(0, 0, 9, 9), 9, TOKENS.style(34), "#ffffff", "#000000", Role.BODY)
    with pytest.raises(TypeError, match="Text cannot be scaled"):
        zoomed([text], ROOM, most=1.0)


def test_every_drawing_of_ours_can_be_shown_on_a_small_tile() -> None:
    entries = read_content(Path("content"), goes_on=True).entries
    drawings = [panel.drawing for entry in entries for panel in entry.panels if isinstance(panel, Diagram)]
    assert drawings
    silent = [text for text in drawings if is_telling(text) and not has_picture(text, 330, 110, TOKENS)]
    assert not silent

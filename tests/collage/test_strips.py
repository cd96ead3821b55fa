import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collage.annotations.strips import Side, height_below, split, width_beside
from bot.collage.box import Box
from bot.collage.panels.block import Look
from bot.collage.themes import palette_of, tokens_of
from bot.model.canvas import Canvas
from tests.collage.samples import CONVIT

TOKENS = tokens_of(Canvas.SLIDE)
LOOK = Look(TOKENS, palette_of(CONVIT), TOKENS.body_start)
TEXTS = ("early layers keep the prior", "late layers drop it")


@given(st.floats(300, 1400), st.floats(200, 900), st.floats(0.3, 5), st.sampled_from(Side))
def test_visual_and_strip_lie_inside_and_apart(width: float, height: float, shape: float, side: Side) -> None:
    box = Box(50, 60, width, height)
    visual, strip = split(box, TEXTS, LOOK, shape=shape, sides=(side,))
    assert box.holds(visual)
    if strip:
        assert box.holds(strip.box)
        assert visual.overlap(strip.box) == 0


def test_a_flat_visual_gets_its_words_below_and_a_tall_one_beside() -> None:
    box = Box(0, 0, 900, 560)
    flat, tall = (split(box, TEXTS, LOOK, shape=shape)[1] for shape in (4.0, 0.8))
    assert flat is not None
    assert tall is not None
    assert (flat.side, tall.side) == (Side.BOTTOM, Side.RIGHT)


def test_a_strip_takes_what_was_foretold() -> None:
    box = Box(0, 0, 900, 560)
    below, _ = split(box, TEXTS, LOOK, sides=(Side.BOTTOM,))
    beside, _ = split(box, TEXTS, LOOK, sides=(Side.RIGHT,))
    assert box.height - below.height == pytest.approx(height_below(TEXTS, LOOK, box.width))
    assert box.width - beside.width == pytest.approx(width_beside(TEXTS, LOOK, box.width))


def test_without_words_the_visual_keeps_all_its_room() -> None:
    box = Box(0, 0, 900, 560)
    assert split(box, (), LOOK) == (box, None)
    assert height_below((), LOOK, 900) == width_beside((), LOOK, 900) == 0


def test_no_strip_is_cut_where_it_leaves_nothing() -> None:
    assert split(Box(0, 0, 90, 30), TEXTS, LOOK)[1] is None

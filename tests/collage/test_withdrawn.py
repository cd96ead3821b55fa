"""The picture that stands where one was that has been withdrawn."""

import pytest

from bot.collage.colours import contrast
from bot.collage.frame import Text
from bot.collage.withdrawn import compose_withdrawn
from bot.model.canvas import Canvas, Theme
from bot.model.language import CHINESE, ENGLISH

WORDS = {ENGLISH: "Withdrawn", CHINESE: "已撤下"}


@pytest.mark.parametrize("canvas", list(Canvas))
@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("language", sorted(WORDS))
def test_it_says_one_word_that_can_be_read_and_stays_inside_the_page(
    canvas: Canvas, theme: Theme, language: str
) -> None:
    it = compose_withdrawn(canvas, language=language, theme=theme)
    (word,) = [item for item in it.frame.items if isinstance(item, Text)]
    assert word.text == it.alt == WORDS[language]
    assert contrast(word.colour, it.frame.paper) >= 4.5
    assert abs(word.box.centre_x - it.frame.width / 2) < 1
    for item in it.frame.items:
        box = item.box
        assert min(box.x, box.y, it.frame.width - box.right, it.frame.height - box.bottom) >= it.frame.margin
    assert (it.width, it.height) == it.frame.pixel_size


def test_it_is_drawn_in_the_same_bytes_every_time() -> None:
    assert compose_withdrawn(Canvas.SLIDE).jpeg == compose_withdrawn(Canvas.SLIDE).jpeg

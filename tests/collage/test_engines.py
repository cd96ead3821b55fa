"""A composition holds with either engine."""

import pytest
from PIL import ImageFont

from bot.collage.compose import compose
from bot.model.canvas import Canvas, Theme
from tests.collage.chinese import BILINGUAL
from tests.collage.engines import EVERY_ENGINE, set_by
from tests.collage.frames import overlaps, spilled, strays, torn


@pytest.mark.slow
@EVERY_ENGINE
@pytest.mark.parametrize("canvas", list(Canvas))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_overlaps_and_nothing_is_cut(
    engine: ImageFont.Layout, canvas: Canvas, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with set_by(engine, monkeypatch):
        frame = compose(BILINGUAL, canvas, language=language, theme=Theme.DARK).frame
        assert not overlaps(frame)
        assert not strays(frame)
        assert not torn(frame)
        assert not spilled(frame)

"""The two engines that place glyphs; which one is used depends on whether libfribidi is installed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PIL import ImageFont

from bot.collage.lettering import fonts, measure
from bot.collage.lettering.fonts import layout_engine

EVERY_ENGINE = pytest.mark.parametrize("engine", [ImageFont.Layout.BASIC, ImageFont.Layout.RAQM])


@contextmanager
def set_by(engine: ImageFont.Layout, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Text is set by *engine*, whatever was set and remembered before."""
    if engine is ImageFont.Layout.RAQM and layout_engine() != "raqm":
        pytest.skip("libfribidi is not installed")
    name = {ImageFont.Layout.BASIC: "basic", ImageFont.Layout.RAQM: "raqm"}[engine]
    with monkeypatch.context() as patched:
        patched.setattr(fonts, "layout_engine", lambda: name)
        patched.setattr(fonts, "_local", threading.local())
        _forget()
        yield
    _forget()


def _forget() -> None:
    for remembered in (fonts.shape, fonts.extent, fonts._shape, fonts._ink, measure._space, measure._paragraph):
        remembered.cache_clear()

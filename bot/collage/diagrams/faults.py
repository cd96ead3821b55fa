"""Owns what keeps a drawing from a collage: it cannot be read, or it fits no canvas."""

import math

from bot.collage.diagrams.language import fault_of
from bot.collage.diagrams.layout import least_height
from bot.collage.themes import tokens_of
from bot.model.canvas import Canvas

_MOST = {Canvas.SLIDE: 0.58, Canvas.PORTRAIT: 0.55}  # of the canvas: the height a drawing may need across all its width


def diagram_fault(text: str) -> str | None:
    """Say what is wrong with a drawing and what to do about it; None when slide and portrait can show it."""
    if fault := fault_of(text):
        return fault
    for canvas, share in _MOST.items():
        tokens = tokens_of(canvas)
        height = least_height(text, tokens, tokens.content_width - 2 * tokens.padding)
        if not math.isfinite(height):
            return f"it is too wide for a {canvas}; use fewer columns, shorter words or larger sizes"
        if height > share * tokens.height:
            return f"it is too high for a {canvas}; use fewer rows, or give places for tall cards with `or`"
    return None

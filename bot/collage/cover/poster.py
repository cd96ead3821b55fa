"""Owns the colours of a picture that is drawn straight on its tile: light strokes on the accent."""

from bot.collage.colours import contrast, mix
from bot.collage.themes import Palette

_WHITE = "#ffffff"
_WARM = "#ffd27d"
"""What would be the annotation colour: warm, and light enough for every accent."""
_STROKES, _QUIET, _WORDS = 3.1, 4.2, 4.6  # contrast on the accent
_STEPS = 50


def poster(ground: Palette) -> Palette:
    """The colours of *ground* turned round: its accent is the card, and white is the accent."""
    deep = ground.accent
    return Palette(
        paper=ground.paper,
        card=deep,
        ink=_WHITE,
        muted=_lightened(deep, _QUIET),
        line=mix(deep, _WHITE, 0.35),
        grey=_lightened(deep, _STROKES),
        bar=ground.bar,
        on_bar=ground.on_bar,
        accent=_WHITE,
        tint=deep,
        soft=_lightened(deep, _WORDS),
        annotation=_WARM,
        on_accent=deep,
        code=ground.code,
        on_code=ground.on_code,
    )


def _lightened(deep: str, ratio: float) -> str:
    """The deepest tint of *deep* that has this contrast on it."""
    tints = (mix(deep, _WHITE, step / _STEPS) for step in range(_STEPS + 1))
    return next((tint for tint in tints if contrast(tint, deep) >= ratio), _WHITE)

"""Owns which shapes of a collage a chat chooses between."""

from bot.model.canvas import Canvas

SHAPES = (Canvas.PORTRAIT, Canvas.SLIDE)


def shape(text: str) -> Canvas:
    """Read the name of one of them.

    Raises:
        ValueError: It names none.
    """
    if text not in SHAPES:
        raise ValueError("not a shape of ours")
    return Canvas(text)

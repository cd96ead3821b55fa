"""Owns where a visual with empty places takes its annotations: inside, or in a strip beside or below it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.collage.annotations.annotate import Annotated
from bot.collage.annotations.strips import Side, Strip, split
from bot.collage.box import Box
from bot.collage.panels.block import Look

Visual = TypeVar("Visual")

_FORCED = 7.5  # em of strain per annotation: above it a strip may be better


def eased(
    draw: Callable[[Box, Strip | None], tuple[Visual, Annotated]],
    room: Box,
    texts: Sequence[str],
    look: Look,
    suits: Callable[[Box, Side], bool],
) -> tuple[Visual, Annotated]:
    """Draw a visual with its annotations in *room*, in the way that drops and strains the fewest.

    Args:
        draw: Lays the visual out in a part of the room, and its annotations around it or in a strip.
        suits: True when the visual can be read in a part, which a strip at that side leaves.
    """
    tried = [draw(room, None)]
    inside = tried[0][1]
    if inside.dropped or inside.strain > _FORCED * len(texts):
        for side in (Side.RIGHT, Side.BOTTOM):
            part, strip = split(room, texts, look, sides=(side,))
            if strip and suits(part, side):
                tried.append(draw(part, strip))
    return min(tried, key=lambda pair: (len(pair[1].dropped), pair[1].strain))

"""Owns the strips beside visuals in which annotations stand when the visual itself has no room for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from bot.collage.box import Box
from bot.collage.frame import TextStyle
from bot.collage.lettering.measure import Paragraph, longest_word, paragraph
from bot.collage.panels.block import Look

WEIGHT = 560  # of annotations: heavier than a caption, calmer than a heading
AIR = 0.7  # em between two annotations, and between annotations and anything else

_REACH = 1.7  # em between a strip and its visual: the room of the arrows
_BESIDE = 9.0  # em: how wide words beside a visual would like to be
_BESIDE_SHARE = 0.36  # of the whole width, at most
_SHAPE = 1.6  # width by height of a visual that takes any shape


class Side(Enum):
    """On which side of its visual a strip lies."""

    RIGHT = "right"
    BOTTOM = "bottom"
    LEFT = "left"
    TOP = "top"

    @property
    def is_beside(self) -> bool:
        """Left or right, where words stand one below the other."""
        return self in {Side.LEFT, Side.RIGHT}


@dataclass(frozen=True, slots=True)
class Strip:
    """Room for words only; the room for their arrows lies between it and the visual."""

    box: Box
    side: Side


def style_of(look: Look) -> TextStyle:
    """The type of annotations."""
    return look.tokens.style(look.tokens.caption, WEIGHT, leading=1.22)


def height_below(texts: Sequence[str], look: Look, width: float) -> float:
    """The height that a strip above or below a visual takes, arrows included, in design units; 0 without texts."""
    blocks = abreast(texts, look, width)
    return max(block.height for block in blocks) + _REACH * look.tokens.caption if blocks else 0.0


def width_beside(texts: Sequence[str], look: Look, width: float) -> float:
    """The width that a strip at the side takes of *width*, arrows included, in design units; 0 without texts."""
    blocks = stacked(texts, look, width)
    return max(block.width for block in blocks) + _REACH * look.tokens.caption if blocks else 0.0


def abreast(texts: Sequence[str], look: Look, width: float) -> list[Paragraph]:
    """The words side by side within *width*."""
    style = style_of(look)
    air = 2 * AIR * style.size
    each = (width - air * (len(texts) - 1)) / max(1, len(texts))
    return [paragraph(text, style, each, balanced=True) for text in texts]


def stacked(texts: Sequence[str], look: Look, width: float) -> list[Paragraph]:
    """The words as they stand one below the other at the side of a visual, both sharing *width*."""
    style = style_of(look)
    widest = max((longest_word(text, style) + 2 for text in texts), default=0.0)
    room = max(widest, min(_BESIDE * style.size, _BESIDE_SHARE * width))
    return [paragraph(text, style, room, balanced=True) for text in texts]


def split(
    box: Box, texts: Sequence[str], look: Look, *, shape: float = _SHAPE, sides: Sequence[Side] = tuple(Side)
) -> tuple[Box, Strip | None]:
    """Divide *box* into room for a visual and a strip for *texts*, on the side that leaves the visual largest.

    Args:
        shape: Width by height of the visual, if it has one of its own.
        sides: Which sides to consider; the first of equals wins.

    Returns:
        The room of the visual, and the strip; None where no strip leaves the visual any room.
    """
    divided = [_cut(box, texts, look, side) for side in sides if texts]
    possible = [
        (room, strip) for room, strip in divided if min(room.width, room.height) > 0 and _fits(strip, texts, look)
    ]
    if not possible:
        return box, None
    return max(possible, key=lambda pair: _largest(pair[0], shape))


def _cut(box: Box, texts: Sequence[str], look: Look, side: Side) -> tuple[Box, Strip]:
    arrows = _REACH * look.tokens.caption
    if side.is_beside:
        taken = width_beside(texts, look, box.width)
        left = box.x if side is Side.LEFT else box.right - taken + arrows
        words = Box(left, box.y, taken - arrows, box.height)
        start = box.x + (taken if side is Side.LEFT else 0.0)
        return Box(start, box.y, box.width - taken, box.height), Strip(words, side)
    taken = height_below(texts, look, box.width)
    top = box.y if side is Side.TOP else box.bottom - taken + arrows
    words = Box(box.x, top, box.width, taken - arrows)
    return Box(box.x, box.y + (taken if side is Side.TOP else 0.0), box.width, box.height - taken), Strip(words, side)


def _fits(strip: Strip, texts: Sequence[str], look: Look) -> bool:
    """True when all *texts* find room in *strip*."""
    style = style_of(look)
    if not strip.side.is_beside:
        each = strip.box.width / len(texts) - 2 * AIR * style.size
        return all(longest_word(text, style) <= each for text in texts)
    blocks = [paragraph(text, style, strip.box.width + 1, balanced=True) for text in texts]
    return sum(block.height + AIR * style.size for block in blocks) <= strip.box.height


def _largest(room: Box, shape: float) -> float:
    """The area of the largest visual of *shape* in *room*."""
    width = min(room.width, room.height * shape)
    return width * width / shape

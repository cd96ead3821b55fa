"""The composer: from an entry to one picture."""

from dataclasses import dataclass

from bot.collage.arrange import arrange
from bot.collage.draw import draw, jpeg
from bot.collage.equation import fault_of as latex_fault
from bot.collage.fonts import layout_engine
from bot.collage.frame import Frame
from bot.collage.spec import spec_of
from bot.collage.themes import palette_of, tokens_of
from bot.model.canvas import Canvas, Theme
from bot.model.entry import ENGLISH, Entry

__all__ = ["Collage", "Frame", "compose", "latex_fault", "layout_engine"]


@dataclass(frozen=True, slots=True)
class Collage:
    """A composed picture.

    Attributes:
        jpeg: The bytes to send.
        width, height: In pixels.
        frame: What was drawn where.
    """

    jpeg: bytes
    width: int
    height: int
    frame: Frame


def compose(entry: Entry, canvas: Canvas, *, language: str = ENGLISH, theme: Theme = Theme.LIGHT) -> Collage:
    """Compose the collage of *entry*; equal input gives equal bytes. Takes CPU time: call it in a thread of its own.

    Raises:
        CollageError: The entry cannot be shown on *canvas*; the message names it and what is too long.
    """
    frame = arrange(spec_of(entry, language), tokens_of(canvas), palette_of(entry, theme))
    width, height = frame.pixel_size
    return Collage(jpeg(draw(frame)), width, height, frame)

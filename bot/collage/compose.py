"""Owns the way from an entry to one picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.collage.alt import alt_text
from bot.collage.arranging.arrange import arrange
from bot.collage.draw import draw
from bot.collage.encode import Format, encode, jpeg
from bot.collage.figures import hue_of, rasters_of
from bot.collage.frame import Frame
from bot.collage.spec import FigurePanel, spec_of
from bot.collage.themes import palette_of, tokens_of
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry
from bot.model.language import ENGLISH


@dataclass(frozen=True, slots=True)
class Collage:
    """A composed picture.

    Attributes:
        jpeg: The bytes to send.
        width, height: In pixels.
        frame: What was drawn where.
        alt: The same in plain sentences, for those who cannot see it.
    """

    jpeg: bytes
    width: int
    height: int
    frame: Frame
    alt: str = ""

    def png(self) -> bytes:
        """The same picture without loss, drawn anew; takes CPU time."""
        return self.written(Format.PNG)

    def written(self, kind: Format) -> bytes:
        """The picture as *kind*; whatever is not JPEG is drawn anew."""
        return self.jpeg if kind is Format.JPEG else encode(draw(self.frame), kind)


def compose(
    entry: Entry,
    canvas: Canvas,
    *,
    language: str = ENGLISH,
    theme: Theme = Theme.LIGHT,
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> Collage:
    """Compose the collage of *entry*; equal input gives equal bytes. Takes CPU time: call it in a thread of its own.

    Args:
        files: The bytes of the entry's figures, by sha256.

    Raises:
        CollageError: The entry cannot be shown on *canvas*, or one of its figures not at all; the message names what is
            too long, or the file and what is wrong with it.
    """
    rasters = rasters_of(entry.panels_for(language), files)
    spec = spec_of(entry, language, rasters)
    hero = spec.panels[0]
    hue = hue_of(hero.raster) if isinstance(hero, FigurePanel) and not entry.accent else None
    frame = arrange(spec, tokens_of(canvas), palette_of(entry, theme, hue))
    return drawn(frame, alt_text(spec, frame))


def drawn(frame: Frame, alt: str) -> Collage:
    """Draw and encode *frame*; *alt* says the same in words."""
    width, height = frame.pixel_size
    return Collage(jpeg(draw(frame)), width, height, frame, alt)

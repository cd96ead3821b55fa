"""The composer: from an entry to one picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.collage.alt import alt_text, cover_alt
from bot.collage.annotations.targets import target_fault
from bot.collage.arranging.arrange import arrange
from bot.collage.cover.arrange import arrange_cover
from bot.collage.cover.edition import Edition
from bot.collage.diagrams.faults import diagram_fault
from bot.collage.draw import draw
from bot.collage.encode import Format, encode, jpeg
from bot.collage.figures import figure_fault, hue_of, rasters_of
from bot.collage.formulas.equation import fault_of as latex_fault
from bot.collage.formulas.terms import term_fault
from bot.collage.frame import Frame
from bot.collage.lettering.fonts import layout_engine
from bot.collage.spec import FigurePanel, spec_of
from bot.collage.themes import palette_of, tokens_of
from bot.model.canvas import Canvas, Theme
from bot.model.entry import ENGLISH, Entry
from bot.model.panel import Figure

__all__ = [
    "Collage",
    "Format",
    "Frame",
    "compose",
    "compose_cover",
    "diagram_fault",
    "figure_fault",
    "latex_fault",
    "layout_engine",
    "target_fault",
    "term_fault",
]


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
    return _drawn(frame, alt_text(spec, frame))


def compose_cover(
    title: str,
    entries: Sequence[Entry],
    canvas: Canvas,
    *,
    language: str = ENGLISH,
    theme: Theme = Theme.LIGHT,
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> Collage:
    """Compose the cover of an album; equal input gives equal bytes. Takes CPU time: call it in a thread of its own.

    Args:
        title: The month, as it is said in *language*.
        entries: In the order of the album.
        files: The bytes of figures, by sha256; a figure without its bytes is not shown.

    Raises:
        CollageError: There are no entries, or too many for *canvas*.
    """
    panels = tuple(panel for entry in entries for panel in entry.panels_for(language))
    known = tuple(panel for panel in panels if isinstance(panel, Figure) and panel.sha256 in files)
    edition = Edition(title, tuple(entries), language, rasters_of(known, files))
    return _drawn(arrange_cover(edition, canvas, theme), cover_alt(edition))


def _drawn(frame: Frame, alt: str) -> Collage:
    width, height = frame.pixel_size
    return Collage(jpeg(draw(frame)), width, height, frame, alt)

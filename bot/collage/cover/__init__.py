"""The cover of an album: the papers of a month as one mosaic."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.collage.alt import cover_alt
from bot.collage.compose import Collage, drawn
from bot.collage.cover.arrange import arrange_cover
from bot.collage.cover.edition import Edition
from bot.collage.figures import rasters_of
from bot.model.canvas import Canvas, Theme
from bot.model.entry import Entry
from bot.model.language import ENGLISH
from bot.model.panel import Figure


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
    return drawn(arrange_cover(edition, canvas, theme), cover_alt(title, entries, language))

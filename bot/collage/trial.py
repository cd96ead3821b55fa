"""Owns the trial: how good a collage would be, before it is encoded; figures are read once for many trials."""

from collections.abc import Mapping

from bot.collage.arranging.arrange import arrange
from bot.collage.check.judge import check
from bot.collage.check.report import Report
from bot.collage.draw import draw
from bot.collage.figures import rasters_of
from bot.collage.frame import Raster
from bot.collage.spec import spec_of
from bot.collage.themes import palette_of, tokens_of
from bot.model.canvas import Canvas
from bot.model.entry import Entry
from bot.model.panel import Figure


def tried(entry: Entry, canvas: Canvas, *, files: Mapping[str, bytes], known: dict[Figure, Raster]) -> Report:
    """Judge the collage of *entry* by all rules but those of its file; takes CPU time.

    Args:
        files: The bytes of its figures, by sha256.
        known: The figures that were read already; what is read now joins them.

    Raises:
        CollageError: It cannot be composed.
    """
    new = tuple(panel for panel in entry.panels if isinstance(panel, Figure) and panel not in known)
    known |= rasters_of(new, files)
    frame = arrange(spec_of(entry, rasters=known), tokens_of(canvas), palette_of(entry))
    return check(entry, frame, picture=draw(frame))

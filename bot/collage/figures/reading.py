"""Owns how a figure of an entry becomes a raster."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from bot.collage.figures.bitmap import read_bitmap
from bot.collage.figures.formats import Format, format_of
from bot.collage.figures.limits import FigureFault
from bot.collage.figures.parts import WHOLE
from bot.collage.figures.vector import Source, read_vector
from bot.collage.frame import Raster
from bot.errors import CollageError
from bot.model.panel import Crop, Figure, Panel

_AT_ONCE = 2  # decoded pictures are large


def read_figure(figure: Figure, content: bytes) -> Raster:
    """Read *content*, the bytes of *figure*: cropped, without its white border, on white, in sRGB.

    Raises:
        CollageError: It cannot be shown; the message names the file, what is wrong and what to do.
    """
    try:
        return read_raster(content, figure.page, figure.crop or WHOLE)
    except FigureFault as fault:
        raise CollageError(f"{figure.file}: {fault}") from fault


def figure_fault(figure: Figure, content: bytes) -> str | None:
    """Say what is wrong with *content* and what to do, None if it can be shown."""
    try:
        read_raster(content, figure.page, figure.crop or WHOLE)
    except FigureFault as fault:
        return str(fault)
    return None


def rasters_of(panels: tuple[Panel, ...], files: Mapping[str, bytes]) -> dict[Figure, Raster]:
    """Read the figures among *panels*.

    Args:
        files: The bytes of each, by their digest.

    Raises:
        CollageError: One is missing or cannot be shown.
    """
    figures = [panel for panel in panels if isinstance(panel, Figure)]
    for figure in figures:
        if figure.sha256 not in files:
            raise CollageError(f"{figure.file}: its bytes are missing; load the content again")
    with ThreadPoolExecutor(_AT_ONCE) as threads:  # decoders let go of the interpreter
        found = threads.map(lambda figure: read_figure(figure, files[figure.sha256]), figures)
        return dict(zip(figures, found, strict=True))


def read_raster(content: bytes, page: int, crop: Crop) -> Raster:
    """Read the part *crop* of a figure, of the *page* of a PDF.

    Raises:
        FigureFault: It cannot be shown.
    """
    if not (0 <= crop.left < crop.right <= 1 and 0 <= crop.top < crop.bottom <= 1):
        raise FigureFault("its crop is empty or reaches outside; give left, top, right, bottom as shares from 0 to 1")
    kind = format_of(content)
    if kind is Format.BITMAP:
        return read_bitmap(content, crop)
    return read_vector(Source(kind, content, page), crop)

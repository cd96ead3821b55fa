"""Owns drawing a region of a page."""

from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from bot.collage.box import Box
from bot.collage.encode import png
from bot.sources.pdf.limits import Limits

_POINTS = 72  # to an inch


def draw_region(page: Any, region: Box, limits: Limits) -> bytes:
    """Draw what is seen of *page* in *region*, on white.

    Args:
        page: As pypdfium2 gives it.
        region: In points from the upper left corner.

    Returns:
        A PNG.
    """
    scale = min(limits.resolution / _POINTS, limits.longest_side / max(region.width, region.height))
    page_width, page_height = page.get_size()
    width, height = max(1, round(region.width * scale)), max(1, round(region.height * scale))
    full = max(1, round(page_width * scale)), max(1, round(page_height * scale))
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    start = -round(region.x * scale), -round(region.y * scale)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, *start, *full, 0, 0)
    picture = png(bitmap.to_pil())
    bitmap.close()
    return picture

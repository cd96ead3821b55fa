"""Owns several pictures as one: rows of equal height on white, as a page of the paper shows them."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from bot.collage.figures.limits import LARGEST_SIDE_PX, MOST_MEMORY, FigureFault
from bot.collage.figures.parts import WHOLE
from bot.collage.figures.reading import read_raster
from bot.collage.frame import Raster
from bot.model.panel import Crop

_GUTTER = 0.02  # of the width of what comes out
_LEAST_PX = 64  # sides of a part below which it shows nothing


@dataclass(frozen=True, slots=True)
class Part:
    """One of the pictures.

    Attributes:
        page: Of a PDF, counted from 1.
        crop: The part of it that is shown, as shares.
    """

    content: bytes
    page: int = 1
    crop: Crop | None = None


def joined(parts: Sequence[Part], *, columns: int) -> bytes | None:
    """Join *parts* into one picture, row by row; the pictures of a row are made equally high, the rows equally wide.

    Bitmaps are never enlarged.

    Args:
        columns: How many stand side by side.

    Returns:
        A PNG; None where one of them cannot be shown, or so little of it would be left that nobody could read it.
    """
    try:
        rasters = [read_raster(part.content, part.page, part.crop or WHOLE) for part in parts]
        rows = [_Row(tuple(rasters[start : start + columns])) for start in range(0, len(rasters), columns)]
        width = min(row.widest for row in rows)
        width = min(width, LARGEST_SIDE_PX, width * math.sqrt(MOST_MEMORY / 16 / _area(rows, width)))
        return _png(rows, round(width)) if all(row.is_visible(width) for row in rows) else None
    except FigureFault:
        return None


@dataclass(frozen=True, slots=True)
class _Row:
    rasters: tuple[Raster, ...]

    @property
    def widest(self) -> float:
        """The width at which its coarsest bitmap is not enlarged yet."""
        heights = [raster.height for raster in self.rasters if not raster.is_vector]
        return self.width_at(min(heights)) if heights else float(LARGEST_SIDE_PX)

    def width_at(self, height: float) -> float:
        return height * self._shape / self._share

    def height_at(self, width: float) -> int:
        return max(1, round(width * self._share / self._shape))

    def is_visible(self, width: float) -> bool:
        height = self.height_at(width)
        return all(min(height, height * raster.width / raster.height) >= _LEAST_PX for raster in self.rasters)

    @property
    def _shape(self) -> float:
        """Width by height without the gutters."""
        return sum(raster.width / raster.height for raster in self.rasters)

    @property
    def _share(self) -> float:
        """Of the width that is not gutter."""
        return 1 - _GUTTER * (len(self.rasters) - 1)


def _area(rows: Sequence[_Row], width: float) -> float:
    return sum(width * row.height_at(width) for row in rows)


def _png(rows: Sequence[_Row], width: int) -> bytes:
    gutter = round(_GUTTER * width)
    heights = [row.height_at(width) for row in rows]
    sheet = Image.new("RGB", (width, sum(heights) + gutter * (len(rows) - 1)), "white")
    y = 0
    for row, height in zip(rows, heights, strict=True):
        x = 0
        for raster in row.rasters:
            across = max(1, round(height * raster.width / raster.height))
            sheet.paste(raster.render(across, height), (x, y))
            x += across + gutter
        y += height + gutter
    kept = io.BytesIO()
    sheet.save(kept, "PNG")
    return kept.getvalue()

"""Owns which points of a page are inked: where a region ends is seen, not computed."""

from dataclasses import dataclass
from functools import reduce
from typing import Any, Self

import pypdfium2
import pypdfium2.raw as pdfium

from bot.collage.box import Box

_SCALE = 2.0  # pixels to a point
_LONGEST_SIDE = 3000  # pixels
_WHITE = 251  # of 255: what is lighter is paper; photographs fray to 252
_BINARY = bytes(1 if level < _WHITE else 0 for level in range(256))


@dataclass(frozen=True, slots=True)
class Ink:
    """The ink of one page.

    Attributes:
        rows: A byte per pixel, 1 where there is ink.
        scale: Pixels to a point.
    """

    rows: tuple[bytes, ...]
    scale: float

    @classmethod
    def of_page(cls, page: Any) -> Self:
        """Draw *page* small and look where it is not white."""
        width, height = page.get_size()
        scale = min(_SCALE, _LONGEST_SIDE / max(width, height, 1))
        across, down = max(1, round(width * scale)), max(1, round(height * scale))
        bitmap = pypdfium2.PdfBitmap.new_native(across, down, pdfium.FPDFBitmap_Gray)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, across, down)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, 0)
        pixels, stride = bytes(bitmap.buffer).translate(_BINARY), bitmap.stride
        bitmap.close()
        return cls(tuple(pixels[row * stride : row * stride + across] for row in range(down)), scale)

    def trimmed(self, box: Box) -> Box | None:
        """The smallest box around the ink in *box*; None where there is none."""
        first, last, start, stop = self._pixels(box)
        inked = [(y, row) for y in range(first, last) if 1 in (row := self.rows[y][start:stop])]
        if not inked:
            return None
        left = start + min(row.index(1) for _, row in inked)
        right = start + max(row.rindex(1) for _, row in inked) + 1
        return self._box(left, inked[0][0], right, inked[-1][0] + 1)

    def corridor(self, box: Box) -> float | None:
        """The middle of the widest upright strip of *box* without ink, in points; None where there is none."""
        first, last, start, stop = self._pixels(box)
        inked = reduce(int.__or__, (int.from_bytes(self.rows[y][start:stop]) for y in range(first, last)), 0)
        strips = inked.to_bytes(max(1, stop - start)).split(b"\1")
        places: list[tuple[int, float]] = []
        x = start
        for strip in strips:
            places.append((len(strip), (x + len(strip) / 2) / self.scale))
            x += len(strip) + 1
        width, middle = max(places)
        return middle if width > 0 else None

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        """First and last row, first and last column; the last ones are not meant."""
        height, width = len(self.rows), len(self.rows[0])
        first, last = round(box.y * self.scale), round(box.bottom * self.scale)
        start, stop = round(box.x * self.scale), round(box.right * self.scale)
        return max(0, first), max(0, min(height, last)), max(0, start), max(0, min(width, stop))

    def _box(self, left: int, top: int, right: int, bottom: int) -> Box:
        scale = self.scale
        return Box(left / scale, top / scale, (right - left) / scale, (bottom - top) / scale)

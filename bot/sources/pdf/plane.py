"""Owns the way from a PDF's own coordinates to points as they are seen, from the upper left corner downwards."""

import ctypes
import math
from dataclasses import dataclass
from typing import Any, Self

import pypdfium2.raw as pdfium

from bot.collage.box import Box

_STEPS = 100  # to a point: pdfium answers in whole numbers
_FAR = 1000.0  # points, over which a direction is measured


@dataclass(frozen=True, slots=True)
class Plane:
    """An affine map: ``x' = a x + c y + e``, ``y' = b x + d y + f``."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of_page(cls, page: Any) -> Self:
        """The map of *page* with its crop box and its rotation."""
        width, height = page.get_size()
        e, f = _seen(page, 0, 0, width, height)
        ax, ay = _seen(page, _FAR, 0, width, height)
        cx, cy = _seen(page, 0, _FAR, width, height)
        return cls((ax - e) / _FAR, (ay - f) / _FAR, (cx - e) / _FAR, (cy - f) / _FAR, e, f)

    @classmethod
    def of_object(cls, thing: Any) -> Self:
        """The map from the inside of a form XObject to where it stands."""
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(thing, matrix)
        return cls(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def after(self, inner: "Plane") -> "Plane":
        """First *inner*, then this."""
        a, b = self._turned(inner.a, inner.b)
        c, d = self._turned(inner.c, inner.d)
        e, f = self.point(inner.e, inner.f)
        return Plane(a, b, c, d, e, f)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to stand."""
        dx, dy = self._turned(x, y)
        return dx + self.e, dy + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The box around where a rectangle comes to stand."""
        corners = [self.point(x, y) for x in (left, right) for y in (bottom, top)]
        x, y = min(x for x, _ in corners), min(y for _, y in corners)
        return Box(x, y, max(x for x, _ in corners) - x, max(y for _, y in corners) - y)

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """The unit vector of a direction; to the right where there is none."""
        dx, dy = self._turned(x, y)
        length = math.hypot(dx, dy)
        return (dx / length, dy / length) if length else (1.0, 0.0)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y, self.b * x + self.d * y


def _seen(page: Any, x: float, y: float, width: float, height: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    size = round(width * _STEPS), round(height * _STEPS)
    pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value / _STEPS, down.value / _STEPS

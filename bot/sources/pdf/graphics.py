"""Owns reading what is drawn on a page: paths and pictures, also those inside form XObjects, cut to what is seen."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from bot.collage.box import Box
from bot.sources.pdf.page import Graphic, Shape
from bot.sources.pdf.plane import Plane

_DEEPEST = 8  # forms in forms
_MOST_CLIPS, _MOST_POINTS = 4, 64  # that are looked at: most clips are rectangles
_WHITE = 250  # of 255: what is lighter is not seen on paper


@dataclass(slots=True)
class Drawn:
    """What a page draws.

    Attributes:
        texts: Addresses of the text objects that stand on the page itself and not in a form.
        is_whole: There were not more objects than we look at.
    """

    graphics: list[Graphic] = field(default_factory=list)
    texts: set[int] = field(default_factory=set)
    is_whole: bool = True


def read_graphics(page: Any, plane: Plane, *, most: int) -> Drawn:
    """Read what is drawn on a page.

    Args:
        page: As pypdfium2 gives it.
        plane: From its coordinates to what is seen.
        most: Objects that are looked at.
    """
    drawn = Drawn()
    walk = _Walk(drawn, most)
    width, height = page.get_size()
    objects = (pdfium.FPDFPage_GetObject(page, i) for i in range(pdfium.FPDFPage_CountObjects(page)))
    walk.through(objects, plane, Box(0, 0, width, height), depth=0)
    return drawn


@dataclass(slots=True)
class _Walk:
    drawn: Drawn
    left: int

    def through(self, objects: Iterator[Any], plane: Plane, seen: Box, *, depth: int) -> None:
        for thing in objects:
            self.left -= 1
            if self.left < 0:
                self.drawn.is_whole = False
                return
            self._add(thing, plane, seen, depth)

    def _add(self, thing: Any, plane: Plane, seen: Box, depth: int) -> None:
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if depth == 0:
                self.drawn.texts.add(address(thing))
            return
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < _DEEPEST:
                inside = (pdfium.FPDFFormObj_GetObject(thing, i) for i in range(pdfium.FPDFFormObj_CountObjects(thing)))
                cut = _cut(seen, _clip(thing, plane))
                if cut is not None:
                    self.through(inside, plane.after(Plane.of_object(thing)), cut, depth=depth + 1)
            return
        if kind == pdfium.FPDF_PAGEOBJ_PATH and not _is_visible(thing):
            return
        visible = _cut(_cut(seen, _bounds(thing, plane)), _clip(thing, plane))
        if visible is not None:
            shape = Shape.PATH if kind == pdfium.FPDF_PAGEOBJ_PATH else Shape.IMAGE
            self.drawn.graphics.append(Graphic(shape, visible))


def address(thing: Any) -> int:
    """Where an object of pdfium lies, which tells it from others; 0 for none."""
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


def _bounds(thing: Any, plane: Plane) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return None
    return plane.box(left.value, bottom.value, right.value, top.value)


def _clip(thing: Any, plane: Plane) -> Box | None:
    """The box around what the clipping path lets through; a huge box where there is none."""
    path = pdfium.FPDFPageObj_GetClipPath(thing)
    seen: Box | None = _EVERYWHERE
    for i in range(min(_MOST_CLIPS, pdfium.FPDFClipPath_CountPaths(path)) if path else 0):
        count = pdfium.FPDFClipPath_CountPathSegments(path, i)
        if 2 <= count <= _MOST_POINTS:
            points = [_point(pdfium.FPDFClipPath_GetPathSegment(path, i, j)) for j in range(count)]
            across, up = [x for x, _ in points], [y for _, y in points]
            seen = _cut(seen, plane.box(min(across), min(up), max(across), max(up)))
    return seen


def _point(segment: Any) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


_EVERYWHERE = Box(-1e6, -1e6, 2e6, 2e6)


def _cut(seen: Box | None, box: Box | None) -> Box | None:
    """What of *box* lies in *seen*, hairlines without any breadth included; None for nothing."""
    if seen is None or box is None:
        return None
    x, y = max(seen.x, box.x), max(seen.y, box.y)
    width, height = min(seen.right, box.right) - x, min(seen.bottom, box.bottom) - y
    return Box(x, y, width, height) if width >= 0 and height >= 0 else None


def _is_visible(path: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, mode, stroke):
        return True
    if stroke.value:
        return True
    if mode.value == pdfium.FPDF_FILLMODE_NONE:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, alpha):
        return True
    return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE

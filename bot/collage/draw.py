"""Owns the pixels: walks a frame and draws each item where it says."""

import io
from functools import lru_cache, singledispatch

import resvg_py
from PIL import Image, ImageDraw

from bot.collage import equation, fonts, qr
from bot.collage.frame import Box, Code, Curve, Formula, Frame, Item, Point, Surface, Text

_FINE = 4  # shapes are drawn this many times larger and averaged: Pillow does not smooth their edges
_JPEG_QUALITY = 91


def draw(frame: Frame) -> Image.Image:
    """Draw *frame* in output pixels, RGB."""
    picture = Image.new("RGB", frame.pixel_size, frame.paper)
    for item in frame.items:
        _draw(item, picture, frame.scale)
    return picture


def jpeg(picture: Image.Image) -> bytes:
    """Encode *picture* as it is sent: full colour resolution, so that coloured type stays sharp."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=_JPEG_QUALITY, subsampling=0, optimize=True)
    return buffer.getvalue()


@singledispatch
def _draw(item: Item, picture: Image.Image, scale: float) -> None:
    raise TypeError(f"nothing is known about drawing {type(item).__name__}")


@_draw.register
def _(item: Text, picture: Image.Image, scale: float) -> None:
    pen = ImageDraw.Draw(picture)
    baseline = round(item.baseline * scale)
    for piece in fonts.shape(item.text, item.style).pieces:
        x = (item.box.x + piece.offset) * scale
        face = fonts.font(piece.family, item.style)
        if item.halo:
            rim = round(item.halo * scale)
            pen.text((x, baseline), piece.text, item.background, face, "ls", stroke_width=rim)
        pen.text((x, baseline), piece.text, item.colour, face, "ls")


@_draw.register
def _(item: Surface, picture: Image.Image, scale: float) -> None:
    box = _pixels(item.box, scale)
    radius = item.radius * scale
    if item.outline is None:
        _rounded(picture, box, radius, item.fill)
        return
    line = max(1, round(1.5 * scale))
    inner = (box[0] + line, box[1] + line, box[2] - line, box[3] - line)
    _rounded(picture, box, radius, item.outline)
    _rounded(picture, inner, radius - line, item.fill)


@_draw.register
def _(item: Curve, picture: Image.Image, scale: float) -> None:
    for start, end in zip(item.points, item.points[1:], strict=False):
        _stroke(picture, (start[0] * scale, start[1] * scale), (end[0] * scale, end[1] * scale), item, scale)


@_draw.register
def _(item: Point, picture: Image.Image, scale: float) -> None:
    left, top = int(item.box.x * scale) - 1, int(item.box.y * scale) - 1
    side = int(2 * item.radius * scale) + 4
    mask = Image.new("L", (side * _FINE, side * _FINE))
    x, y, radius = (item.x * scale - left) * _FINE, (item.y * scale - top) * _FINE, item.radius * scale * _FINE
    ImageDraw.Draw(mask).ellipse((x - radius, y - radius, x + radius - 1, y + radius - 1), fill=255)
    picture.paste(item.colour, (left, top), mask.reduce(_FINE))


@_draw.register
def _(item: Formula, picture: Image.Image, scale: float) -> None:
    width = max(1, round(item.box.width * scale))
    png = resvg_py.svg_to_bytes(
        svg_string=equation.typeset(item.latex, item.colour).svg, width=width, skip_system_fonts=True
    )
    with Image.open(io.BytesIO(bytes(png))) as drawn:
        inked = drawn.convert("RGBA")
    picture.paste(inked, (round(item.box.x * scale), round(item.box.y * scale)), inked)


@_draw.register
def _(item: Code, picture: Image.Image, scale: float) -> None:
    rows = qr.modules(item.url)
    pixel = round(item.box.width * scale / len(rows))
    left, top = round(item.box.x * scale), round(item.box.y * scale)
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                corner = (left + x * pixel, top + y * pixel)
                pen.rectangle((*corner, corner[0] + pixel - 1, corner[1] + pixel - 1), fill=item.colour)


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    """The box on whole pixels, at least one wide and high."""
    left, top = round(box.x * scale), round(box.y * scale)
    return left, top, max(left + 1, round(box.right * scale)), max(top + 1, round(box.bottom * scale))


def _rounded(picture: Image.Image, box: tuple[int, int, int, int], radius: float, colour: str) -> None:
    left, top, right, bottom = box
    corner = int(min(radius, (right - left) / 2, (bottom - top) / 2))
    pen = ImageDraw.Draw(picture)
    if corner < 1:
        pen.rectangle((left, top, right - 1, bottom - 1), fill=colour)
        return
    if right - left > 2 * corner:
        pen.rectangle((left + corner, top, right - corner - 1, bottom - 1), fill=colour)
    if bottom - top > 2 * corner:
        pen.rectangle((left, top + corner, right - 1, bottom - corner - 1), fill=colour)
    disc = _disc(corner)
    for x, from_x in ((left, 0), (right - corner, corner)):
        for y, from_y in ((top, 0), (bottom - corner, corner)):
            picture.paste(colour, (x, y), disc.crop((from_x, from_y, from_x + corner, from_y + corner)))


@lru_cache(maxsize=64)
def _disc(radius: int) -> Image.Image:
    side = 2 * radius
    mask = Image.new("L", (side * _FINE, side * _FINE))
    ImageDraw.Draw(mask).ellipse((0, 0, side * _FINE - 1, side * _FINE - 1), fill=255)
    return mask.reduce(_FINE)


def _stroke(
    picture: Image.Image, start: tuple[float, float], end: tuple[float, float], curve: Curve, scale: float
) -> None:
    """One segment with round ends, on a mask of its own bounding box."""
    half = curve.width * scale / 2
    left, top = int(min(start[0], end[0]) - half) - 1, int(min(start[1], end[1]) - half) - 1
    right, bottom = int(max(start[0], end[0]) + half) + 2, int(max(start[1], end[1]) + half) + 2
    mask = Image.new("L", ((right - left) * _FINE, (bottom - top) * _FINE))
    pen = ImageDraw.Draw(mask)
    ends = [((x - left) * _FINE, (y - top) * _FINE) for x, y in (start, end)]
    pen.line(ends, fill=255, width=round(2 * half * _FINE))
    for x, y in ends:
        reach = half * _FINE
        pen.ellipse((x - reach, y - reach, x + reach - 1, y + reach - 1), fill=255)
    picture.paste(curve.colour, (left, top), mask.reduce(_FINE))

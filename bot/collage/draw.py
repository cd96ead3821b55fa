"""Owns the pixels: walks a frame and draws each item where it says."""

import io
import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial, singledispatch
from itertools import pairwise

import resvg_py
from PIL import Image, ImageDraw

from bot.collage import qr
from bot.collage.box import Box
from bot.collage.formulas import equation
from bot.collage.frame import (
    HEAD_WIDTH,
    Code,
    Curve,
    Formula,
    Frame,
    Item,
    Picture,
    Point,
    Shape,
    Surface,
    Text,
    TextStyle,
)
from bot.collage.lettering import fonts

_AT_ONCE = 2  # figures
_FINE = 4  # shapes are drawn this many times larger and averaged: Pillow does not smooth their edges
_STEPS = 4  # of a pixel: so finely letters are placed from left to right
_STAMPS, _FORMULAS = 384, 16  # kept for the next picture; about 10 and 8 MB
_NOTCH = 0.78  # of an arrow head's length: where the line meets it

Places = list[tuple[float, float]]
Mask = ImageDraw.ImageDraw


def draw(frame: Frame) -> Image.Image:
    """Draw *frame* in output pixels, RGB."""
    picture = Image.new("RGB", frame.pixel_size, frame.paper)
    figures = [item for item in frame.items if isinstance(item, Picture)]
    with ThreadPoolExecutor(_AT_ONCE) as threads:  # resizing lets go of the interpreter
        rendered = threads.map(partial(_rendered, scale=frame.scale), figures)
        for item in frame.items:
            if isinstance(item, Picture):
                picture.paste(next(rendered), _pixels(item.box, frame.scale)[:2])
            else:
                _draw(item, picture, frame.scale)
    return picture


@singledispatch
def _draw(item: Item, picture: Image.Image, scale: float) -> None:
    raise TypeError(f"nothing is known about drawing {type(item).__name__}")


@_draw.register
def _(item: Text, picture: Image.Image, scale: float) -> None:
    baseline = round(item.baseline * scale)
    for piece in fonts.shape(item.text, item.style).pieces:
        pixel, step = divmod(round((item.box.x + piece.offset) * scale * _STEPS), _STEPS)
        halo = ((item.background, round(item.halo * scale)),) if item.halo else ()
        for colour, rim in (*halo, (item.colour, 0)):
            stamp = _stamp(piece.text, piece.family, item.style, step, rim)
            picture.paste(colour, (pixel + stamp.left, baseline + stamp.top), stamp.mask)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """Letters as a mask, *left* and *top* pixels from where their baseline begins."""

    mask: Image.Image
    left: int
    top: int


@lru_cache(maxsize=_STAMPS)
def _stamp(text: str, family: str, style: TextStyle, step: int, rim: int) -> _Stamp:
    """Draw *text* once for every place it has: candidates of a collage say the same words.

    Args:
        step: How far right of a whole pixel it begins, in shares of a pixel.
        rim: Width of the halo, in pixels.
    """
    face = fonts.font(family, style)
    left, top, right, bottom = (round(side) for side in face.getbbox(text, anchor="ls", stroke_width=rim))
    left, top, right, bottom = left - 2, top - 2, right + 3, bottom + 2
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).text((step / _STEPS - left, -top), text, 255, face, "ls", stroke_width=rim)
    return _Stamp(mask, left, top)


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
    points = [(x * scale, y * scale) for x, y in item.points]
    width = item.width * scale
    if item.head:
        points, head = _with_head(points, item.head * scale)
        _paste(picture, [head], item.colour, _fill)
    runs = _dashes(points, item.dash * scale) if item.dash else [points]
    _paste(picture, runs, item.colour, partial(_line, width=width), reach=width / 2)


@_draw.register
def _(item: Shape, picture: Image.Image, scale: float) -> None:
    points = [(x * scale, y * scale) for x, y in item.points]
    if item.fill:
        _paste(picture, [points], item.fill, _fill)
    if item.outline and item.width:
        width = item.width * scale
        _paste(picture, [[*points, points[0]]], item.outline, partial(_line, width=width), reach=width / 2)


def _rendered(item: Picture, scale: float) -> Image.Image:
    left, top, right, bottom = _pixels(item.box, scale)
    return item.raster.render(right - left, bottom - top)


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
    inked = _formula(item.latex, item.colour, max(1, round(item.box.width * scale)))
    picture.paste(inked, (round(item.box.x * scale), round(item.box.y * scale)), inked)


@lru_cache(maxsize=_FORMULAS)
def _formula(latex: str, colour: str, width: int) -> Image.Image:
    svg = equation.typeset(latex, colour).svg
    png = resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True)
    with Image.open(io.BytesIO(bytes(png))) as drawn:
        return drawn.convert("RGBA")


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


def _paste(
    picture: Image.Image, runs: Sequence[Places], colour: str, pen: Callable[[Mask, Places], None], reach: float = 0.0
) -> None:
    """Let *pen* draw *runs* on a fine mask of their own bounding box, which reaches *reach* pixels further."""
    places = [place for run in runs for place in run]
    left, top = (int(min(place[i] for place in places) - reach) - 1 for i in (0, 1))
    right, bottom = (int(max(place[i] for place in places) + reach) + 2 for i in (0, 1))
    mask = Image.new("L", ((right - left) * _FINE, (bottom - top) * _FINE))
    for run in runs:
        pen(ImageDraw.Draw(mask), [((x - left) * _FINE, (y - top) * _FINE) for x, y in run])
    picture.paste(colour, (left, top), mask.reduce(_FINE))


def _line(pen: Mask, places: Places, *, width: float) -> None:
    pen.line(places, fill=255, width=round(width * _FINE))
    reach = width * _FINE / 2
    for x, y in places:
        pen.ellipse((x - reach, y - reach, x + reach - 1, y + reach - 1), fill=255)


def _fill(pen: Mask, places: Places) -> None:
    pen.polygon(places, fill=255)


def _with_head(points: Places, length: float) -> tuple[Places, Places]:
    """The line cut short where its arrow head begins, and the head, whose tip is the last point."""
    tip = points[-1]
    kept = list(points)
    while len(kept) > 2 and math.dist(kept[-2], tip) <= length:
        del kept[-2]
    back = kept[-2]
    distance = math.dist(back, tip) or 1.0
    along = ((tip[0] - back[0]) / distance, (tip[1] - back[1]) / distance)
    foot = (tip[0] - along[0] * length, tip[1] - along[1] * length)
    half = length * HEAD_WIDTH / 2
    head = [tip, (foot[0] - along[1] * half, foot[1] + along[0] * half)]
    notch = (tip[0] - along[0] * length * _NOTCH, tip[1] - along[1] * length * _NOTCH)
    head += [notch, (foot[0] + along[1] * half, foot[1] - along[0] * half)]
    return [*kept[:-1], notch], head


def _dashes(points: Places, length: float) -> list[Places]:
    """Every other stretch of *length* along the line."""
    runs: list[Places] = [[points[0]]]
    travelled, is_drawn = 0.0, True
    for start, end in pairwise(points):
        distance, done = math.dist(start, end), 0.0
        while distance - done > length - travelled:
            done += length - travelled
            place = (start[0] + (end[0] - start[0]) * done / distance, start[1] + (end[1] - start[1]) * done / distance)
            if is_drawn:
                runs[-1].append(place)
            else:
                runs.append([place])
            travelled, is_drawn = 0.0, not is_drawn
        travelled += distance - done
        if is_drawn:
            runs[-1].append(end)
    return runs

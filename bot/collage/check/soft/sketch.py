"""Owns the sketch of a frame: where its ink will roughly be, for whoever cannot wait for pixels."""

from functools import singledispatch

from PIL import Image, ImageDraw

from bot.collage.box import Box
from bot.collage.colours import mix
from bot.collage.frame import Code, Curve, Formula, Frame, Item, Picture, Point, Shape, Surface, Text

_SCALE = 0.5  # pixels per design unit
_INKED = 0.45  # of the box of a text: how dark its letters make it
_FORMULA = 0.2
_STROKE = 6.0  # design units: height of the bars that stand for letters

Pen = ImageDraw.ImageDraw


def sketch(frame: Frame) -> Image.Image:
    """Draw *frame* roughly: letters as stripes, figures as checks."""
    picture = Image.new("RGB", (round(frame.width * _SCALE), round(frame.height * _SCALE)), frame.paper)
    pen = ImageDraw.Draw(picture)
    for item in frame.items:
        _sketch(item, pen)
    return picture


@singledispatch
def _sketch(item: Item, pen: Pen) -> None:
    raise TypeError(f"nothing is known about sketching {type(item).__name__}")


@_sketch.register
def _(item: Text, pen: Pen) -> None:
    pen.rectangle(_corners(item.box), fill=mix(item.background, item.colour, _INKED))


@_sketch.register
def _(item: Formula, pen: Pen) -> None:
    core = Box(item.box.x, item.box.y + item.box.height / 5, item.box.width, item.box.height * 3 / 5)
    _hatch(core, mix(item.background, item.colour, _FORMULA), pen)


@_sketch.register
def _(item: Code, pen: Pen) -> None:
    _hatch(item.box, item.colour, pen)


@_sketch.register
def _(item: Picture, pen: Pen) -> None:
    _hatch(item.box, "#808080", pen)


@_sketch.register
def _(item: Surface, pen: Pen) -> None:
    pen.rectangle(_corners(item.box), fill=item.fill, outline=item.outline)


@_sketch.register
def _(item: Curve, pen: Pen) -> None:
    pen.line([(x * _SCALE, y * _SCALE) for x, y in item.points], fill=item.colour, width=_width(item.width))


@_sketch.register
def _(item: Shape, pen: Pen) -> None:
    places = [(x * _SCALE, y * _SCALE) for x, y in item.points]
    pen.polygon(places, fill=item.fill, outline=item.outline, width=_width(item.width))


@_sketch.register
def _(item: Point, pen: Pen) -> None:
    pen.ellipse(_corners(item.box), fill=item.colour)


def _hatch(box: Box, colour: str, pen: Pen) -> None:
    """Stripes over a box whose inside is full of detail."""
    left, top, right, bottom = _corners(box)
    step = 2 * _STROKE * _SCALE
    for row in range(max(1, round((bottom - top) / step))):
        y = top + row * step
        pen.rectangle((left, y, right, min(bottom, y + step / 2)), fill=colour)


def _corners(box: Box) -> tuple[float, float, float, float]:
    left, top = box.x * _SCALE, box.y * _SCALE
    return left, top, max(left, box.right * _SCALE - 1), max(top, box.bottom * _SCALE - 1)


def _width(width: float) -> int:
    return max(1, round(width * _SCALE))

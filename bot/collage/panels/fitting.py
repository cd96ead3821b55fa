"""Owns how large a figure is drawn: on whole output pixels, in its own shape, and never blurred by enlarging."""

import math

from bot.collage.box import Box
from bot.collage.spec import FigurePanel

_UPSCALE = 1.25  # output pixels for each pixel of a figure that is not the hero
_TRUE = 0.004  # relative error of the shape; whole pixels do not allow for none
_STEPS = 40  # pixels by which a figure may be narrower so that its shape comes out true


def shape_of(panel: FigurePanel) -> float:
    """Width by height."""
    return panel.raster.width / panel.raster.height


def widest(panel: FigurePanel, scale: float) -> float:
    """The largest width at which it is still sharp, in design units.

    Args:
        scale: Output pixels per design unit.
    """
    if panel.raster.is_vector:
        return math.inf
    return panel.raster.width * (1.0 if panel.is_hero else _UPSCALE) / scale


def fitted(panel: FigurePanel, width: float, height: float, scale: float) -> tuple[float, float]:
    """The largest size in a room of *width* by *height*, all in design units; whole pixels, at least one."""
    shape = shape_of(panel)
    most = max(1, math.floor(min(width, height * shape, widest(panel, scale)) * scale + 1e-6))
    sizes = ((across, max(1, round(across / shape))) for across in range(most, max(0, most - _STEPS), -1))
    within = [size for size in sizes if size[1] <= height * scale + 1e-6] or [(most, 1)]
    true = (size for size in within if abs(size[0] / size[1] / shape - 1) <= _TRUE)
    across, down = next(true, min(within, key=lambda size: abs(size[0] / size[1] / shape - 1)))
    return across / scale, down / scale


def on_pixels(x: float, y: float, size: tuple[float, float], scale: float) -> Box:
    """A box of *size* at the whole output pixel nearest to a corner."""
    return Box(round(x * scale) / scale, round(y * scale) / scale, *size)

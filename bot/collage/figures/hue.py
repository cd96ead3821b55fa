"""Owns the hue that a figure gives to its collage."""

import colorsys

from PIL import Image

from bot.collage.colours import darkened, mix
from bot.collage.frame import Raster

_SIDE_PX = 128  # of the copy that is looked at
_BINS = 36  # of ten degrees
_COLOURFUL, _BRIGHT = 0.35, 0.2  # least saturation and value of a pixel that counts
_LEAST_INK = 0.01  # of all pixels must be colourful
_LEAD = 0.5  # of the colour must lie within thirty degrees, else no hue leads
_WARM = range(1, 7)  # bins from orange to yellow: darkened they are brown, and look like the colour of annotations
_PAPER, _CARD = "#f6f5f1", "#ffffff"
_READABLE = 4.6


def hue_of(raster: Raster) -> str | None:
    """Find the colour that leads in a figure, darkened until it can be read on paper and on its own tint.

    Returns:
        A colour as ``#rrggbb``; None where the figure is grey, of many colours, or orange to yellow.
    """
    scale = _SIDE_PX / max(raster.width, raster.height)
    small = raster.render(max(1, round(raster.width * scale)), max(1, round(raster.height * scale)))
    colour = _leading(small)
    return colour and darkened(colour, (_PAPER, _CARD, mix(colour, _CARD, 0.9)), _READABLE)


def _leading(small: Image.Image) -> str | None:
    weights, sums = [0.0] * _BINS, [(0.0, 0.0, 0.0)] * _BINS
    for count, (red, green, blue) in small.getcolors(_SIDE_PX * _SIDE_PX) or []:  # type: ignore[misc]
        hue, saturation, value = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
        if saturation >= _COLOURFUL and value >= _BRIGHT:
            place, weight = int(hue * _BINS) % _BINS, count * saturation**2 * value
            weights[place] += weight
            old = sums[place]
            sums[place] = (old[0] + weight * red, old[1] + weight * green, old[2] + weight * blue)
    total = sum(weights)
    if total < _LEAST_INK * small.width * small.height:
        return None
    best = max(range(_BINS), key=lambda i: sum(weights[(i + step) % _BINS] for step in (-1, 0, 1)))
    near = [(best + step) % _BINS for step in (-1, 0, 1)]
    weight = sum(weights[i] for i in near)
    if best in _WARM or weight < _LEAD * total:
        return None
    return "#" + "".join(f"{round(sum(sums[i][band] for i in near) / weight):02x}" for band in range(3))

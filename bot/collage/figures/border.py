"""Owns where the ink of a figure ends: the white border around it is no part of the picture."""

from PIL import Image, ImageChops

from bot.collage.figures.limits import FigureFault

_NOISE = 8  # of 255: what a JPEG makes of white
_BAND = 256  # rows
_INK = [255 if level < 255 - _NOISE else 0 for level in range(256)]

Edges = tuple[int, int, int, int]


def ink_edges(image: Image.Image) -> Edges:
    """Left, top, right and bottom of what is not white, in pixels.

    Raises:
        FigureFault: There is nothing to see.
    """
    found = [edges for top in range(0, image.height, _BAND) if (edges := _in_band(image, top))]
    if not found or all(high - low <= _NOISE for low, high in image.getextrema()):  # type: ignore[misc]  # three bands
        raise FigureFault("it is blank; choose another figure, or another crop")
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _in_band(image: Image.Image, top: int) -> Edges | None:
    """The edges of the ink in a band of rows; done so, no second copy of the picture is ever whole."""
    band = image.crop((0, top, image.width, min(top + _BAND, image.height)))
    red, green, blue = band.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    edges = darkest.point(_INK).getbbox()
    return edges and (edges[0], edges[1] + top, edges[2], edges[3] + top)

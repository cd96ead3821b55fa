"""Owns how sharp a picture is: an enlarged one has no steep edges."""

from PIL import Image, ImageChops

_STEEP_SHARE = 0.001  # of the neighbouring pixels: those with the largest step between them
_FLAT = 24  # of 255: a figure with less range says nothing about sharpness


def steepest(seen: Image.Image) -> float | None:
    """Find the step between neighbours that few exceed, as a share of the range; None where it is all but flat.

    Args:
        seen: A picture in one band.
    """
    low, high = (int(level) for level in seen.getextrema())  # type: ignore[arg-type]
    if high - low < _FLAT or min(seen.size) < 2:
        return None
    width, height = seen.size
    across = ImageChops.difference(seen.crop((1, 0, width, height)), seen.crop((0, 0, width - 1, height)))
    down = ImageChops.difference(seen.crop((0, 1, width, height)), seen.crop((0, 0, width, height - 1)))
    return max(_exceeded(step.histogram()) for step in (across, down)) / (high - low)


def _exceeded(histogram: list[int]) -> int:
    """The level that the given share of the pixels reaches."""
    wanted, found = _STEEP_SHARE * sum(histogram), 0
    for level in range(len(histogram) - 1, 0, -1):
        found += histogram[level]
        if found >= wanted:
            return level
    return 0

"""Owns parts of figures: shares of width and height, one inside the other."""

from bot.model.panel import Crop

WHOLE = Crop(0.0, 0.0, 1.0, 1.0)


def within(outer: Crop, inner: Crop) -> Crop:
    """The part of the whole that is *inner* of *outer*."""
    width, height = outer.right - outer.left, outer.bottom - outer.top
    return Crop(
        outer.left + inner.left * width,
        outer.top + inner.top * height,
        outer.left + inner.right * width,
        outer.top + inner.bottom * height,
    )


def located(shown: Crop, x: float, y: float) -> tuple[float, float]:
    """Where a place lies in the part *shown*; both are shares."""
    return (x - shown.left) / (shown.right - shown.left), (y - shown.top) / (shown.bottom - shown.top)


def part_of(edges: tuple[int, int, int, int], size: tuple[int, int]) -> Crop:
    """The part of a picture of *size* that lies between *edges*, all in pixels."""
    left, top, right, bottom = edges
    return Crop(left / size[0], top / size[1], right / size[0], bottom / size[1])


def edges_of(part: Crop, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The edges of *part* in a picture of *size*, on whole pixels; at least one pixel remains."""
    left = min(round(part.left * size[0]), size[0] - 1)
    top = min(round(part.top * size[1]), size[1] - 1)
    return left, top, max(left + 1, round(part.right * size[0])), max(top + 1, round(part.bottom * size[1]))

"""Owns how large a figure may be, and what is said of one that cannot be shown."""

from bot.errors import CollageError

MEGABYTE = 1_000_000
MOST_BYTES = 40 * MEGABYTE  # of a file
MOST_MEMORY = 160 * MEGABYTE  # of its pixels once decoded: three times that survives beside us in 512 MB
LARGEST_SIDE_PX = 2560  # of any collage; more pixels than that are never shown
SMALLEST_SIDE_PX = 24  # below it nothing can be recognised
LONGEST_SHAPE = 20.0  # long side by short side


class FigureFault(CollageError):
    """A figure cannot be shown; the message begins with "it" or "its" and says what to do."""


def shape_fault(width: float, height: float) -> str | None:
    """What is wrong with a figure of this shape.

    Args:
        width: In any unit, like *height*.
    """
    if width <= 0 or height <= 0:
        return "it has no extent; export it again"
    shape = width / height
    if max(shape, 1 / shape) <= LONGEST_SHAPE:
        return None
    return f"it is a strip of {width:.0f} × {height:.0f}; crop it, or choose another figure"


def size_fault(width: int, height: int) -> str | None:
    """What is wrong with a figure of so many pixels, of which only the part that is shown counts."""
    if min(width, height) < SMALLEST_SIDE_PX:
        return f"it has only {width} × {height} pixels; take a larger copy"
    return shape_fault(width, height)

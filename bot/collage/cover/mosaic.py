"""Owns the mosaic: how many tiles stand in each row, and where."""

from collections.abc import Sequence

from bot.collage.box import Box
from bot.model.canvas import Canvas

MOST = 12
"""More tiles could not be read on a phone."""

_ROWS: dict[Canvas, tuple[tuple[int, ...], ...]] = {
    Canvas.SLIDE: (
        (1,), (2,), (3,), (4,), (2, 3), (3, 3), (3, 4), (4, 4), (3, 3, 3), (5, 5), (3, 4, 4), (4, 4, 4),
    ),
    Canvas.PORTRAIT: (
        (1,), (1, 1), (1, 1, 1), (2, 2), (1, 2, 2), (2, 2, 2), (1, 2, 2, 2), (2, 2, 2, 2), (3, 3, 3),
        (2, 2, 3, 3), (2, 3, 3, 3), (3, 3, 3, 3),
    ),
    Canvas.SQUARE: (
        (1,), (1, 1), (1, 2), (2, 2), (2, 3), (2, 2, 2), (1, 3, 3), (2, 3, 3), (3, 3, 3),
        (3, 3, 4), (3, 4, 4), (4, 4, 4),
    ),
}  # fmt: skip


def mosaic(count: int, room: Box, gutter: float, canvas: Canvas) -> tuple[tuple[Box, ...], ...]:
    """Divide *room* among *count* tiles, row by row; the first rows hold the fewer and larger ones.

    Args:
        count: 1 to `MOST`.
        gutter: Between tiles, in design units.
    """
    rows = _ROWS[canvas][count - 1]
    height = (room.height - (len(rows) - 1) * gutter) / len(rows)
    return tuple(
        _row(tiles, room, room.y + place * (height + gutter), (height, gutter)) for place, tiles in enumerate(rows)
    )


def _row(tiles: int, room: Box, y: float, size: tuple[float, float]) -> tuple[Box, ...]:
    height, gutter = size
    width = (room.width - (tiles - 1) * gutter) / tiles
    return tuple(Box(room.x + place * (width + gutter), y, width, height) for place in range(tiles))


def flat(rows: Sequence[Sequence[Box]]) -> tuple[Box, ...]:
    """The tiles of all rows, in reading order."""
    return tuple(box for row in rows for box in row)

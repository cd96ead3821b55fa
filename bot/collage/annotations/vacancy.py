"""Owns whether words find an empty place: many are tried, so what is taken is kept as numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.collage.box import Box
from bot.collage.charts.labels import Segment, crosses


@dataclass(frozen=True, slots=True)
class Taken:
    """What words do not stand on, as numbers: left, top, right and bottom of each."""

    boxes: tuple[tuple[float, float, float, float], ...]
    lines: tuple[tuple[float, float, float, float, Segment], ...]

    @classmethod
    def of(cls, boxes: Iterable[Box], lines: Iterable[Segment]) -> "Taken":
        """Take the places of *boxes* and *lines*."""
        edges = ((box.x, box.y, box.right, box.bottom) for box in boxes)
        pieces = (
            (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), ((x0, y0), (x1, y1))) for (x0, y0), (x1, y1) in lines
        )
        return cls(tuple(edges), tuple(pieces))

    def leaves(self, box: Box, air: float) -> bool:
        """True when *box* with *air* around it covers nothing."""
        left, top, right, foot = box.x - air, box.y - air, box.right + air, box.bottom + air
        for x, y, far, low in self.boxes:
            if x < right and left < far and y < foot and top < low:
                return False
        wide = box.inset(-air)
        return not any(
            x <= right and left <= far and y <= foot and top <= low and crosses(line, wide)
            for x, y, far, low, line in self.lines
        )

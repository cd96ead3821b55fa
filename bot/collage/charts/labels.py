"""Owns where labels of a chart may stand: beside what they name, on nothing else."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.collage.box import Box
from bot.collage.frame import Curve, Item, Text

Segment = tuple[tuple[float, float], tuple[float, float]]


@dataclass(slots=True)
class Floor:
    """The places of a chart that are taken.

    Attributes:
        bounds: No label leaves it.
        air: What labels that are seated here keep between each other, in design units.
        unloved: Lines a label stands on only where there is no other place.
    """

    bounds: Box
    air: float = 0.0
    boxes: list[Box] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    unloved: list[Segment] = field(default_factory=list)

    def take(self, items: Iterable[Item]) -> None:
        """Reserve the places of *items*."""
        for item in items:
            if isinstance(item, Curve):
                self.segments += pairwise(item.points)
            else:
                self.boxes.append(item.box)

    def keep_clear(self, items: Iterable[Item], air: float) -> None:
        """Reserve the places of *items* and *air* around them."""
        self.boxes += [item.box.inset(-air) for item in items]

    def is_free(self, box: Box) -> bool:
        """True when *box* lies inside and touches nothing that is there."""
        return (
            self.bounds.holds(box)
            and not any(box.overlap(taken) for taken in self.boxes)
            and not any(crosses(segment, box) for segment in self.segments)
        )

    def seat(self, candidates: Iterable[Text], *, reach: float = 0.0) -> Text | None:
        """Take the first of *candidates* that finds room; None when none does.

        Args:
            reach: How far below the label (above it, when negative) must be free, too.
        """
        free = [text for text in candidates if self.is_free(_stretched(text.box, reach))]
        found = min(free, key=self._dislike, default=None)
        if found:
            self.boxes.append(found.box.inset(-self.air))
        return found

    def clearance(self, box: Box) -> float:
        """How far the middle of *box* is from the nearest thing that is there, measured at their ends and middles."""
        at = box.centre_x, box.centre_y
        places = [place for segment in self.segments for place in segment]
        places += [(taken.centre_x, taken.centre_y) for taken in self.boxes]
        return min((math.dist(at, place) for place in places), default=math.inf)

    def _dislike(self, text: Text) -> int:
        return sum(crosses(line, text.box) for line in self.unloved)

    def copy(self) -> "Floor":
        """The same floor, to try something on."""
        return Floor(self.bounds, self.air, list(self.boxes), list(self.segments), list(self.unloved))


def _stretched(box: Box, reach: float) -> Box:
    return Box(box.x, box.y + min(0.0, reach), box.width, box.height + abs(reach))


def crosses(segment: Segment, box: Box) -> bool:
    """True when *segment* runs through *box*.

    Source: Y.-D. Liang, B. A. Barsky, A New Concept and Method for Line Clipping, 1984.
    """
    (x0, y0), (x1, y1) = segment
    enter, leave = 0.0, 1.0
    for delta, lowest, highest in ((x1 - x0, box.x - x0, box.right - x0), (y1 - y0, box.y - y0, box.bottom - y0)):
        if delta == 0:
            if lowest > 0 or highest < 0:
                return False
            continue
        near, far = sorted((lowest / delta, highest / delta))
        enter, leave = max(enter, near), min(leave, far)
    return enter < leave


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """Move centres apart as little as needed so that labels of *heights* do not overlap.

    Args:
        wanted: The centres as they should be, in any order.
        low, high: All labels stay between; they may not all fit, then they start at *low*.

    Returns:
        The centres in the order of *wanted*.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed: dict[int, float] = {}
    for group in _groups(order, wanted, heights, low, high):
        y = group.start
        for i in group.members:
            placed[i] = y + heights[i] / 2
            y += heights[i]
    return tuple(placed[i] for i in range(len(wanted)))


@dataclass(slots=True)
class _Group:
    members: list[int]
    start: float
    height: float


def _groups(
    order: Sequence[int], wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[_Group]:
    """Labels that would overlap stick together; the group centres on the mean of what its members want."""
    groups: list[_Group] = []
    for i in order:
        group = _Group([i], 0.0, heights[i])
        _settle(group, wanted, low, high)
        while groups and groups[-1].start + groups[-1].height > group.start:
            before = groups.pop()
            group = _Group(before.members + group.members, 0.0, before.height + group.height)
            _settle(group, wanted, low, high)
        groups.append(group)
    return groups


def _settle(group: _Group, wanted: Sequence[float], low: float, high: float) -> None:
    centre = sum(wanted[i] for i in group.members) / len(group.members)
    group.start = max(low, min(centre - group.height / 2, high - group.height))

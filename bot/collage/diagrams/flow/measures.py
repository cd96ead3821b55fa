"""Owns how much room a flow takes, along the way and across it, with its nodes at any growth."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.collage.diagrams.drawing import Way
from bot.collage.diagrams.flow.order import Slot
from bot.collage.diagrams.flow.scheme import Footprint, Scheme
from bot.collage.diagrams.sizing import Reach, Sized


class Extent(NamedTuple):
    """How far a slot reaches from its anchor: along the way (before, after) and across it."""

    before: float
    after: float
    above: float
    below: float


@dataclass(frozen=True)
class Measures:
    """A flow at one growth of its nodes.

    Attributes:
        growth: Of all nodes, in width and height alike.
        stretch: What elastic nodes grow beyond that, in width and in height.
    """

    scheme: Scheme
    growth: float = 1.0
    stretch: tuple[float, float] = (1.0, 1.0)

    @cached_property
    def nodes(self) -> dict[str, Sized]:
        """Every node with its measures."""
        pairs = zip(self.scheme.seeds, self._reaches, strict=True)
        return {each.node.name: Sized(each.node, each.words, *reach) for each, reach in pairs}

    @property
    def area(self) -> float:
        """Of all nodes with their words."""
        return sum(2 * side * (up + low) for _, _, side, up, low in self._reaches)

    @cached_property
    def _reaches(self) -> list[Reach]:
        """The measures of all nodes; neighbouring boxes of a rank are made equally wide (or high)."""
        wide, high = self.stretch
        found = [
            each.measured(self.growth * min(wide, slack), self.growth * min(high, slack))
            for each, slack in zip(self.scheme.seeds, self.scheme.slacks, strict=True)
        ]
        for row in self.scheme.evened:
            if self.scheme.way is Way.RIGHT:
                width = max(found[i][0] for i in row)
                for i in row:
                    found[i] = (width, found[i][1], width / 2, *found[i][3:])
            else:
                height = max(found[i][1] for i in row)
                for i in row:
                    found[i] = (found[i][0], height, found[i][2], height / 2, height / 2)
        return found

    @cached_property
    def extents(self) -> Mapping[Slot, Extent]:
        """How far every slot reaches."""
        return dict(zip(self.scheme.tracks.slots, self._extents, strict=True))

    @cached_property
    def _extents(self) -> list[Extent]:
        build = _lying if self.scheme.way is Way.RIGHT else _standing
        return [
            Extent(*each.air) if each.node is None else build(each, self._reaches[each.node])
            for each in self.scheme.footprints
        ]

    # along the way

    @cached_property
    def thickness(self) -> list[tuple[float, float]]:
        """Of every rank: how far it reaches before and after its anchors."""
        found: list[tuple[float, float]] = []
        start = 0
        for rank in self.scheme.layers.ranks:
            own = self._extents[start : start + len(rank)]
            found.append((max(each.before for each in own), max(each.after for each in own)))
            start += len(rank)
        return found

    @cached_property
    def length(self) -> float:
        """What the flow needs along its way."""
        return sum(self.scheme.gaps) + sum(before + after for before, after in self.thickness)

    # across the way; tracks are known by their index

    @cached_property
    def constraints(self) -> list[tuple[int, int, float]]:
        """Which track lies above which, and how far apart their anchors are at least, from top to bottom."""
        extents = self._extents
        found = []
        for upper, lower, pairs in self.scheme.rules:
            apart = 0.0
            for one, other, gap in pairs:
                apart = max(apart, extents[one].below + extents[other].above + gap)
            found.append((upper, lower, apart))
        return found

    @cached_property
    def edges(self) -> tuple[list[float], list[float]]:
        """How far every track reaches above and below its anchor, borders of groups included."""
        tracks = self.scheme.tracks
        above, below = [0.0] * tracks.count, [0.0] * tracks.count
        for track, extent, (over, under) in zip(tracks.of, self._extents, self.scheme.borders, strict=True):
            above[track] = max(above[track], extent.above + over)
            below[track] = max(below[track], extent.below + under)
        return above, below

    def breadth(self, extra: float = 0.0) -> float:
        """What the flow needs across its way, with *extra* room between slots."""
        below = self.edges[1]
        return max(map(float.__add__, self.lowest(extra), below)) + self.lanes

    @property
    def lanes(self) -> float:
        """The room of all arrows that lead back."""
        return sum(self.scheme.lanes.values())

    def lowest(self, extra: float = 0.0) -> list[float]:
        """The anchors of the tracks as near to the top as they can be."""
        at = list(self.edges[0])
        for one, other, apart in self.constraints:
            least = at[one] + apart + extra
            if least > at[other]:
                at[other] = least
        return at

    def highest(self, breadth: float, extra: float = 0.0) -> list[float]:
        """The anchors of the tracks as near to the bottom as they can be."""
        floor = breadth - self.lanes
        at = [floor - below for below in self.edges[1]]
        for one, other, apart in reversed(self.constraints):
            at[one] = min(at[one], at[other] - apart - extra)
        return at

    def fits(self, length: float, breadth: float) -> bool:
        """True when it has room along the way and across it."""
        return self.length <= length + 0.01 and self.breadth() <= breadth + 0.01


def _lying(footprint: Footprint, reach: Reach) -> Extent:
    """What a node takes where arrows lead to the right."""
    _, _, side, up, low = reach
    aside, over, rung, _ = footprint.air
    return Extent(side, max(side + aside, rung), up + over, low)


def _standing(footprint: Footprint, reach: Reach) -> Extent:
    """What a node takes where arrows lead down."""
    _, _, side, up, low = reach
    aside, over, _, title = footprint.air
    return Extent(up + over, low, max(side, title), side + aside)

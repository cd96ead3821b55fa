"""Owns the ways of arrows between nodes that have places."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise

from bot.collage.box import Box
from bot.collage.charts.labels import crosses
from bot.collage.diagrams.drawing import Edge
from bot.collage.diagrams.free.footing import LINK
from bot.collage.diagrams.free.grid import Grid
from bot.collage.diagrams.shapes import Place, Places, swing
from bot.collage.diagrams.sizing import Sized

_ROUND = frozenset({"circle", "dot", "plus", "minus", "times", "blob"})
_TIP, _FOOT = 0.24, 0.14  # em between an arrow and the nodes at its ends
_LEVEL = 0.6  # of the gap above: with so much room beside it an arrow leaves sideways
_RUN = 0.6  # em of straight line before an arrow head
_BENDS = (0.0, 0.16, -0.16, 0.3, -0.3, 0.45, -0.45)
_STEPS = 28


@dataclass(frozen=True)
class Ways:
    """The ways of arrows on a grid.

    Attributes:
        sized: The nodes.
        at: The middles of their shapes.
    """

    grid: Grid
    sized: Mapping[str, Sized]
    at: Mapping[str, Place]

    def way(self, edge: Edge) -> Places:
        """The first way that meets no other node; the editor's own, if one is given."""
        if edge.bend:
            return self._bow(edge, edge.bend)
        has_twin = any(
            other is not edge and {other.start, other.end} == {edge.start, edge.end}
            for other in self.grid.drawing.edges
        )
        swung = () if has_twin or edge.is_straight else self._swung(edge)
        bowed = (self._bow(edge, bend) for bend in (_BENDS[1:] if has_twin else _BENDS))
        first: Places = ()
        for way in chain(swung, bowed):
            if self._is_clear(edge, way):
                return way
            first = first or way
        return first

    def _swung(self, edge: Edge) -> Iterator[Places]:
        """Ways that leave and arrive at right angles."""
        one, other = (self.sized[name].body(*self.at[name]) for name in (edge.start, edge.end))
        (x0, y0), (x1, y1) = self.at[edge.start], self.at[edge.end]
        if self._is_on(edge.start, edge.end) or self._is_on(edge.end, edge.start):
            return
        aside = max(other.x - one.right, one.x - other.right)
        above = max(other.y - one.bottom, one.y - other.bottom)
        is_level, is_plumb = abs(y1 - y0) < 0.5 * self.grid.em, abs(x1 - x0) < 0.5 * self.grid.em
        if is_level or is_plumb:
            return
        ways = [way for way, gap in (("aside", aside), ("above", above)) if gap > LINK * self.grid.em]
        for way in sorted(ways, key=lambda way: way != ("aside" if aside >= _LEVEL * above else "above")):
            yield self._swing(edge, is_aside=way == "aside")

    def _swing(self, edge: Edge, *, is_aside: bool) -> Places:
        em = self.grid.em
        ends = []
        for name, other in ((edge.start, edge.end), (edge.end, edge.start)):
            (x, y), (far_x, far_y), node = self.at[name], self.at[other], self.sized[name]
            air = (_TIP if (edge.has_head if name == edge.end else edge.has_tail) else _FOOT) * em
            if is_aside:
                ends.append((x + (node.width / 2 + air) * (1 if far_x > x else -1), y))
            else:
                ends.append((x, y + node.down + air if far_y > y else y - node.up - air))
        (x0, y0), (x1, y1) = ends
        if is_aside:
            run = x1 - min(_RUN * em, 0.3 * abs(x1 - x0)) * (1 if x1 > x0 else -1)
            return (*swing((x0, y0), (run, y1), is_level=True), (x1, y1))
        run = y1 - min(_RUN * em, 0.3 * abs(y1 - y0)) * (1 if y1 > y0 else -1)
        return (*swing((x0, y0), (x1, run), is_level=False), (x1, y1))

    def _bow(self, edge: Edge, bend: float) -> Places:
        start, end = self.at[edge.start], self.at[edge.end]
        dx, dy = end[0] - start[0], end[1] - start[1]
        control = ((start[0] + end[0]) / 2 + dy * bend * 2, (start[1] + end[1]) / 2 - dx * bend * 2)
        steps = [i / _STEPS for i in range(_STEPS + 1)]
        line = [
            (
                (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * control[0] + t * t * end[0],
                (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * control[1] + t * t * end[1],
            )
            for t in steps
        ]
        line = self._outside(line, (edge.start, edge.end), _FOOT if not edge.has_tail else _TIP)
        line.reverse()
        line = self._outside(line, (edge.end, edge.start), _TIP if edge.has_head else _FOOT)
        line.reverse()
        return (line[0], line[-1]) if bend == 0 else tuple(line)

    def _outside(self, line: list[Place], ends: tuple[str, str], air: float) -> list[Place]:
        """Cut off what lies on the node *line* begins at."""
        cut = max((i for i, place in enumerate(line) if self._covers(ends, place, air * self.grid.em)), default=-1)
        if cut < 0 or cut + 1 >= len(line):
            return line
        low, high = line[cut], line[cut + 1]
        for _ in range(12):
            middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)
            low, high = (middle, high) if self._covers(ends, middle, air * self.grid.em) else (low, middle)
        return [high, *line[cut + 1 :]]

    def _is_on(self, name: str, ground: str) -> bool:
        return self.grid.stands_on(self.sized[name].node, self.sized[ground].node)

    def _covers(self, ends: tuple[str, str], place: Place, air: float) -> bool:
        """True when *place* lies on the first of *ends*; of ground the other stands on, only the middle counts."""
        name, node = ends[0], self.sized[ends[0]]
        if self._is_on(ends[1], name):
            return math.dist(place, self.at[name]) < air
        shape, body = node.shape(*self.at[name]).inset(-air), node.body(*self.at[name]).inset(-air)
        words = Box(body.x, shape.bottom - air, body.width, body.bottom - shape.bottom + air)
        if body.bottom > shape.bottom + 1 and _inside(words, place):
            return True
        if node.node.kind in _ROUND:
            x, y = (place[0] - shape.centre_x) / shape.width, (place[1] - shape.centre_y) / shape.height
            return x * x + y * y < 0.25
        return _inside(shape, place)

    def _is_clear(self, edge: Edge, way: Places) -> bool:
        ends = (edge.start, edge.end)
        others = [
            name
            for name in self.sized
            if name not in ends and not any(self._is_on(end, name) or self._is_on(name, end) for end in ends)
        ]
        boxes = [self.sized[name].body(*self.at[name]).inset(-0.2 * self.grid.em) for name in others]
        boxes += [box for name in (edge.start, edge.end) if (box := self._words(name))]
        return not any(crosses((one, other), box) for box in boxes for one, other in pairwise(way))

    def _words(self, name: str) -> Box | None:
        """The words below a picture."""
        node = self.sized[name]
        body, shape = node.body(*self.at[name]), node.shape(*self.at[name])
        if node.words_height <= 0:
            return None
        return Box(
            body.centre_x - node.words.width / 2, shape.bottom + 2, node.words.width, body.bottom - shape.bottom - 3
        )


def _inside(box: Box, place: Place) -> bool:
    return box.x < place[0] < box.right and box.y < place[1] < box.bottom

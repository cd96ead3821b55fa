"""Owns the ways of arrows through a flow: they cross no node and no words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from bot.collage.box import Box
from bot.collage.charts.labels import crosses
from bot.collage.diagrams.drawing import Edge, Way
from bot.collage.diagrams.flow.measures import Measures
from bot.collage.diagrams.flow.order import Slot
from bot.collage.diagrams.flow.places import Places
from bot.collage.diagrams.shapes import Place, arc, swing, with_round_corners
from bot.collage.diagrams.shapes import Places as Line
from bot.collage.lettering.measure import Paragraph
from bot.collage.lettering.typeset import Align

_TIP = 0.22  # em between the tip of an arrow and what it points at
_FOOT = 0.12
_RUN = 0.6  # em of straight line before an arrow head
_TURN = 0.5  # em from a rank to an arrow that turns beside it


@dataclass(frozen=True, slots=True)
class Said:
    """The words of an arrow: where their anchor is, and the top of the first capitals."""

    edge: Edge
    words: Paragraph
    at: Place
    align: Align


@dataclass(frozen=True)
class Arrows:
    """The arrows of a flow whose slots have places.

    Attributes:
        origin: The upper left corner of the room.
    """

    measures: Measures
    places: Places
    origin: Place
    _lane_ends: list[tuple[int, int, float]] = field(default_factory=list)

    def lines(self) -> Iterator[tuple[Edge, Line]]:
        """Every arrow with its way, as points on the canvas."""
        for i, edge in enumerate(self.measures.scheme.drawing.edges):
            yield edge, tuple(self.point(place) for place in self._line(i, edge))

    def point(self, place: Place) -> Place:
        """From along and across to x and y."""
        along, across = place
        if self.measures.scheme.way is Way.RIGHT:
            return self.origin[0] + along, self.origin[1] + across
        return self.origin[0] + across, self.origin[1] + along

    def words(self) -> Iterator[Said]:
        """The words of every arrow that has any."""
        for i, edge in enumerate(self.measures.scheme.drawing.edges):
            words = self.measures.scheme.label(i)
            if words:
                yield self._said(i, edge, words)

    # ways

    def _line(self, i: int, edge: Edge) -> list[Place]:
        if i in self.measures.scheme.layers.chains:
            return self._onward(self.measures.scheme.layers.chains[i])
        if edge.start == edge.end:
            return self._loop(edge.start)
        if i in self.measures.scheme.layers.back:
            return self._back(i, edge)
        return self._rung(self._slot(edge.start), self._slot(edge.end))

    def _onward(self, chain: tuple[Slot, ...]) -> list[Place]:
        at, em = self.places.across, self.measures.scheme.em
        line = [(self._side(chain[0], is_after=True) + _FOOT * em, at[chain[0]])]
        for one, other in pairwise(chain):
            leave, enter = self.places.along[one.rank][2], self.places.along[other.rank][0]
            start = (max(leave, line[-1][0]), at[one])
            if other is chain[-1]:
                tip = self._side(other, is_after=False) - _TIP * em
                enter = min(enter, tip - min(_RUN * em, 0.3 * (tip - start[0])))
            if abs(start[1] - at[other]) > 0.01:
                line += swing(start, (enter, at[other]), is_level=True)
        return [*line, (self._side(chain[-1], is_after=False) - _TIP * em, at[chain[-1]])]

    def _side(self, slot: Slot, *, is_after: bool) -> float:
        """Where an arrow leaves or enters a node, along the way."""
        anchor = self.places.along[slot.rank][1]
        node = self.measures.nodes[str(slot.node)]
        if self.measures.scheme.way is Way.RIGHT:
            return anchor + (node.width / 2 if is_after else -node.width / 2)
        return anchor + (node.down if is_after else -node.up)

    def _slot(self, name: str) -> Slot:
        return next(slot for slot in self.places.across if slot.node == name)

    def _below(self, slot: Slot) -> float:
        """Where a node ends, across the way."""
        return self.places.across[slot] + self.measures.extents[slot].below

    def _rung(self, start: Slot, end: Slot) -> list[Place]:
        """Between two nodes of a rank: straight to a neighbour, else around those between."""
        rank, em = self.measures.scheme.layers.ranks[start.rank], self.measures.scheme.em
        middle, at = self.places.along[start.rank][1], self.places.across
        if abs(rank.index(start) - rank.index(end)) == 1:
            extents = self.measures.extents
            if at[start] < at[end]:
                ends = self._below(start) + _FOOT * em, at[end] - extents[end].above - _TIP * em
            else:
                ends = at[start] - extents[start].above - _FOOT * em, self._below(end) + _TIP * em
            return [(middle, ends[0]), (middle, ends[1])]
        out = self.places.along[start.rank][2] + _TURN * em
        corners = [
            (self._side(start, is_after=True) + _FOOT * em, at[start]),
            (out, at[start]),
            (out, at[end]),
            (self._side(end, is_after=True) + _TIP * em, at[end]),
        ]
        return list(with_round_corners(corners, 0.6 * em))

    def _back(self, i: int, edge: Edge) -> list[Place]:
        """Along a lane beside all nodes."""
        em, start, end = self.measures.scheme.em, self._slot(edge.start), self._slot(edge.end)
        lane = self._lane(i)
        corners = [*self._out(start, lane, is_start=True), *reversed(self._out(end, lane, is_start=False))]
        return list(with_round_corners(corners, 0.8 * em))

    def _out(self, slot: Slot, lane: float, *, is_start: bool) -> list[Place]:
        """From a node to a lane: straight down, or around the nodes below it."""
        em, rank = self.measures.scheme.em, self.measures.scheme.layers.ranks[slot.rank]
        air = (_FOOT if is_start else _TIP) * em
        begin, anchor, finish = self.places.along[slot.rank]
        if rank[-1] == slot:
            shift = self._shift(slot, is_start=is_start)
            return [(anchor + shift, self._below(slot) + air), (anchor + shift, lane)]
        side = self._side(slot, is_after=is_start) + (air if is_start else -air)
        turn = finish + _TURN * em if is_start else begin - _TURN * em
        return [(side, self.places.across[slot]), (turn, self.places.across[slot]), (turn, lane)]

    def _shift(self, slot: Slot, *, is_start: bool) -> float:
        """Beside the middle where one arrow leaves and another arrives."""
        edges = [self.measures.scheme.drawing.edges[k] for k in self.measures.scheme.layers.back]
        has_both = any(edge.start == slot.node for edge in edges) and any(edge.end == slot.node for edge in edges)
        return (-0.7 if is_start else 0.7) * self.measures.scheme.em if has_both else 0.0

    def _lane(self, i: int) -> float:
        """Where the lane of an arrow that leads back runs; shorter arrows run nearer to the nodes."""
        edges = self.measures.scheme.drawing.edges

        def span(k: int) -> tuple[int, int]:
            ends = self._slot(edges[k].start).rank, self._slot(edges[k].end).rank
            return min(ends), max(ends)

        floors: dict[int, float] = {}
        for k in sorted(self.measures.scheme.layers.back, key=lambda k: (span(k)[1] - span(k)[0], k)):
            first, last = span(k)
            below = [
                self._below(slot) + self.measures.scheme.border(slot, None, is_above=False)
                for rank in self.measures.scheme.layers.ranks[first : last + 1]
                for slot in rank
            ]
            below += [floors[m] for m in floors if span(m)[0] <= last and first <= span(m)[1]]
            floors[k] = max(below) + self.measures.scheme.lanes[k]
            if k == i:
                break
        return floors[i] - self.measures.scheme.lanes[i] + 0.8 * self.measures.scheme.em

    def _loop(self, name: str) -> list[Place]:
        """From a node to itself, over its corner."""
        slot, em = self._slot(name), self.measures.scheme.em
        x, y = self._loop_middle(slot)
        ring = arc((x, y), (0.62 * em, 0.75 * em), start=0.36, stop=1.14)
        return [self._unpoint(place) for place in ring]

    def _loop_middle(self, slot: Slot) -> Place:
        node, em = self.measures.nodes[str(slot.node)], self.measures.scheme.em
        x, y = self.point((self.places.along[slot.rank][1], self.places.across[slot]))
        return x + node.width / 2 - min(1.1 * em, node.width / 4), y - node.height / 2 - 0.62 * em

    def _unpoint(self, place: Place) -> Place:
        x, y = place[0] - self.origin[0], place[1] - self.origin[1]
        return (x, y) if self.measures.scheme.way is Way.RIGHT else (y, x)

    # words

    def _said(self, i: int, edge: Edge, words: Paragraph) -> Said:
        em = self.measures.scheme.em
        if i in self.measures.scheme.layers.chains:
            slot = next(slot for slot in self.measures.scheme.layers.chains[i] if slot.has_words)
            return self._beside(edge, words, (self.places.along[slot.rank][1], self.places.across[slot]), is_above=True)
        if edge.start == edge.end:
            x, y = self._loop_middle(self._slot(edge.start))
            slot = self._slot(edge.start)
            middle, _ = self.point((self.places.along[slot.rank][1], self.places.across[slot]))
            left = max(x - 0.62 * em, middle + 0.5 * em)  # beside an arrow that comes from above
            return Said(edge, words, (left, y - em - words.height), Align.LEFT)
        if i in self.measures.scheme.layers.back:
            return self._on_lane(i, edge, words)
        return self._on_rung(edge, words)

    def _beside(self, edge: Edge, words: Paragraph, at: Place, *, is_above: bool) -> Said:
        """Above or below a lying line, to the right of a standing one."""
        em = self.measures.scheme.em
        x, y = self.point(at)
        if self.measures.scheme.way is Way.RIGHT:
            top = y - 0.36 * em - words.height if is_above else y + 0.4 * em
            return Said(edge, words, (x, top), Align.CENTRE)
        return Said(edge, words, (x + 0.42 * em, y - words.height / 2), Align.LEFT)

    def _on_lane(self, i: int, edge: Edge, words: Paragraph) -> Said:
        """Beside the middle of the lane, or as near to it as no other arrow leads through the words."""
        ranks = self._slot(edge.start).rank, self._slot(edge.end).rank
        middle = sum(self.places.along[rank][1] for rank in ranks) / 2
        size = words.width if self.measures.scheme.way is Way.RIGHT else words.height
        reach = max(0.0, (self.places.room[0] - size) / 2)
        pitch = 0.4 * self.measures.scheme.em
        steps = [pitch * step for step in range(1 + int(self.places.room[0] / pitch))]
        tried = [
            self._beside(edge, words, (middle + shift, self._lane(i)), is_above=False)
            for step in steps
            for shift in (step, -step)
            if abs(middle + shift - self.places.room[0] / 2) <= reach
        ]
        lines = [line for each, line in self.lines() if each is not edge]
        return next(
            (said for said in tried if not _crossed(said, lines)),
            tried[0] if tried else self._beside(edge, words, (middle, self._lane(i)), is_above=False),
        )

    def _on_rung(self, edge: Edge, words: Paragraph) -> Said:
        em, start, end = self.measures.scheme.em, self._slot(edge.start), self._slot(edge.end)
        at = self.places.across
        upper, lower = sorted((start, end), key=lambda slot: at[slot])
        middle = (self._below(upper) + at[lower] - self.measures.extents[lower].above) / 2
        x, y = self.point((self.places.along[start.rank][1], middle))
        if self.measures.scheme.way is Way.RIGHT:
            return Said(edge, words, (x + 0.42 * em, y - words.height / 2), Align.LEFT)
        return Said(edge, words, (x, y - 0.36 * em - words.height), Align.CENTRE)


def _crossed(said: Said, lines: Iterable[Line]) -> bool:
    box = Box(said.at[0] - said.align.value * said.words.width, said.at[1], said.words.width, said.words.height)
    return any(crosses(piece, box.inset(-3)) for line in lines for piece in pairwise(line))

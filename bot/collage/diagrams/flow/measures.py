"""Owns how much room the slots of a flow take, along the way and across it."""

from dataclasses import dataclass, replace
from functools import cached_property

from bot.collage.diagrams.drawing import Drawing, Group, Node, Way
from bot.collage.diagrams.flow.order import Layers, Slot, layered
from bot.collage.diagrams.kinds import KINDS
from bot.collage.diagrams.sizing import Sized, Type, sized, small_words
from bot.collage.measure import Paragraph

ARROW = {Way.RIGHT: 2.1, Way.DOWN: 1.8}  # em between two ranks
_STUB = 1.55  # em between a rank and one in which only words of arrows stand
_BETWEEN = {Way.RIGHT: 0.95, Way.DOWN: 1.25}  # em between two nodes of a rank
_PASSING = 0.35  # em beside an arrow that passes
_PAD = 0.75  # em between the border of a group and its members
_EVENED = frozenset({"box", "pill", "encoder", "decoder"})
_LABEL_WRAP = 7.5  # em


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a slot reaches from its anchor: along the way (before, after) and across it."""

    before: float
    after: float
    above: float
    below: float


@dataclass(frozen=True)
class Measures:
    """A flow at one size of type, in one way, at one growth of its nodes.

    Attributes:
        growth: Of all nodes, in width and height alike.
        stretch: What elastic nodes grow beyond that, in width and in height.
    """

    drawing: Drawing
    way: Way
    type_: Type
    growth: float = 1.0
    stretch: tuple[float, float] = (1.0, 1.0)

    @cached_property
    def layers(self) -> Layers:
        return layered(self.drawing)

    @cached_property
    def em(self) -> float:
        return self.type_.em

    @cached_property
    def nodes(self) -> dict[str, Sized]:
        """Every node with its measures; neighbouring boxes of a rank are made equally wide (or high)."""
        found = {node.name: self._sized(node) for node in self.drawing.nodes}
        for rank in self.layers.ranks:
            names = [slot.node for slot in rank if slot.node]
            boxes = [found[name] for name in names if found[name].node.kind in _EVENED]
            for each in boxes:
                found[each.node.name] = self._evened(each, boxes)
        return found

    def _sized(self, node: Node) -> Sized:
        slack = KINDS[node.kind].slack
        across, down = (self.growth * min(each, slack) for each in self.stretch)
        return sized(node, self.type_, (across, down))

    def _evened(self, one: Sized, all_: list[Sized]) -> Sized:
        if self.way is Way.RIGHT:
            width = max(each.width for each in all_)
            return replace(one, width=width, side=width / 2)
        height = max(each.height for each in all_)
        return replace(one, height=height, up=height / 2, down=height / 2)

    @cached_property
    def extents(self) -> dict[Slot, Extent]:
        """How far every slot reaches."""
        return {slot: self._extent(slot) for rank in self.layers.ranks for slot in rank}

    def _extent(self, slot: Slot) -> Extent:
        if slot.node is not None:
            node = self.nodes[slot.node]
            loop = self.loop(slot.node)
            if self.way is Way.RIGHT:
                return Extent(node.side, max(node.side + loop[0], self._rung_words(slot)), node.up + loop[1], node.down)
            beside = max(node.side, self.title_beside(slot))
            return Extent(node.up + loop[1], node.down, beside, node.side + loop[0])
        return self._passing(slot)

    def title_beside(self, slot: Slot) -> float:
        """The room left of a node for the title of its group, where an arrow comes from above."""
        room = 0.0
        for group in self.drawing.groups:
            title, first = self.title(group), self.span(group)[0]
            heads = [each for each in self.layers.ranks[first] if each.node in group.members]
            names = {each.node for each in heads}
            edges = enumerate(self.drawing.edges)
            is_entered = any(
                edge.end in names and edge.start != edge.end and (i in self.layers.back or edge.start not in names)
                for i, edge in edges
            )
            if title and heads[0] == slot and is_entered:
                room = max(room, title.width + 0.4 * self.em)
        return room

    def _passing(self, slot: Slot) -> Extent:
        words, em = self.label(slot.edge) if slot.has_words else None, self.em
        if words is None:
            return Extent(0.0, 0.0, _PASSING * em, _PASSING * em)
        if self.way is Way.RIGHT:
            return Extent(words.width / 2, words.width / 2, words.height + 0.45 * em, 0.3 * em)
        return Extent(words.height / 2 + 0.2 * em, words.height / 2 + 0.2 * em, 0.3 * em, words.width + 0.6 * em)

    def _rung_words(self, slot: Slot) -> float:
        """The room beside the middle of a rank for words at arrows within it."""
        ranks = {each.node: each.rank for rank in self.layers.ranks for each in rank if each.node}
        words = [
            self.label(i)
            for i, edge in enumerate(self.drawing.edges)
            if slot.node in (edge.start, edge.end) and ranks[edge.start] == ranks[edge.end] and edge.start != edge.end
        ]
        return max((each.width + 0.6 * self.em for each in words if each), default=0.0)

    def loop(self, name: str) -> tuple[float, float]:
        """The room an arrow from a node to itself takes: to the side, and above."""
        own = [i for i, edge in enumerate(self.drawing.edges) if edge.start == edge.end == name]
        if not own:
            return 0.0, 0.0
        words = self.label(own[0])
        above = 1.5 * self.em + (words.height + 0.3 * self.em if words else 0.0)
        return (words.width + 0.5 * self.em if words else 0.0), above

    def label(self, edge: int) -> Paragraph | None:
        """The words at an arrow."""
        return small_words(self.drawing.edges[edge].label, self.type_, wrap=_LABEL_WRAP)

    # groups

    def title(self, group: Group) -> Paragraph | None:
        """The words at the top of a group."""
        return small_words(group.title, self.type_, wrap=14, weight=600)

    @property
    def pad(self) -> float:
        return _PAD * self.em

    def strip(self, group: Group) -> float:
        """The height the title of a group takes."""
        title = self.title(group)
        return title.height + 0.35 * self.em if title else 0.0

    def groups_of(self, slot: Slot) -> tuple[Group, ...]:
        """The groups a slot lies in: an arrow lies in the groups of both its ends."""
        names = (slot.node,) if slot.node else self._ends(slot.edge)
        return tuple(group for group in self.drawing.groups if all(name in group.members for name in names))

    def _ends(self, edge: int) -> tuple[str, str]:
        return self.drawing.edges[edge].start, self.drawing.edges[edge].end

    def border(self, slot: Slot, other: Slot | None, *, is_above: bool) -> float:
        """The borders of groups between *slot* and something outside of them, across the way."""
        around = self.groups_of(other) if other else ()
        titled = is_above and self.way is Way.RIGHT
        return sum(
            self.pad + (self.strip(group) if titled else 0.0) for group in self.groups_of(slot) if group not in around
        )

    def span(self, group: Group) -> tuple[int, int]:
        """The first and the last rank of a group."""
        ranks = [slot.rank for rank in self.layers.ranks for slot in rank if slot.node in group.members]
        return min(ranks), max(ranks)

    # along the way

    @cached_property
    def thickness(self) -> list[tuple[float, float]]:
        """Of every rank: how far it reaches before and after its anchors."""
        return [
            (max(self.extents[slot].before for slot in rank), max(self.extents[slot].after for slot in rank))
            for rank in self.layers.ranks
        ]

    @cached_property
    def gaps(self) -> list[float]:
        """Between neighbouring ranks, and at both ends."""
        count = len(self.layers.ranks)
        return [self._gap(i) + self._edge_borders(i) for i in range(count + 1)]

    def _gap(self, i: int) -> float:
        """Before rank *i*."""
        ranks = self.layers.ranks
        if i in (0, len(ranks)):
            return 0.9 * self.em if self._turns_at(i) else 0.0
        is_stub = any(all(slot.node is None for slot in rank) for rank in ranks[i - 1 : i + 1])
        return (_STUB if is_stub else ARROW[self.way]) * self.em

    def _turns_at(self, i: int) -> bool:
        """True when an arrow that leads back turns outside the first or last rank."""
        edges = [self.drawing.edges[k] for k in self.layers.back]
        edge_rank = 0 if i == 0 else len(self.layers.ranks) - 1
        names = {edge.end for edge in edges} if i == 0 else {edge.start for edge in edges}
        rank = self.layers.ranks[edge_rank]
        return any(slot.node in names for slot in rank[:-1])

    def _edge_borders(self, i: int) -> float:
        """The borders of groups before rank *i*."""
        total = 0.0
        for group in self.drawing.groups:
            first, last = self.span(group)
            if first == i:
                total += self.pad + (self.strip(group) if self.way is Way.DOWN else 0.0)
            if last == i - 1:
                total += self.pad
        return total

    @property
    def length(self) -> float:
        """What the flow needs along its way."""
        return sum(self.gaps) + sum(before + after for before, after in self.thickness)

    # across the way

    @cached_property
    def lanes(self) -> dict[int, float]:
        """The room of every arrow that leads back, beside all nodes, by the index of the arrow."""
        found = {}
        for i in self.layers.back:
            words = self.label(i)
            size = 0.0 if words is None else words.height if self.way is Way.RIGHT else words.width
            found[i] = size + (1.5 if words else 1.0) * self.em
        return found

    def apart(self, one: Slot, other: Slot) -> float:
        """How far the anchors of two slots are apart at least, *one* being above."""
        extents = self.extents
        is_real = one.node is not None and other.node is not None
        gap = _BETWEEN[self.way] * self.em * (1.0 if is_real else 0.6) + self._rung(one, other)
        borders = self.border(one, other, is_above=False) + self.border(other, one, is_above=True)
        return extents[one].below + extents[other].above + gap + borders

    def _rung(self, one: Slot, other: Slot) -> float:
        """The room for an arrow between two neighbours of a rank."""
        ends = {one.node, other.node}
        found = [i for i, edge in enumerate(self.drawing.edges) if {edge.start, edge.end} == ends and len(ends) == 2]
        if not found or one.rank != other.rank:
            return 0.0
        words = self.label(found[0])
        size = 0.0 if words is None else words.height if self.way is Way.RIGHT else words.width
        return size + 1.2 * self.em

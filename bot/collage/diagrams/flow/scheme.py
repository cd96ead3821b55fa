"""Owns what a flow takes at one size of type however large its nodes are: words, borders, gaps, lanes."""

from dataclasses import dataclass
from functools import cached_property

from bot.collage.diagrams.drawing import Drawing, Group, Way
from bot.collage.diagrams.flow.order import Layers, Slot, layered
from bot.collage.diagrams.flow.tracks import Tracks, groups_of, span, tracks_of
from bot.collage.diagrams.kinds import KINDS
from bot.collage.diagrams.sizing import Seed, Type, seed, small_words
from bot.collage.lettering.measure import Paragraph

ARROW = {Way.RIGHT: 2.1, Way.DOWN: 1.8}  # em between two ranks
_STUB = 1.55  # em between a rank and one in which only words of arrows stand
_BETWEEN = {Way.RIGHT: 0.95, Way.DOWN: 1.25}  # em between two nodes of a rank
_PASSING = 0.35  # em beside an arrow that passes
_PAD = 0.75  # em between the border of a group and its members
_EVENED = frozenset({"box", "pill", "encoder", "decoder"})
_LABEL_WRAP = 7.5  # em


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a slot takes beside its node, in design units.

    Attributes:
        node: The index of its node; None where an arrow passes.
        air: Of a node: its loop to the side and above, words beside its rank, a title left of it. Of an arrow: how far
            it reaches before, after, above and below.
    """

    node: int | None
    air: tuple[float, float, float, float]


@dataclass(frozen=True)
class Scheme:
    """A flow at one size of type and in one way, before its nodes grow."""

    drawing: Drawing
    way: Way
    type_: Type

    @cached_property
    def layers(self) -> Layers:
        return layered(self.drawing)

    @cached_property
    def em(self) -> float:
        return self.type_.em

    @cached_property
    def tracks(self) -> Tracks:
        return tracks_of(self.drawing)

    @cached_property
    def seeds(self) -> tuple[Seed, ...]:
        """The nodes."""
        return tuple(seed(node, self.type_) for node in self.drawing.nodes)

    @cached_property
    def slacks(self) -> tuple[float, ...]:
        """How far every node may be stretched."""
        return tuple(KINDS[node.kind].slack for node in self.drawing.nodes)

    @cached_property
    def evened(self) -> tuple[tuple[int, ...], ...]:
        """Neighbouring boxes of a rank, by the index of their node."""
        place = {node.name: i for i, node in enumerate(self.drawing.nodes) if node.kind in _EVENED}
        rows = (tuple(place[slot.node] for slot in rank if slot.node in place) for rank in self.layers.ranks)
        return tuple(row for row in rows if len(row) > 1)

    @cached_property
    def footprints(self) -> tuple[Footprint, ...]:
        """What every slot takes."""
        place = {node.name: i for i, node in enumerate(self.drawing.nodes)}
        return tuple(
            Footprint(None if slot.node is None else place[slot.node], self._air(slot)) for slot in self.tracks.slots
        )

    def _air(self, slot: Slot) -> tuple[float, float, float, float]:
        """Of a node: its loop to the side and above, words beside its rank, a title; of what passes: all it takes."""
        if slot.node is None:
            return self._passing(slot)
        if self.way is Way.RIGHT:
            return (*self.loop(slot.node), self._rung_words(slot), 0.0)
        return (*self.loop(slot.node), 0.0, self.title_beside(slot))

    @cached_property
    def rules(self) -> tuple[tuple[int, int, tuple[tuple[int, int, float], ...]], ...]:
        """Which track lies above which, and how much room is between the slots in them."""
        slots = self.tracks.slots
        return tuple(
            (rule.upper, rule.lower, tuple((i, k, self._between(slots[i], slots[k])) for i, k in rule.pairs))
            for rule in self.tracks.rules
        )

    @cached_property
    def borders(self) -> tuple[tuple[float, float], ...]:
        """The borders of groups above and below every slot."""
        return tuple(
            (self.border(slot, None, is_above=True), self.border(slot, None, is_above=False))
            for slot in self.tracks.slots
        )

    def title_beside(self, slot: Slot) -> float:
        """The room left of a node for the title of its group, where an arrow comes from above."""
        room = 0.0
        for group in self.drawing.groups:
            title, first = self.title(group), span(group, self.layers)[0]
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

    def _passing(self, slot: Slot) -> tuple[float, float, float, float]:
        words, em = self.label(slot.edge) if slot.has_words else None, self.em
        if words is None:
            return 0.0, 0.0, _PASSING * em, _PASSING * em
        if self.way is Way.RIGHT:
            return words.width / 2, words.width / 2, words.height + 0.45 * em, 0.3 * em
        return words.height / 2 + 0.2 * em, words.height / 2 + 0.2 * em, 0.3 * em, words.width + 0.6 * em

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
        return groups_of(slot, self.drawing)

    def border(self, slot: Slot, other: Slot | None, *, is_above: bool) -> float:
        """The borders of groups between *slot* and something outside of them, across the way."""
        around = self.groups_of(other) if other else ()
        titled = is_above and self.way is Way.RIGHT
        return sum(
            self.pad + (self.strip(group) if titled else 0.0) for group in self.groups_of(slot) if group not in around
        )

    # along the way

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
            first, last = span(group, self.layers)
            if first == i:
                total += self.pad + (self.strip(group) if self.way is Way.DOWN else 0.0)
            if last == i - 1:
                total += self.pad
        return total

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

    def _between(self, one: Slot, other: Slot) -> float:
        """The room between two slots at least, *one* being above."""
        is_real = one.node is not None and other.node is not None
        gap = _BETWEEN[self.way] * self.em * (1.0 if is_real else 0.6) + self._rung(one, other)
        return gap + self.border(one, other, is_above=False) + self.border(other, one, is_above=True)

    def _rung(self, one: Slot, other: Slot) -> float:
        """The room for an arrow between two neighbours of a rank."""
        ends = {one.node, other.node}
        found = [i for i, edge in enumerate(self.drawing.edges) if {edge.start, edge.end} == ends and len(ends) == 2]
        if not found or one.rank != other.rank:
            return 0.0
        words = self.label(found[0])
        size = 0.0 if words is None else words.height if self.way is Way.RIGHT else words.width
        return size + 1.2 * self.em

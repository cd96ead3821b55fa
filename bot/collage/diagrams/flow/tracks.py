"""Owns the tracks of a flow: what stands in line across its way, and what stands above what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.collage.diagrams.drawing import Drawing, Group
from bot.collage.diagrams.flow.order import Layers, Slot, layered

_Pairs = tuple[tuple[Slot, Slot], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One track lies above another, because of pairs of slots in them; all by their index."""

    upper: int
    lower: int
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Tracks:
    """The slots of a flow, those in line made one.

    Attributes:
        slots: In the order of the ranks.
        of: The track of every slot, by its index: an arrow keeps its track, wherever possible, through all ranks.
        count: Of the tracks.
        rules: From top to bottom.
    """

    slots: tuple[Slot, ...]
    of: tuple[int, ...]
    count: int
    rules: tuple[Rule, ...]


@lru_cache(maxsize=64)
def tracks_of(drawing: Drawing) -> Tracks:
    """Put the slots of *drawing* in line."""
    tracks, rules = _Lining(drawing, layered(drawing)).rules()
    slots = tuple(tracks)
    index = {slot: i for i, slot in enumerate(slots)}
    order = {track: i for i, track in enumerate(dict.fromkeys(tracks.values()))}
    found = (
        Rule(order[upper], order[lower], tuple((index[one], index[other]) for one, other in pairs))
        for (upper, lower), pairs in rules
    )
    return Tracks(slots, tuple(order[tracks[slot]] for slot in slots), len(order), tuple(found))


def groups_of(slot: Slot, drawing: Drawing) -> tuple[Group, ...]:
    """The groups a slot lies in: an arrow lies in the groups of both its ends."""
    edge = drawing.edges[slot.edge] if slot.node is None else None
    names = (edge.start, edge.end) if edge else (slot.node,)
    return tuple(group for group in drawing.groups if all(name in group.members for name in names))


def span(group: Group, layers: Layers) -> tuple[int, int]:
    """The first and the last rank of a group."""
    ranks = [slot.rank for rank in layers.ranks for slot in rank if slot.node in group.members]
    return min(ranks), max(ranks)


_Rules = list[tuple[tuple[Slot, Slot], _Pairs]]


@dataclass(frozen=True, slots=True)
class _Lining:
    drawing: Drawing
    layers: Layers

    def rules(self) -> tuple[Mapping[Slot, Slot], _Rules]:
        own = {slot: slot for rank in self.layers.ranks for slot in rank}
        passing = dict(own)
        for chain in self.layers.chains.values():
            passing |= dict.fromkeys(chain[1:-1], chain[1])
        tied = dict(passing)
        for chain in self.layers.chains.values():
            tied = _joined(tied, self._tied(chain))
        if any(len({tied[slot] for slot in rank}) < len(rank) for rank in self.layers.ranks):
            tied = passing
        neighbours = [pair for rank in self.layers.ranks for pair in pairwise(rank)]
        around = [pair for group in self.drawing.groups for pair in self._around(group)]
        for tracks in (tied, passing, own):
            for pairs in (neighbours + around, neighbours):
                if (found := _sorted(pairs, tracks)) is not None:
                    return tracks, found
        return own, []

    def _tied(self, chain: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """The slots of an arrow that stand in line: with its start, its end, or both, where it is their only one."""
        chains = self.layers.chains.values()
        is_only_out = sum(other[0] == chain[0] for other in chains) == 1
        is_only_in = sum(other[-1] == chain[-1] for other in chains) == 1
        return chain[0 if is_only_out else 1 : None if is_only_in else -1]

    def _around(self, group: Group) -> list[tuple[Slot, Slot]]:
        """Strangers in the ranks of a group stand above all its members or below them."""
        first, last = span(group, self.layers)
        members = [slot for rank in self.layers.ranks for slot in rank if group in groups_of(slot, self.drawing)]
        middle = self._share(members)
        pairs: list[tuple[Slot, Slot]] = []
        for rank in self.layers.ranks[first : last + 1]:
            own = [place for place, slot in enumerate(rank) if slot in members]
            cut = sum(own) / len(own) if own else middle * len(rank) - 0.5
            for place, slot in enumerate(rank):
                if slot not in members:
                    pairs += [(slot, member) if place < cut else (member, slot) for member in members]
        return pairs

    def _share(self, slots: list[Slot]) -> float:
        ranks = self.layers.ranks
        return sum((ranks[slot.rank].index(slot) + 0.5) / len(ranks[slot.rank]) for slot in slots) / len(slots)


def _sorted(pairs: Sequence[tuple[Slot, Slot]], tracks: Mapping[Slot, Slot]) -> _Rules | None:
    """The tracks of *pairs* so that whatever lies above comes first; None when they contradict each other."""
    found: dict[tuple[Slot, Slot], _Pairs] = {}
    for one, other in pairs:
        key = tracks[one], tracks[other]
        found[key] = (*found.get(key, ()), (one, other))
    depth: dict[Slot, int] = {slot: 0 for pair in found for slot in pair}
    for _ in range(len(depth) + 1):
        has_moved = False
        for one, other in found:
            if depth[other] <= depth[one]:
                depth[other], has_moved = depth[one] + 1, True
        if not has_moved:
            return sorted(found.items(), key=lambda rule: depth[rule[0][0]])
    return None


def _joined(tracks: dict[Slot, Slot], slots: Sequence[Slot]) -> dict[Slot, Slot]:
    """*tracks* with those of *slots* made one."""
    if len(slots) < 2:
        return tracks
    old = {tracks[slot] for slot in slots}
    return {slot: tracks[slots[0]] if track in old else track for slot, track in tracks.items()}

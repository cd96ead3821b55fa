"""Owns the tracks of a flow: what stands in line, what stands above what, and how broad all of it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.collage.diagrams.drawing import Group
from bot.collage.diagrams.flow.measures import Measures
from bot.collage.diagrams.flow.order import Slot


@dataclass(frozen=True)
class Tracks:
    """The slots of a flow, those in line made one, across its way."""

    measures: Measures

    @property
    def constraints(self) -> list[tuple[Slot, Slot, float]]:
        """Which track lies above which, and how far apart their anchors are at least, from top to bottom."""
        return self._rules[1]

    @property
    def tracks(self) -> dict[Slot, Slot]:
        """The track of every slot: an arrow keeps its track, wherever possible, through all ranks it passes."""
        return self._rules[0]

    @cached_property
    def _rules(self) -> tuple[dict[Slot, Slot], list[tuple[Slot, Slot, float]]]:
        own = {slot: slot for slot in self.measures.extents}
        passing = dict(own)
        for chain in self.measures.layers.chains.values():
            passing |= dict.fromkeys(chain[1:-1], chain[1])
        tied = dict(passing)
        for chain in self.measures.layers.chains.values():
            tied = _joined(tied, self._tied(chain))
        if any(len({tied[slot] for slot in rank}) < len(rank) for rank in self.measures.layers.ranks):
            tied = passing
        neighbours = [pair for rank in self.measures.layers.ranks for pair in pairwise(rank)]
        around = [pair for group in self.measures.drawing.groups for pair in self._around(group)]
        for tracks in (tied, passing, own):
            for pairs in (neighbours + around, neighbours):
                if (found := self._sorted(pairs, tracks)) is not None:
                    return tracks, found
        return own, []

    def _tied(self, chain: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """The slots of an arrow that stand in line: with its start, its end, or both, where it is their only one."""
        chains = self.measures.layers.chains.values()
        is_only_out = sum(other[0] == chain[0] for other in chains) == 1
        is_only_in = sum(other[-1] == chain[-1] for other in chains) == 1
        return chain[0 if is_only_out else 1 : None if is_only_in else -1]

    def _sorted(
        self, pairs: Sequence[tuple[Slot, Slot]], tracks: Mapping[Slot, Slot]
    ) -> list[tuple[Slot, Slot, float]] | None:
        """The tracks of *pairs* so that whatever lies above comes first; None when they contradict each other."""
        apart: dict[tuple[Slot, Slot], float] = {}
        for one, other in pairs:
            key = tracks[one], tracks[other]
            apart[key] = max(apart.get(key, 0.0), self.measures.apart(one, other))
        depth: dict[Slot, int] = {slot: 0 for pair in apart for slot in pair}
        for _ in range(len(depth) + 1):
            has_moved = False
            for one, other in apart:
                if depth[other] <= depth[one]:
                    depth[other], has_moved = depth[one] + 1, True
            if not has_moved:
                return [(*pair, apart[pair]) for pair in sorted(apart, key=lambda pair: depth[pair[0]])]
        return None

    def _around(self, group: Group) -> list[tuple[Slot, Slot]]:
        """Strangers in the ranks of a group stand above all its members or below them."""
        first, last = self.measures.span(group)
        members = [
            slot for rank in self.measures.layers.ranks for slot in rank if group in self.measures.groups_of(slot)
        ]
        middle = self._share(members)
        pairs: list[tuple[Slot, Slot]] = []
        for rank in self.measures.layers.ranks[first : last + 1]:
            own = [place for place, slot in enumerate(rank) if slot in members]
            cut = sum(own) / len(own) if own else middle * len(rank) - 0.5
            for place, slot in enumerate(rank):
                if slot not in members:
                    pairs += [(slot, member) if place < cut else (member, slot) for member in members]
        return pairs

    def _share(self, slots: list[Slot]) -> float:
        ranks = self.measures.layers.ranks
        return sum((ranks[slot.rank].index(slot) + 0.5) / len(ranks[slot.rank]) for slot in slots) / len(slots)

    @cached_property
    def edges(self) -> dict[Slot, tuple[float, float]]:
        """How far every track reaches above and below its anchor, borders of groups included."""
        found: dict[Slot, tuple[float, float]] = {}
        for slot, extent in self.measures.extents.items():
            track = self.tracks[slot]
            above = extent.above + self.measures.border(slot, None, is_above=True)
            below = extent.below + self.measures.border(slot, None, is_above=False)
            known = found.get(track, (0.0, 0.0))
            found[track] = max(known[0], above), max(known[1], below)
        return found

    def breadth(self, extra: float = 0.0) -> float:
        """What the flow needs across its way, with *extra* room between slots."""
        at = self.lowest(extra)
        return max(at[track] + self.edges[track][1] for track in at) + sum(self.measures.lanes.values())

    def lowest(self, extra: float = 0.0) -> dict[Slot, float]:
        """The anchors of the tracks as near to the top as they can be."""
        at = {track: above for track, (above, _) in self.edges.items()}
        for one, other, apart in self.constraints:
            at[other] = max(at[other], at[one] + apart + extra)
        return at

    def highest(self, breadth: float, extra: float = 0.0) -> dict[Slot, float]:
        """The anchors of the tracks as near to the bottom as they can be."""
        floor = breadth - sum(self.measures.lanes.values())
        at = {track: floor - below for track, (_, below) in self.edges.items()}
        for one, other, apart in reversed(self.constraints):
            at[one] = min(at[one], at[other] - apart - extra)
        return at


def _joined(tracks: dict[Slot, Slot], slots: Sequence[Slot]) -> dict[Slot, Slot]:
    """*tracks* with those of *slots* made one."""
    if len(slots) < 2:
        return tracks
    old = {tracks[slot] for slot in slots}
    return {slot: tracks[slots[0]] if track in old else track for slot, track in tracks.items()}

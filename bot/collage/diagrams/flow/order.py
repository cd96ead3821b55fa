"""Owns in which order the nodes of a rank stand, so that few arrows cross and groups stay together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.collage.diagrams.drawing import Drawing
from bot.collage.diagrams.flow.ranks import ranked

_SWEEPS = 6
_TORN = 30  # crossings a group that is torn apart counts as


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a rank: a node, or where an arrow passes.

    Attributes:
        node: None where an arrow passes.
        edge: Index of the arrow that passes; -1 for nodes.
        has_words: The words of the arrow stand here.
    """

    rank: int
    node: str | None
    edge: int = -1
    has_words: bool = False


@dataclass(frozen=True, slots=True)
class Layers:
    """The ranks of a flow, each in order.

    Attributes:
        chains: For every arrow that leads onwards, the slots it goes through, both ends included.
        back: The arrows that lead back, by their index.
    """

    ranks: tuple[tuple[Slot, ...], ...]
    chains: Mapping[int, tuple[Slot, ...]]
    back: tuple[int, ...]


@lru_cache(maxsize=256)
def layered(drawing: Drawing) -> Layers:
    """Rank the nodes and order the ranks."""
    found = ranked(drawing)
    nodes = {node.name: Slot(found.ranks[node.name], node.name) for node in drawing.nodes}
    chains = {
        i: _chain(drawing, i, nodes)
        for i, edge in enumerate(drawing.edges)
        if i not in found.back and found.ranks[edge.start] < found.ranks[edge.end]
    }
    slots = list(dict.fromkeys([*nodes.values(), *(slot for chain in chains.values() for slot in chain)]))
    ranks = _ordered(drawing, slots, chains)
    return Layers(tuple(tuple(rank) for rank in ranks), chains, tuple(sorted(found.back)))


def _chain(drawing: Drawing, i: int, nodes: Mapping[str, Slot]) -> tuple[Slot, ...]:
    edge = drawing.edges[i]
    start, end = nodes[edge.start], nodes[edge.end]
    middle = (start.rank + end.rank) // 2
    between = [Slot(rank, None, i, bool(edge.label) and rank == middle) for rank in range(start.rank + 1, end.rank)]
    return (start, *between, end)


def _ordered(drawing: Drawing, slots: Sequence[Slot], chains: Mapping[int, tuple[Slot, ...]]) -> list[list[Slot]]:
    links = [pair for chain in chains.values() for pair in pairwise(chain)]
    groups = [frozenset(group.members) for group in drawing.groups]
    ranks = _first(drawing, slots, chains)
    best, least = [list(rank) for rank in ranks], _cost(ranks, links, groups)
    for sweep in range(_SWEEPS):
        if least == 0:
            break
        _sweep(ranks, links, groups, is_forward=sweep % 2 == 0)
        _swap(ranks, links, groups)
        if (cost := _cost(ranks, links, groups)) < least:
            best, least = [list(rank) for rank in ranks], cost
    return _rerouted(best, chains, groups)


def _rerouted(
    ranks: list[list[Slot]], chains: Mapping[int, tuple[Slot, ...]], groups: Sequence[frozenset[str]]
) -> list[list[Slot]]:
    """Lead whole arrows around all nodes where that saves crossings."""
    links = [pair for chain in chains.values() for pair in pairwise(chain)]
    least = _cost(ranks, links, groups)
    passing = [set(chain[1:-1]) for chain in chains.values() if len(chain) > 2]
    for slots in passing * 2:
        for is_first in (True, False):
            tried = [_moved(rank, slots, is_first=is_first) for rank in ranks]
            if least and (cost := _cost(tried, links, groups)) < least:
                ranks, least = tried, cost
    return ranks


def _moved(rank: list[Slot], slots: set[Slot], *, is_first: bool) -> list[Slot]:
    """*rank* with those of *slots* that it has at one end."""
    own, rest = [slot for slot in rank if slot in slots], [slot for slot in rank if slot not in slots]
    return own + rest if is_first else rest + own


def _first(drawing: Drawing, slots: Sequence[Slot], chains: Mapping[int, tuple[Slot, ...]]) -> list[list[Slot]]:
    """As the lines of the drawing have them; arrows that pass stand between their ends."""
    line = {node.name: float(i) for i, node in enumerate(drawing.nodes)}
    depth: dict[Slot, float] = {}
    for slot in slots:
        if slot.node is not None:
            depth[slot] = line[slot.node]
        else:
            chain = chains[slot.edge]
            ends = [line[end.node] for end in (chain[0], chain[-1]) if end.node is not None]
            depth[slot] = sum(ends) / 2 + 0.01 * slot.edge
    ranks: list[list[Slot]] = [[] for _ in range(1 + max(slot.rank for slot in slots))]
    for slot in sorted(slots, key=lambda slot: depth[slot]):
        ranks[slot.rank].append(slot)
    return ranks


def _sweep(
    ranks: list[list[Slot]], links: Sequence[tuple[Slot, Slot]], groups: Sequence[frozenset[str]], *, is_forward: bool
) -> None:
    """Order every rank by the middle of its neighbours in the rank before."""
    near: dict[Slot, list[Slot]] = defaultdict(list)
    for start, end in links:
        near[end if is_forward else start].append(start if is_forward else end)
    order = range(1, len(ranks)) if is_forward else range(len(ranks) - 2, -1, -1)
    for i in order:
        other = ranks[i - 1 if is_forward else i + 1]
        at = {slot: place for place, slot in enumerate(other)}
        middles = {
            slot: sum(at[end] for end in near[slot]) / len(near[slot]) if near[slot] else float(place)
            for place, slot in enumerate(ranks[i])
        }
        ranks[i] = _together(sorted(ranks[i], key=lambda slot: middles[slot]), middles, groups)


def _together(rank: list[Slot], middles: Mapping[Slot, float], groups: Sequence[frozenset[str]]) -> list[Slot]:
    """Keep members of a group side by side."""
    keys: dict[Slot, tuple[float, ...]] = {slot: (middles[slot],) for slot in rank}
    for group in sorted(groups, key=len, reverse=True):
        members = [slot for slot in rank if slot.node in group]
        if members:
            middle = sum(middles[slot] for slot in members) / len(members)
            for slot in members:
                keys[slot] = (*keys[slot][:-1], middle, middles[slot])
    return sorted(rank, key=lambda slot: keys[slot])


def _swap(ranks: list[list[Slot]], links: Sequence[tuple[Slot, Slot]], groups: Sequence[frozenset[str]]) -> None:
    """Exchange neighbours where that helps."""
    for rank in ranks:
        for i in range(len(rank) - 1):
            before = _cost(ranks, links, groups)
            if before == 0:
                return
            rank[i], rank[i + 1] = rank[i + 1], rank[i]
            if _cost(ranks, links, groups) >= before:
                rank[i], rank[i + 1] = rank[i + 1], rank[i]


def _cost(ranks: Sequence[Sequence[Slot]], links: Sequence[tuple[Slot, Slot]], groups: Sequence[frozenset[str]]) -> int:
    at = {slot: place for rank in ranks for place, slot in enumerate(rank)}
    ends: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, end in links:
        ends[start.rank].append((at[start], at[end]))
    crossings = sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0
        for pairs in ends.values()
        for i, one in enumerate(pairs)
        for other in pairs[:i]
    )
    return crossings + _TORN * sum(_torn(rank, group) for rank in ranks for group in groups)


def _torn(rank: Sequence[Slot], group: frozenset[str]) -> int:
    """How many strangers stand between the members of *group*."""
    places = [place for place, slot in enumerate(rank) if slot.node in group]
    return places[-1] - places[0] + 1 - len(places) if places else 0

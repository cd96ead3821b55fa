"""Owns where the slots of a flow stand in a room."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.collage.diagrams.flow.measures import Measures
from bot.collage.diagrams.flow.order import Slot

_ROUNDS = 40
_LONGEST = 2.2  # times its least length an arrow may have
_WIDEST = 2.4  # em of extra room between neighbours
_STRAIGHT = 0.4  # em: what is nearly straight becomes straight


@dataclass(frozen=True, slots=True)
class Places:
    """The anchors of all slots: along the way by rank, across it by slot.

    Attributes:
        along: Per rank: where it begins, its anchors, where it ends.
        lanes: Where arrows that lead back may run, by the index of the arrow.
    """

    along: tuple[tuple[float, float, float], ...]
    across: Mapping[Slot, float]
    room: tuple[float, float]


def places(measures: Measures, length: float, breadth: float) -> Places:
    """Give every slot its place in a room of *length* along the way and *breadth* across it."""
    return Places(_along(measures, length), _across(measures, breadth), (length, breadth))


def covered(measures: Measures, length: float, breadth: float) -> tuple[float, float]:
    """About how much of the room the flow covers, along the way and across it."""
    spare = max(0.0, length - measures.length)
    reach = measures.length + min(spare, (_LONGEST - 1) * sum(measures.scheme.gaps[1:-1]))
    return reach, measures.breadth(_extra(measures, breadth))


def _along(measures: Measures, length: float) -> tuple[tuple[float, float, float], ...]:
    inner = measures.scheme.gaps[1:-1]
    spare = max(0.0, length - measures.length)
    stretch = min(spare, (_LONGEST - 1) * sum(inner))
    factor = 1 + stretch / sum(inner) if inner else 1.0
    at = measures.scheme.gaps[0] + (spare - stretch) / 2
    found = []
    for i, (before, after) in enumerate(measures.thickness):
        at += measures.scheme.gaps[i] * factor if i else 0.0
        found.append((at, at + before, at + before + after))
        at += before + after
    return tuple(found)


def _across(measures: Measures, breadth: float) -> dict[Slot, float]:
    extra = _extra(measures, breadth)
    rules = [(one, other, apart + extra) for one, other, apart in measures.constraints]
    limits = measures.lowest(extra), measures.highest(breadth, extra)
    at = [(low + high) / 2 for low, high in zip(*limits, strict=True)]
    _relax(at, rules, _pulls(measures), limits)
    _settle(at, rules, limits)
    _straighten(at, measures, extra, limits)
    centred = _centred(at, measures, breadth)
    tracks = measures.scheme.tracks
    return {slot: centred[track] for slot, track in zip(tracks.slots, tracks.of, strict=True)}


_Rules = Sequence[tuple[int, int, float]]
_Limits = tuple[Sequence[float], Sequence[float]]


def _extra(measures: Measures, breadth: float) -> float:
    """How much more room than necessary the neighbours can have."""
    low, high = 0.0, _WIDEST * measures.scheme.em
    if measures.breadth(high) <= breadth:
        return high
    for _ in range(7):
        middle = (low + high) / 2
        low, high = (middle, high) if measures.breadth(middle) <= breadth else (low, middle)
    return low


def _links(measures: Measures) -> Iterator[tuple[int, int, float]]:
    """Neighbouring tracks of every arrow, and how much they want to stand in line."""
    tracks = dict(zip(measures.scheme.tracks.slots, measures.scheme.tracks.of, strict=True))
    for chain in measures.scheme.layers.chains.values():
        for one, other in pairwise(chain):
            yield tracks[one], tracks[other], (1.0, 2.0, 6.0)[(one.node is None) + (other.node is None)]


def _pulls(measures: Measures) -> list[tuple[int, list[tuple[int, float]], float]]:
    """Whom a track wants to stand beside, and how much; and the sum of that."""
    pulls: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for start, end, weight in _links(measures):
        if start != end:
            pulls[start].append((end, weight))
            pulls[end].append((start, weight))
    return [(track, near, sum(weight for _, weight in near)) for track, near in pulls.items()]


def _relax(
    at: list[float], rules: _Rules, pulls: Sequence[tuple[int, list[tuple[int, float]], float]], limits: _Limits
) -> None:
    """Move every track to those it wants to stand beside, and apart again what is too near, each by half."""
    low, high = limits
    for _ in range(_ROUNDS):
        before = list(at)
        for track, near, total in pulls:
            wanted = sum([weight * at[other] for other, weight in near]) / total
            at[track] = min(max(wanted, low[track]), high[track])
        for one, other, apart in rules:
            lack = apart - (at[other] - at[one])
            if lack > 0:
                at[one] -= lack / 2
                at[other] += lack / 2
        if at == before:
            return


def _settle(at: list[float], rules: _Rules, limits: _Limits) -> None:
    """Keep every rule exactly."""
    low, high = limits
    for track, place in enumerate(at):
        at[track] = min(max(place, low[track]), high[track])
    for one, other, apart in rules:
        at[other] = max(at[other], at[one] + apart)
    for track, place in enumerate(at):
        at[track] = min(place, high[track])
    for one, other, apart in reversed(rules):
        at[one] = min(at[one], at[other] - apart)


def _straighten(at: list[float], measures: Measures, extra: float, limits: _Limits) -> None:
    """Let what is nearly in line be in line."""
    for one, other, _ in _links(measures):
        if 0 < abs(at[one] - at[other]) < _STRAIGHT * measures.scheme.em:
            before = list(at)
            at[:] = [before[one] if place == before[other] else place for place in before]
            if not _holds(at, measures.constraints, extra, limits):
                at[:] = before


def _holds(at: Sequence[float], rules: _Rules, extra: float, limits: _Limits) -> bool:
    inside = (low - 0.01 <= place <= high + 0.01 for place, low, high in zip(at, *limits, strict=True))
    return all(inside) and all(at[other] - at[one] >= apart + extra * 0.6 - 0.01 for one, other, apart in rules)


def _centred(at: Sequence[float], measures: Measures, breadth: float) -> list[float]:
    """Share what is left over above and below."""
    above, below = measures.edges
    top = min(place - over for place, over in zip(at, above, strict=True))
    foot = max(place + under for place, under in zip(at, below, strict=True))
    shift = (breadth - measures.lanes - foot - top) / 2
    return [place + shift for place in at]

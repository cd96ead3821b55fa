"""Owns where the slots of a flow stand in a room."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.collage.diagrams.flow.measures import Measures
from bot.collage.diagrams.flow.order import Slot
from bot.collage.diagrams.flow.tracks import Tracks

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
    across = _across(Tracks(measures), breadth)
    return Places(_along(measures, length), across, (length, breadth))


def _along(measures: Measures, length: float) -> tuple[tuple[float, float, float], ...]:
    inner = measures.gaps[1:-1]
    spare = max(0.0, length - measures.length)
    stretch = min(spare, (_LONGEST - 1) * sum(inner))
    factor = 1 + stretch / sum(inner) if inner else 1.0
    at = measures.gaps[0] + (spare - stretch) / 2
    found = []
    for i, (before, after) in enumerate(measures.thickness):
        at += measures.gaps[i] * factor if i else 0.0
        found.append((at, at + before, at + before + after))
        at += before + after
    return tuple(found)


def _across(tracks: Tracks, breadth: float) -> dict[Slot, float]:
    extra = _extra(tracks, breadth)
    low = tracks.lowest(extra)
    high = tracks.highest(breadth, extra)
    at = {slot: (low[slot] + high[slot]) / 2 for slot in low}
    pulls = _pulls(tracks)
    for _ in range(_ROUNDS):
        for slot, near in pulls.items():
            wanted = sum(weight * at[other] for other, weight in near) / sum(weight for _, weight in near)
            at[slot] = min(max(wanted, low[slot]), high[slot])
        _push(at, tracks, extra)
    _settle(at, tracks, extra, (low, high))
    _straighten(at, tracks, extra, (low, high))
    centred = _centred(at, tracks, breadth)
    return {slot: centred[track] for slot, track in tracks.tracks.items()}


def _extra(tracks: Tracks, breadth: float) -> float:
    """How much more room than necessary the neighbours can have."""
    low, high = 0.0, _WIDEST * tracks.measures.em
    if tracks.breadth(high) <= breadth:
        return high
    for _ in range(7):
        middle = (low + high) / 2
        low, high = (middle, high) if tracks.breadth(middle) <= breadth else (low, middle)
    return low


def _pulls(tracks: Tracks) -> dict[Slot, list[tuple[Slot, float]]]:
    """Whom a slot wants to stand beside, and how much."""
    pulls: dict[Slot, list[tuple[Slot, float]]] = defaultdict(list)
    for chain in tracks.measures.layers.chains.values():
        for one, other in pairwise(chain):
            weight = (1.0, 2.0, 6.0)[(one.node is None) + (other.node is None)]
            start, end = tracks.tracks[one], tracks.tracks[other]
            if start != end:
                pulls[start].append((end, weight))
                pulls[end].append((start, weight))
    return pulls


def _push(at: dict[Slot, float], tracks: Tracks, extra: float) -> None:
    """Move neighbours that are too near apart, each by half."""
    for one, other, apart in tracks.constraints:
        lack = apart + extra - (at[other] - at[one])
        if lack > 0:
            at[one] -= lack / 2
            at[other] += lack / 2


def _settle(
    at: dict[Slot, float], tracks: Tracks, extra: float, limits: tuple[Mapping[Slot, float], Mapping[Slot, float]]
) -> None:
    """Keep every rule exactly."""
    low, high = limits
    for slot in at:
        at[slot] = min(max(at[slot], low[slot]), high[slot])
    for one, other, apart in tracks.constraints:
        at[other] = max(at[other], at[one] + apart + extra)
    for slot in at:
        at[slot] = min(at[slot], high[slot])
    for one, other, apart in reversed(tracks.constraints):
        at[one] = min(at[one], at[other] - apart - extra)


def _straighten(
    at: dict[Slot, float], tracks: Tracks, extra: float, limits: tuple[Mapping[Slot, float], Mapping[Slot, float]]
) -> None:
    """Let what is nearly in line be in line."""
    for chain in tracks.measures.layers.chains.values():
        for one, other in ((tracks.tracks[one], tracks.tracks[other]) for one, other in pairwise(chain)):
            if 0 < abs(at[one] - at[other]) < _STRAIGHT * tracks.measures.em:
                before = dict(at)
                linked = [slot for slot in at if at[slot] == before[other]]
                for slot in linked:
                    at[slot] = before[one]
                if not _holds(at, tracks, extra, limits):
                    at.update(before)


def _holds(
    at: Mapping[Slot, float],
    tracks: Tracks,
    extra: float,
    limits: tuple[Mapping[Slot, float], Mapping[Slot, float]],
) -> bool:
    low, high = limits
    return all(low[slot] - 0.01 <= at[slot] <= high[slot] + 0.01 for slot in at) and all(
        at[other] - at[one] >= apart + extra * 0.6 - 0.01 for one, other, apart in tracks.constraints
    )


def _centred(at: dict[Slot, float], tracks: Tracks, breadth: float) -> dict[Slot, float]:
    """Share what is left over above and below."""
    top = min(at[track] - above for track, (above, _) in tracks.edges.items())
    foot = max(at[track] + below for track, (_, below) in tracks.edges.items())
    shift = (breadth - sum(tracks.measures.lanes.values()) - foot - top) / 2
    return {slot: place + shift for slot, place in at.items()}

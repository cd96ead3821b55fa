"""Owns how large the cells of a grid can be along one axis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_ROUNDING = 1e-9

Line = tuple[float, float, float, float]
"""Where something begins and ends, in cells, and how far it reaches beyond that before and after, in design units."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What stands where along one axis of the grid.

    Attributes:
        starts, ends: Where things begin and end, in cells, each place once.
        before, after: How far fixed things reach beyond those places, in design units.
        seats: For each node of its own size, which of *starts* and *ends* it stands at.
        pads: The borders of groups before and after everything.
        cells: From the first start to the last end.
    """

    starts: tuple[float, ...]
    ends: tuple[float, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]
    seats: tuple[tuple[int, int], ...]
    pads: tuple[float, float]
    cells: float

    def largest(self, room: float, reaches: Iterable[tuple[float, float]]) -> float | None:
        """The largest cell with which everything fits into *room*; None when nothing does.

        What two things need grows in a straight line with the cell, so that all of it grows along a convex one: from
        too large a cell, follow the line of the two that need the most down to the room.
        """
        before, after = self._reaching(reaches)
        room -= self.pads[0] + self.pads[1]
        if room < 0 or max(before) + max(after) > room:
            return None
        cell = min(room, room / self.cells) if self.cells > _ROUNDING else room
        while True:
            heads = [reach - start * cell for start, reach in zip(self.starts, before, strict=True)]
            tails = [end * cell + reach for end, reach in zip(self.ends, after, strict=True)]
            first, last = max(heads), max(tails)
            if first + last <= room + _ROUNDING:
                return cell
            start, end = heads.index(first), tails.index(last)
            smaller = (room - before[start] - after[end]) / (self.ends[end] - self.starts[start])
            if smaller >= cell:
                return cell
            cell = smaller

    def extent(self, unit: float, reaches: Iterable[tuple[float, float]]) -> tuple[float, float]:
        """From where to where everything reaches when cells are *unit* large."""
        before, after = self._reaching(reaches)
        first = min(start * unit - reach for start, reach in zip(self.starts, before, strict=True))
        last = max(end * unit + reach for end, reach in zip(self.ends, after, strict=True))
        return first - self.pads[0], last + self.pads[1]

    def _reaching(self, reaches: Iterable[tuple[float, float]]) -> tuple[list[float], list[float]]:
        before, after = list(self.before), list(self.after)
        for (start, end), (back, ahead) in zip(self.seats, reaches, strict=True):
            if back > before[start]:
                before[start] = back
            if ahead > after[end]:
                after[end] = ahead
        return before, after


def axis_of(own: Sequence[float], lines: Sequence[Line], pads: tuple[float, float]) -> Axis:
    """Collect what stands along an axis.

    Args:
        own: The places of nodes that have their own size.
        lines: Everything else.
    """
    starts = tuple(dict.fromkeys([*own, *(line[0] for line in lines)]))
    ends = tuple(dict.fromkeys([*own, *(line[1] for line in lines)]))
    return Axis(
        starts,
        ends,
        tuple(max((line[2] for line in lines if line[0] == start), default=0.0) for start in starts),
        tuple(max((line[3] for line in lines if line[1] == end), default=0.0) for end in ends),
        tuple((starts.index(at), ends.index(at)) for at in own),
        pads,
        max(ends) - min(starts),
    )

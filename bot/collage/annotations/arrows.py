"""Owns the thin curved arrows that lead from words to what they speak of."""

import math
from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.collage.box import Box
from bot.collage.charts.labels import Segment, crosses
from bot.collage.frame import Curve, Role, Text
from bot.collage.lettering.fonts import CAP

Place = tuple[float, float]

_BOWS = (0.2, -0.2, 0.12, -0.12, 0.34, -0.34)  # how far an arrow bends, as a share of its length
_BEST_BOW = 0.2
_SAMPLES = 14
_AHEAD = 0.35  # cosine between the way an arrow leaves its words and the way to its target, at least
_NEAREST = 1.0  # em: the shortest arrow that still shows which way it points
_SHORT = 2.2  # em: below it an arrow is a stub
_STUB = 4.0  # em of detour that one missing em is worth
_CLEARANCE = 0.22  # em between an arrow and anything it must not touch
_START = 0.32  # em between words and the arrow that leaves them
_CROSSING = 5.0  # em of detour that one crossed line or bar is worth
_TURNING = 2.5  # em of detour that leaving straight is worth
_LONG = 2.4  # em: a longer target is also aimed at near its ends
_ASIDE = 0.6  # em of detour that the middle of a target is worth
_BENDING = 6.0  # em of detour per share of bow beyond the best


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What an arrow must not touch, and what it would rather not cross.

    Attributes:
        bounds: The arrow stays inside.
        solid: Never touched: letters, the nodes of a diagram.
        soft: Crossed only where there is no better way: bars, curves.
    """

    bounds: Box
    solid: tuple[Box, ...]
    soft: tuple[Box, ...] = ()
    lines: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A curved way from words to a target, as a polyline.

    Attributes:
        extent: The smallest box around it.
        cost: A smaller one is a better arrow, in em.
    """

    points: tuple[Place, ...]
    extent: Box
    cost: float

    def touches(self, box: Box, reach: float) -> bool:
        """True when the path comes nearer than *reach* to *box*."""
        return _passes(self, _edges(self.extent, 0.0), _edges(box, reach))

    def crosses(self, other: "Path") -> bool:
        """True when both paths share a point."""
        if not _near(self.extent, other.extent):
            return False
        return any(self.meets(piece) for piece in pairwise(other.points))

    def meets(self, segment: Segment) -> bool:
        """True when the path crosses *segment*."""
        return _near(_box_of(segment), self.extent) and self.parts(segment)

    def parts(self, segment: Segment) -> bool:
        """The same for a *segment* that lies near."""
        (x0, y0), (x1, y1) = segment
        across, down = x1 - x0, y1 - y0
        turns = [across * (y - y0) - down * (x - x0) for x, y in self.points]
        if min(turns) > 0 or max(turns) < 0:
            return False
        changes = (i for i, (one, other) in enumerate(pairwise(turns)) if one * other < 0)
        return any(_parts(self.points[i : i + 2], segment) for i in changes)

    def curve(self, colour: str, em: float) -> Curve:
        """The arrow as it is drawn beside words of *em* design units."""
        return Curve(self.points, colour, em / 9, Role.ANNOTATION, head=0.62 * em)


def paths(
    words: Sequence[Text], target: Box, obstacles: Obstacles, *, clear: float = 0.0, most: int | None = None
) -> list[Path]:
    """Find the arrows from *words* to *target* that touch nothing solid, the best first.

    Args:
        words: The lines of one annotation, from the top.
        target: What is pointed at; a box without size is a single point.
        clear: How far before the target the tip stays, in design units.
        most: How many are wanted; None for all.
    """
    course = _Course.through(obstacles, words, target)
    found: list[Path] = []
    for path in sorted(_curves(words, target, clear), key=lambda path: (path.cost, path.points)):
        limit = found[most - 1].cost if most is not None and len(found) >= most else math.inf
        if path.cost > limit:
            break
        if course.is_open(path) and (judged := course.judged(path, limit)):
            insort(found, judged, key=lambda path: (path.cost, path.points))
    return found[:most]


def _curves(words: Sequence[Text], target: Box, clear: float) -> Iterator[Path]:
    """All arrows there may be, with what they cost where nothing is in their way."""
    em = words[0].style.size
    for start, out in _starts(words):
        for points, turning in _bent(start, out, target, clear, em):
            length = sum(map(math.dist, points, points[1:])) / em
            yield Path(points, _extent(points), length + _STUB * max(0.0, _SHORT - length) + turning)


_Edges = tuple[float, float, float, float]
"""Of a box: left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class _Course:
    """The obstacles of one arrow, as numbers: many arrows are tried.

    Attributes:
        closed: What the arrow does not touch, with the room around it.
        dear: What it would rather not touch.
        lines: What it would rather not cross, each in the box around it.
    """

    bounds: Box
    closed: tuple[_Edges, ...]
    dear: tuple[_Edges, ...]
    lines: tuple[tuple[_Edges, Segment], ...]

    @classmethod
    def through(cls, obstacles: Obstacles, words: Sequence[Text], target: Box) -> "_Course":
        em = words[0].style.size
        solid = (_edges(box, 0.0 if box.holds(target) else _CLEARANCE * em) for box in obstacles.solid)
        own = (_edges(text.box, 0.12 * em) for text in words)
        soft = (_edges(box, 0.0) for box in obstacles.soft if not box.holds(target))
        lines = ((_edges(_box_of(line), 0.0), line) for line in obstacles.lines)
        return cls(obstacles.bounds, (*own, *solid), tuple(soft), tuple(lines))

    def is_open(self, path: Path) -> bool:
        """True when the path stays inside and touches nothing solid."""
        if not self.bounds.holds(path.extent):
            return False
        edges = _edges(path.extent, 0.0)
        return not any(_passes(path, edges, box) for box in self.closed)

    def judged(self, path: Path, limit: float) -> Path | None:
        """The path with the cost of what it crosses; None where that is more than *limit*."""
        edges, cost = _edges(path.extent, 0.0), path.cost
        for box in self.dear:
            cost += _CROSSING * _passes(path, edges, box)
        for box, piece in self.lines:
            if _meets(edges, box) and path.parts(piece):
                cost += _CROSSING
                if cost > limit:
                    return None
        return replace(path, cost=cost)


def _edges(box: Box, air: float) -> _Edges:
    return box.x - air, box.y - air, box.x + box.width + air, box.y + box.height + air


def _meets(one: _Edges, other: _Edges) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _passes(path: Path, edges: _Edges, box: _Edges) -> bool:
    """True when *path*, which lies within *edges*, runs through *box*."""
    left, top, right, foot = box
    if edges[0] > right or left > edges[2] or edges[1] > foot or top > edges[3]:
        return False
    wide = Box(left, top, right - left, foot - top)
    for (x0, y0), (x1, y1) in pairwise(path.points):
        is_aside = (x0 < left and x1 < left) or (x0 > right and x1 > right)
        if is_aside or (y0 < top and y1 < top) or (y0 > foot and y1 > foot):
            continue
        if crosses(((x0, y0), (x1, y1)), wide):
            return True
    return False


def _extent(points: Sequence[Place]) -> Box:
    across, down = [x for x, _ in points], [y for _, y in points]
    left, top = min(across), min(down)
    return Box(left, top, max(across) - left, max(down) - top)


def _starts(words: Sequence[Text]) -> Iterator[tuple[Place, Place]]:
    """Where an arrow may leave words, beside a line, above all or below all, and the direction in which it does."""
    gap = _START * words[0].style.size
    for text in words:
        middle = text.baseline - CAP * text.style.size / 2
        yield (text.box.x - gap, middle), (-1.0, 0.0)
        yield (text.box.right + gap, middle), (1.0, 0.0)
    first, last = words[0].box, words[-1].box
    yield (first.centre_x, first.y - gap), (0.0, -1.0)
    yield (last.centre_x, last.bottom + gap), (0.0, 1.0)


def _bent(start: Place, out: Place, target: Box, clear: float, em: float) -> Iterator[tuple[tuple[Place, ...], float]]:
    """Quadratic curves from *start* to the rim of *target*, each with the price of its bends."""
    for goal, aside in _goals(target, em):
        along = goal[0] - start[0], goal[1] - start[1]
        length = math.hypot(*along)
        if length == 0 or along[0] * out[0] + along[1] * out[1] < _AHEAD * length:
            continue
        for bow in _BOWS:
            tip = _rim(target, goal, _bend(start, goal, bow), clear)
            bend = _bend(start, tip, bow)
            if math.dist(start, tip) >= _NEAREST * em:
                straightness = _cosine((bend[0] - start[0], bend[1] - start[1]), out)
                bending = _TURNING * (1 - straightness) + _BENDING * abs(abs(bow) - _BEST_BOW)
                yield _sampled(start, bend, tip), bending + aside


def _goals(target: Box, em: float) -> Iterator[tuple[Place, float]]:
    """What in *target* is aimed at, with its price: the middle, and both ends of a long one."""
    yield (target.centre_x, target.centre_y), 0.0
    for sign in (-1, 1):
        if target.width > _LONG * em:
            yield (target.centre_x + sign * 0.32 * target.width, target.centre_y), _ASIDE
        if target.height > _LONG * em:
            yield (target.centre_x, target.centre_y + sign * 0.32 * target.height), _ASIDE


def _bend(start: Place, end: Place, bow: float) -> Place:
    """The control point of a curve that leaves the straight line by *bow* of its length."""
    x, y = end[0] - start[0], end[1] - start[1]
    return start[0] + x / 2 - y * bow, start[1] + y / 2 + x * bow


def _rim(target: Box, goal: Place, seen_from: Place, clear: float) -> Place:
    """The point where the line from *seen_from* to *goal* comes within *clear* of *target*, which holds *goal*."""
    x, y = seen_from[0] - goal[0], seen_from[1] - goal[1]
    distance = math.hypot(x, y) or 1.0
    across = (target.right if x > 0 else target.x) - goal[0]
    down = (target.bottom if y > 0 else target.y) - goal[1]
    shares = [way / part for way, part in ((across, x), (down, y)) if part]
    share = min(shares, default=0.0) + clear / distance
    return goal[0] + x * share, goal[1] + y * share


_BLEND = tuple(((1 - t) ** 2, 2 * t * (1 - t), t * t) for t in (i / _SAMPLES for i in range(_SAMPLES + 1)))


def _sampled(start: Place, bend: Place, tip: Place) -> tuple[Place, ...]:
    (x0, y0), (x1, y1), (x2, y2) = start, bend, tip
    return tuple([(a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2) for a, b, c in _BLEND])


def _near(one: Box, other: Box) -> bool:
    """True when two boxes share a point, be they without size."""
    return one.x <= other.right and other.x <= one.right and one.y <= other.bottom and other.y <= one.bottom


def _box_of(segment: Segment) -> Box:
    (x0, y0), (x1, y1) = segment
    return Box(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))


def _cosine(one: Place, other: Place) -> float:
    return (one[0] * other[0] + one[1] * other[1]) / (math.hypot(*one) * math.hypot(*other) or 1.0)


def _parts(piece: Sequence[Place], segment: Segment) -> bool:
    """True when the ends of *segment* lie on different sides of *piece*."""
    line = piece[0], piece[1]
    return _turn(line, segment[0]) * _turn(line, segment[1]) < 0


def _turn(segment: Segment, place: Place) -> float:
    (x0, y0), (x1, y1) = segment
    return (x1 - x0) * (place[1] - y0) - (y1 - y0) * (place[0] - x0)

"""Owns whether nodes with places have room: what they ask of the cells of the grid, and whether they touch."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from bot.collage.diagrams.drawing import Drawing, Group, Node, Spot
from bot.collage.diagrams.free.axis import Axis, axis_of
from bot.collage.diagrams.kinds import KINDS
from bot.collage.diagrams.shapes import Place
from bot.collage.diagrams.sizing import WORDS_BELOW, Reach, Seed, Type, Words, seed, small_words, words_of
from bot.collage.lettering.measure import Paragraph

LINK = 1.7
"""Em between linked nodes."""
PAD = 0.75
"""Em between the border of a group and its members."""

_AIR = 0.3  # em around nodes
_GROUNDS = frozenset(
    {"valley", "terrain", "plane", "blob", "cloud", "circle", "scatter"}
)  # others may reach onto these
_ONTO = 0.15  # of what reaches onto such a picture without standing on it
_SMALLEST, _SMALLEST_GROUND = 0.65, 1.1  # of the natural size a node that spans cells has at least
_RATIO = (0.5, 2.3)  # width by height of a cell of the grid

_Bodies = list[tuple[float, float, float, float]]


@dataclass(frozen=True, slots=True)
class Wide:
    """A node that spans cells of the grid, with its words inside or below it; lengths in design units.

    Attributes:
        size: Columns and rows.
        below: How far words reach below the shape.
        shapes: The least and the most width by height that a picture may have; None for what takes any.
        least: Below this width or height it cannot be recognised.
    """

    node: Node
    words: Words
    size: Spot
    below: float
    shapes: tuple[float, float] | None
    least: tuple[float, float]

    def measured(self, unit: Place) -> Reach:
        """Its measures on cells that are *unit* large."""
        width, height = self.size[0] * unit[0], self.size[1] * unit[1]
        if self.node.kind == "circle":
            width = height = min(width, height)
        if self.shapes:
            steepest, flattest = self.shapes
            width, height = min(width, height * flattest), min(height, width / steepest)
        return width, height, max(width, self.words.width) / 2, height / 2, height / 2 + self.below

    def is_cramped(self, reach: Reach, unit: Place) -> bool:
        """True when it is too small to be recognised, or narrower than its words."""
        if reach[0] < self.least[0] or reach[1] < self.least[1]:
            return True
        return self.words.width > self.size[0] * unit[0] + 1


@dataclass(frozen=True)
class Footing:
    """A drawing with places at one size of type, before its nodes grow.

    Attributes:
        is_tall: The second places are meant, where nodes have any.
    """

    drawing: Drawing
    type_: Type
    is_tall: bool = False

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """The places on the grid."""
        return {
            node.name: (node.at_tall if self.is_tall and node.at_tall else node.at) or (0.0, 0.0)
            for node in self.drawing.nodes
        }

    @cached_property
    def seeds(self) -> tuple[Seed, ...]:
        """The nodes that have their own size."""
        return tuple(seed(node, self.type_) for node in self.drawing.nodes if node.size is None)

    @cached_property
    def wide(self) -> tuple[Wide, ...]:
        """The nodes that span cells."""
        return tuple(_wide(node, node.size, self.type_) for node in self.drawing.nodes if node.size)

    @cached_property
    def axes(self) -> tuple[Axis, Axis]:
        """Across and down."""
        return self._axis(0), self._axis(1)

    def reaches(self, growths: Mapping[str, float], growth: float) -> list[Reach]:
        """The measures of `seeds` when those of a kind have grown so far, and all others by *growth*."""
        found = []
        for each in self.seeds:
            own = growths.get(each.node.kind, growth)
            found.append(each.measured(own, own))
        return found

    def fits(self, reaches: Sequence[Reach], room: Place) -> bool:
        """True when everything has room and nothing stands on anything else."""
        unit = self.unit(reaches, room)
        if unit is None:
            return False
        wide = [each.measured(unit) for each in self.wide]
        if any(each.is_cramped(reach, unit) for each, reach in zip(self.wide, wide, strict=True)):
            return False
        return not self._collide((*reaches, *wide), unit)

    def unit(self, reaches: Sequence[Reach], room: Place) -> Place | None:
        """The size of a cell of the grid; None when not even cells of nothing fit."""
        across = self.axes[0].largest(room[0], beside(reaches))
        down = self.axes[1].largest(room[1], over(reaches)) if across is not None else None
        if across is None or down is None:
            return None
        least, most = self._ratio
        return min(across, most * down), min(down, across / least)

    @cached_property
    def _ratio(self) -> tuple[float, float]:
        """The least and the most width by height of a cell: what stands on a picture must not slide off it."""
        least, most = _RATIO
        for each in self._carriers():
            if each.shapes:
                square = each.size[1] / each.size[0]
                least, most = max(least, each.shapes[0] * square), min(most, each.shapes[1] * square)
        return (least, most) if least < most else _RATIO

    def _carriers(self) -> Iterable[Wide]:
        """The pictures that something stands on."""
        return (self.wide[index - len(self.seeds)] for index in {ground for _, ground in self._standing})

    def drawn(self, reaches: Sequence[Reach], unit: Place) -> tuple[float, float]:
        """About how wide and how high what is drawn is."""
        bodies = self._bodies((*reaches, *(each.measured(unit) for each in self.wide)), unit)
        bodies += [(x * unit[0], y * unit[1]) * 2 for path in self.drawing.paths for x, y in path.spots]
        pads = [sum(axis.pads) for axis in self.axes]
        return (
            max(body[2] for body in bodies) - min(body[0] for body in bodies) + pads[0],
            max(body[3] for body in bodies) - min(body[1] for body in bodies) + pads[1],
        )

    def stands_on(self, one: Node, ground: Node) -> bool:
        """True when the middle of *one* lies on *ground*, which spans cells."""
        if ground.size is None:
            return False
        (x, y), (left, top) = self.spots[one.name], self.spots[ground.name]
        return abs(x - left) <= ground.size[0] / 2 and abs(y - top) <= ground.size[1] / 2

    def title(self, group: Group) -> Paragraph | None:
        """The words at the top of a group."""
        return small_words(group.title, self.type_, wrap=14, weight=600)

    def _collide(self, reaches: Sequence[Reach], unit: Place) -> bool:
        """True when nodes touch, unless one stands on another that spans cells."""
        bodies = self._bodies(reaches, unit)
        for one, other, air in self._apart:
            left, top, right, foot = bodies[one]
            x, y, far, low = bodies[other]
            if left - far < air and x - right < air and top - low < air and y - foot < air:
                return True
        if any(_is_covered(bodies[one], bodies[other]) for one, other in self._grounds):
            return True
        return any(self._hides_words(bodies[one], other, reaches[other], unit) for one, other in self._standing)

    def _hides_words(self, body: tuple[float, float, float, float], ground: int, reach: Reach, unit: Place) -> bool:
        """True when what stands on a picture lies on the words below it."""
        wide = self.wide[ground - len(self.seeds)]
        if wide.below <= 0:
            return False
        (x, y), side, (left, top, right, foot) = self._middles[ground], wide.words.width / 2, body
        x, y = x * unit[0], y * unit[1]
        return left < x + side and right > x - side and top < y + reach[4] and foot > y + reach[3]

    def _bodies(self, reaches: Sequence[Reach], unit: Place) -> _Bodies:
        across, down = unit
        return [
            (x * across - side, y * down - up, x * across + side, y * down + low)
            for (x, y), (_, _, side, up, low) in zip(self._middles, reaches, strict=True)
        ]

    @cached_property
    def _order(self) -> tuple[Node, ...]:
        return (*(each.node for each in self.seeds), *(each.node for each in self.wide))

    @cached_property
    def _middles(self) -> tuple[Spot, ...]:
        return tuple(self.spots[node.name] for node in self._order)

    @cached_property
    def _apart(self) -> tuple[tuple[int, int, float], ...]:
        """Pairs of nodes, and how far each keeps away from the other."""
        linked = {frozenset((edge.start, edge.end)) for edge in self.drawing.edges}
        return tuple(
            (i, k, (LINK if frozenset((one.name, other.name)) in linked else _AIR) * self.type_.em)
            for i, k, one, other in self._strangers()
            if not (_is_ground(one) or _is_ground(other))
        )

    @cached_property
    def _grounds(self) -> tuple[tuple[int, int], ...]:
        """Pairs of nodes that may reach onto each other a little."""
        return tuple((i, k) for i, k, one, other in self._strangers() if _is_ground(one) or _is_ground(other))

    @cached_property
    def _standing(self) -> tuple[tuple[int, int], ...]:
        """Pairs of nodes of which the first stands on the second."""
        order = self._order
        pairs = ((i, k) for i in range(len(order)) for k in range(len(order)) if i != k)
        return tuple((i, k) for i, k in pairs if self.stands_on(order[i], order[k]))

    def _strangers(self) -> Iterable[tuple[int, int, Node, Node]]:
        for (i, one), (k, other) in combinations(enumerate(self._order), 2):
            if not (self.stands_on(one, other) or self.stands_on(other, one)):
                yield i, k, one, other

    def _axis(self, axis: int) -> Axis:
        air = 0.4 * self.type_.em
        lines = [(spot[axis],) * 2 + (air, air) for path in self.drawing.paths for spot in path.spots]
        for each in self.wide:
            at, half = self.spots[each.node.name][axis], each.size[axis] / 2
            lines.append((at - half, at + half, 0.0, each.below if axis == 1 else 0.0))
        own = [self.spots[each.node.name][axis] for each in self.seeds]
        return axis_of(own, lines, self._pads(axis))

    def _pads(self, axis: int) -> tuple[float, float]:
        before = max((self._group_pad(group, axis) for group in self.drawing.groups), default=0.0)
        return before, PAD * self.type_.em if before else 0.0

    def _group_pad(self, group: Group, axis: int) -> float:
        title = self.title(group)
        return PAD * self.type_.em + (title.height + 0.35 * self.type_.em if axis == 1 and title else 0.0)


def beside(reaches: Iterable[Reach]) -> Iterable[tuple[float, float]]:
    """How far nodes reach to the left and the right."""
    return [(side, side) for _, _, side, _, _ in reaches]


def over(reaches: Iterable[Reach]) -> Iterable[tuple[float, float]]:
    """How far nodes reach up and down."""
    return [(up, low) for _, _, _, up, low in reaches]


def largest(fits: Callable[[float], bool], low: float, high: float) -> float:
    """The largest growth from *low* to *high* that fits, about; *low* is known to."""
    for _ in range(7):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _wide(node: Node, size: Spot, type_: Type) -> Wide:
    words, kind, em = words_of(node.label, node.second, type_), KINDS[node.kind], type_.em
    natural = kind.least(node.parameters)
    least = (words.width / em, words.height / em) if kind.holds_words else natural
    smallest = em * (_SMALLEST_GROUND if _is_ground(node) else _SMALLEST)
    below = words.height + WORDS_BELOW * em if words.height and not kind.holds_words else 0.0
    shape = natural[0] / natural[1]
    shapes = None if kind.holds_words else (shape / kind.slack, shape * kind.slack)
    return Wide(node, words, size, below, shapes, (smallest * least[0], smallest * least[1]))


def _is_covered(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """True when so much of the smaller one lies on the other that it can no longer be seen as its own."""
    across, down = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    if across <= 0 or down <= 0:
        return False
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return across * down > _ONTO * smaller


def _is_ground(node: Node) -> bool:
    return node.size is not None and node.kind in _GROUNDS

"""Owns how large the grid of a drawing with places is, and the nodes on it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import combinations

from bot.collage.diagrams.drawing import Drawing, Group, Node, Spot
from bot.collage.diagrams.kinds import KINDS
from bot.collage.diagrams.shapes import Place
from bot.collage.diagrams.sizing import WORDS_BELOW, Sized, Type, sized, small_words, words_of
from bot.collage.frame import Box
from bot.collage.measure import Paragraph

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
_MOST_GROWTH = 5.0
_UNEVEN = 1.4  # times the common growth a kind of nodes may have


@dataclass(frozen=True)
class Grid:
    """A drawing with places, at one size of type.

    Attributes:
        is_tall: The second places are meant, where nodes have any.
        growth: How many times their least size nodes have.
        growths: The same for kinds of nodes that have more room than others.
    """

    drawing: Drawing
    type_: Type
    is_tall: bool = False
    growth: float = 1.0
    growths: tuple[tuple[str, float], ...] = ()

    @property
    def em(self) -> float:
        return self.type_.em

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """The places on the grid."""
        return {
            node.name: (node.at_tall if self.is_tall and node.at_tall else node.at) or (0.0, 0.0)
            for node in self.drawing.nodes
        }

    @cached_property
    def natural(self) -> dict[str, Sized]:
        """The nodes that have their own size."""
        growths = dict(self.growths)
        found = {node: growths.get(node.kind, self.growth) for node in self.drawing.nodes if node.size is None}
        return {node.name: sized(node, self.type_, (growth, growth)) for node, growth in found.items()}

    def fits(self, width: float, height: float) -> bool:
        """True when everything has room and nothing stands on anything else."""
        unit = self.unit(width, height)
        return unit is not None and not self._collides(unit) and not self._is_cramped(unit)

    def spanning(self, node: Node, unit: Place) -> Sized:
        """A node that spans cells of the grid, with its words inside or below it."""
        columns, rows = node.size or (1.0, 1.0)
        words = words_of(node.label, node.second, self.type_)
        kind = KINDS[node.kind]
        below = words.height + WORDS_BELOW * self.em if words.height and not kind.holds_words else 0.0
        width, height = columns * unit[0], rows * unit[1]
        if node.kind == "circle":
            width = height = min(width, height)
        if not kind.holds_words:
            natural = kind.least(node.parameters)
            shape = natural[0] / natural[1]
            width, height = min(width, height * shape * kind.slack), min(height, width / shape * kind.slack)
        return Sized(node, words, width, height, max(width, words.width) / 2, height / 2, height / 2 + below)

    def _is_cramped(self, unit: Place) -> bool:
        """True when a node that spans cells is too small to be recognised, or narrower than its words."""
        for node in self.drawing.nodes:
            if node.size is None:
                continue
            found, kind = self.spanning(node, unit), KINDS[node.kind]
            least = kind.least(node.parameters)
            if kind.holds_words:
                least = found.words.width / self.em, found.words.height / self.em
            smallest = self.em * (_SMALLEST_GROUND if _is_ground(node) else _SMALLEST)
            if found.width < smallest * least[0] or found.height < smallest * least[1]:
                return True
            if found.words.width > node.size[0] * unit[0] + 1:
                return True
        return False

    def grown(self, width: float, height: float) -> "Grid | None":
        """The same with nodes as large as the room allows; None when it does not fit."""
        if not self.fits(width, height):
            return None
        room = (width, height)
        return replace(self, growth=_largest(lambda growth: replace(self, growth=growth), (1.0, _MOST_GROWTH), room))

    def filled_out(self, width: float, height: float) -> "Grid":
        """The same with every kind of nodes as large as its own surroundings allow."""
        found = self
        for kind in dict.fromkeys(node.kind for node in self.drawing.nodes if node.size is None):
            others = found.growths
            limits = (self.growth, _UNEVEN * self.growth)
            growth = _largest(partial(_with_growth, found, others, kind), limits, (width, height))
            found = replace(found, growths=(*others, (kind, growth)))
        return found

    def unit(self, width: float, height: float) -> Place | None:
        """The size of a cell of the grid; None when not even cells of nothing fit."""
        across, down = self._largest(0, width), self._largest(1, height)
        if across is None or down is None:
            return None
        least, most = _RATIO
        return min(across, most * down), min(down, across / least)

    def _largest(self, axis: int, room: float) -> float | None:
        """The largest cell with which everything fits along an axis; None when nothing does."""
        spans, pad = self._spans(axis), self._pads(axis)
        room -= sum(pad)
        largest = room
        for start in spans:
            for end in spans:
                grows, keeps = end[1] - start[0], start[2] + end[3]
                if grows > 1e-9:
                    largest = min(largest, (room - keeps) / grows)
                elif keeps > room:
                    return None
        return largest if largest >= 0 else None

    def _spans(self, axis: int) -> list[tuple[float, float, float, float]]:
        """Of everything drawn: where it begins and ends in cells, and how far it reaches beyond in design units."""
        spans = []
        for node in self.drawing.nodes:
            at = self.spots[node.name][axis]
            if node.size is not None:
                below = self.spanning(node, (1.0, 1.0)).words_height if axis == 1 else 0.0
                spans.append((at - node.size[axis] / 2, at + node.size[axis] / 2, 0.0, below))
                continue
            found = self.natural[node.name]
            spans.append((at, at, *((found.side, found.side) if axis == 0 else (found.up, found.down))))
        air = 0.4 * self.em
        spans += [(spot[axis], spot[axis], air, air) for path in self.drawing.paths for spot in path.spots]
        return spans

    def reach(self, axis: int, unit: float) -> tuple[float, float]:
        """From where to where everything reaches when cells are *unit* large."""
        spans, pad = self._spans(axis), self._pads(axis)
        return (
            min(start * unit - before for start, _, before, _ in spans) - pad[0],
            max(end * unit + after for _, end, _, after in spans) + pad[1],
        )

    def _pads(self, axis: int) -> tuple[float, float]:
        """The borders of groups before and after everything."""
        before = max((self._group_pad(group, axis) for group in self.drawing.groups), default=0.0)
        return before, PAD * self.em if before else 0.0

    def _group_pad(self, group: Group, axis: int) -> float:
        title = self.title(group)
        return PAD * self.em + (title.height + 0.35 * self.em if axis == 1 and title else 0.0)

    def title(self, group: Group) -> Paragraph | None:
        return small_words(group.title, self.type_, wrap=14, weight=600)

    def _collides(self, unit: Place) -> bool:
        """True when nodes touch, unless one stands on another that spans cells."""
        places = {node.name: self._body(node, unit) for node in self.drawing.nodes}
        for one, other in combinations(self.drawing.nodes, 2):
            if self.stands_on(one, other) or self.stands_on(other, one):
                continue
            body, next_body = places[one.name], places[other.name]
            if _is_ground(one) or _is_ground(other):
                if body.overlap(next_body) > _ONTO * min(body.area, next_body.area):
                    return True
                continue
            air = (LINK if frozenset((one.name, other.name)) in self._linked else _AIR) * self.em
            if body.inset(-air / 2).overlap(next_body.inset(-air / 2)) > 0:
                return True
        return False

    @cached_property
    def _linked(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset((edge.start, edge.end)) for edge in self.drawing.edges)

    def stands_on(self, one: Node, ground: Node) -> bool:
        """True when the middle of *one* lies on *ground*, which spans cells."""
        if ground.size is None:
            return False
        (x, y), (left, top) = self.spots[one.name], self.spots[ground.name]
        return abs(x - left) <= ground.size[0] / 2 and abs(y - top) <= ground.size[1] / 2

    def _body(self, node: Node, unit: Place) -> Box:
        found = self.natural[node.name] if node.size is None else self.spanning(node, unit)
        return found.body(self.spots[node.name][0] * unit[0], self.spots[node.name][1] * unit[1])

    def filled(self, width: float, height: float) -> float:
        """The area of everything that has a size."""
        unit = self.unit(width, height) or (0.0, 0.0)
        own = sum(2 * node.side * (node.up + node.down) for node in self.natural.values())
        spanned = sum(node.size[0] * node.size[1] for node in self.drawing.nodes if node.size) * unit[0] * unit[1]
        return own + spanned


def _is_ground(node: Node) -> bool:
    return node.size is not None and node.kind in _GROUNDS


def _with_growth(grid: Grid, others: tuple[tuple[str, float], ...], kind: str, growth: float) -> Grid:
    return replace(grid, growths=(*others, (kind, growth)))


def _largest(build: Callable[[float], Grid], limits: Place, room: Place) -> float:
    """The largest growth with which everything still has its place in *room*."""
    low, high = limits
    for _ in range(7):
        middle = (low + high) / 2
        low, high = (middle, high) if build(middle).fits(*room) else (low, middle)
    return low

"""Owns how large the nodes on the grid of a drawing with places are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from bot.collage.diagrams.drawing import Drawing, Group, Node, Spot
from bot.collage.diagrams.free.footing import Footing, beside, largest, over
from bot.collage.diagrams.shapes import Place
from bot.collage.diagrams.sizing import Reach, Sized, Type
from bot.collage.lettering.measure import Paragraph

_MOST_GROWTH = 5.0
_UNEVEN = 1.4  # times the common growth a kind of nodes may have


@dataclass(frozen=True)
class Grid:
    """A drawing with places whose nodes have grown.

    Attributes:
        growth: How many times their least size nodes have.
        growths: The same for kinds of nodes that have more room than others.
    """

    footing: Footing
    growth: float = 1.0
    growths: tuple[tuple[str, float], ...] = ()

    @property
    def drawing(self) -> Drawing:
        return self.footing.drawing

    @property
    def type_(self) -> Type:
        return self.footing.type_

    @property
    def em(self) -> float:
        return self.footing.type_.em

    @property
    def spots(self) -> Mapping[str, Spot]:
        """The places on the grid."""
        return self.footing.spots

    @cached_property
    def natural(self) -> dict[str, Sized]:
        """The nodes that have their own size."""
        pairs = zip(self.footing.seeds, self._reaches, strict=True)
        return {each.node.name: Sized(each.node, each.words, *reach) for each, reach in pairs}

    @cached_property
    def _reaches(self) -> list[Reach]:
        return self.footing.reaches(dict(self.growths), self.growth)

    def fits(self, width: float, height: float) -> bool:
        """True when everything has room and nothing stands on anything else."""
        return self.footing.fits(self._reaches, (width, height))

    def spanning(self, node: Node, unit: Place) -> Sized:
        """A node that spans cells of the grid, with its words inside or below it."""
        found = next(each for each in self.footing.wide if each.node is node)
        return Sized(node, found.words, *found.measured(unit))

    def grown(self, width: float, height: float) -> "Grid | None":
        """The same with nodes as large as the room allows; None when it does not fit."""
        if not self.fits(width, height):
            return None
        footing, room = self.footing, (width, height)
        growth = largest(lambda value: footing.fits(footing.reaches({}, value), room), 1.0, _MOST_GROWTH)
        return replace(self, growth=growth)

    def filled_out(self, width: float, height: float) -> "Grid":
        """The same with every kind of nodes as large as its own surroundings allow."""
        footing, room = self.footing, (width, height)
        growths: dict[str, float] = {}
        for kind in dict.fromkeys(each.node.kind for each in footing.seeds):

            def fits(value: float, kind: str = kind) -> bool:
                return footing.fits(footing.reaches({**growths, kind: value}, self.growth), room)

            growths[kind] = largest(fits, self.growth, _UNEVEN * self.growth)
        return replace(self, growths=tuple(growths.items()))

    def unit(self, width: float, height: float) -> Place | None:
        """The size of a cell of the grid; None when not even cells of nothing fit."""
        return self.footing.unit(self._reaches, (width, height))

    def reach(self, axis: int, unit: float) -> tuple[float, float]:
        """From where to where everything reaches when cells are *unit* large."""
        return self.footing.axes[axis].extent(unit, (beside, over)[axis](self._reaches))

    def title(self, group: Group) -> Paragraph | None:
        """The words at the top of a group."""
        return self.footing.title(group)

    def stands_on(self, one: Node, ground: Node) -> bool:
        """True when the middle of *one* lies on *ground*, which spans cells."""
        return self.footing.stands_on(one, ground)

    def filled(self, width: float, height: float) -> float:
        """The area of everything that has a size."""
        unit = self.unit(width, height) or (0.0, 0.0)
        own = sum(2 * side * (up + low) for _, _, side, up, low in self._reaches)
        spanned = sum(each.size[0] * each.size[1] for each in self.footing.wide) * unit[0] * unit[1]
        return own + spanned

    def drawn(self, width: float, height: float) -> tuple[float, float]:
        """About how wide and how high what is drawn of it in a room is."""
        unit = self.unit(width, height) or (1.0, 1.0)
        return self.footing.drawn(self._reaches, unit)

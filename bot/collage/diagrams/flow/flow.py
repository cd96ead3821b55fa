"""Owns flows: a drawing without places, laid out in a room."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.collage.box import Box, cover
from bot.collage.charts.labels import crosses
from bot.collage.diagrams.drawing import Group, Way
from bot.collage.diagrams.flow.arrows import Arrows
from bot.collage.diagrams.flow.measures import Measures
from bot.collage.diagrams.flow.order import Slot
from bot.collage.diagrams.flow.places import covered, places
from bot.collage.diagrams.laid import Laid, on_their_ground
from bot.collage.diagrams.shapes import Places
from bot.collage.diagrams.strokes import Style
from bot.collage.frame import Item

_MOST_GROWTH = 5.0
_MOST_STRETCH = 1.8


@dataclass(frozen=True, slots=True)
class Flow:
    """A drawing at one size of type and in one way."""

    measures: Measures

    @property
    def em(self) -> float:
        return self.measures.scheme.em

    @property
    def area(self) -> float:
        """Of all nodes with their words."""
        return self.measures.area

    def needs(self) -> tuple[float, float]:
        """Width and height it needs at its growth."""
        return _turned(self.measures.length, self.measures.breadth(), self.measures.scheme.way)

    def grown(self, width: float, height: float) -> "Flow | None":
        """The same with nodes as large as the room allows; None when it does not fit."""
        scheme, room = self.measures.scheme, _turned(width, height, self.measures.scheme.way)
        if not self.measures.fits(*room):
            return None
        growth = _largest(lambda value: Measures(scheme, value), room, _MOST_GROWTH)
        wide = _largest(lambda value: Measures(scheme, growth, (value, 1.0)), room, _MOST_STRETCH)
        high = _largest(lambda value: Measures(scheme, growth, (wide, value)), room, _MOST_STRETCH)
        return Flow(Measures(scheme, growth, (wide, high)))

    def drawn(self, width: float, height: float) -> tuple[float, float]:
        """About how wide and how high what is drawn of it in a room is."""
        way = self.measures.scheme.way
        return _turned(*covered(self.measures, *_turned(width, height, way)), way)

    def laid(self, box: Box, style: Style) -> Laid:
        """Lay it out in *box*, which is as large as it needs."""
        measures = self.measures
        length, breadth = _turned(box.width, box.height, measures.scheme.way)
        found = places(measures, length, breadth)
        arrows = Arrows(measures, found, (box.x, box.y))
        at = {
            str(slot.node): arrows.point((found.along[slot.rank][1], found.across[slot]))
            for slot in found.across
            if slot.node
        }
        nodes = {name: node.shape(*at[name]) for name, node in measures.nodes.items()}
        bodies = {name: node.body(*at[name]) for name, node in measures.nodes.items()}
        areas = self._areas(bodies, arrows)
        items: list[Item] = []
        lines = list(arrows.lines())
        for group in sorted(measures.scheme.drawing.groups, key=lambda group: len(group.members), reverse=True):
            items += self._group(group, areas[group], [line for _, line in lines], style)
        for edge, line in lines:
            items += style.arrow(edge, line)
        for name, node in measures.nodes.items():
            items += node.items(*at[name], style.brush(node.node.tone))
        for said in arrows.words():
            items += style.label(said.words, said.at, said.edge.tone, align=said.align)
        return Laid(on_their_ground(items, style.palette.card), nodes, bodies)

    def _group(self, group: Group, area: Box, lines: Sequence[Places], style: Style) -> tuple[Item, ...]:
        pad, title = self.measures.scheme.pad, self.measures.scheme.title(group)
        if title is None:
            return (style.group(group, area),)
        top = area.y + 0.8 * pad
        seats = [Box(x, top, title.width, title.height) for x in (area.x + pad, area.right - pad - title.width)]
        free = [seat for seat in seats if area.holds(seat) and not _is_crossed(seat, lines)]
        words = style.group_title(group, title, (free[0].x, free[0].y)) if free else ()
        return (style.group(group, area), *words)  # no title is better than one that an arrow runs through

    def _areas(self, bodies: dict[str, Box], arrows: Arrows) -> dict[Group, Box]:
        """The areas of groups; those that end nearly at the same height are made equal."""
        measures = self.measures
        found: dict[Group, Box] = {}
        for group in sorted(measures.scheme.drawing.groups, key=lambda group: len(group.members)):
            parts = [self._footprint(name, bodies) for name in group.members]
            parts += [area for other, area in found.items() if set(other.members) < set(group.members)]
            parts += [
                self._passing(slot, arrows)
                for slot in measures.extents
                if slot.node is None and group in measures.scheme.groups_of(slot)
            ]
            found[group] = self._padded(group, cover(parts))
        return {group: self._aligned(group, found, bodies) for group in found}

    def _footprint(self, name: str, bodies: dict[str, Box]) -> Box:
        """A node with the room of its loop, and of a title beside it."""
        body, (aside, above) = bodies[name], self.measures.scheme.loop(name)
        beside = body.width / 2
        if self.measures.scheme.way is Way.DOWN:
            slot = next(slot for slot in self.measures.extents if slot.node == name)
            beside = max(beside, self.measures.scheme.title_beside(slot))
        return Box(body.centre_x - beside, body.y - above, beside + body.width / 2 + aside, body.height + above)

    def _aligned(self, group: Group, areas: dict[Group, Box], bodies: dict[str, Box]) -> Box:
        """The area of *group*, as high as that of a neighbour if they differ by little."""
        area, near = areas[group], 1.4 * self.measures.scheme.em
        others = [
            other
            for each, other in areas.items()
            if not set(each.members) & set(group.members)
            and abs(other.y - area.y) < near
            and abs(other.bottom - area.bottom) < near
        ]
        top, foot = min([area.y, *(o.y for o in others)]), max([area.bottom, *(o.bottom for o in others)])
        grown = Box(area.x, top, area.width, foot - top)
        strangers = [body for name, body in bodies.items() if name not in group.members]
        return area if any(grown.overlap(body) for body in strangers) else grown

    def _padded(self, group: Group, box: Box) -> Box:
        pad, strip = self.measures.scheme.pad, self.measures.scheme.strip(group)
        return Box(box.x - pad, box.y - pad - strip, box.width + 2 * pad, box.height + 2 * pad + strip)

    def _passing(self, slot: Slot, arrows: Arrows) -> Box:
        extent, (begin, _, end) = self.measures.extents[slot], arrows.places.along[slot.rank]
        across = arrows.places.across[slot]
        one, other = arrows.point((begin, across - extent.above)), arrows.point((end, across + extent.below))
        return Box(one[0], one[1], other[0] - one[0], other[1] - one[1])


def _turned(along: float, across: float, way: Way) -> tuple[float, float]:
    return (along, across) if way is Way.RIGHT else (across, along)


def _largest(build: Callable[[float], Measures], room: tuple[float, float], most: float) -> float:
    """The largest value from 1 to *most* with which the flow still fits."""
    if build(most).fits(*room):
        return most
    low, high = 1.0, most
    for _ in range(7):
        middle = (low + high) / 2
        low, high = (middle, high) if build(middle).fits(*room) else (low, middle)
    return low


def _is_crossed(box: Box, lines: Iterable[Places]) -> bool:
    return any(crosses(piece, box.inset(-3)) for line in lines for piece in pairwise(line))

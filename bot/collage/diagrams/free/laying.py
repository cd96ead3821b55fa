"""Owns how a drawing with places is laid out in a box."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.collage.box import Box, cover
from bot.collage.charts.labels import Floor
from bot.collage.diagrams.drawing import Edge, Group, Node, Path, Spot
from bot.collage.diagrams.free.footing import PAD
from bot.collage.diagrams.free.grid import Grid
from bot.collage.diagrams.free.ways import Ways
from bot.collage.diagrams.kinds import KINDS
from bot.collage.diagrams.laid import Laid, on_their_ground
from bot.collage.diagrams.shapes import Place, Places, along, smooth
from bot.collage.diagrams.sizing import WORDS_BELOW, Sized, small_words
from bot.collage.diagrams.strokes import Style
from bot.collage.frame import Item, Point, Role, Surface, Text
from bot.collage.lettering.measure import Paragraph
from bot.collage.lettering.typeset import Align


@dataclass(frozen=True)
class Laying:
    grid: Grid
    box: Box
    style: Style

    @cached_property
    def unit(self) -> Place:
        return self.grid.unit(self.box.width, self.box.height) or (1.0, 1.0)

    @cached_property
    def origin(self) -> Place:
        (left, right), (top, foot) = (self.grid.reach(axis, self.unit[axis]) for axis in (0, 1))
        return (
            self.box.x + (self.box.width - right + left) / 2 - left,
            self.box.y + (self.box.height - foot + top) / 2 - top,
        )

    def point(self, spot: Spot) -> Place:
        return self.origin[0] + spot[0] * self.unit[0], self.origin[1] + spot[1] * self.unit[1]

    @cached_property
    def sized(self) -> dict[str, Sized]:
        return {node.name: self._sized(node) for node in self.grid.drawing.nodes}

    def _sized(self, node: Node) -> Sized:
        if node.size is None:
            return self.grid.natural[node.name]
        return self.grid.spanning(node, self.unit)

    @cached_property
    def at(self) -> dict[str, Place]:
        return {name: self.point(spot) for name, spot in self.grid.spots.items()}

    def laid(self) -> Laid:
        bodies = {name: node.body(*self.at[name]) for name, node in self.sized.items()}
        shapes = {name: node.shape(*self.at[name]) for name, node in self.sized.items()}
        ways = Ways(self.grid, self.sized, self.at)
        lines = [(edge, ways.way(edge)) for edge in self.grid.drawing.edges]
        back = [item for group in self.grid.drawing.groups for item in self._group(group, bodies)]
        pictures = [node.name for node in self.grid.drawing.nodes if node.size]
        grounds = [item for name in pictures for item in self._node_items(name)]
        front: list[Item] = [item for path in self.grid.drawing.paths for item in self._path(path)]
        front += [item for edge, line in lines for item in self.style.arrow(edge, line)]
        front += [item for name in self.grid.natural for item in (*self._chips(name), *self._node_items(name))]
        front += self._labels(lines)
        items = on_their_ground((*back, *_beside(grounds, front), *front), self.style.palette.card)
        grounds_only = (name for name in pictures if not _is_labelled(self.sized[name].node))
        return Laid(items, shapes, bodies, frozenset(grounds_only))

    def _node_items(self, name: str) -> tuple[Item, ...]:
        node = self.sized[name]
        return node.items(*self.at[name], self.style.brush(node.node.tone))

    def _chips(self, name: str) -> tuple[Item, ...]:
        """The plate below the words of a node that stands on a picture, unless they have one."""
        node = self.sized[name]
        body, shape = node.body(*self.at[name]), node.shape(*self.at[name])
        if node.node.kind == "text":
            return self._chip(body)
        if node.words_height <= 0:
            return ()
        top = shape.bottom + WORDS_BELOW * self.grid.em
        return self._chip(Box(body.centre_x - node.words.width / 2, top, node.words.width, body.bottom - top))

    def _chip(self, words: Box) -> tuple[Item, ...]:
        """A plate below *words* that stand on a picture."""
        pictures = [self.sized[node.name].shape(*self.at[node.name]) for node in self.grid.drawing.nodes if node.size]
        if not any(words.overlap(picture) for picture in pictures):
            return ()
        em = self.grid.em
        plate = Box(words.x - 0.35 * em, words.y - 0.3 * em, words.width + 0.7 * em, words.height + 0.6 * em)
        return (Surface(plate, self.style.palette.card, Role.NODE, radius=0.4 * em),)

    def _path(self, path: Path) -> tuple[Item, ...]:
        edge = Edge("", "", tone=path.tone, is_dashed=path.is_dashed, has_head=path.has_head)
        return self.style.arrow(edge, smooth([self.point(spot) for spot in path.spots]))

    def _group(self, group: Group, bodies: dict[str, Box]) -> tuple[Item, ...]:
        em, title = self.grid.em, self.grid.title(group)
        inner = cover(bodies[name] for name in group.members)
        strip = title.height + 0.35 * em if title else 0.0
        pad = PAD * em
        area = Box(inner.x - pad, inner.y - pad - strip, inner.width + 2 * pad, inner.height + 2 * pad + strip)
        if title is None:
            return (self.style.group(group, area),)
        return (
            self.style.group(group, area),
            *self.style.group_title(group, title, (area.x + pad, area.y + 0.8 * pad)),
        )

    def _labels(self, lines: list[tuple[Edge, Places]]) -> Iterator[Item]:
        floor = Floor(self.box)
        floor.boxes += [self.sized[name].body(*self.at[name]) for name in self.grid.natural]
        for _, line in lines:
            floor.segments += pairwise(line)
        for edge, line in lines:
            words = small_words(edge.label, self.grid.type_, wrap=8)
            if words:
                yield from self._label(edge, line, words, floor)

    def _label(self, edge: Edge, line: Places, words: Paragraph, floor: Floor) -> tuple[Item, ...]:
        """Beside the arrow, where there is room."""
        places = list(self._seats(line, words))
        free = next((place for place in places if floor.is_free(place.inset(-0.15 * self.grid.em))), places[0])
        floor.boxes.append(free)
        return (*self._chip(free), *self.style.label(words, (free.centre_x, free.y), edge.tone, align=Align.CENTRE))

    def _seats(self, line: Places, words: Paragraph) -> Iterator[Box]:
        em = self.grid.em
        for distance in (0.4, 0.8, 1.3):
            for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74):
                (x, y), (dx, dy) = along(line, share)
                for side in (1, -1) if dx >= 0 else (-1, 1):
                    nx, ny = dy * side, -dx * side
                    reach = abs(nx) * words.width / 2 + abs(ny) * words.height / 2 + distance * em
                    yield Box(
                        x + nx * reach - words.width / 2, y + ny * reach - words.height / 2, words.width, words.height
                    )


def _beside(grounds: list[Item], front: list[Item]) -> Iterator[Item]:
    """What of *grounds* letters do not stand on: of clouds of points some are left out."""
    texts = [item.box.inset(-4) for item in front if isinstance(item, Text)]
    for item in grounds:
        if not isinstance(item, Point) or not any(item.box.overlap(box) for box in texts):
            yield item


def _is_labelled(node: Node) -> bool:
    """True for a shape around words; others are pictures, on which nodes may stand."""
    return KINDS[node.kind].holds_words and bool(node.label) and node.kind not in _SPACIOUS


_SPACIOUS = frozenset({"blob", "cloud"})

"""Owns what a laid out drawing is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.collage.box import Box, cover
from bot.collage.frame import Formula, Item, Shape, Surface, Text


@dataclass(frozen=True, slots=True)
class Laid:
    """A drawing in its place.

    Attributes:
        items: Everything that is drawn, from back to front.
        nodes: The shape of every node, by its name.
        bodies: The shape of every node with its words, by its name.
        pictures: The names of nodes that others may stand on.
    """

    items: tuple[Item, ...]
    nodes: Mapping[str, Box]
    bodies: Mapping[str, Box]
    pictures: frozenset[str] = frozenset()

    @property
    def box(self) -> Box:
        """What is drawn lies in it."""
        return cover(item.box for item in self.items)


def on_their_ground(items: Iterable[Item], card: str) -> tuple[Item, ...]:
    """Let letters that were set for the *card* know the area of a group, the plate or the shape that is below most."""
    found: list[Item] = []
    areas: list[tuple[Box, str]] = []
    for item in items:
        if isinstance(item, Surface | Shape) and item.fill:
            areas.append((item.box, item.fill))
        if isinstance(item, Text | Formula) and item.background == card:
            fills = [fill for box, fill in areas if box.overlap(item.box) > item.box.area / 2]
            item = replace(item, background=fills[-1] if fills else card)
        found.append(item)
    return tuple(found)

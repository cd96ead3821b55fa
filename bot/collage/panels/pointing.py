"""Owns a figure with the words that point into it: on which side of it they stand, and how large that leaves it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.collage.annotations.annotate import Aim, Annotated, Ground, annotate
from bot.collage.annotations.strips import Side, Strip, split
from bot.collage.box import Box
from bot.collage.panels.block import Look
from bot.collage.panels.fitting import fitted, on_pixels, shape_of
from bot.collage.spec import FigurePanel

LAST_RESORT = 110.0  # design units: the least width of a figure where nothing else can be shown

_ARROW_COST = 0.2  # of the side of the figure, for each unit that arrows are long
_SHORT_OF = 0.2  # em: how far before its target an arrow ends

Size = tuple[float, float]


def said(panel: FigurePanel, look: Look) -> list[str]:
    """The annotations of *panel*, as short as *look* wants them."""
    return [look.say(each.text, each.shorter) for each in panel.figure.annotations]


def pointed_at(panel: FigurePanel, look: Look, room: Box, *, narrowest: float) -> tuple[Box, Annotated]:
    """Place a figure in *room* with as many annotations as find a place, and as large as that allows.

    Args:
        look: For a card that is white.
        narrowest: The width below which the figure should not fall, in design units.
    """
    pointing = _Pointing(panel, look, room)
    best = pointing.bare()
    ranked = sorted(pointing.divisions(), key=lambda each: (each.picture.width < narrowest, pointing.badness(each)))
    for division in ranked:
        found = pointing.tried(division)
        if len(found[1].dropped) < len(best[1].dropped):
            best = found
        if not best[1].dropped:
            break
    return best


@dataclass(frozen=True, slots=True)
class _Division:
    """A figure and a strip for words."""

    picture: Box
    strip: Strip


@dataclass(frozen=True, slots=True)
class _Pointing:
    panel: FigurePanel
    look: Look
    room: Box

    def bare(self) -> tuple[Box, Annotated]:
        """The figure alone, in the middle of the room."""
        size = self._fitted(self.room)
        corner = self.room.centre_x - size[0] / 2, self.room.centre_y - size[1] / 2
        return on_pixels(*corner, size, self._scale), Annotated((), tuple(said(self.panel, self.look)))

    def divisions(self) -> Iterator[_Division]:
        """Every side the words may stand on."""
        texts = said(self.panel, self.look)
        for side in Side if texts else ():
            visual, strip = split(self.room, texts, self.look, shape=shape_of(self.panel), sides=(side,))
            if strip and (size := self._fitted(visual))[0] >= LAST_RESORT:
                yield self._together(visual, strip, size)

    def badness(self, division: _Division) -> float:
        """A small figure, and long arrows as far as one can tell before they are drawn."""
        box = division.strip.box
        ways = (
            (max(0.0, box.x - x, x - box.right), max(0.0, box.y - y, y - box.bottom))
            for x, y in self._targets(division.picture)
        )
        return _ARROW_COST * sum(map(sum, ways)) - math.sqrt(division.picture.area)

    def tried(self, division: _Division) -> tuple[Box, Annotated]:
        """The figure with as many words as find a place in the strip."""
        clear = _SHORT_OF * self.look.tokens.caption
        targets = zip(said(self.panel, self.look), self._targets(division.picture), strict=True)
        aims = [Aim.point(text, at, clear=clear) for text, at in targets]
        ground = Ground(self.room, self.look.palette.card, soft=(division.picture,), strip=division.strip)
        return division.picture, annotate(aims, self.look, ground)

    def _together(self, visual: Box, strip: Strip, size: Size) -> _Division:
        """Figure and strip moved towards each other, to the middle of the room."""
        across, down = (visual.width - size[0]) / 2, (visual.height - size[1]) / 2
        picture = on_pixels(visual.x + across, visual.y + down, size, self._scale)
        by_x = {Side.RIGHT: -across, Side.LEFT: across}.get(strip.side, 0.0)
        by_y = {Side.BOTTOM: -down, Side.TOP: down}.get(strip.side, 0.0)
        return _Division(picture, replace(strip, box=replace(strip.box, x=strip.box.x + by_x, y=strip.box.y + by_y)))

    def _targets(self, picture: Box) -> Iterator[tuple[float, float]]:
        """Where the arrows end; a target in the white border that was trimmed lies on the edge."""
        for annotation in self.panel.figure.annotations:
            shares = self.panel.raster.locate(*(float(share) for share in annotation.to.split()))
            x, y = (min(1.0, max(0.0, share)) for share in shares)
            yield picture.x + x * picture.width, picture.y + y * picture.height

    def _fitted(self, room: Box) -> Size:
        return fitted(self.panel, room.width, room.height, self._scale)

    @property
    def _scale(self) -> float:
        return self.look.tokens.scale

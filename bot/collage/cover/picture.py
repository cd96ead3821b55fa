"""Owns pictures on a tile: a diagram or a chart without its words, straight on the colour of the tile."""

from dataclasses import dataclass

from bot.collage.box import Box, cover
from bot.collage.cover.sparkline import sparkline
from bot.collage.cover.zoom import zoomed
from bot.collage.diagrams.wordless import has_picture, picture
from bot.collage.frame import Item
from bot.collage.panels.block import Look, Placed
from bot.model.panel import Chart, Diagram

_FLATTEST = 0.2  # height by width of the room a picture needs
_LOWEST = 3.2  # em of the label: less is an ornament
_LARGER = 1.6  # times a laid out drawing may be enlarged to fill its room


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A diagram or a chart without its words."""

    panel: Diagram | Chart
    look: Look

    @property
    def kind(self) -> str:
        """Of the panel it is made from."""
        return "diagram" if isinstance(self.panel, Diagram) else "chart"

    def least(self, width: float) -> float:
        inner = width - 2 * self._padding
        height = max(_FLATTEST * inner, _LOWEST * self.look.tokens.label)
        return height + self._padding if self._shows(inner, height) else float("inf")

    def most(self, width: float) -> float:
        return width

    def filled(self, box: Box) -> float:
        return cover(item.box for item in self._items(self._room(box))).area

    def place(self, box: Box) -> Placed:
        items = self._items(self._room(box))
        return Placed(items, cover(item.box for item in items))

    def _shows(self, width: float, height: float) -> bool:
        """True when anything is left of it."""
        if isinstance(self.panel, Chart):
            return bool(sparkline(self.panel, self.look, Box(0, 0, width, height)))
        return has_picture(self.panel.drawing, width, height, self.look.tokens)

    def _items(self, room: Box) -> tuple[Item, ...]:
        if isinstance(self.panel, Chart):
            return sparkline(self.panel, self.look, room)
        drawn = picture(self.panel.drawing, self.look.tokens, self.look.palette, room)
        return zoomed(drawn, room, most=_LARGER)

    def _room(self, box: Box) -> Box:
        """As far from the edge of the tile as the words; these keep their own distance below."""
        pad = self._padding
        return Box(box.x + pad, box.y + pad, box.width - 2 * pad, box.height - pad)

    @property
    def _padding(self) -> float:
        return self.look.tokens.padding

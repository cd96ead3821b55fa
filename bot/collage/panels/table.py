"""Owns table panels: a white card with a title, rows between hairlines, and a caption where there is room."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.collage.box import Box
from bot.collage.frame import Item, Role, Surface, Text
from bot.collage.lettering.measure import Paragraph, paragraph
from bot.collage.lettering.typeset import Ink, set_paragraph
from bot.collage.panels.block import Look, Placed, card
from bot.collage.panels.cells import Cells
from bot.collage.panels.sizes import running_sizes
from bot.model.panel import Table

_BELOW_TITLE = 0.6  # gaps; the head of the table brings its own air
_WIDE = 1.7  # times the width its words need: a wider table falls apart


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A measured table card."""

    panel: Table
    look: Look
    kind: str = "table"

    def least(self, width: float) -> float:
        inner = width - 2 * self._padding
        heights = [cells.least for cells in self._fitting(inner)]
        return min(heights) + self._head(inner) + 2 * self._padding if heights else float("inf")

    def most(self, width: float) -> float:
        inner = width - 2 * self._padding
        heights = [cells.most for cells in self._fitting(inner)]
        return max(heights, default=0.0) + self._head(inner) + self._tail(inner) + 2 * self._padding

    def filled(self, box: Box) -> float:
        inner = box.inset(self._padding)
        cells, _ = self._choice(inner)
        across = min(1.0, _WIDE * cells.needed / inner.width)
        return box.area * across * min(1.0, self.most(box.width) / box.height)

    def place(self, box: Box) -> Placed:
        inner = box.inset(self._padding)
        cells, tail = self._choice(inner)
        top = inner.y + self._head(inner.width)
        room = min(inner.bottom - top - tail, cells.most)
        air = (room - sum(cells.bare)) / len(cells.bare)
        heights = tuple(height + air for height in cells.bare)
        tops = tuple(top + sum(heights[:row]) for row in range(len(heights)))
        texts = (*self._title_lines(inner), *cells.texts(inner.x, tops, heights))
        items: tuple[Item, ...] = (*self._rules(inner, tops[1:]), *texts)
        caption = self._caption_lines(inner) if tail else ()
        return Placed((card(box, self.look), *items, *caption), Box(inner.x, top, inner.width, room))

    def _choice(self, inner: Box) -> tuple[Cells, float]:
        """The largest type that fits together with the caption, else without it, and the height of the caption."""
        room = inner.height - self._head(inner.width)
        fitting = self._fitting(inner.width) or [self._cells(inner.width)[-1]]
        for tail in (self._tail(inner.width), 0.0):
            for cells in fitting:
                if cells.least + tail <= room + 1e-6:
                    return cells, tail
        return fitting[-1], 0.0

    def _fitting(self, width: float) -> list[Cells]:
        return [cells for cells in self._cells(width) if cells.fits]

    def _cells(self, width: float) -> list[Cells]:
        """The table in every size its type may have, the largest first."""
        sizes = (*running_sizes(self.look.tokens), self.look.tokens.tick[0])
        return [Cells(self.panel, self.look, size, width) for size in sizes]

    def _rules(self, inner: Box, tops: tuple[float, ...]) -> Iterator[Surface]:
        hairline = self.look.tokens.hairline
        for top in tops:
            yield Surface(Box(inner.x, top - hairline / 2, inner.width, hairline), self.look.palette.line, Role.RULE)

    def _head(self, width: float) -> float:
        return self._title(width).height + _BELOW_TITLE * self.look.tokens.gap

    def _tail(self, width: float) -> float:
        return self._caption(width).height + 1.4 * self.look.tokens.gap

    def _title_lines(self, inner: Box) -> tuple[Text, ...]:
        ink = Ink(Role.CAPTION, self.look.palette.ink, self.look.palette.card)
        return set_paragraph(self._title(inner.width), (inner.x, inner.y), ink)

    def _caption_lines(self, inner: Box) -> tuple[Text, ...]:
        caption = self._caption(inner.width)
        ink = Ink(Role.CAPTION, self.look.palette.muted, self.look.palette.card)
        return set_paragraph(caption, (inner.x, inner.bottom - caption.height), ink)

    def _title(self, width: float) -> Paragraph:
        style = self.look.tokens.style(self.look.tokens.chart_title[0], 650, leading=1.25)
        return paragraph(self.panel.title, style, width, balanced=True)

    def _caption(self, width: float) -> Paragraph:
        style = self.look.tokens.style(self.look.tokens.caption, 400, leading=1.3)
        return paragraph(self.look.say(self.panel.caption, self.panel.caption_shorter), style, width)

    @property
    def _padding(self) -> float:
        return self.look.tokens.padding

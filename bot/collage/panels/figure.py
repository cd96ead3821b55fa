"""Owns figure panels: a white card with a title, the figure with its annotations, and a caption below or beside it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.collage.annotations.annotate import Annotated
from bot.collage.annotations.strips import AIR, Side, height_below, split, stacked, width_beside
from bot.collage.box import Box
from bot.collage.frame import Picture, Role, Text
from bot.collage.lettering.measure import Paragraph, paragraph
from bot.collage.lettering.typeset import Align, Ink, set_paragraph
from bot.collage.panels.block import Look, Placed, card
from bot.collage.panels.fitting import fitted, on_pixels, shape_of, widest
from bot.collage.panels.pointing import LAST_RESORT, pointed_at, said
from bot.collage.spec import FigurePanel
from bot.collage.themes import on_white

_NARROWEST = 220.0  # design units
_SMALLEST = 220.0 * 140.0  # square units: a flat strip is wider
_LEGIBLE = 0.5  # of the type of labels: the least that letters in a figure may measure
_TALLEST = 0.6  # of the canvas
_BESIDE, _BESIDE_MOST = 9.0, 24.0  # em: the least and the greatest width of words beside a figure
_GAIN = 1.2  # times as large must a figure be for its words to stand beside it
_LOOSE = 1.2  # times the height of words one below the other: their arrows need some play
_NARROW = 0.6  # of the card: a narrower figure has its words beside it anyway


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a card is divided.

    Attributes:
        size: Of the figure.
        words: Width of title and caption.
        is_beside: They stand at the right of the figure.
    """

    size: tuple[float, float]
    words: float
    is_beside: bool = False

    @property
    def area(self) -> float:
        return self.size[0] * self.size[1]


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A measured figure card.

    Attributes:
        is_tight: Accept a narrow figure, because there is no other way to show anything.
    """

    panel: FigurePanel
    look: Look
    is_tight: bool = False
    kind: str = "figure"

    def least(self, width: float) -> float:
        inner = width - 2 * self._padding
        heights = (self._least_below(inner), self._least_beside(inner), self._least_annotated(inner))
        return min(heights) + 2 * self._padding

    def most(self, width: float) -> float:
        inner = width - 2 * self._padding
        tallest = min(min(inner, self._widest) / self._shape, _TALLEST * self.look.tokens.height)
        return tallest + self._strip(inner) + self._words_height(inner, is_beside=False) + 2 * self._padding

    def widest(self, height: float) -> float:
        caption = 2 * self.look.tokens.caption if self._has_words else 0.0
        return _LOOSE * self._shape * max(1.0, height - 2 * self._padding - caption) + 2 * self._padding

    def filled(self, box: Box) -> float:
        inner = box.inset(self._padding)
        plan = self._plan(inner)
        around = min(plan.size[0] + 2 * self._padding, box.width) * min(plan.size[1] + 2 * self._padding, box.height)
        beside = width_beside(self._texts, self.look, inner.width) * plan.size[1]
        words = plan.words * self._words_height(plan.words, is_beside=plan.is_beside)
        return min(box.area, around + words + beside)

    def place(self, box: Box) -> Placed:
        inner = box.inset(self._padding)
        plan = self._plan(inner)
        picture, annotated, texts = self._beside(inner, plan) if plan.is_beside else self._below(inner)
        surface = card(box, self._white)
        drawn = Picture(self.panel.raster, picture, is_hero=self.panel.is_hero)
        about = " ".join(part for part in (self.panel.figure.title, self._said) if part)
        return Placed((surface, drawn, *texts, *annotated.items), picture, about)

    def _plan(self, inner: Box) -> _Plan:
        """Words below the figure; beside it where that makes it much larger."""
        below = self._plan_below(inner)
        if self._texts or not self._has_words:
            return below
        gain = 1.0 if below.size[0] < _NARROW * inner.width else _GAIN
        beside = (plan for plan in self._plans_beside(inner) if plan.area >= gain * below.area)
        return next(beside, below)

    def _plans_beside(self, inner: Box) -> Iterator[_Plan]:
        """The figure as wide as possible, then narrower, if its words fit beside it."""
        widest = inner.width - self._gap - _BESIDE * self.look.tokens.caption
        for room in (widest, (widest + self._smallest) / 2, self._smallest):
            if 0 < room <= widest:
                size = fitted(self.panel, room, inner.height, self._scale)
                words = min(inner.width - self._gap - size[0], _BESIDE_MOST * self.look.tokens.caption)
                if self._words_height(words, is_beside=True) <= inner.height:
                    yield _Plan(size, words, is_beside=True)

    def _plan_below(self, inner: Box) -> _Plan:
        height = inner.height - self._words_height(inner.width, is_beside=False)
        rooms = [(inner.width, height - self._strip(inner.width))]
        if self._texts:
            rooms.append((inner.width - width_beside(self._texts, self.look, inner.width), height))
        sizes = [fitted(self.panel, max(1.0, width), max(1.0, height), self._scale) for width, height in rooms]
        return _Plan(max(sizes), inner.width)

    def _below(self, inner: Box) -> tuple[Box, Annotated, tuple[Text, ...]]:
        """Title, figure, caption, one below the other; the figure with its caption in the middle of the room."""
        head = self._title_height(inner.width)
        tail = self._caption_height(inner.width)
        room = Box(inner.x, inner.y + head, inner.width, inner.height - head - tail)
        picture, annotated = pointed_at(self.panel, self._white, room, narrowest=0.95 * self._smallest)
        foot = max([picture.bottom, *(item.box.bottom for item in annotated.items)])
        at, align = (inner.x, Align.LEFT) if picture.x - inner.x < self._padding else (inner.centre_x, Align.CENTRE)
        caption = self._caption_at(at, foot + self._gap, inner.width, align=align)
        return picture, annotated, (*self._title_at(inner.x, inner.y, inner.width), *caption)

    def _beside(self, inner: Box, plan: _Plan) -> tuple[Box, Annotated, tuple[Text, ...]]:
        """The figure at the left, title and caption at its right, both around the same middle."""
        spare = inner.width - plan.size[0] - self._gap - plan.words
        corner = inner.x + spare / 2, inner.centre_y - plan.size[1] / 2
        picture = on_pixels(*corner, plan.size, self._scale)
        at = picture.right + self._gap, inner.centre_y - self._words_height(plan.words, is_beside=True) / 2
        below = at[1] + self._title_height(plan.words)
        caption = set_paragraph(self._large_caption(plan.words), (at[0], below), self._ink(self._white.palette.muted))
        return picture, Annotated(()), (*self._title_at(*at, plan.words), *caption)

    def _least_below(self, inner: float) -> float:
        smallest = self._smallest
        if smallest > inner or not self._can_stand_below(inner):
            return math.inf
        return smallest / self._shape + self._strip(inner) + self._words_height(inner, is_beside=False)

    def _can_stand_below(self, inner: float) -> bool:
        """True when the annotations find room side by side."""
        tall = Box(0.0, 0.0, inner, self.look.tokens.height)
        return not self._texts or split(tall, self._texts, self.look, sides=(Side.BOTTOM,))[1] is not None

    def _least_beside(self, inner: float) -> float:
        words = inner - self._smallest - self._gap
        if self._texts or not self._has_words or words < _BESIDE * self.look.tokens.caption:
            return math.inf
        words = min(words, _BESIDE_MOST * self.look.tokens.caption)
        return max(self._smallest / self._shape, self._words_height(words, is_beside=True))

    def _least_annotated(self, inner: float) -> float:
        """With the annotations at the side of the figure."""
        blocks = stacked(self._texts, self.look, inner)
        if not blocks or self._smallest > inner - width_beside(self._texts, self.look, inner):
            return math.inf
        strip = sum(block.height for block in blocks) + len(blocks) * AIR * self.look.tokens.caption
        return max(self._smallest / self._shape, _LOOSE * strip) + self._words_height(inner, is_beside=False)

    @property
    def _smallest(self) -> float:
        """The least width that shows anything; infinite when the figure is not sharp at the least of all."""
        floor = LAST_RESORT if self.is_tight else _NARROWEST
        if self._widest < floor:
            return math.inf
        if self.is_tight:
            return floor
        label = self.panel.raster.label
        legible = _LEGIBLE * self.look.tokens.label / label if label else 0.0
        legible = min(legible, self.look.tokens.content_width / 2)
        return min(max(floor, math.sqrt(_SMALLEST * self._shape), legible), self._widest)

    @property
    def _white(self) -> Look:
        """The look on a card that is white in every theme."""
        return replace(self.look, palette=on_white(self.look.palette))

    @property
    def _texts(self) -> list[str]:
        return said(self.panel, self.look)

    @property
    def _said(self) -> str:
        return self.look.say(self.panel.figure.caption, self.panel.figure.caption_shorter)

    @property
    def _has_words(self) -> bool:
        return bool(self.panel.figure.title or self._said)

    def _strip(self, width: float) -> float:
        return height_below(self._texts, self.look, width)

    def _words_height(self, width: float, *, is_beside: bool) -> float:
        if is_beside:
            return self._title_height(width) + self._large_caption(width).height
        return self._title_height(width) + self._caption_height(width)

    def _title_height(self, width: float) -> float:
        height = self._title(width).height
        return height + self._gap if height else 0.0

    def _caption_height(self, width: float) -> float:
        height = self._caption(width).height
        return height + self._gap if height else 0.0

    def _title_at(self, x: float, y: float, width: float) -> tuple[Text, ...]:
        return set_paragraph(self._title(width), (x, y), self._ink(self._white.palette.ink))

    def _caption_at(self, x: float, y: float, width: float, *, align: Align = Align.LEFT) -> tuple[Text, ...]:
        block = self._caption(width, balanced=align is Align.CENTRE)
        return set_paragraph(block, (x, y), self._ink(self._white.palette.muted), align=align)

    def _ink(self, colour: str) -> Ink:
        return Ink(Role.CAPTION, colour, self._white.palette.card)

    def _title(self, width: float) -> Paragraph:
        tokens = self.look.tokens
        style = tokens.style(tokens.chart_title[0], 650, leading=1.22)
        return paragraph(self.panel.figure.title, style, width, balanced=True)

    def _caption(self, width: float, *, balanced: bool = False) -> Paragraph:
        style = self.look.tokens.style(self.look.tokens.caption, 400, leading=1.3)
        return paragraph(self._said, style, width, balanced=balanced)

    def _large_caption(self, width: float) -> Paragraph:
        """As large as running text: beside a figure there is room."""
        style = self.look.tokens.style(self.look.tokens.words[0], 400, leading=1.3)
        return paragraph(self._said, style, width)

    @property
    def _shape(self) -> float:
        return shape_of(self.panel)

    @property
    def _widest(self) -> float:
        return widest(self.panel, self._scale)

    @property
    def _scale(self) -> float:
        return self.look.tokens.scale

    @property
    def _gap(self) -> float:
        return 1.4 * self.look.tokens.gap

    @property
    def _padding(self) -> float:
        return self.look.tokens.padding

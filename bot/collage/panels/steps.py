"""Owns steps: numbered circles on a hairline, down a narrow card or across a wide one."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.collage.box import Box
from bot.collage.frame import Curve, Item, Point, Role, Text, TextStyle
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import Paragraph, longest_word, paragraph
from bot.collage.lettering.typeset import Align, Ink, set_line, set_paragraph
from bot.collage.panels.block import Look, Placed, card, content_area
from bot.collage.panels.sizes import largest, running_sizes
from bot.model.panel import Steps

_RADIUS = 0.98  # of a circle, by the em of its digit
_NARROWEST = 6.5  # em: columns of fewer letters are a ladder
_CALM = 8.5  # em: the narrowest column for steps across, unless there is no other way
_AIR = 1.1  # em by which the steps may move apart
_SCATTERED = 2.5  # paddings by which a card across may be higher than its words


@dataclass(frozen=True, slots=True)
class StepsBlock:
    """A measured card of steps."""

    panel: Steps
    look: Look
    kind: str = "steps"

    def least(self, width: float) -> float:
        inner, size = width - 2 * self._padding, self._sizes[-1]
        heights = [height for height in (self._down(inner, size), self._across(inner, size)) if height is not None]
        return min(heights) + self._head(inner) + 2 * self._padding if heights else float("inf")

    def most(self, width: float) -> float:
        inner = width - 2 * self._padding
        return max(self.least(width), *(self._roomy(inner, size) for size in self._sizes))

    def _roomy(self, inner: float, size: float) -> float:
        """The height with the steps well apart; 0 where that type is too large."""
        extra = 2 * self._padding + self._head(inner)
        down, across = self._down(inner, size), self._across(inner, size)
        if across is not None and (down is None or self._is_wide(inner)):
            return across + _SCATTERED * self._padding + extra
        return 0.0 if down is None else down + _AIR * size * (len(self.panel.steps) - 1) + extra

    def filled(self, box: Box) -> float:
        return content_area(self.place(box).items[1:], box, 1.25 * self._padding)

    def place(self, box: Box) -> Placed:
        inner = box.inset(self._padding)
        room = Box(inner.x, inner.y + self._head(inner.width), inner.width, inner.height - self._head(inner.width))
        return Placed((card(box, self.look), *self._title_lines(inner), *self._laid(room)))

    def _laid(self, room: Box) -> Iterator[Item]:
        """Across where the columns are wide enough to be calm, else down; the other way where only that fits."""
        down = largest(self._sizes, lambda size: _within(self._down(room.width, size), room.height))
        across = largest(self._sizes, lambda size: _within(self._across(room.width, size), room.height))
        fits_down = _within(self._down(room.width, down), room.height)
        fits_across = _within(self._across(room.width, across), room.height)
        is_across = fits_across and (self._is_wide(room.width) or not fits_down)
        yield from self._row(room, across) if is_across else self._column(room, down)

    def _is_wide(self, width: float) -> bool:
        return self._column_width(width) >= _CALM * self._sizes[0]

    def _column(self, room: Box, size: float) -> Iterator[Item]:
        """The steps one below the other, moved apart where there is room."""
        words = self._down_words(room.width, size)
        spare = max(0.0, room.height - (self._down(room.width, size) or 0.0))
        apart = min(spare / max(1, len(words) - 1), _AIR * size)
        x, y = room.x + self._radius, room.y
        centres: list[tuple[float, float]] = []
        texts: list[Text] = []
        for step in words:
            texts += set_paragraph(step, (room.x + self._indent, y + self._lowered(size)), self._ink)
            centres.append((x, y + self._radius))
            y += self._step_height(step, size) + self._between + apart
        yield from self._chain(centres)
        yield from texts

    def _row(self, room: Box, size: float) -> Iterator[Item]:
        """The steps side by side, each circle above its words."""
        words = self._across_words(room.width, size)
        top = room.y + max(0.0, room.height - (self._across(room.width, size) or 0.0)) / 2
        pitch = self._column_width(room.width) + self._gutter
        lefts = [room.x + place * pitch for place in range(len(words))]
        yield from self._chain([(left + self._radius, top + self._radius) for left in lefts])
        below = top + 2 * self._radius + self._between
        for left, step in zip(lefts, words, strict=True):
            yield from set_paragraph(step, (left, below), self._ink)

    def _chain(self, centres: list[tuple[float, float]]) -> Iterator[Item]:
        """The circles with their digits, and the hairline that joins them."""
        palette = self.look.palette
        if len(centres) > 1:
            yield Curve((centres[0], centres[-1]), palette.accent, self.look.tokens.hairline, Role.RULE)
        ink = Ink(Role.LABEL, palette.on_accent, palette.accent)
        for number, (x, y) in enumerate(centres, start=1):
            yield Point(x, y, self._radius, palette.accent, Role.NODE)
            baseline = y + CAP * self._digit.size / 2
            yield set_line(str(number), (x, baseline), self._digit, ink, align=Align.CENTRE)

    def _down(self, width: float, size: float) -> float | None:
        """Height of the steps one below the other; None when the words would have to be cut."""
        room = width - self._indent
        if room < _NARROWEST * size or self._longest(size) > room:
            return None
        heights = [self._step_height(step, size) for step in self._down_words(width, size)]
        return sum(heights) + (len(heights) - 1) * self._between

    def _step_height(self, step: Paragraph, size: float) -> float:
        return max(self._lowered(size) + step.height, 2 * self._radius)

    def _lowered(self, size: float) -> float:
        """How far below the top of a circle its first line begins, so that their middles agree."""
        return max(0.0, self._radius - CAP * size / 2)

    def _across(self, width: float, size: float) -> float | None:
        """Height of the steps side by side; None when the words would have to be cut."""
        room = self._column_width(width)
        if room < _NARROWEST * size or self._longest(size) > room:
            return None
        return 2 * self._radius + self._between + max(step.height for step in self._across_words(width, size))

    def _down_words(self, width: float, size: float) -> list[Paragraph]:
        return [paragraph(words, self._style(size), width - self._indent) for words in self._words]

    def _across_words(self, width: float, size: float) -> list[Paragraph]:
        return [paragraph(words, self._style(size), self._column_width(width)) for words in self._words]

    def _longest(self, size: float) -> float:
        return max(longest_word(words, self._style(size)) for words in self._words)

    def _column_width(self, width: float) -> float:
        count = len(self.panel.steps)
        return (width - (count - 1) * self._gutter) / count

    def _head(self, width: float) -> float:
        title = self._title(width).height
        return title + 1.4 * self.look.tokens.gap if title else 0.0

    def _title_lines(self, inner: Box) -> tuple[Text, ...]:
        ink = Ink(Role.CAPTION, self.look.palette.ink, self.look.palette.card)
        return set_paragraph(self._title(inner.width), (inner.x, inner.y), ink)

    def _title(self, width: float) -> Paragraph:
        style = self.look.tokens.style(self.look.tokens.chart_title[0], 650, leading=1.25)
        return paragraph(self.panel.title, style, width, balanced=True)

    def _style(self, size: float) -> TextStyle:
        return self.look.tokens.style(size, 450, leading=1.3)

    @property
    def _words(self) -> tuple[str, ...]:
        return tuple(self.look.say(step.text, step.shorter) for step in self.panel.steps)

    @property
    def _ink(self) -> Ink:
        return Ink(Role.BODY, self.look.palette.ink, self.look.palette.card)

    @property
    def _sizes(self) -> tuple[float, ...]:
        return running_sizes(self.look.tokens)

    @property
    def _digit(self) -> TextStyle:
        return self.look.tokens.style(self.look.tokens.label, 700)

    @property
    def _radius(self) -> float:
        return _RADIUS * self.look.tokens.label

    @property
    def _indent(self) -> float:
        return 2 * self._radius + 1.5 * self.look.tokens.gap

    @property
    def _between(self) -> float:
        return 1.5 * self.look.tokens.gap

    @property
    def _gutter(self) -> float:
        return 1.5 * self.look.tokens.gutter

    @property
    def _padding(self) -> float:
        return self.look.tokens.padding


def _within(height: float | None, room: float) -> bool:
    return height is not None and height <= room + 1e-6

"""Owns quotes: a sentence of the paper, large and calm on a tint, under an opening mark in the accent."""

from dataclasses import dataclass, replace

from bot.collage.box import Box
from bot.collage.frame import Role, Text, TextStyle
from bot.collage.lettering import fonts
from bot.collage.lettering.measure import Paragraph, longest_word, paragraph
from bot.collage.lettering.typeset import Ink, set_line, set_paragraph
from bot.collage.panels.block import Look, Placed, content_area, tinted
from bot.collage.panels.sizes import large_sizes, largest
from bot.model.panel import Quote

_MARK = "\u201c"
_INKED = 0.34  # em: the height of the mark; below it the glyph is empty down to the baseline
_AIR = 2.5  # paddings a quote may have around it and look at ease


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """A measured quote."""

    panel: Quote
    look: Look
    kind: str = "quote"

    def least(self, width: float) -> float:
        inner, size = width - 2 * self._padding, self._sizes[-1]
        is_narrow = longest_word(self._words, self._words_style(size)) > inner
        return float("inf") if is_narrow else self._height(inner, size) + 2 * self._padding

    def most(self, width: float) -> float:
        inner = width - 2 * self._padding
        return max(self._height(inner, size) for size in self._sizes) + (2 + _AIR) * self._padding

    def filled(self, box: Box) -> float:
        return content_area(self.place(box).items[1:], box, 1.25 * self._padding)

    def place(self, box: Box) -> Placed:
        inner, palette = box.inset(self._padding), self.look.palette
        size = largest(self._sizes, lambda each: self._fits(inner, each))
        top = inner.y + max(0.0, inner.height - self._height(inner.width, size)) / 2
        words, source = self._quoted(inner.width, size), self._source(inner.width)
        y = top + self._mark_height
        texts = set_paragraph(words, (inner.x, y), Ink(Role.BODY, palette.ink, palette.tint))
        below = y + words.height + self._gap
        said = set_paragraph(source, (inner.x, below), Ink(Role.CAPTION, palette.muted, palette.tint))
        return Placed((tinted(box, palette.tint, self.look), self._mark(inner.x, top), *texts, *said))

    def _fits(self, inner: Box, size: float) -> bool:
        is_wide = longest_word(self._words, self._words_style(size)) <= inner.width
        return is_wide and self._height(inner.width, size) <= inner.height

    def _mark(self, x: float, top: float) -> Text:
        """The opening mark, the top of its ink at *top*."""
        rise, _ = fonts.extent(_MARK, self._mark_style)
        ink = Ink(Role.LABEL, self.look.palette.accent, self.look.palette.tint)
        mark = set_line(_MARK, (x, top + rise), self._mark_style, ink)
        return replace(mark, box=replace(mark.box, height=_INKED * self._mark_style.size))

    @property
    def _mark_height(self) -> float:
        return _INKED * self._mark_style.size + 1.5 * self.look.tokens.gap

    @property
    def _mark_style(self) -> TextStyle:
        return self.look.tokens.style(self.look.tokens.number[1], 750)

    def _height(self, width: float, size: float) -> float:
        words = self._quoted(width, size).height
        return self._mark_height + words + self._gap + self._source(width).height

    def _quoted(self, width: float, size: float) -> Paragraph:
        return paragraph(self._words, self._words_style(size), width, balanced=True)

    def _words_style(self, size: float) -> TextStyle:
        return self.look.tokens.style(size, 550, leading=1.28, tracking=-0.008)

    def _source(self, width: float) -> Paragraph:
        return paragraph(self.panel.source, self.look.tokens.style(self.look.tokens.caption, 450), width)

    @property
    def _words(self) -> str:
        return self.look.say(self.panel.text, self.panel.shorter).strip('\u201c\u201d" ')

    @property
    def _sizes(self) -> tuple[float, ...]:
        return large_sizes(self.look.tokens)

    @property
    def _gap(self) -> float:
        return 1.5 * self.look.tokens.gap

    @property
    def _padding(self) -> float:
        return self.look.tokens.padding

"""Owns notes among the visuals: a white card with a label and a few sentences."""

from dataclasses import dataclass

from bot.collage.box import Box
from bot.collage.frame import Role, TextStyle
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import Paragraph, longest_word, paragraph, width_of
from bot.collage.lettering.typeset import Ink, set_line, set_paragraph
from bot.collage.panels.block import Look, Placed, card, content_area
from bot.collage.panels.sizes import largest, running_sizes
from bot.model.panel import Note

_AIR = 2.0  # paddings a card may be higher than its words
_LONGEST_LINE = 28.0  # em: about 58 characters


@dataclass(frozen=True, slots=True)
class NoteBlock:
    """A measured note."""

    panel: Note
    look: Look
    kind: str = "note"

    def least(self, width: float) -> float:
        inner, size = width - 2 * self._padding, self._sizes[-1]
        is_narrow = max(longest_word(self._words, self._style(size)), self._label_width) > inner
        return float("inf") if is_narrow else self._height(inner, size) + 2 * self._padding

    def most(self, width: float) -> float:
        inner = width - 2 * self._padding
        return max(self._height(inner, size) for size in self._sizes) + (2 + _AIR) * self._padding

    def filled(self, box: Box) -> float:
        return content_area(self.place(box).items[1:], box, 1.25 * self._padding)

    def place(self, box: Box) -> Placed:
        inner, palette = box.inset(self._padding), self.look.palette
        size = largest(self._sizes, lambda each: self._height(inner.width, each) <= inner.height)
        top = inner.y + self._label_height
        texts = set_paragraph(self._set(inner.width, size), (inner.x, top), Ink(Role.BODY, palette.ink, palette.card))
        ink = Ink(Role.LABEL, palette.accent, palette.card)
        baseline = inner.y + CAP * self._label.size
        label = set_line(self.panel.label.upper(), (inner.x, baseline), self._label, ink)
        return Placed((card(box, self.look), label, *texts))

    def _height(self, width: float, size: float) -> float:
        return self._label_height + self._set(width, size).height

    def _set(self, width: float, size: float) -> Paragraph:
        return paragraph(self._words, self._style(size), min(width, _LONGEST_LINE * size))

    def _style(self, size: float) -> TextStyle:
        return self.look.tokens.style(size, 400, leading=1.34)

    @property
    def _words(self) -> str:
        return self.look.say(self.panel.text, self.panel.shorter)

    @property
    def _label(self) -> TextStyle:
        return self.look.tokens.style(self.look.tokens.label, 650, tracking=0.07)

    @property
    def _label_width(self) -> float:
        return width_of(self.panel.label.upper(), self._label)

    @property
    def _label_height(self) -> float:
        return self._label.size * CAP + 1.5 * self.look.tokens.gap

    @property
    def _sizes(self) -> tuple[float, ...]:
        return running_sizes(self.look.tokens)

    @property
    def _padding(self) -> float:
        return self.look.tokens.padding

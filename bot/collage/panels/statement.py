"""Owns the statement: one sentence set large on the accent, for an entry that has nothing to draw."""

from dataclasses import dataclass

from bot.collage.box import Box
from bot.collage.frame import Role, TextStyle
from bot.collage.lettering.measure import Paragraph, longest_word, paragraph
from bot.collage.lettering.typeset import Ink, set_paragraph
from bot.collage.panels.block import Look, Placed, content_area, tinted
from bot.collage.spec import Statement

_SIZES = (3.4, 3.0, 2.6, 2.3, 2.0, 1.75, 1.5, 1.25)  # times the body


@dataclass(frozen=True, slots=True)
class StatementBlock:
    """A measured statement card."""

    panel: Statement
    look: Look
    kind: str = "statement"

    def least(self, width: float) -> float:
        return self._paragraph(width, _SIZES[-1]).height + 2 * self._padding

    def most(self, width: float) -> float:
        return self._paragraph(width, self._sizes(width)[0]).height + 5 * self._padding

    def filled(self, box: Box) -> float:
        return content_area(self.place(box).items[1:], box, self._padding)

    def place(self, box: Box) -> Placed:
        room = box.height - 2 * self._padding
        found = next(
            (par for size in self._sizes(box.width) if (par := self._paragraph(box.width, size)).height <= room),
            self._paragraph(box.width, _SIZES[-1]),
        )
        top = box.y + max(0.0, box.height - found.height) / 2
        palette = self.look.palette
        ink = Ink(Role.NUMBER, palette.on_accent, palette.accent)
        texts = set_paragraph(found, (box.x + self._padding, top), ink)
        return Placed((tinted(box, palette.accent, self.look), *texts), box.inset(self._padding))

    def _sizes(self, width: float) -> tuple[float, ...]:
        """Those at which no word is cut, the largest first; the smallest where one always is."""
        inner = width - 2 * self._padding
        whole = tuple(size for size in _SIZES if longest_word(self.panel.text, self._style(size)) <= inner)
        return whole or _SIZES[-1:]

    def _paragraph(self, width: float, size: float) -> Paragraph:
        return paragraph(self.panel.text, self._style(size), width - 2 * self._padding, balanced=True)

    def _style(self, size: float) -> TextStyle:
        return self.look.tokens.style(round(self.look.tokens.body_start * size), 650, leading=1.2, tracking=-0.01)

    @property
    def _padding(self) -> float:
        return 1.5 * self.look.tokens.padding

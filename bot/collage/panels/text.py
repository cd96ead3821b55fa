"""Owns text panels: a label and a few sentences on the paper, without a card."""

import math
from dataclasses import dataclass

from bot.collage.box import Box
from bot.collage.frame import Role
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import Paragraph, paragraph
from bot.collage.lettering.typeset import Ink, set_line, set_paragraph
from bot.collage.panels.block import Look, Placed
from bot.model.canvas import Canvas
from bot.model.panel import Note

_LEADING = 1.34
_BELOW = 0.28  # em of air below the last line, besides the gutter
_SHORTEST_LINE, _LONGEST_LINE = 12.0, 28.5  # em: about 25 and 58 characters


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A measured text panel; its height is what the text needs."""

    panel: Note
    look: Look
    kind: str = "text"

    def least(self, width: float) -> float:
        if width < _SHORTEST_LINE * self.look.body:
            return math.inf
        return self._label_height + self._paragraph(width).height + _BELOW * self.look.body

    def most(self, width: float) -> float:
        return self.least(width)

    def filled(self, box: Box) -> float:
        block = self._paragraph(box.width)
        return block.width * (self._label_height + block.height)

    def place(self, box: Box) -> Placed:
        palette = self.look.palette
        body = Ink(Role.BODY, palette.ink, palette.paper)
        texts = set_paragraph(self._paragraph(box.width), (box.x, box.y + self._label_height), body)
        if self._run_in:
            return Placed(texts)
        style = self.look.tokens.style(self.look.tokens.label, 650, tracking=0.07)
        label = Ink(Role.LABEL, palette.accent, palette.paper)
        return Placed((set_line(self.panel.label.upper(), (box.x, box.y + CAP * style.size), style, label), *texts))

    @property
    def _run_in(self) -> bool:
        """On a phone the label costs a line; there it leads the text in bold."""
        return self.look.tokens.canvas is Canvas.PORTRAIT

    @property
    def _label_height(self) -> float:
        return 0.0 if self._run_in else self.look.tokens.label * CAP + self.look.body * 0.62

    def _paragraph(self, width: float) -> Paragraph:
        style = self.look.tokens.style(self.look.body, 400, leading=_LEADING)
        lead = self.panel.label + self.look.labels.stop if self._run_in else ""
        return paragraph(
            self.look.say(self.panel.text, self.panel.shorter),
            style,
            min(width, _LONGEST_LINE * self.look.body),
            lead=lead,
        )

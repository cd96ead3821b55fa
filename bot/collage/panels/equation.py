"""Owns equation panels: the formula large and centred on a tint, its caption below."""

from dataclasses import dataclass

from bot.collage.equation import Typeset, typeset
from bot.collage.frame import Box, Formula, Role
from bot.collage.measure import Paragraph, paragraph
from bot.collage.panels.block import Look, Placed, content_area, tinted
from bot.collage.typeset import Align, Ink, set_paragraph
from bot.model.panel import Equation

_COMFORT = 1.25  # times the smallest em: below it the short form is better
_LAST_RESORT = 0.75  # of the smallest em: still legible when the picture fills the screen
_LARGE = 0.6  # of the largest em
_AIR = 3.0  # paddings of air that a large card may show above and below the formula


@dataclass(frozen=True, slots=True)
class _Set:
    """A formula at the size at which it fits a width."""

    latex: str
    typeset: Typeset
    em: float

    @property
    def height(self) -> float:
        return self.typeset.height * self.em


@dataclass(frozen=True, slots=True)
class EquationBlock:
    """A measured equation card.

    Attributes:
        is_tight: Accept a formula below the usual floor, because there is no other way to show it.
    """

    panel: Equation
    look: Look
    is_tight: bool = False
    kind: str = "equation"

    def least(self, width: float) -> float:
        found = self._set(width - 2 * self._padding)
        floor = self.look.tokens.equation[0] * (_LAST_RESORT if self.is_tight else 1.0)
        if found.em < floor:
            return float("inf")
        return self._content_height(found, width) + 2 * self._padding

    def most(self, width: float) -> float:
        return self.least(width) + _AIR * self._padding

    def filled(self, box: Box) -> float:
        return content_area(self.place(box).items[1:], box, 1.25 * self._padding)

    def place(self, box: Box) -> Placed:
        palette = self.look.palette
        found = self._set(box.width - 2 * self._padding)
        top = box.y + max(0.0, box.height - self._content_height(found, box.width)) / 2
        width = found.typeset.width * found.em
        formula = Box(box.centre_x - width / 2, top, width, found.height)
        caption = set_paragraph(
            self._caption(found, box.width),
            (box.centre_x, formula.bottom + self._gap),
            Ink(Role.CAPTION, palette.muted, palette.tint),
            align=Align.CENTRE,
        )
        drawn = Formula(found.latex, formula, palette.ink, palette.tint)
        return Placed((tinted(box, palette.tint, self.look), drawn, *caption), formula)

    def _set(self, width: float) -> _Set:
        """The long form where it is comfortable to read, else the short one if there is one."""
        equation, (smallest, _) = self.panel, self.look.tokens.equation
        long = self._at(equation.latex, width)
        if equation.short is None or long.em >= _COMFORT * smallest:
            return long
        short = self._at(equation.short, width)
        return short if short.em > long.em else long

    def _at(self, latex: str, width: float) -> _Set:
        found = typeset(latex, self.look.palette.ink)
        return _Set(latex, found, min(self.look.tokens.equation[1], width / found.width))

    def _content_height(self, found: _Set, width: float) -> float:
        return found.height + self._gap + self._caption(found, width).height

    def _caption(self, found: _Set, width: float) -> Paragraph:
        """The caption; below a large formula it is as large as running text."""
        tokens = self.look.tokens
        is_large = found.em > _LARGE * tokens.equation[1]
        style = tokens.style(tokens.body_start if is_large else tokens.caption, 450, leading=1.3)
        return paragraph(
            self.look.say(self.panel.caption, self.panel.caption_shorter),
            style,
            width - 2 * self._padding,
            balanced=True,
        )

    @property
    def _gap(self) -> float:
        return self.look.tokens.gap * 2

    @property
    def _padding(self) -> float:
        return self.look.tokens.padding

"""Owns formulas on a tile: nothing but the formula, as large as its frame allows, on a tint."""

from dataclasses import dataclass

from bot.collage.box import Box
from bot.collage.formulas.equation import typeset
from bot.collage.frame import Formula
from bot.collage.panels.block import Look, Placed, tinted
from bot.model.panel import Equation


@dataclass(frozen=True, slots=True)
class FormulaBlock:
    """A measured formula."""

    panel: Equation
    look: Look
    kind: str = "equation"

    def least(self, width: float) -> float:
        latex, em = self._set(width)
        is_small = em < self.look.tokens.equation[0]
        return float("inf") if is_small else self._height(latex, self.look.tokens.equation[0]) + 2 * self._padding

    def most(self, width: float) -> float:
        latex, em = self._set(width)
        return self._height(latex, em) + 6 * self._padding

    def filled(self, box: Box) -> float:
        return min(box.area, box.width * self.most(box.width))

    def place(self, box: Box) -> Placed:
        palette = self.look.palette
        latex, em = self._set(box.width)
        size = typeset(latex, palette.ink)
        em = min(em, (box.height - 2 * self._padding) / size.height)
        width, height = size.width * em, size.height * em
        formula = Box(box.centre_x - width / 2, box.centre_y - height / 2, width, height)
        drawn = Formula(latex, formula, palette.ink, palette.tint)
        return Placed((tinted(box, palette.tint, self.look), drawn), formula)

    def _set(self, width: float) -> tuple[str, float]:
        """The form of the formula that can be larger at *width*, the long one if both can, and its em."""
        forms = (self.panel.latex, self.panel.short or self.panel.latex)
        room, largest = width - 2 * self._padding, self.look.tokens.equation[1]
        ems = [min(largest, room / typeset(latex, self.look.palette.ink).width) for latex in forms]
        return forms[ems.index(max(ems))], max(ems)

    def _height(self, latex: str, em: float) -> float:
        return typeset(latex, self.look.palette.ink).height * em

    @property
    def _padding(self) -> float:
        return self.look.tokens.padding

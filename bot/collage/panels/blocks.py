"""Owns which block lays out which panel."""

from bot.collage.panels.block import Block, Look
from bot.collage.panels.chart import ChartBlock
from bot.collage.panels.equation import EquationBlock
from bot.collage.panels.number import NumberBlock
from bot.collage.panels.statement import StatementBlock
from bot.collage.panels.text import TextBlock
from bot.collage.spec import Shown, Statement
from bot.model.panel import BigNumber, Chart, Equation, Note


def block_of(panel: Shown, look: Look, *, is_tight: bool = False) -> Block:
    """Measure *panel*.

    Args:
        is_tight: Accept a formula or a diagram below the usual floor, because there is no other way to show it.
    """
    match panel:
        case BigNumber():
            return NumberBlock(panel, look)
        case Equation():
            return EquationBlock(panel, look, is_tight)
        case Chart():
            return ChartBlock(panel, look)
        case Note():
            return TextBlock(panel, look)
        case Statement():
            return StatementBlock(panel, look)
        case _:
            raise NotImplementedError(type(panel).__name__)

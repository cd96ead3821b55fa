"""Owns which block lays out which panel."""

from bot.collage.panels.block import Block, Look
from bot.collage.panels.chart import ChartBlock
from bot.collage.panels.diagram import DiagramBlock
from bot.collage.panels.equation import EquationBlock
from bot.collage.panels.figure import FigureBlock
from bot.collage.panels.note import NoteBlock
from bot.collage.panels.number import NumberBlock
from bot.collage.panels.quote import QuoteBlock
from bot.collage.panels.statement import StatementBlock
from bot.collage.panels.steps import StepsBlock
from bot.collage.panels.table import TableBlock
from bot.collage.spec import FigurePanel, Shown, Statement
from bot.model.panel import BigNumber, Chart, Diagram, Equation, Note, Quote, Steps, Table


def block_of(panel: Shown, look: Look, *, is_tight: bool = False) -> Block:
    """Measure *panel*.

    Args:
        is_tight: Accept a formula, a diagram or a figure below the usual floor, because there is no other way to show
            it.
    """
    match panel:
        case BigNumber():
            return NumberBlock(panel, look)
        case Equation():
            return EquationBlock(panel, look, is_tight)
        case Chart():
            return ChartBlock(panel, look)
        case FigurePanel():
            return FigureBlock(panel, look, is_tight)
        case Diagram():
            return DiagramBlock(panel, look, is_tight)
        case Table():
            return TableBlock(panel, look)
        case Note():
            return NoteBlock(panel, look)
        case Quote():
            return QuoteBlock(panel, look)
        case Steps():
            return StepsBlock(panel, look)
        case Statement():
            return StatementBlock(panel, look)
        case _:
            raise NotImplementedError(type(panel).__name__)

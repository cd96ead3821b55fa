"""Owns which block lays out which panel; each is imported when it is first needed: a collage shows few kinds."""

from bot.collage.panels.block import Block, Look
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
            from bot.collage.panels.number import NumberBlock

            return NumberBlock(panel, look)
        case Equation():
            from bot.collage.panels.equation import EquationBlock

            return EquationBlock(panel, look, is_tight)
        case Chart():
            from bot.collage.panels.chart import ChartBlock

            return ChartBlock(panel, look)
        case FigurePanel():
            from bot.collage.panels.figure import FigureBlock

            return FigureBlock(panel, look, is_tight)
        case Diagram():
            from bot.collage.panels.diagram import DiagramBlock

            return DiagramBlock(panel, look, is_tight)
        case Table():
            from bot.collage.panels.table import TableBlock

            return TableBlock(panel, look)
        case Note():
            from bot.collage.panels.note import NoteBlock

            return NoteBlock(panel, look)
        case Quote():
            from bot.collage.panels.quote import QuoteBlock

            return QuoteBlock(panel, look)
        case Steps():
            from bot.collage.panels.steps import StepsBlock

            return StepsBlock(panel, look)
        case Statement():
            from bot.collage.panels.statement import StatementBlock

            return StatementBlock(panel, look)
        case _:
            raise NotImplementedError(type(panel).__name__)

"""Owns the door for whoever reads content: what is wrong with a part of a panel, before anything is composed.

What draws is loaded when the first panel needs it: who only answers does without it.
"""

from bot.collage.check.hard.numerals import written_fault
from bot.model.panel import Annotation, Chart, Diagram, Equation, Figure

__all__ = ["diagram_fault", "figure_fault", "latex_fault", "target_fault", "term_fault", "written_fault"]


def diagram_fault(text: str) -> str | None:
    """Say what is wrong with a drawing and what to do about it; None when slide and portrait can show it."""
    from bot.collage.diagrams import faults

    return faults.diagram_fault(text)


def figure_fault(figure: Figure, content: bytes) -> str | None:
    """Say what is wrong with the *content* of a figure's file and what to do; None if it can be shown."""
    from bot.collage.figures import reading

    return reading.figure_fault(figure, content)


def latex_fault(latex: str) -> str | None:
    """Say what is wrong with *latex*, where the typesetter itself would draw something else without a word."""
    from bot.collage.formulas import equation

    return equation.fault_of(latex)


def target_fault(panel: Chart | Figure | Diagram, annotation: Annotation) -> str | None:
    """Say why *annotation* points at nothing in *panel*; None when it points at something."""
    from bot.collage.annotations import targets

    return targets.target_fault(panel, annotation)


def term_fault(shown: Equation) -> str | None:
    """Say which named part of an equation cannot be named, and why; None when all can."""
    from bot.collage.formulas import terms

    return terms.term_fault(shown)

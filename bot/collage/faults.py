"""Owns the door for whoever reads content: what is wrong with a part of a panel, before anything is composed."""

from bot.collage.annotations.targets import target_fault
from bot.collage.check.hard.numerals import written_fault
from bot.collage.diagrams.faults import diagram_fault
from bot.collage.figures import figure_fault
from bot.collage.formulas.equation import fault_of as latex_fault
from bot.collage.formulas.terms import term_fault

__all__ = ["diagram_fault", "figure_fault", "latex_fault", "target_fault", "term_fault", "written_fault"]

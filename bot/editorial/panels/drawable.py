"""Owns whether a panel can be drawn as meant: its formulas, its drawing, its file, what its arrows point at."""

from collections.abc import Mapping

from bot.collage.faults import diagram_fault, figure_fault, latex_fault, target_fault, term_fault
from bot.editorial.fields import Fields
from bot.model.panel import Annotation, Chart, Diagram, Equation, Figure, Panel


def check_drawable(panel: Panel, fields: Fields, files: Mapping[str, bytes]) -> None:
    """Note what the composer could not draw as *fields* say it.

    Args:
        files: The bytes of the figures, by sha256.
    """
    match panel:
        case Equation():
            _check_formulas(panel, fields)
        case Diagram():
            _check_drawing(panel, fields)
            _check_targets(panel, panel.annotations, fields)
        case Figure():
            _check_file(panel, fields, files[panel.sha256])
            _check_targets(panel, panel.annotations, fields)
        case Chart():
            _check_targets(panel, panel.annotations, fields)


def _check_formulas(equation: Equation, fields: Fields) -> None:
    for name, latex in (("latex", equation.latex), ("short", equation.short)):
        if latex and (fault := latex_fault(latex)):
            fields.fault(name, f"This LaTeX would not be set as meant: {fault}. Correct it.")
            return
    if fault := term_fault(equation):
        fields.fault("terms", f"A part of this formula cannot be named: {fault}.")


def _check_drawing(diagram: Diagram, fields: Fields) -> None:
    if fault := diagram_fault(diagram.drawing):
        fields.fault("drawing", f"This diagram cannot be drawn: {fault}.")


def _check_file(figure: Figure, fields: Fields, content: bytes) -> None:
    if fault := figure_fault(figure, content):
        fields.fault("file", f"This figure cannot be shown: {fault}.")


def _check_targets(panel: Chart | Diagram | Figure, annotations: tuple[Annotation, ...], fields: Fields) -> None:
    for annotation, line in zip(annotations, fields.lines("annotations"), strict=True):
        if fault := target_fault(panel, annotation):
            fields.faults.add(line, f"This annotation points at nothing: {fault}.")

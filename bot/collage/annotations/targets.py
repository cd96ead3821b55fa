"""Owns whether what an annotation points at exists."""

from bot.collage.charts.drawn import mark_of
from bot.collage.diagrams.language import parse
from bot.errors import CollageError
from bot.model.panel import Annotation, Chart, Diagram, Figure


def target_fault(panel: Chart | Figure | Diagram, annotation: Annotation) -> str | None:
    """Say why *annotation* points at nothing in *panel*; None when it points at something."""
    match panel:
        case Chart():
            return _chart_fault(panel, annotation.to)
        case Figure():
            return None if share_of(annotation.to) else f"{annotation.to!r} is no pair of shares such as `0.4 0.7`"
        case Diagram():
            return _diagram_fault(panel, annotation.to)


def share_of(text: str) -> tuple[float, float] | None:
    """Read two shares of width and height, ``0.4 0.7``; None when that is not what *text* is."""
    try:
        across, down = (float(part) for part in text.split())
    except ValueError:
        return None
    return (across, down) if 0 <= across <= 1 and 0 <= down <= 1 else None


def _diagram_fault(diagram: Diagram, to: str) -> str | None:
    try:
        names = [node.name for node in parse(diagram.drawing).nodes]
    except CollageError:
        return None  # a drawing that cannot be read is a fault of its own
    name, share = node_of(to)
    if name not in names:
        return f"the drawing has no node {name!r}; it has {', '.join(names)}"
    return None if share or name == to else f"{to!r} is no node with a pair of shares such as `{name} 0.8 0.2`"


def node_of(to: str) -> tuple[str, tuple[float, float] | None]:
    """The node that ``gate`` or ``gate 0.8 0.2`` names, and the place in it as shares of its width and height."""
    name, _, rest = to.partition(" ")
    return name, share_of(rest)


def _chart_fault(chart: Chart, to: str) -> str | None:
    if mark_of(chart, to):
        return None
    names = chart.categories or tuple(label for series in chart.series for label in series.labels if label)
    series = ", ".join(series.name for series in chart.series)
    return (
        f"the chart has no value {to!r}; write `series @ category` with one of {series} and one of {', '.join(names)}"
    )

"""Owns baselines: the dashed line that everything else in a chart is read against, with its name."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from bot.collage.box import Box
from bot.collage.charts.labels import Floor
from bot.collage.charts.plane import Plane
from bot.collage.charts.values import ChartLook
from bot.collage.frame import Curve, Item, Role, Text
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import Paragraph, paragraph
from bot.collage.lettering.typeset import Align, set_line, set_paragraph
from bot.model.panel import Chart

_THIN = 0.5  # of the stroke of a curve
_AT_END = 1.0  # em from the side of the plane: a name farther inside looks like that of a point
_BELOW = 0.45  # em between the name of an upright line and the line


def head_height(chart: Chart, style: ChartLook, width: float) -> float:
    """The height that the name of an upright baseline takes above the chart; 0 without one."""
    name = _name(chart, style, width)
    return name.height + (_BELOW + 0.35) * name.size if name else 0.0


def upright(
    chart: Chart, style: ChartLook, box: Box, *, at: Callable[[float], float], items: Iterable[Item]
) -> Iterator[Item]:
    """An upright line through *box* with its name above, interrupted where letters among *items* stand.

    Args:
        at: From a value to its x.
    """
    name = _name(chart, style, box.width)
    if chart.baseline is None or name is None:
        return
    x = at(chart.baseline.value)
    left = min(max(box.x, x - name.width / 2), box.right - name.width)
    ink = style.ink(Role.SERIES_NAME, style.look.palette.muted)
    yield from set_paragraph(name, (left + name.width / 2, box.y), ink, align=Align.CENTRE)
    air = 0.25 * name.size
    letters = [item.box.inset(-air) for item in items if isinstance(item, Text)]
    y = box.y + name.height + _BELOW * name.size
    for letter in sorted((each for each in letters if each.x < x < each.right), key=lambda each: each.y):
        if letter.y - y > name.size / 2:
            yield _line(style, (x, y), (x, letter.y))
        y = max(y, letter.bottom)
    if box.bottom - y > name.size / 2:
        yield _line(style, (x, y), (x, box.bottom))


def level(chart: Chart, plane: Plane, floor: Floor) -> tuple[Item, ...]:
    """A level line across *plane* with its name above or below; nothing where the name finds no room on *floor*."""
    if chart.baseline is None:
        return ()
    y = plane.y.at(chart.baseline.value)
    line = _line(plane.style, (plane.box.x, y), (plane.box.right, y))
    free = [text for text in _beside(chart.baseline.label, plane, y) if floor.is_free(text.box)]
    edges = plane.box.inset(_AT_END * plane.style.name.size)
    ends = [text for text in free if text.box.x < edges.x or text.box.right > edges.right]
    name = max(ends or free, key=lambda text: floor.clearance(text.box), default=None)
    if name is None:
        return ()
    floor.take([name])
    floor.unloved += pairwise(line.points)
    return line, name


def _beside(label: str, plane: Plane, y: float) -> Iterator[Text]:
    """The name above and below the line, at its ends and between."""
    style = plane.style.name
    ink = plane.style.ink(Role.SERIES_NAME, plane.style.look.palette.muted)
    box = plane.box.inset(0.3 * style.size)
    for share, align in ((1.0, Align.RIGHT), (0.0, Align.LEFT), (0.5, Align.CENTRE), (0.75, Align.CENTRE)):
        for baseline in (y - 0.4 * style.size, y + (0.45 + CAP) * style.size):
            yield set_line(label, (box.x + share * box.width, baseline), style, ink, align=align)


def _line(style: ChartLook, start: tuple[float, float], end: tuple[float, float]) -> Curve:
    stroke = style.look.tokens.stroke
    return Curve((start, end), style.look.palette.muted, _THIN * stroke, Role.RULE, dash=2 * stroke)


def _name(chart: Chart, style: ChartLook, width: float) -> Paragraph | None:
    return paragraph(chart.baseline.label, style.name, width, balanced=True) if chart.baseline else None

"""Owns charts without a word: curves, bars, ranges or dots, and nothing to read."""

from collections.abc import Iterator, Sequence

from bot.collage.box import Box
from bot.collage.charts.axes import Axis, axis_for
from bot.collage.charts.lanes import Entry, Lanes
from bot.collage.charts.values import ChartLook, Row, rows_of
from bot.collage.frame import Curve, Item, Point, Role, Surface
from bot.collage.panels.block import Look
from bot.model.panel import Chart, ChartKind

_BETWEEN, _AROUND = 0.12, 0.6  # of a bar's thickness: between bars of one category, and between categories
_AIR = 0.04  # of the width: what dots need beyond the ends of their scale
_THICK = 1.3  # times the strokes of a chart that is read


def sparkline(chart: Chart, look: Look, room: Box) -> tuple[Item, ...]:
    """Draw *chart* in *room* without ticks, values and names; nothing when it has no values."""
    rows = rows_of(chart, look)
    if not rows:
        return ()
    inner = room.inset(2.5 * _THICK * look.tokens.stroke)
    if chart.kind is ChartKind.SCATTER:
        return tuple(_dots(chart, rows, look, inner))
    if chart.kind is ChartKind.LINE and len(chart.categories) > 1:
        return tuple(_curves(chart, rows, look, inner))
    return tuple(_lanes(chart, look, room))


def _curves(chart: Chart, rows: Sequence[Row], look: Look, room: Box) -> Iterator[Item]:
    y = _upright(chart, [value for row in rows for value in row.values if value is not None], room)
    count = len(chart.categories)
    x = Axis(0, count - 1, (0,), False, room.x, room.right)
    for row in sorted(rows, key=lambda row: row.is_highlight):
        places = [(x.at(i), y.at(value)) for i, value in enumerate(row.values[:count]) if value is not None]
        thick = _THICK * look.tokens.stroke * (1.0 if row.is_highlight else 0.75)
        if len(places) > 1:
            yield Curve(tuple(places), row.colour, thick)
        yield from (Point(*place, 1.6 * thick, row.colour) for place in places)


def _dots(chart: Chart, rows: Sequence[Row], look: Look, room: Box) -> Iterator[Item]:
    found = [
        (at, value, row.colour)
        for row in sorted(rows, key=lambda row: row.is_highlight)
        for at, value in zip(row.series.x, row.values, strict=False)
        if value is not None
    ]
    if not found:
        return
    y = _upright(chart, [value for _, value, _ in found], room)
    x = axis_for((at for at, _, _ in found), log=chart.log_x).between(room.x, room.right)
    for at, value, colour in found:
        yield Point(x.at(at), y.at(value), 2.5 * look.tokens.stroke, colour)


def _upright(chart: Chart, values: Sequence[float], room: Box) -> Axis:
    return axis_for(values, log=chart.log_y).between(room.bottom, room.y)


def _lanes(chart: Chart, look: Look, room: Box) -> Iterator[Item]:
    """Lying bars from zero; on a logarithmic scale, which has no zero, and for ranges dots."""
    groups = Lanes(chart, ChartLook(look)).groups()
    if not groups:
        return
    thickness = min(look.tokens.bar, room.height / sum(_height(group) for group in groups))
    x, y = _along(chart, groups, room), room.centre_y - thickness * (sum(map(_height, groups)) - _AROUND) / 2
    for group in groups:
        for entry in group:
            yield from _stripe(chart, look, entry, (x, Box(room.x, y, room.width, thickness)))
            y += (1 + _BETWEEN) * thickness
        y += (_AROUND - _BETWEEN) * thickness


def _height(group: Sequence[Entry]) -> float:
    """Of a category, in thicknesses."""
    return len(group) + _BETWEEN * (len(group) - 1) + _AROUND


def _along(chart: Chart, groups: Sequence[Sequence[Entry]], room: Box) -> Axis:
    values = [value for group in groups for entry in group for value in _values(entry)]
    if _is_dotted(chart):
        return axis_for(values, log=chart.log_y).between(room.x + _AIR * room.width, room.right - _AIR * room.width)
    low, high = min(0.0, *values), max(0.0, *values)
    return Axis(low, high if high > low else low + 1.0, (0.0,), False, room.x, room.right)


def _values(entry: Entry) -> Iterator[float]:
    yield entry.value
    yield from (end[0] for end in (entry.low, entry.high) if end)


def _is_dotted(chart: Chart) -> bool:
    return chart.kind is ChartKind.RANGE or chart.log_y


def _stripe(chart: Chart, look: Look, entry: Entry, place: tuple[Axis, Box]) -> Iterator[Item]:
    x, box = place
    if _is_dotted(chart):
        yield from _dotted(look, entry, x, box)
        return
    zero, end = x.at(0.0), x.at(entry.value)
    bar = Box(min(zero, end), box.y, max(look.tokens.hairline, abs(end - zero)), box.height)
    yield Surface(bar, entry.row.colour, Role.BAR, radius=min(box.height / 6, bar.width / 2))


def _dotted(look: Look, entry: Entry, x: Axis, box: Box) -> Iterator[Item]:
    """A dot on the bar of its range, or at the end of a line."""
    stroke, at = look.tokens.stroke, (x.at(entry.value), box.centre_y)
    half = min(stroke, 0.25 * box.height)
    low, high = (x.at(end[0] if end else entry.value) for end in (entry.low, entry.high))
    if high > low:
        yield Surface(Box(low, at[1] - half, high - low, 2 * half), entry.row.colour, Role.BAR, radius=half)
    else:
        yield Curve(((box.x, at[1]), at), entry.row.colour, half)
    yield Point(*at, min(3 * stroke, 0.5 * box.height), entry.row.colour)

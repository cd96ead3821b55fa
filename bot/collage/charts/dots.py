"""Owns dot charts: one lane per category, values as dots on a scale, their ranges as bars from low to high.

Ranges are drawn so, and bars on a logarithmic scale: such a scale has no zero, and a bar must begin at zero.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.collage.box import Box
from bot.collage.charts.axes import Axis, axis_for
from bot.collage.charts.baseline import head_height, upright
from bot.collage.charts.drawn import Drawn, Mark
from bot.collage.charts.lanes import Entry, Lanes
from bot.collage.charts.values import ChartLook
from bot.collage.frame import Curve, Item, Point, Role, Surface, Text
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import width_of
from bot.collage.lettering.typeset import Align, Ink, set_line
from bot.model.panel import Chart

_STRIPE = 1.5  # em: the height of a value
_TALL = 2.2  # em: of a value with a range, whose own text stands above it
_FOOT = 1.7  # em: the row of ticks below
_TICKS = 4
_DOT = 2.4  # strokes: the radius of the dot on a range, with its rim
_LEAST_SHARE = 0.18  # of the width: on a shorter scale nothing can be compared


@dataclass(frozen=True, slots=True)
class Dots:
    """The dots of a chart, measured."""

    chart: Chart
    style: ChartLook

    @property
    def shapes(self) -> tuple[float, float]:
        """Width by height between which the chart looks well: flattest, steepest."""
        return 3.0, 1.2

    @property
    def narrowest(self) -> float:
        """The smallest width the chart can be read at."""
        return 17 * self.style.tick.size

    def least(self, width: float) -> float:
        """The smallest height at which values and names are readable; infinite when they leave no room for a scale."""
        axis = self._axis(self._lanes.indent(width), width)
        if axis.end - axis.start < _LEAST_SHARE * width:
            return math.inf
        return self._lanes.least(width, 0.8 * self._stripe) + self._around(width)

    def most(self, width: float) -> float:
        """The height at which the lanes are as far apart as they may be."""
        return max(self.least(width), 1.5 * self._lanes.factor * self._stripe + self._around(width))

    def drawn(self, box: Box) -> Drawn:
        """Draw the chart in *box*."""
        head, em = head_height(self.chart, self.style, box.width), self.style.tick.size
        plane = Box(box.x, box.y + head, box.width, box.height - head - _FOOT * em)
        thickness = min(1.5 * self._stripe, plane.height / self._lanes.factor)
        left = box.x + self._lanes.indent(box.width)
        axis = self._axis(left, box.right)
        items: list[Item] = []
        marks: dict[Mark, Box] = {}
        for lane in self._lanes.laid(plane, thickness):
            items += self._lanes.name(lane, left - self.style.gap)
            for entry, top in lane.slots(thickness):
                drawn = list(self._value(entry, axis, Box(left, top, box.right - left, thickness)))
                items += drawn
                marks[entry.row.index, entry.place] = next(item for item in drawn if isinstance(item, Point)).box
        scale = list(self._scale(axis, Box(left, plane.y, box.right - left, plane.height)))
        behind = upright(self.chart, self.style, box.inset(0), at=axis.at, items=(*items, *scale))
        return Drawn((*scale, *behind, *items), marks)

    @property
    def _lanes(self) -> Lanes:
        return Lanes(self.chart, self.style)

    @property
    def _stripe(self) -> float:
        has_range = any(row.low or row.high for row in self.chart.series)
        return (_TALL if has_range else _STRIPE) * self.style.value.size

    def _around(self, width: float) -> float:
        return head_height(self.chart, self.style, width) + _FOOT * self.style.tick.size

    def _axis(self, left: float, right: float) -> Axis:
        """The scale, with room for the texts that stand before low and behind high ends."""
        entries = [entry for group in self._lanes.groups() for entry in group]
        ends = [end for entry in entries for end in (entry.low, entry.high) if end]
        values = [*(entry.value for entry in entries), *(value for value, _ in ends)]
        if self.chart.baseline:
            values.append(self.chart.baseline.value)
        before = max((self._text_width(entry.low[1]) for entry in entries if entry.low), default=0.0)
        behind = max((self._text_width(entry.high[1] if entry.high else entry.text) for entry in entries), default=0.0)
        named = max((width_of(entry.name, self.style.name) for entry in entries if entry.name), default=0.0)
        axis = _trimmed(axis_for(values, log=self.chart.log_y, count=_TICKS), values)
        return axis.between(left + before, right - behind - (named + self.style.gap if named else 0.0))

    def _text_width(self, text: str) -> float:
        return width_of(text, self.style.value) + 1.6 * self.style.gap

    def _value(self, entry: Entry, axis: Axis, stripe: Box) -> Iterator[Item]:
        """A dot with its value: on a hairline from the edge, or on the bar of its range."""
        x, stroke = axis.at(entry.value), self.style.look.tokens.stroke
        if entry.low is None and entry.high is None:
            y = stripe.centre_y
            yield Curve(((stripe.x, y), (x, y)), entry.row.colour, 0.4 * stroke)
            yield Point(x, y, 1.9 * stroke, entry.row.colour)
            yield from self._behind(entry, x + 1.9 * stroke, y, entry.text, self._ink(entry, Role.VALUE))
            return
        y = stripe.bottom - (stripe.height - _TALL * self.style.value.size) / 2 - 0.6 * self.style.value.size
        yield from self._range(entry, axis, y)
        yield Point(x, y, _DOT * stroke, self.style.look.palette.card, Role.RULE)
        yield Point(x, y, 1.8 * stroke, entry.row.name_colour)
        above = y - 2.0 * stroke - 0.35 * self.style.value.size
        yield set_line(entry.text, (x, above), self.style.value, self._ink(entry, Role.VALUE), align=Align.CENTRE)

    def _range(self, entry: Entry, axis: Axis, y: float) -> Iterator[Item]:
        """The bar from low to high with both written at its ends."""
        stroke, ink = self.style.look.tokens.stroke, self._ink(entry, Role.TICK)
        low, high = (axis.at(end[0] if end else entry.value) for end in (entry.low, entry.high))
        thick, dot, gap = 1.5 * stroke, _DOT * stroke, 0.8 * self.style.gap
        x = axis.at(entry.value)
        yield Surface(Box(low, y - thick / 2, high - low, thick), entry.row.colour, Role.BAR, radius=thick / 2)
        if entry.low:
            at = (min(low - gap, x - dot - 0.25 * gap), y + CAP * self.style.tick.size / 2)
            yield set_line(entry.low[1], at, self.style.tick, ink, align=Align.RIGHT)
        yield from self._behind(entry, max(high, x + dot - 0.75 * gap), y, entry.high[1] if entry.high else "", ink)

    def _behind(self, entry: Entry, x: float, y: float, text: str, ink: Ink) -> Iterator[Text]:
        """A text behind the mark, then the name of the series where it appears first."""
        style = self.style.value if ink.role is Role.VALUE else self.style.tick
        baseline = y + CAP * style.size / 2
        value = set_line(text, (x + 0.8 * self.style.gap, baseline), style, ink)
        if text:
            yield value
        if entry.name:
            at = (value.box.right + self.style.gap, baseline)
            yield set_line(entry.name, at, self.style.name, self._ink(entry, Role.SERIES_NAME))

    def _ink(self, entry: Entry, role: Role) -> Ink:
        palette = self.style.look.palette
        return self.style.ink(role, palette.muted if role is Role.TICK else entry.row.name_colour)

    def _scale(self, axis: Axis, plane: Box) -> Iterator[Item]:
        """Upright hairlines with their ticks below."""
        palette, tick, hairline = self.style.look.palette, self.style.tick, self.style.look.tokens.hairline
        ink, right = Ink(Role.TICK, palette.muted, palette.card), float("-inf")
        for value, label in zip(axis.ticks, axis.labels(), strict=True):
            x = axis.at(value)
            yield Surface(Box(x - hairline / 2, plane.y, hairline, plane.height), palette.line, Role.RULE)
            text = set_line(label, (x, plane.bottom + 1.25 * tick.size), tick, ink, align=Align.CENTRE)
            if text.box.x >= right + 0.5 * tick.size and text.box.right <= plane.right:
                yield text
                right = text.box.right


def _trimmed(axis: Axis, values: Sequence[float]) -> Axis:
    """A linear axis without the ends that reach beyond the data: every unit of length is dear here."""
    low, high = min(values), max(values)
    ticks = tuple(tick for tick in axis.ticks if low <= tick <= high)
    return axis if axis.log or len(ticks) < 2 else Axis(low, high, ticks)

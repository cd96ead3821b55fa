"""Owns bar charts: lying bars from zero, their values behind them, their categories before them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from bot.collage.box import Box, cover
from bot.collage.charts.baseline import head_height, upright
from bot.collage.charts.drawn import Drawn, Mark
from bot.collage.charts.lanes import Entry, Lanes
from bot.collage.charts.values import ChartLook
from bot.collage.frame import Item, Role, Surface, Text
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import width_of
from bot.collage.lettering.typeset import Ink, set_line
from bot.model.panel import Chart

_BARS_SHARE = 0.3  # of the width: less makes bars hard to compare
_LEAST_SHARE = 0.12  # of the width: less shows no bars at all


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a chart, measured."""

    chart: Chart
    style: ChartLook

    @property
    def shapes(self) -> tuple[float, float]:
        """Width by height between which the chart looks well: flattest, steepest."""
        return 3.0, 1.2

    @property
    def narrowest(self) -> float:
        """The smallest width the chart can be read at."""
        return 14 * self.style.tick.size

    def is_cramped(self, width: float) -> bool:
        """True when words leave too little of *width* to the bars."""
        return self._room(width) < _BARS_SHARE * width

    def least(self, width: float) -> float:
        """The smallest height at which values and names are readable; infinite when they leave no room for bars."""
        if self._room(width) < _LEAST_SHARE * width:
            return math.inf
        return self._lanes.least(width, 1.06 * self.style.value.size) + head_height(self.chart, self.style, width)

    def most(self, width: float) -> float:
        """The height at which the bars are as thick as they may be."""
        thickest = self._lanes.factor * self.style.look.tokens.bar * 1.15
        return max(self.least(width), thickest + head_height(self.chart, self.style, width))

    def drawn(self, box: Box) -> Drawn:
        """Draw the bars in *box*."""
        head = head_height(self.chart, self.style, box.width)
        below = Box(box.x, box.y + head, box.width, box.height - head)
        left = box.x + self._lanes.indent(box.width)
        thickness = min(self.style.look.tokens.bar, below.height / self._lanes.factor)
        unit = self._unit(box.right - left)
        zero = left + unit * self._most_negative()
        items: list[Item] = []
        marks: dict[Mark, Box] = {}
        for lane in self._lanes.laid(below, thickness):
            items += self._lanes.name(lane, left - self.style.gap)
            for entry, top in lane.slots(thickness):
                bar = self._bar(entry, Box(zero, top, unit, thickness))
                tail = list(self._tail(entry, max(zero, bar.box.right) + self.style.gap, bar.box.centre_y))
                items += [bar, *tail]
                marks[entry.row.index, entry.place] = _end(bar.box, tail[0].box)
        hairline = self.style.look.tokens.hairline
        axis = Box(zero - hairline, below.y, hairline, below.height)
        behind = upright(self.chart, self.style, box, at=lambda value: zero + value * unit, items=items)
        return Drawn((*behind, Surface(axis, self.style.look.palette.grey, Role.RULE), *items), marks)

    @property
    def _lanes(self) -> Lanes:
        return Lanes(self.chart, self.style)

    def _room(self, width: float) -> float:
        """What the longest words leave of *width* to the bars."""
        tails = [self._tail_width(entry) for group in self._lanes.groups() for entry in group]
        return width - self._lanes.indent(width) - max(tails, default=0.0)

    def _bar(self, entry: Entry, start: Box) -> Surface:
        """The bar of a value, those of negative ones left of zero; *start* is as wide as a value of one."""
        length = max(self.style.look.tokens.hairline, abs(entry.value) * start.width)
        box = Box(start.x if entry.value >= 0 else start.x - length, start.y, length, start.height)
        return Surface(box, entry.row.colour, Role.BAR, radius=min(6.0, box.height / 6, length / 2))

    def _tail(self, entry: Entry, x: float, middle: float) -> Iterator[Text]:
        """The value behind a bar, and the name of its series where it appears first."""
        style, name = self.style.value, self.style.name
        ink = Ink(Role.VALUE, entry.row.name_colour, self.style.look.palette.card)
        baseline = middle + CAP * style.size / 2
        value = set_line(entry.text, (x, baseline), style, ink)
        yield value
        if entry.name:
            after = value.box.right + self.style.gap
            yield set_line(entry.name, (after, baseline), name, Ink(Role.SERIES_NAME, ink.colour, ink.background))

    def _unit(self, room: float) -> float:
        """Design units per unit of length, so that all bars and their labels fit."""
        negative = self._most_negative()
        entries = [entry for group in self._lanes.groups() for entry in group]
        reaches = [(negative + max(0.0, entry.value), self._tail_width(entry)) for entry in entries]
        if self.chart.baseline:
            reaches.append((negative + max(0.0, self.chart.baseline.value), self.style.gap))
        return max(0.0, min(((room - tail) / reach for reach, tail in reaches if reach > 0), default=0.0))

    def _most_negative(self) -> float:
        """The length of the longest bar left of zero."""
        values = [entry.value for group in self._lanes.groups() for entry in group]
        if self.chart.baseline:
            values.append(self.chart.baseline.value)
        return max(0.0, -min(values, default=0.0))

    def _tail_width(self, entry: Entry) -> float:
        gap = self.style.gap
        value = gap + width_of(entry.text, self.style.value) + 2
        return value + (gap + width_of(entry.name, self.style.name) if entry.name else 0.0)


def _end(bar: Box, value: Box) -> Box:
    """Where an arrow ends that means a bar: at its end with the value behind it."""
    reach = min(bar.width, bar.height / 2)
    return cover((Box(bar.right - reach, bar.centre_y - 0.2 * bar.height, reach, 0.4 * bar.height), value))

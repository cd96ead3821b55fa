"""Owns bar charts: lying bars from zero, their values behind them, their categories before them."""

import math
from dataclasses import dataclass, replace

from bot.collage.charts.values import ChartLook, Row, rows_of
from bot.collage.fonts import CAP
from bot.collage.frame import Box, Item, Role, Surface, Text
from bot.collage.measure import Paragraph, paragraph, width_of
from bot.collage.typeset import Align, Ink, set_line, set_paragraph
from bot.model.panel import Chart

_BETWEEN_BARS = 0.14  # of a bar's thickness
_BETWEEN_GROUPS = 0.75
_LABEL_SHARE = 0.36  # of the width, at most, for the names of the categories


@dataclass(frozen=True, slots=True)
class _Bar:
    row: Row
    value: float
    text: str
    name: str = ""


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

    def least(self, width: float) -> float:
        """The smallest height at which values and names are readable."""
        thinnest = 1.06 * self.style.value.size
        names = max((name.height for name in self._names(width)), default=0.0) * 1.2
        groups = self._groups()
        return max(self._factor() * thinnest, names * len(groups) + 0.3 * thinnest * (len(groups) - 1))

    def most(self, width: float) -> float:
        """The height at which the bars are as thick as they may be."""
        return max(self.least(width), self._factor() * self.style.look.tokens.bar * 1.15)

    def items(self, box: Box) -> tuple[Item, ...]:
        """Draw the bars in *box*."""
        groups, names = self._groups(), self._names(box.width)
        left = box.x + max((name.width for name in names), default=0.0) + self.style.gap
        thickness = min(self.style.look.tokens.bar, box.height / self._factor())
        unit = self._unit(groups, box.right - left)
        zero = left + unit * self._most_negative(groups)
        items: list[Item] = []
        y = box.y
        for group, name, height in zip(groups, names, self._pitches(groups, thickness, box.height), strict=True):
            items += self._name(name, left - self.style.gap, y + height / 2)
            items += self._bars(group, (zero, y + height / 2), thickness, unit)
            y += height
        axis = Box(zero - self.style.look.tokens.hairline, box.y, self.style.look.tokens.hairline, box.height)
        return (Surface(axis, self.style.look.palette.grey, Role.RULE), *items)

    def _name(self, name: Paragraph, right: float, middle: float) -> tuple[Text, ...]:
        ink = Ink(Role.SERIES_NAME, self.style.look.palette.ink, self.style.look.palette.card)
        return set_paragraph(name, (right, middle - name.height / 2 + 0.06 * name.size), ink, align=Align.RIGHT)

    def _bars(self, group: list[_Bar], at: tuple[float, float], thickness: float, unit: float) -> list[Item]:
        """The bars of one category, those of negative values left of zero, with what is written behind them."""
        zero, top = at[0], at[1] - self._group_height(len(group), thickness) / 2
        items: list[Item] = []
        for bar in group:
            length = max(self.style.look.tokens.hairline, self._length(bar.value) * unit)
            box = Box(zero if bar.value >= 0 else zero - length, top, length, thickness)
            items.append(Surface(box, bar.row.colour, Role.BAR, radius=min(6.0, thickness / 6, length / 2)))
            items += self._tail(bar, max(zero, box.right) + self.style.gap, box.centre_y)
            top += thickness * (1 + _BETWEEN_BARS)
        return items

    def _tail(self, bar: _Bar, x: float, middle: float) -> list[Item]:
        """The value behind a bar, and the name of its series where it appears first."""
        style, name = self.style.value, self.style.name
        ink = Ink(Role.VALUE, bar.row.name_colour, self.style.look.palette.card)
        baseline = middle + CAP * style.size / 2
        value = set_line(bar.text, (x, baseline), style, ink)
        if not bar.name:
            return [value]
        after = value.box.right + self.style.gap
        return [value, set_line(bar.name, (after, baseline), name, Ink(Role.SERIES_NAME, ink.colour, ink.background))]

    def _groups(self) -> list[list[_Bar]]:
        """The bars of each category that has any; a series is named at its first bar, unless each has but one."""
        rows = rows_of(self.chart, self.style.look)
        groups = [self._group(rows, index) for index in range(len(self.chart.categories))]
        if max((len(group) for group in groups), default=0) > 1:
            unnamed = {row.series.name for row in rows}
            groups = [[self._named(bar, unnamed) for bar in group] for group in groups]
        return [group for group in groups if group]

    def _named(self, bar: _Bar, unnamed: set[str]) -> _Bar:
        name = bar.row.series.name
        if name not in unnamed:
            return bar
        unnamed.remove(name)
        return replace(bar, name=name)

    def _group(self, rows: tuple[Row, ...], index: int) -> list[_Bar]:
        if self.chart.emphasis and self.chart.categories[index] not in self.chart.emphasis:
            rows = tuple(self._faded(row) for row in rows)
        found: list[_Bar] = []
        for row in rows:
            value = row.values[index] if index < len(row.values) else None
            if value is not None:
                found.append(_Bar(row, value, row.texts[index]))
        return found

    def _faded(self, row: Row) -> Row:
        palette = self.style.look.palette
        return replace(row, colour=palette.grey, name_colour=palette.muted, is_highlight=False)

    def _names(self, width: float) -> list[Paragraph]:
        rows = rows_of(self.chart, self.style.look)
        shown = [name for i, name in enumerate(self.chart.categories) if self._group(rows, i)]
        style = self.style.category
        room = min(width * _LABEL_SHARE, max((width_of(name, style) for name in shown), default=0.0) + 2)
        return [paragraph(name, style, room) for name in shown]

    def _factor(self) -> float:
        """The height of the whole chart in thicknesses of a bar."""
        groups = self._groups()
        return sum(self._group_height(len(group), 1.0) for group in groups) + _BETWEEN_GROUPS * len(groups)

    def _group_height(self, count: int, thickness: float) -> float:
        return thickness * (count + _BETWEEN_BARS * (count - 1))

    def _pitches(self, groups: list[list[_Bar]], thickness: float, height: float) -> list[float]:
        """The height of each group, all of *height* shared out."""
        own = [self._group_height(len(group), thickness) for group in groups]
        air = (height - sum(own)) / len(own)
        return [each + air for each in own]

    def _unit(self, groups: list[list[_Bar]], room: float) -> float:
        """Design units per unit of length, so that all bars and their labels fit."""
        negative = self._most_negative(groups)
        reaches = [
            (negative + (self._length(bar.value) if bar.value > 0 else 0.0), self._tail_width(bar))
            for group in groups
            for bar in group
        ]
        return max(0.0, min(((room - tail) / reach for reach, tail in reaches if reach > 0), default=0.0))

    def _most_negative(self, groups: list[list[_Bar]]) -> float:
        """The length of the longest bar left of zero."""
        return max((self._length(bar.value) for group in groups for bar in group if bar.value < 0), default=0.0)

    def _tail_width(self, bar: _Bar) -> float:
        gap = self.style.gap
        value = gap + width_of(bar.text, self.style.value) + 2
        return value + (gap + width_of(bar.name, self.style.name) if bar.name else 0.0)

    def _length(self, value: float) -> float:
        if not self.chart.log_y:
            return abs(value)
        values = [bar.value for group in self._groups() for bar in group if bar.value > 0]
        floor = math.floor(math.log10(min(values, default=1.0)) - 0.3)
        return max(0.0, math.log10(value) - floor) if value > 0 else 0.0

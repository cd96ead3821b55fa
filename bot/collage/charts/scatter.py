"""Owns scatter charts: points on two axes, their names beside them."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.collage.charts.axes import axis_for
from bot.collage.charts.labels import Floor
from bot.collage.charts.plane import Plane, foot_height, plane_box
from bot.collage.charts.values import ChartLook, Row, rows_of
from bot.collage.fonts import CAP
from bot.collage.frame import Box, Item, Point, Role, Text
from bot.collage.typeset import Align, Ink, set_line
from bot.model.panel import Chart

_STEEPEST = 0.95  # height of the plane by its width


@dataclass(frozen=True, slots=True)
class Scatter:
    """A scatter chart, measured."""

    chart: Chart
    style: ChartLook

    @property
    def shapes(self) -> tuple[float, float]:
        """Width by height between which the chart looks well: flattest, steepest."""
        return 2.0, 1.0

    @property
    def narrowest(self) -> float:
        """The smallest width the chart can be read at."""
        return 20 * self.style.tick.size

    def least(self, width: float) -> float:
        """The smallest height at which the shape of the data can be seen."""
        return max(0.32 * width, 10 * self.style.tick.size) + foot_height(self.style, self.chart.x_label)

    def most(self, width: float) -> float:
        """The height at which the plane is nearly square."""
        return max(self.least(width), _STEEPEST * width)

    def items(self, box: Box) -> tuple[Item, ...]:
        """Draw the chart in *box*."""
        rows = rows_of(self.chart, self.style.look)
        plane, key = self._plane(box, rows), list(self._key(rows, box))
        marks = [item for row in sorted(rows, key=lambda r: r.is_highlight) for item in self._marks(row, plane)]
        around = tuple(plane.furniture(plane.x.labels(), self.chart.x_label))
        floor = Floor(Box(box.x, box.y, box.width, plane.box.bottom - box.y))
        floor.take([*key, *marks, *(item for item in around if isinstance(item, Text))])
        labels = [
            text for row in sorted(rows, key=lambda r: not r.is_highlight) for text in self._names(row, plane, floor)
        ]
        return (*around, *key, *marks, *labels)

    @property
    def _has_key(self) -> bool:
        """The series are named above the plane where their points carry other names."""
        return len(self.chart.series) > 1 and any(any(series.labels) for series in self.chart.series)

    def _plane(self, outer: Box, rows: tuple[Row, ...]) -> Plane:
        pairs = [
            (x, value) for row in rows for x, value in zip(row.series.x, row.values, strict=False) if value is not None
        ]
        y = axis_for((value for _, value in pairs), log=self.chart.log_y)
        head = 1.3 * self.style.value.size + (1.9 * self.style.name.size if self._has_key else 0.0)
        foot = foot_height(self.style, self.chart.x_label)
        box = plane_box(outer, y, self.style, head=head, foot=foot, right=self.style.gap)
        x = axis_for((value for value, _ in pairs), log=self.chart.log_x)
        return Plane(outer, box, x.between(box.x, box.right), y.between(box.bottom, box.y), self.style)

    def _key(self, rows: tuple[Row, ...], box: Box) -> Iterator[Item]:
        style, x, top = self.style.name, box.x, box.y + 0.3 * self.style.name.size
        for row in rows if self._has_key else ():
            radius = 0.34 * style.size
            yield Point(x + radius, top + CAP * style.size / 2, radius, row.colour)
            ink = Ink(Role.SERIES_NAME, row.name_colour, self.style.look.palette.card)
            name = set_line(row.series.name, (x + 3.2 * radius, top + CAP * style.size), style, ink)
            yield name
            x = name.box.right + 1.2 * style.size

    def _marks(self, row: Row, plane: Plane) -> list[Item]:
        radius = self.style.look.tokens.stroke * (2.2 if row.is_highlight else 1.8)
        return [Point(*place, radius, row.colour) for place in self._places(row, plane) if place]

    def _places(self, row: Row, plane: Plane) -> list[tuple[float, float] | None]:
        return [plane.place(x, value) for x, value in zip(row.series.x, row.values, strict=False)]

    def _names(self, row: Row, plane: Plane, floor: Floor) -> Iterator[Text]:
        for text, place in zip(self._labels(row), self._places(row, plane), strict=False):
            seated = floor.seat(self._around(text, place, row)) if text and place else None
            if seated:
                yield seated

    def _labels(self, row: Row) -> tuple[str, ...]:
        """The names of the points; a series whose points have none is named at its last one."""
        if any(row.series.labels) or len(self.chart.series) == 1:
            return row.series.labels
        return ("",) * (len(row.values) - 1) + (row.series.name,)

    def _around(self, text: str, place: tuple[float, float], row: Row) -> Iterator[Text]:
        """The name above, at the right, at the left, below, and at the corners of its point."""
        style, (x, y) = self.style.name, place
        ink = self.style.ink(Role.SERIES_NAME, row.name_colour)
        away = 0.62 * style.size + self.style.look.tokens.stroke
        above, middle, below = y - away, y + CAP * style.size / 2, y + away + CAP * style.size
        side, lean = 0.9 * style.size, 0.4 * style.size
        yield set_line(text, (x, above), style, ink, align=Align.CENTRE)
        yield set_line(text, (x + side, middle), style, ink)
        yield set_line(text, (x - side, middle), style, ink, align=Align.RIGHT)
        yield set_line(text, (x, below), style, ink, align=Align.CENTRE)
        for baseline in (above, below):
            yield set_line(text, (x + lean, baseline), style, ink)
            yield set_line(text, (x - lean, baseline), style, ink, align=Align.RIGHT)

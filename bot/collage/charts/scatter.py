"""Owns scatter charts: points on two axes, their names beside them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.collage.box import Box
from bot.collage.charts.axes import axis_for
from bot.collage.charts.baseline import level
from bot.collage.charts.drawn import Drawn, Mark
from bot.collage.charts.labels import Floor
from bot.collage.charts.plane import Plane, air_of, foot_height, plane_box, upright, widest_below
from bot.collage.charts.values import ChartLook, Row, rows_of
from bot.collage.frame import Item, Point, Role, Text
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import width_of
from bot.collage.lettering.typeset import Align, Ink, set_line
from bot.model.panel import Chart

_STEEPEST = 0.95  # height of the plane by its width
_KEY_RADIUS, _KEY_GAP = 0.34, 1.2  # em: of the dots of the key, and between its names
_CLEARLY = 1.25  # times nearer to its own point than to any other

Place = tuple[float, float]


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
        series = self.chart.series if len(self.chart.series) > 1 else ()
        names = max((self._key_width(row.name) for row in series), default=0.0)
        return max(20 * self.style.tick.size, names, widest_below(self.style, (), self.chart.x_label))

    def least(self, width: float) -> float:
        """The smallest height at which the shape of the data can be seen."""
        more = len(self._key_rows(rows_of(self.chart, self.style.look), width)) - 1
        plane = max(0.32 * width, 10 * self.style.tick.size) + more * self._key_pitch
        return plane + foot_height(self.style, self.chart.x_label)

    def most(self, width: float) -> float:
        """The height at which the plane is nearly square."""
        return max(self.least(width), _STEEPEST * width)

    def drawn(self, box: Box) -> Drawn:
        """Draw the chart in *box*; with a key above it only where a series cannot be named at one of its points."""
        rows = sorted(rows_of(self.chart, self.style.look), key=lambda row: not row.is_highlight)
        plane, floor, around, marks = self._empty(box, rows, head=0.0)
        key: list[Item] = []
        names = self._series_names(rows, plane, floor)
        if names is None:
            plane, floor, around, marks = self._empty(
                box, rows, head=self._key_pitch * len(self._key_rows(rows, box.width))
            )
            key, names = list(self._key(rows, box)), {}
            floor.take(key)
        baseline = level(self.chart, plane, floor)
        labels = [*names.values(), *self._names(rows, plane, floor, skipped=set(names))]
        places = {
            (row.index, i): Point(*place, self._radius(row), row.colour).box
            for row in rows
            for i, place in self._places(row, plane)
        }
        return Drawn((*around, *baseline, *key, *marks, *labels), places)

    def _empty(self, box: Box, rows: list[Row], *, head: float) -> tuple[Plane, Floor, tuple[Item, ...], list[Item]]:
        """The plane without names: its floor, what stands around it, and its points."""
        plane = self._plane(box, rows, head)
        marks: list[Item] = [
            Point(*place, self._radius(row), row.colour)
            for row in reversed(rows)
            for _, place in self._places(row, plane)
        ]
        around = tuple(plane.furniture(plane.x.labels(), self.chart.x_label))
        floor = Floor(plane.floor, air_of(self.style))
        floor.take(marks)
        floor.keep_clear((item for item in around if isinstance(item, Text)), 0.3 * self.style.tick.size)
        return plane, floor, around, marks

    def _plane(self, outer: Box, rows: list[Row], head: float) -> Plane:
        pairs = [pair for row in rows for pair in zip(row.series.x, row.values, strict=False)]
        heights = [value for _, value in pairs if value is not None]
        if self.chart.baseline:
            heights.append(self.chart.baseline.value)
        foot = foot_height(self.style, self.chart.x_label)
        y = axis_for(heights, log=self.chart.log_y)
        head += 1.3 * self.style.value.size
        box = plane_box(outer, y, self.style, head=head, foot=foot, right=self.style.gap)
        x = axis_for((x for x, value in pairs if value is not None), log=self.chart.log_x)
        return Plane(outer, box, x.between(box.x, box.right), upright(y, self.style, box.bottom, box.y), self.style)

    def _radius(self, row: Row) -> float:
        return self.style.look.tokens.stroke * (2.2 if row.is_highlight else 1.8)

    def _places(self, row: Row, plane: Plane) -> list[tuple[int, Place]]:
        """Where the points of a series lie, each with its number."""
        found = [plane.place(x, value) for x, value in zip(row.series.x, row.values, strict=False)]
        return [(i, place) for i, place in enumerate(found) if place]

    def _key(self, rows: list[Row], box: Box) -> Iterator[Item]:
        style, top = self.style.name, box.y + 0.3 * self.style.name.size
        radius = _KEY_RADIUS * style.size
        for line in self._key_rows(rows, box.width):
            x = box.x
            for row in line:
                yield Point(x + radius, top + CAP * style.size / 2, radius, row.colour)
                ink = Ink(Role.SERIES_NAME, row.name_colour, self.style.look.palette.card)
                yield set_line(row.series.name, (x + 3.2 * radius, top + CAP * style.size), style, ink)
                x += self._key_width(row.series.name) + _KEY_GAP * style.size
            top += self._key_pitch

    def _key_rows(self, rows: Sequence[Row], width: float) -> list[list[Row]]:
        """The series by the line of the key on which they stand; one empty line without any."""
        lines: list[list[Row]] = [[]]
        x = 0.0
        for row in rows:
            needed = self._key_width(row.series.name)
            if x + needed > width and lines[-1]:
                lines.append([])
                x = 0.0
            lines[-1].append(row)
            x += needed + _KEY_GAP * self.style.name.size
        return lines

    def _key_width(self, name: str) -> float:
        return width_of(name, self.style.name) + 3.2 * _KEY_RADIUS * self.style.name.size

    @property
    def _key_pitch(self) -> float:
        return 1.9 * self.style.name.size

    def _series_names(self, rows: list[Row], plane: Plane, floor: Floor) -> dict[Mark, Text] | None:
        """Each series named at one of its points, together with that point; None where one finds no room."""
        names: dict[Mark, Text] = {}
        others = [place for row in rows for _, place in self._places(row, plane)]
        for row in rows if len(rows) > 1 else ():
            offered = [
                (rank, -i, text)
                for i, place in self._places(row, plane)
                for rank, text in enumerate(self._around(_full(row, i), place, row))
                if floor.is_free(text.box) and _is_clear(text, place, others)
            ]
            if not offered:
                return None
            _, number, name = min(offered, key=lambda found: found[:2])
            floor.keep_clear([name], floor.air)
            names[row.index, -number] = name
        return names

    def _names(self, rows: list[Row], plane: Plane, floor: Floor, *, skipped: set[Mark]) -> Iterator[Text]:
        others = [place for row in rows for _, place in self._places(row, plane)]
        for row in rows:
            for i, place in self._places(row, plane):
                text = _label(row, i) if (row.index, i) not in skipped else ""
                seats = (seat for seat in self._around(text, place, row) if _is_clear(seat, place, others))
                seated = floor.seat(seats) if text else None
                if seated:
                    yield seated

    def _around(self, text: str, place: Place, row: Row) -> Iterator[Text]:
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


def _is_clear(seat: Text, place: Place, others: list[Place]) -> bool:
    """True when a name has its own point clearly nearest."""
    own = _distance(place, seat.box)
    return all(other == place or _distance(other, seat.box) > _CLEARLY * own for other in others)


def _distance(place: Place, box: Box) -> float:
    """From a point to the nearest edge of *box*."""
    across = max(box.x - place[0], place[0] - box.right, 0.0)
    down = max(box.y - place[1], place[1] - box.bottom, 0.0)
    return math.hypot(across, down)


def _label(row: Row, i: int) -> str:
    return row.series.labels[i] if i < len(row.series.labels) else ""


def _full(row: Row, i: int) -> str:
    """The name of a point with that of its series, unless it says so already."""
    label = _label(row, i)
    return label if row.series.name in label else f"{row.series.name} {label}".strip()

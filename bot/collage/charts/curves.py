"""Owns line charts: curves over categories, their names behind their ends, their values at the points."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.collage.box import Box
from bot.collage.charts.axes import Axis, axis_for
from bot.collage.charts.baseline import level
from bot.collage.charts.drawn import Drawn, Mark
from bot.collage.charts.labels import Floor, spread
from bot.collage.charts.plane import Plane, air_of, foot_height, plane_box, upright, widest_below
from bot.collage.charts.values import ChartLook, Row, rows_of
from bot.collage.frame import Curve, Item, Point, Role, Text
from bot.collage.lettering.fonts import CAP
from bot.collage.lettering.measure import Paragraph, paragraph, width_of
from bot.collage.lettering.typeset import Align, Ink, set_line, set_paragraph
from bot.model.panel import Chart

_NAME_SHARE = 0.3  # of the width, at most, for the names behind the lines
_STEEPEST = 0.95  # height of the plane by its width
_ALL_VALUED = 2  # lines, at most, of which all carry values; of more only the highlight does
_HEAD = 1.3  # em of the values: the room above the plane
_VALUED = 9  # points of a line, at most, that carry their values

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curves:
    """A line chart, measured."""

    chart: Chart
    style: ChartLook

    @property
    def shapes(self) -> tuple[float, float]:
        """Width by height between which the chart looks well: flattest, steepest."""
        return 2.2, 1.05

    @property
    def narrowest(self) -> float:
        """The smallest width the chart can be read at."""
        return max(22 * self.style.tick.size, widest_below(self.style, self.chart.categories, self.chart.x_label))

    def least(self, width: float) -> float:
        """The smallest height at which the shape of the data can be seen, and the names of the lines fit behind it."""
        rows = rows_of(self.chart, self.style.look)
        names = sum(_height(name) for name in self._ends(rows, width)) if len(rows) > 1 else 0.0
        plane = max(0.3 * width, 9 * self.style.tick.size, names + _HEAD * self.style.value.size)
        return plane + foot_height(self.style, self.chart.x_label)

    def most(self, width: float) -> float:
        """The height at which the plane is nearly square."""
        return max(self.least(width), _STEEPEST * width)

    def drawn(self, box: Box) -> Drawn:
        """Draw the chart in *box*."""
        rows = rows_of(self.chart, self.style.look)
        named = rows if len(rows) > 1 else ()
        names = self._ends(named, box.width)
        plane = self._plane(box, rows, max((name.width for name in names), default=0.0))
        around = tuple(plane.furniture(self.chart.categories, self.chart.x_label))
        floor = Floor(plane.floor, air_of(self.style))
        floor.keep_clear((item for item in around if isinstance(item, Text)), 0.3 * self.style.tick.size)
        marks = [item for row in sorted(rows, key=lambda r: r.is_highlight) for item in self._marks(row, plane)]
        floor.take(marks)
        labels = [*self._names(named, names, plane)]
        floor.take(labels)
        baseline = level(self.chart, plane, floor)
        is_full = True
        for row in sorted(rows, key=lambda r: not r.is_highlight):
            values, is_full = self._values(row, rows, plane, floor, is_full=is_full)
            labels += values
        return Drawn((*around, *baseline, *marks, *labels), self._ends_of_arrows(rows, plane))

    def _ends_of_arrows(self, rows: tuple[Row, ...], plane: Plane) -> dict[Mark, Box]:
        return {
            (row.index, i): Point(*place, 1.75 * self.style.look.tokens.stroke, row.colour).box
            for row in rows
            for i, place in enumerate(self._places(row, plane))
            if place
        }

    def _plane(self, outer: Box, rows: tuple[Row, ...], names: float) -> Plane:
        values = [value for row in rows for value in row.values if value is not None]
        if self.chart.baseline:
            values.append(self.chart.baseline.value)
        foot = foot_height(self.style, self.chart.x_label)
        y = axis_for(values, log=self.chart.log_y)
        right = names + (2 if names else 1) * self.style.gap
        box = plane_box(outer, y, self.style, head=_HEAD * self.style.value.size, foot=foot, right=right)
        last = max(1, len(self.chart.categories) - 1)
        air = min(0.5 * box.width / (last + 1), 3.0 * self.style.tick.size)
        x = Axis(0, last, tuple(range(len(self.chart.categories))), False, box.x + air, box.right - 0.35 * air)
        return Plane(outer, box, x, upright(y, self.style, box.bottom, box.y), self.style)

    def _marks(self, row: Row, plane: Plane) -> list[Item]:
        thick = self.style.look.tokens.stroke * (1.0 if row.is_highlight else 0.75)
        places = self._places(row, plane)
        curves = [Curve(piece, row.colour, thick) for piece in _pieces(places) if len(piece) > 1]
        return [*curves, *(Point(*place, 1.75 * thick, row.colour) for place in places if place)]

    def _places(self, row: Row, plane: Plane) -> list[Place | None]:
        return [plane.place(x, value) for x, value in enumerate(row.values[: len(self.chart.categories)])]

    def _ends(self, rows: tuple[Row, ...], width: float) -> list[Paragraph]:
        """The name of each line with the value it ends at: on one line if all are short, else on two."""
        style, room = self.style.name, width * _NAME_SHARE
        pairs = [(row.series.name, next(text for text in reversed(row.texts) if text)) for row in rows]
        if all(width_of(f"{name} {value}", style) < room - 1 for name, value in pairs):
            return [paragraph(f"{name} {value}", style, room) for name, value in pairs]
        widths = [min(room, max(width_of(name, style), width_of(value, style)) + 2) for name, value in pairs]
        return [paragraph(f"{name} {value}", style, each) for (name, value), each in zip(pairs, widths, strict=True)]

    def _names(self, rows: tuple[Row, ...], names: list[Paragraph], plane: Plane) -> Iterator[Text]:
        ends = [next(place for place in reversed(self._places(row, plane)) if place) for row in rows]
        heights = [_height(name) for name in names] or [0.0]
        top = max(plane.outer.y, plane.box.y - heights[0] / 2)
        centres = spread([y for _, y in ends], heights[: len(ends)], top, plane.box.bottom)
        for row, name, centre in zip(rows, names, centres, strict=True):
            ink = Ink(Role.SERIES_NAME, row.name_colour, self.style.look.palette.card)
            top = centre - name.height / 2 + 0.06 * name.size
            yield from set_paragraph(name, (plane.box.right + self.style.gap, top), ink)

    def _values(
        self, row: Row, rows: tuple[Row, ...], plane: Plane, floor: Floor, *, is_full: bool
    ) -> tuple[list[Text], bool]:
        """The values of all points of a line; where one finds no room those of its ends, else none.

        Args:
            is_full: Lines that matter more show all of theirs.

        Returns:
            The values, and whether they are all.
        """
        if len(row.values) > _VALUED or not (row.is_highlight or len(rows) <= _ALL_VALUED):
            return [], False
        is_upper = sum(other.mean > row.mean for other in rows) <= (len(rows) - 1) / 2
        points = [(text, place) for text, place in zip(row.texts, self._places(row, plane), strict=False) if place]
        inner = points[:-1] if len(rows) > 1 else points
        ends = inner[:1] if len(rows) > 1 else [inner[0], *inner[1:][-1:]]
        for shown in (inner, ends) if is_full else (ends,):
            trial = floor.copy()
            seats = [self._seat(text, place, row, trial, is_above=is_upper) for text, place in shown]
            found = [seated for seated in seats if seated]
            if len(found) == len(shown):
                floor.keep_clear(found, floor.air)
                return found, shown is inner
        return [], False

    def _seat(self, text: str, place: Place, row: Row, floor: Floor, *, is_above: bool) -> Text | None:
        """The value on its side of the curve; on the other side only where no other curve is near."""
        reach = (1.0 if is_above else -1.0) * self.style.value.size
        sides = ((is_above, 0.0), (not is_above, reach))
        for above, far in sides:
            candidates = self._around(text, place, row, is_above=above)
            if seated := floor.seat((each for each in candidates if self._sees(each, place, floor)), reach=far):
                return seated
        return None

    def _sees(self, text: Text, place: Place, floor: Floor) -> bool:
        """True when no other curve or point lies between a label and its own point."""
        x, y = place
        mark = 3 * self.style.look.tokens.stroke
        top, bottom = (text.box.bottom, y - mark) if text.box.centre_y < y else (y + mark, text.box.y)
        return bottom <= top or floor.is_free(Box(x - 1, top, 2, bottom - top))

    def _around(self, text: str, place: Place, row: Row, *, is_above: bool) -> Iterator[Text]:
        """The value centred above or below its point, then leaning to either side of a steep segment, then beside."""
        style, (x, y) = self.style.value, place
        ink = self.style.ink(Role.VALUE, row.name_colour)
        away = 0.62 * style.size + self.style.look.tokens.stroke
        baseline = y - away if is_above else y + away + CAP * style.size
        lean = 0.4 * style.size
        leans = ((x - lean, Align.RIGHT), (x + lean, Align.LEFT))
        yield set_line(text, (x, baseline), style, ink, align=Align.CENTRE)
        for share in (1.0, 2.2):
            farther = baseline + (-share if is_above else share) * lean
            yield set_line(text, (x, farther), style, ink, align=Align.CENTRE)
        for at, align in leans if is_above else reversed(leans):
            yield set_line(text, (at, baseline), style, ink, align=align)
        beside = lean + 2 * self.style.look.tokens.stroke
        middle = y + CAP * style.size / 2
        yield set_line(text, (x - beside, middle), style, ink, align=Align.RIGHT)
        yield set_line(text, (x + beside, middle), style, ink)


def _height(name: Paragraph) -> float:
    """The height of a name with the air around it."""
    return name.height + 0.45 * name.size


def _pieces(places: list[Place | None]) -> list[tuple[Place, ...]]:
    """The runs of points between gaps."""
    cuts = [-1, *(i for i, place in enumerate(places) if place is None), len(places)]
    return [tuple(place for place in places[start + 1 : end] if place) for start, end in pairwise(cuts)]

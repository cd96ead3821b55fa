"""Owns the lanes of a chart whose categories stand one below the other: which values lie in each, and its name."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.collage.box import Box
from bot.collage.charts.values import ChartLook, Row, rows_of
from bot.collage.frame import Role, Text
from bot.collage.lettering.measure import Paragraph, paragraph, width_of
from bot.collage.lettering.typeset import Align, Ink, set_paragraph
from bot.model.panel import Chart

_BETWEEN = 0.14  # of a value's thickness: the gap inside a lane
_AROUND = 0.75  # of a value's thickness: the gap between lanes
_LABEL_SHARE = 0.36  # of the width, at most, for the names of the categories


@dataclass(frozen=True, slots=True)
class Entry:
    """One value in a lane.

    Attributes:
        place: Of the value in its series.
        name: Of its series, where it is to be written.
    """

    row: Row
    place: int
    value: float
    name: str = ""

    @property
    def text(self) -> str:
        """The value as it is written."""
        return self.row.texts[self.place]

    @property
    def low(self) -> tuple[float, str] | None:
        """The lower end of its range, and how it is written."""
        return _end(self.row.low, self.row.low_texts, self.place)

    @property
    def high(self) -> tuple[float, str] | None:
        """The upper end of its range, and how it is written."""
        return _end(self.row.high, self.row.high_texts, self.place)


def _end(values: tuple[float | None, ...], texts: tuple[str, ...], place: int) -> tuple[float, str] | None:
    value = values[place] if place < len(values) else None
    return None if value is None else (value, texts[place])


@dataclass(frozen=True, slots=True)
class Lane:
    """A category with its values, between *top* and *bottom*."""

    entries: tuple[Entry, ...]
    name: Paragraph
    top: float
    bottom: float

    def slots(self, thickness: float) -> Iterator[tuple[Entry, float]]:
        """Each value with the top of its stripe."""
        y = (self.top + self.bottom - height_of(len(self.entries), thickness)) / 2
        for entry in self.entries:
            yield entry, y
            y += thickness * (1 + _BETWEEN)


def height_of(count: int, thickness: float) -> float:
    """The height of a lane of *count* values without the gap around it."""
    return thickness * (count + _BETWEEN * (count - 1))


@dataclass(frozen=True, slots=True)
class Lanes:
    """The categories of a chart that have something to show."""

    chart: Chart
    style: ChartLook

    @property
    def factor(self) -> float:
        """The height of all lanes in thicknesses of one value."""
        groups = self.groups()
        return sum(height_of(len(group), 1.0) for group in groups) + _AROUND * len(groups)

    def least(self, width: float, thinnest: float) -> float:
        """The smallest height for values *thinnest* high and the names before them."""
        names = max((name.height for name in self.names(width)), default=0.0) * 1.2
        count = len(self.groups())
        return max(self.factor * thinnest, names * count + 0.3 * thinnest * (count - 1))

    def laid(self, box: Box, thickness: float) -> list[Lane]:
        """Share the height of *box* out among the lanes."""
        groups, names = self.groups(), self.names(box.width)
        own = [height_of(len(group), thickness) for group in groups]
        air, y = (box.height - sum(own)) / max(1, len(own)), box.y
        lanes: list[Lane] = []
        for group, name, height in zip(groups, names, own, strict=True):
            lanes.append(Lane(tuple(group), name, y, y + height + air))
            y += height + air
        return lanes

    def indent(self, width: float) -> float:
        """The width of the names and the gap behind them."""
        return max((name.width for name in self.names(width)), default=0.0) + self.style.gap

    def name(self, lane: Lane, right: float) -> tuple[Text, ...]:
        """The name of a category, ending at *right*."""
        ink = Ink(Role.SERIES_NAME, self.style.look.palette.ink, self.style.look.palette.card)
        top = (lane.top + lane.bottom - lane.name.height) / 2 + 0.06 * lane.name.size
        return set_paragraph(lane.name, (right, top), ink, align=Align.RIGHT)

    def groups(self) -> list[list[Entry]]:
        """The values of each category that has any; a series is named at its first, unless each has but one."""
        rows = rows_of(self.chart, self.style.look)
        groups = [self._group(rows, place) for place in range(len(self.chart.categories))]
        if max((len(group) for group in groups), default=0) > 1:
            unnamed = {row.index for row in rows}
            groups = [[_named(entry, unnamed) for entry in group] for group in groups]
        return [group for group in groups if group]

    def names(self, width: float) -> list[Paragraph]:
        """The names of these categories, broken to their share of *width*."""
        rows = rows_of(self.chart, self.style.look)
        shown = [name for place, name in enumerate(self.chart.categories) if self._group(rows, place)]
        style = self.style.category
        room = min(width * _LABEL_SHARE, max((width_of(name, style) for name in shown), default=0.0) + 2)
        return [paragraph(name, style, room) for name in shown]

    def _group(self, rows: tuple[Row, ...], place: int) -> list[Entry]:
        if self.chart.emphasis and self.chart.categories[place] not in self.chart.emphasis:
            rows = tuple(self._faded(row) for row in rows)
        found: list[Entry] = []
        for row in rows:
            value = row.values[place] if place < len(row.values) else None
            if value is not None:
                found.append(Entry(row, place, value))
        return found

    def _faded(self, row: Row) -> Row:
        palette = self.style.look.palette
        return replace(row, colour=palette.grey, name_colour=palette.muted, is_highlight=False)


def _named(entry: Entry, unnamed: set[int]) -> Entry:
    if entry.row.index not in unnamed:
        return entry
    unnamed.remove(entry.row.index)
    return replace(entry, name=entry.row.series.name)

"""Owns what a chart has to show: its finite values, its colours, how its values are written, and its type."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.collage.charts.axes import written
from bot.collage.frame import Role, TextStyle
from bot.collage.lettering.typeset import Ink
from bot.collage.panels.block import Look
from bot.model.panel import Chart, ChartSeries

_THIN_SPACE = "\u202f"

Values = tuple[float | None, ...]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One series with its colours; the values are finite or missing.

    Attributes:
        index: Its place among the series of the chart.
        texts: The values as they are written; empty where one is missing.
        low, high: The ends of ranges, with how they are written.
        name_colour: Darker than *colour* where that is too faint for letters.
    """

    series: ChartSeries
    index: int
    values: Values
    texts: Words
    low: Values
    low_texts: Words
    high: Values
    high_texts: Words
    colour: str
    name_colour: str
    is_highlight: bool

    @property
    def mean(self) -> float:
        found = [value for value in self.values if value is not None]
        return sum(found) / len(found)


@dataclass(frozen=True, slots=True)
class ChartLook:
    """The look of a chart whose type grows with the room it has.

    Attributes:
        is_large: The chart has room for larger type.
    """

    look: Look
    is_large: bool = False

    @property
    def tick(self) -> TextStyle:
        """For numbers along an axis."""
        return self._style(450)

    @property
    def category(self) -> TextStyle:
        """For what bars stand for."""
        return self._style(500)

    @property
    def name(self) -> TextStyle:
        """For the names of series."""
        return self._style(600)

    @property
    def value(self) -> TextStyle:
        """For values beside bars and points."""
        return self._style(650)

    @property
    def gap(self) -> float:
        """Between a mark and its label, in design units."""
        return self.look.tokens.gap

    def ink(self, role: Role, colour: str) -> Ink:
        """For letters inside the plane, where hairlines pass."""
        return Ink(role, colour, self.look.palette.card, halo=2 * self.look.tokens.hairline)

    @property
    def title(self) -> TextStyle:
        """For the title of the chart."""
        return self.look.tokens.style(self.look.tokens.chart_title[self.is_large], 650, leading=1.22)

    def _style(self, weight: int) -> TextStyle:
        return self.look.tokens.style(self.look.tokens.tick[self.is_large], weight, leading=1.2)


def rows_of(chart: Chart, look: Look) -> tuple[Row, ...]:
    """The series that have something to show, each with its colour: the highlight in the accent, the others grey."""
    kept = [(i, series) for i, series in enumerate(chart.series) if any(value is not None for value in finite(series))]
    columns = [_finite(values) for _, series in kept for values in (series.values, series.low, series.high)]
    texts = _texts(columns, f"{_THIN_SPACE}{chart.unit}" if chart.unit else "")
    rows: list[Row] = []
    for place, (index, series) in enumerate(kept):
        is_lit = series.highlight or len(kept) == 1
        colours = (look.palette.accent,) * 2 if is_lit else (look.palette.grey, look.palette.muted)
        value, low, high = list(zip(columns, texts, strict=True))[3 * place : 3 * place + 3]
        rows.append(Row(series, index, *value, *low, *high, *colours, is_lit))
    return tuple(rows)


def finite(series: ChartSeries) -> Values:
    """The values of *series*, with None for what cannot be drawn."""
    return _finite(series.values)


def _finite(values: Sequence[float | None]) -> Values:
    return tuple(value if value is not None and math.isfinite(value) else None for value in values)


def _texts(columns: Sequence[Values], suffix: str) -> list[Words]:
    """All values written with the same number of decimals; the ends of ranges go without the unit."""
    texts = iter(written([value for column in columns for value in column if value is not None]))
    units = [suffix if i % 3 == 0 else "" for i in range(len(columns))]
    return [
        tuple("" if value is None else next(texts) + unit for value in column)
        for column, unit in zip(columns, units, strict=True)
    ]

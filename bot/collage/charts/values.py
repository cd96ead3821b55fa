"""Owns what a chart has to show: its finite values, its colours, how its values are written, and its type."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from bot.collage.charts.axes import written
from bot.collage.frame import Role, TextStyle
from bot.collage.panels.block import Look
from bot.collage.typeset import Ink
from bot.model.panel import Chart, ChartSeries

_THIN_SPACE = "\u202f"


@dataclass(frozen=True, slots=True)
class Row:
    """One series with its colours; the values are finite or missing.

    Attributes:
        texts: The values as they are written; empty where one is missing.
        name_colour: Darker than *colour* where that is too faint for letters.
    """

    series: ChartSeries
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
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
    kept = [(series, finite(series)) for series in chart.series]
    kept = [(series, values) for series, values in kept if any(value is not None for value in values)]
    texts = iter(written([value for _, values in kept for value in values if value is not None]))
    suffix = f"{_THIN_SPACE}{chart.unit}" if chart.unit else ""
    rows: list[Row] = []
    for series, values in kept:
        is_lit = series.highlight or len(kept) == 1
        colours = (look.palette.accent,) * 2 if is_lit else (look.palette.grey, look.palette.muted)
        rows.append(Row(series, values, tuple(_texts(values, texts, suffix)), *colours, is_lit))
    return tuple(rows)


def finite(series: ChartSeries) -> tuple[float | None, ...]:
    """The values of *series*, with None for what cannot be drawn."""
    return tuple(value if value is not None and math.isfinite(value) else None for value in series.values)


def _texts(values: tuple[float | None, ...], texts: Iterator[str], suffix: str) -> Iterator[str]:
    for value in values:
        yield "" if value is None else next(texts) + suffix

"""Owns what a chart hands over: its items, and where each of its values lies."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.collage.box import Box
from bot.collage.frame import Item
from bot.model.panel import Chart

Mark = tuple[int, int]
"""A value of a chart: the place of its series, and its place in it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart in its box.

    Attributes:
        marks: Where an arrow may end, for each value that is shown.
    """

    items: tuple[Item, ...]
    marks: Mapping[Mark, Box]


def mark_of(chart: Chart, name: str) -> Mark | None:
    """Find the value called *name*: ``series @ category``, a category alone, or a labelled point; None without one.

    A category alone means the highlighted series, or the only one.
    """
    series, at, category = (part.strip() for part in name.partition("@"))
    for index in _series(chart, series if at else ""):
        found = _names(chart, index)
        wanted = category if at else series
        if wanted in found and _is_shown(chart, (index, found.index(wanted))):
            return index, found.index(wanted)
    return None


def _series(chart: Chart, name: str) -> list[int]:
    """The series called *name*; without a name the highlighted ones before the others, if they are told by it."""
    places = range(len(chart.series))
    if name:
        return [i for i in places if chart.series[i].name == name]
    lit = [i for i in places if chart.series[i].highlight]
    return list(places) if not chart.categories or len(places) == 1 else lit


def _names(chart: Chart, index: int) -> tuple[str, ...]:
    return chart.series[index].labels if not chart.categories else chart.categories


def _is_shown(chart: Chart, mark: Mark) -> bool:
    values = chart.series[mark[0]].values
    return mark[1] < len(values) and values[mark[1]] is not None

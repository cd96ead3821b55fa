"""Owns the visuals an entry declares: a big number, an equation, a chart."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands in the paper.

    Attributes:
        value: As printed, with its unit: ``81.3 %``, ``>50,000``.
        meaning: What it counts, in a few words.
        against: The baseline it is read against, if there is one: ``79.8 % for DeiT-S``.
        source: Where in the paper (or which artefact of the authors) it stands.
    """

    value: str
    meaning: str
    source: str
    against: str | None = None


@dataclass(frozen=True, slots=True)
class Equation:
    """One formula in LaTeX (maths mode, no dollar signs) and what it says.

    Attributes:
        short: A narrower form of the same statement, for canvases where the long one would be too small.
    """

    latex: str
    caption: str
    source: str
    short: str | None = None


class ChartKind(StrEnum):
    """How the values are drawn."""

    BAR = "bar"
    LINE = "line"
    SCATTER = "scatter"


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One row of values; the highlighted series wears the accent colour.

    Attributes:
        values: One per category for bars and lines; the y values for scatter. None is a gap.
        x: The x values, scatter only, as many as *values*.
        labels: A name per point, scatter only; empty strings stay unnamed.
    """

    name: str
    values: tuple[float | None, ...]
    highlight: bool = False
    x: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A simple chart drawn from numbers of the paper.

    Attributes:
        title: What is compared, in a few words.
        caption: What the reader should see in it, one sentence.
        categories: The labels along the category axis (bars, lines); empty for scatter.
        x_label, y_label: What the axes measure, with unit.
        unit: Written behind a value that labels a point: ``%``.
        log_x, log_y: Logarithmic scale.
        lower_is_better: Said in the y label when true.
        emphasis: The categories a bar chart is about; the other bars turn grey. Empty means all.
    """

    kind: ChartKind
    title: str
    caption: str
    source: str
    series: tuple[ChartSeries, ...]
    categories: tuple[str, ...] = ()
    x_label: str = ""
    y_label: str = ""
    unit: str = ""
    log_x: bool = False
    log_y: bool = False
    lower_is_better: bool = False
    emphasis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BigNumber:
    """One of the entry's numbers, shown huge."""

    number: Number


Visual = BigNumber | Equation | Chart

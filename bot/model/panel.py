"""Owns the panels an entry declares: what each block of its collage shows, before it has a place."""

from dataclasses import dataclass
from enum import StrEnum

Shorter = tuple[str, ...]
"""A text said again in fewer words, the longest first; where space is dear, one of these is shown."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands in the paper.

    Attributes:
        value: As printed, with its unit: ``81.3 %``, ``>50,000``.
        meaning: What it counts, in a few words.
        against: The baseline it is read against, if there is one: ``79.8 % for DeiT-S``.
        source: Where in the paper (or which artefact of the authors) it stands.
        formula: How *value* follows from other numbers of the entry, if it is not printed itself: ``59.6 − 48.0``.
    """

    value: str
    meaning: str
    source: str
    against: str | None = None
    formula: str | None = None
    meaning_shorter: Shorter = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """Words with an arrow into a visual.

    Attributes:
        to: What the arrow points at. Figure: two shares of width and height, ``0.4 0.7``. Chart: ``series @ category``,
            or the name of a labelled point. Diagram: the name of a node, perhaps with two shares of its size.
    """

    text: str
    to: str
    shorter: Shorter = ()


@dataclass(frozen=True, slots=True)
class BigNumber:
    """One of the entry's numbers, shown huge.

    Attributes:
        written: The same value as another language writes it: ``6500 万`` for ``65 million``.
    """

    number: Number
    written: str | None = None

    @property
    def value(self) -> str:
        """The number as it is shown."""
        return self.written or self.number.value

    @property
    def source(self) -> str:
        """Where the number stands."""
        return self.number.source


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a formula with its name.

    Attributes:
        latex: Stands in the formula letter by letter; its first occurrence is meant.
    """

    latex: str
    label: str


@dataclass(frozen=True, slots=True)
class Equation:
    """One formula in LaTeX (maths mode, no dollar signs) and what it says.

    Attributes:
        short: A narrower form of the same statement, for canvases where the long one would be too small.
        terms: Parts that are named below the formula, in the form in which they occur.
    """

    latex: str
    caption: str
    source: str
    short: str | None = None
    terms: tuple[Term, ...] = ()
    caption_shorter: Shorter = ()


class ChartKind(StrEnum):
    """How the values are drawn."""

    BAR = "bar"
    """Lying bars; several series make groups."""
    LINE = "line"
    SCATTER = "scatter"
    RANGE = "range"
    """From a low to a high value, with the value itself as a dot."""


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One row of values; the highlighted series wears the accent colour.

    Attributes:
        values: One per category for bars, lines and ranges; the y values for scatter. None is a gap.
        x: The x values, scatter only, as many as *values*.
        labels: A name per point, scatter only; empty strings stay unnamed.
        low, high: The ends of each range, range only, as many as *values*.
    """

    name: str
    values: tuple[float | None, ...]
    highlight: bool = False
    x: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Baseline:
    """A value everything else is read against, drawn as a dashed line with its name."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A simple chart drawn from numbers of the paper.

    Attributes:
        title: What is compared, in a few words.
        caption: What the reader should see in it, one sentence.
        categories: The labels along the category axis (bars, lines, ranges); empty for scatter.
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
    baseline: Baseline | None = None
    annotations: tuple[Annotation, ...] = ()
    caption_shorter: Shorter = ()


@dataclass(frozen=True, slots=True)
class Crop:
    """The part of a figure to show, as shares of its width and height; 0 0 is the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture taken from the paper; its bytes lie beside the entry and are named by their digest.

    Attributes:
        file: Its name in the folder of the entry.
        sha256: Of the bytes, in hexadecimal.
        credit: Whose it is and where it stands: ``Fig. 3 of d'Ascoli et al. (2021)``.
        licence: Under which it may be shown: ``CC BY 4.0``.
        page: Of a PDF, counted from 1.
    """

    file: str
    sha256: str
    caption: str
    credit: str
    licence: str
    title: str = ""
    page: int = 1
    crop: Crop | None = None
    annotations: tuple[Annotation, ...] = ()
    caption_shorter: Shorter = ()

    @property
    def source(self) -> str:
        """What the credit line says of it."""
        return f"{self.credit}, {self.licence}"

    def shows_same(self, other: "Figure") -> bool:
        """Claim that both show the same part of the same picture, whatever is said of it."""
        return (self.sha256, self.page, self.crop) == (other.sha256, other.page, other.crop)


@dataclass(frozen=True, slots=True)
class Diagram:
    """How it works, as nodes and arrows.

    Attributes:
        drawing: The nodes and arrows, a few lines of text; `bot.collage.diagrams` says how they are read.
        title: What is drawn, in a few words.
        caption: What the reader should see in it, one sentence.
    """

    drawing: str
    title: str
    caption: str
    source: str
    annotations: tuple[Annotation, ...] = ()
    caption_shorter: Shorter = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A small table.

    Attributes:
        columns: The heads; the first column names the rows.
        rows: As many cells as there are columns.
        highlight: The head of the column, or the name of the row, that wears the accent colour.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str
    source: str
    highlight: str = ""
    caption_shorter: Shorter = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A few sentences under a label."""

    label: str
    text: str
    source: str = ""
    shorter: Shorter = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the paper, letter by letter."""

    text: str
    source: str
    shorter: Shorter = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure."""

    text: str
    shorter: Shorter = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """A procedure, step by step."""

    title: str
    steps: tuple[Step, ...]
    source: str


Panel = BigNumber | Equation | Chart | Figure | Diagram | Table | Note | Quote | Steps

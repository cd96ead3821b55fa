"""Owns how a document is set: the size of its text, and the columns of a page."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.collage.box import Box
from bot.sources.pdf.hyphens import compounds_in
from bot.sources.pdf.page import Line, Page

_DEFAULT_SIZE = 10.0
_NARROWEST = 0.25  # of a page, of a line that tells how wide columns are
_WIDEST_CLUSTER = 6.0  # points between left edges of one column
_FULL = 0.9  # of the width of a column, of a line that fills it
_FEWEST_LINES = 3
_AT_EDGE = 2.0  # points


@dataclass(frozen=True, slots=True)
class Column:
    """A strip of a page that text runs down.

    Attributes:
        left, right: In points.
    """

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def holds(self, box: Box) -> bool:
        """The middle of *box* lies in it."""
        return self.left - _WIDEST_CLUSTER <= box.centre_x <= self.right + _WIDEST_CLUSTER


@dataclass(frozen=True, slots=True)
class Typography:
    """How a document is set.

    Attributes:
        size: The em of the body text, in points.
        width: Of a column, in points.
        columns: Sets of columns that its pages have, the usual ones first; left and right pages may differ.
        compounds: The words that it writes with a hyphen.
    """

    size: float
    width: float
    columns: tuple[tuple[Column, ...], ...]
    compounds: frozenset[str] = frozenset()


def measure(pages: Sequence[Page]) -> Typography:
    """Find out how a document is set."""
    lines = [line for page in pages for line in page.lines if line.is_upright and not line.is_drawn]
    sizes = _weighted((round(line.size * 2) / 2, len(line.text)) for line in lines)
    size = sizes.most_common(1)[0][0] if sizes else _DEFAULT_SIZE
    page_width = max((page.width for page in pages), default=1.0)
    long = [line for line in lines if _is_body(line, size) and line.box.width >= _NARROWEST * page_width]
    widths = _weighted((round(line.box.width / 4) * 4.0, 1) for line in long)
    width = widths.most_common(1)[0][0] if widths else 0.75 * page_width
    everywhere = Counter(columns for page in pages if (columns := _columns(page, size, width)))
    whole = (Column((page_width - width) / 2, (page_width + width) / 2),)
    sets = tuple(columns for columns, _ in everywhere.most_common()) or (whole,)
    return Typography(size, width, sets, compounds_in(line.text for line in lines))


def columns_of(page: Page, typography: Typography) -> tuple[Column, ...]:
    """The columns of *page*, from left to right; those of another page where its own text does not tell."""
    found = _columns(page, typography.size, typography.width)
    if len(found) >= len(typography.columns[0]):
        return found
    lefts = [line.box.x for line in page.lines if _is_body(line, typography.size)]

    def fit(columns: Sequence[Column]) -> int:
        return sum(abs(left - column.left) <= _AT_EDGE for left in lefts for column in columns)

    return max((columns for columns in typography.columns if len(columns) >= len(typography.columns[0])), key=fit)


def gutters_between(columns: Sequence[Column]) -> tuple[float, ...]:
    """Where neighbouring columns meet, in points."""
    return tuple((one.right + other.left) / 2 for one, other in pairwise(columns))


def _columns(page: Page, size: float, width: float) -> tuple[Column, ...]:
    full = [line for line in page.lines if _is_body(line, size) and _fills(line, width)]
    clusters: list[list[float]] = []
    for left in sorted(line.box.x for line in full):
        if clusters and left - clusters[-1][-1] <= _WIDEST_CLUSTER:
            clusters[-1].append(left)
        else:
            clusters.append([left])
    columns: list[Column] = []
    for cluster in clusters:
        left = round(min(cluster))
        if len(cluster) >= _FEWEST_LINES and (not columns or left >= columns[-1].right):
            columns.append(Column(left, left + width))
    return tuple(columns)


def _fills(line: Line, width: float) -> bool:
    return _FULL * width <= line.box.width <= 1.1 * width


def _is_body(line: Line, size: float) -> bool:
    return line.is_upright and not line.is_drawn and abs(line.size - size) <= 0.6


def _weighted(pairs: Iterable[tuple[float, int]]) -> Counter[float]:
    counted: Counter[float] = Counter()
    for value, weight in pairs:
        counted[value] += weight
    return counted

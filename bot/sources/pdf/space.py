"""Owns the space of a caption: how far its figure may reach before something stands that is none of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from bot.collage.box import Box
from bot.sources.pdf.captions import Caption
from bot.sources.pdf.ink import Ink
from bot.sources.pdf.layout import Layout
from bot.sources.pdf.obstacles import obstacles_of
from bot.sources.pdf.typography import Typography, gutters_between

CLEAR = 0.6  # points kept from what is next
_OVERLAP = 2.0  # points: letters of neighbours may reach into one another
_SUBSTANTIAL = 12.0  # points, of both sides of what may span two columns
_NEAR = 40.0  # points from a caption to what spans two columns
_GUTTER = 10.0  # points, by which it must reach into both


class Side(Enum):
    """On which side of its caption a figure stands."""

    ABOVE = auto()
    BELOW = auto()


@dataclass(frozen=True, slots=True)
class Strip:
    """The part of a page, from left to right, in which the figure of a caption stands."""

    left: float
    right: float
    is_wide: bool

    def meets(self, box: Box) -> bool:
        return min(self.right, box.right) - max(self.left, box.x) > _OVERLAP


class Space:
    """The free space of one page.

    Args:
        ink: Draws the page; called only where captions stand side by side.
    """

    def __init__(self, layout: Layout, typography: Typography, ink: Callable[[], Ink]) -> None:
        self._layout, self._ink = layout, ink
        self._obstacles = obstacles_of(layout, typography)

    def strip(self, caption: Caption) -> Strip:
        """From where to where the figure of *caption* can stand: its column, or all of them."""
        columns = self._layout.columns
        left, right = min(column.left for column in columns), max(column.right for column in columns)
        box = caption.box
        for gutter in gutters_between(columns):
            is_across = box.x < gutter - _OVERLAP and box.right > gutter + _OVERLAP
            if is_across or self._crosses(gutter, caption):
                return Strip(min(left, box.x), max(right, box.right), is_wide=True)
        column = next((column for column in columns if column.holds(box)), None)
        if column is not None:
            left, right = column.left, column.right
        return self._wrapped(caption, min(left, box.x), max(right, box.right))

    def _crosses(self, gutter: float, caption: Caption) -> bool:
        """Something right above or below the caption spans two columns."""
        reach = Box(gutter - _GUTTER, caption.box.y - _NEAR, 2 * _GUTTER, caption.box.height + 2 * _NEAR)
        return any(
            graphic.box.overlap(reach) and graphic.box.x < reach.x and graphic.box.right > reach.right
            for graphic in self._layout.page.graphics
            if min(graphic.box.width, graphic.box.height) >= _SUBSTANTIAL
        )

    def _wrapped(self, caption: Caption, left: float, right: float) -> Strip:
        """Narrow a strip to what the text beside the caption leaves free."""
        box = caption.box
        for block in self._layout.paragraphs:
            for row in block.rows:
                if min(row.box.bottom, box.bottom) - max(row.box.y, box.y) > _OVERLAP:
                    left = max(left, row.box.right) if row.box.right <= box.x else left
                    right = min(right, row.box.x) if row.box.x >= box.right else right
        return Strip(left, right, is_wide=False)

    def band(self, caption: Caption, strip: Strip, side: Side) -> Box:
        """What is free on one side of a caption, up to the next obstacle."""
        above, below = self._next(caption, strip)
        top, bottom = (above, caption.box.y) if side is Side.ABOVE else (caption.box.bottom, below)
        top, bottom = top + CLEAR, max(top + CLEAR, bottom - CLEAR)
        left, right = self._sides(strip, top, bottom)
        band = Box(left, top, right - left, bottom - top)
        return self._parted(caption, band)

    def beside(self, caption: Caption, strip: Strip) -> tuple[Box, Box]:
        """What is free to the left and to the right of a caption."""
        above, below = self._next(caption, strip)
        top, height = above + CLEAR, max(0.0, below - above - 2 * CLEAR)
        left, right = self._sides(strip, top, top + height)
        start, end = caption.box.x - CLEAR, caption.box.right + CLEAR
        return Box(left, top, max(0.0, start - left), height), Box(end, top, max(0.0, right - end), height)

    def _next(self, caption: Caption, strip: Strip) -> tuple[float, float]:
        """Where the next obstacles above and below a caption end and begin."""
        box = caption.box
        stops = [stop for stop in self._obstacles if stop is not box and strip.meets(stop)]
        above = max((stop.bottom for stop in stops if stop.bottom <= box.y + _OVERLAP), default=0.0)
        below = min((stop.y for stop in stops if stop.y >= box.bottom - _OVERLAP), default=self._layout.page.height)
        return above, below

    def _sides(self, strip: Strip, top: float, bottom: float) -> tuple[float, float]:
        """How far a figure may reach beyond its strip: to the next column, or to text beside it."""
        left, right = 0.0, self._layout.page.width
        for gutter in gutters_between(self._layout.columns):
            left = gutter if gutter <= strip.left + _OVERLAP else left
            right = gutter if gutter >= strip.right - _OVERLAP else right
        for stop in self._obstacles:
            if min(stop.bottom, bottom) - max(stop.y, top) > _OVERLAP:
                left = max(left, stop.right) if stop.right <= strip.left + _OVERLAP else left
                right = min(right, stop.x) if stop.x >= strip.right - _OVERLAP else right
        return left, right

    def _parted(self, caption: Caption, band: Box) -> Box:
        """Keep from the figures of captions that stand beside this one."""
        left, right = band.x, band.right
        own = caption.box
        for other in self._layout.captions:
            box = other.box
            if other is caption or min(box.bottom, own.bottom) <= max(box.y, own.y) or band.height <= 0:
                continue
            if own.right <= box.x:
                right = min(right, self._border(band, own.centre_x, box.centre_x))
            elif box.right <= own.x:
                left = max(left, self._border(band, box.centre_x, own.centre_x))
        return Box(left, band.y, max(0.0, right - left), band.height)

    def _border(self, band: Box, start: float, stop: float) -> float:
        between = Box(start, band.y, stop - start, band.height)
        corridor = self._ink().corridor(between)
        return corridor if corridor is not None else between.centre_x

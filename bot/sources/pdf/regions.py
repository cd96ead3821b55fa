"""Owns where a figure is: what stands between its caption and the next thing that is none of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.collage.box import Box, cover
from bot.sources.pdf.captions import Caption, Kind
from bot.sources.pdf.ink import Ink
from bot.sources.pdf.layout import Layout
from bot.sources.pdf.page import Graphic, Shape
from bot.sources.pdf.space import Side, Space, Strip
from bot.sources.pdf.typography import Typography

_OVERLAP = 2.0  # points: letters of neighbours may reach into one another
_SUBSTANTIAL = 12.0  # points, of both sides of what is more than a rule or a fraction bar
_JOIN = 4.0  # points between graphics of one group
_REACH = 1.3  # em from a figure to a label that belongs to it
_FARTHEST = 90.0  # points from a caption to its figure
_MARGIN = 3.0  # points around what was measured, that are searched for ink
_PADDING = 1.0  # points of white around a figure
_SMALLEST_FIGURE = 14.0  # points
_MOST_ROUNDS = 50  # of taking in what is near: longer chains are no figure
_GROUND = 0.85  # of the area of a page: such a graphic is its ground


@dataclass(frozen=True, slots=True)
class Region:
    """Where a figure is.

    Attributes:
        box: In points from the upper left corner; None where no figure was found.
        is_wide: It spans several columns.
    """

    caption: Caption
    box: Box | None
    is_wide: bool = False


def find_regions(layouts: Sequence[Layout], typography: Typography, ink_of: Callable[[int], Ink]) -> list[Region]:
    """Find the figure of every caption of a figure.

    Args:
        ink_of: Gives the ink of a page by its number.
    """
    finders = [_Finder(layout, typography, ink_of) for layout in layouts if _has_figures(layout)]
    votes = [side for finder in finders for caption in finder.captions if (side := finder.vote(caption)) is not None]
    usual = Side.BELOW if votes.count(Side.BELOW) > votes.count(Side.ABOVE) else Side.ABOVE
    return [finder.region(caption, usual) for finder in finders for caption in finder.captions]


def _has_figures(layout: Layout) -> bool:
    return any(caption.kind is Kind.FIGURE for caption in layout.captions)


class _Finder:
    """Finds the figures of one page."""

    def __init__(self, layout: Layout, typography: Typography, ink_of: Callable[[int], Ink]) -> None:
        self.captions = [caption for caption in layout.captions if caption.kind is Kind.FIGURE]
        self._labels, self._reach = layout.labels, _REACH * typography.size
        self._ink = partial(ink_of, layout.page.number)
        self._space = Space(layout, typography, self._ink)
        area = layout.page.width * layout.page.height
        self._graphics = [graphic for graphic in layout.page.graphics if graphic.box.area < _GROUND * area]

    def vote(self, caption: Caption) -> Side | None:
        """The side that the figure must be on, if there is something drawn on one side only."""
        strip = self._space.strip(caption)
        above, below = (self._is_drawn(caption, strip, side) for side in (Side.ABOVE, Side.BELOW))
        return None if above == below else Side.ABOVE if above else Side.BELOW

    def region(self, caption: Caption, usual: Side) -> Region:
        """Find the figure of *caption*; captions of the paper mostly have theirs on the side *usual*."""
        strip = self._space.strip(caption)
        sides = (usual, Side.BELOW if usual is Side.ABOVE else Side.ABOVE)
        drawn = [side for side in sides if self._is_drawn(caption, strip, side)]
        beside = self._beside(caption, strip) if not drawn or self._is_beside(caption, strip) else None
        box = beside or self._found(caption, strip, drawn or sides)
        return Region(caption, box, strip.is_wide)

    def _found(self, caption: Caption, strip: Strip, sides: Sequence[Side]) -> Box | None:
        for side in sides:
            band = self._space.band(caption, strip, side)
            near = band.bottom if side is Side.ABOVE else band.y
            box = self._filled(band, strip, near)
            if box is not None:
                return box
        return None

    def _is_drawn(self, caption: Caption, strip: Strip, side: Side) -> bool:
        band = self._space.band(caption, strip, side)
        near = band.bottom if side is Side.ABOVE else band.y
        groups = _substantial(self._within(band))
        return any(min(abs(near - group.y), abs(near - group.bottom)) <= _FARTHEST for group in groups)

    def _within(self, band: Box) -> list[Graphic]:
        return [
            Graphic(graphic.shape, cut)
            for graphic in self._graphics
            if (cut := _common(graphic.box, band)) is not None and not _is_cut_side(graphic.box, cut)
        ]

    def _filled(self, band: Box, strip: Strip, near: float) -> Box | None:
        """What of a band is the figure."""
        graphics = self._within(band)
        labels = [cut for line in self._labels if (cut := _common(line.box, band)) is not None]
        core = _substantial(graphics)
        if not core:
            own = [box for box in labels if strip.meets(box)]
            core = [*own, *(graphic.box for graphic in graphics if strip.meets(graphic.box))] if own else []
        if not core:
            return None
        box = self._grown(cover(core), [*labels, *(graphic.box for graphic in graphics)], near)
        return self._trimmed(box, band)

    def _grown(self, box: Box, pool: Iterable[Box], near: float) -> Box:
        """Take in labels that stand near, and all that stands between a figure and its caption."""
        left = [thing for thing in pool if not box.holds(thing)]
        for _ in range(_MOST_ROUNDS):
            taken = [thing for thing in left if _belongs(thing, box, near, self._reach)]
            if not taken:
                break
            box = cover([box, *taken])
            left = [thing for thing in left if not box.holds(thing)]
        return box

    def _trimmed(self, box: Box, band: Box) -> Box | None:
        wider = _common(box.inset(-_MARGIN), band)
        inked = self._ink().trimmed(wider) if wider is not None else None
        if inked is None or min(inked.width, inked.height) < _SMALLEST_FIGURE:
            return None
        return _common(inked.inset(-_PADDING), band)

    def _is_beside(self, caption: Caption, strip: Strip) -> bool:
        """Something is drawn at the height of the caption, and nothing near above or below it."""
        own = caption.box
        level = Box(strip.left, own.centre_y, strip.right - strip.left, own.height / 2)
        column = Box(own.x, own.y - _FARTHEST, own.width, own.height + 2 * _FARTHEST)
        boxes = [
            graphic.box for graphic in self._graphics if min(graphic.box.width, graphic.box.height) >= _SUBSTANTIAL
        ]
        return any(box.overlap(level) for box in boxes) and not any(box.overlap(column) for box in boxes)

    def _beside(self, caption: Caption, strip: Strip) -> Box | None:
        """The figure beside a narrow caption, if there is one."""
        box = caption.box
        found: list[Box] = []
        for band in self._space.beside(caption, strip):
            groups = _substantial(self._within(band))
            if any(group.y < box.bottom and group.bottom > box.y for group in groups):
                filled = self._filled(band, strip, band.y)
                found += [filled] if filled is not None else []
        return max(found, key=lambda each: each.area, default=None)


def _common(one: Box, other: Box) -> Box | None:
    x, y = max(one.x, other.x), max(one.y, other.y)
    width, height = min(one.right, other.right) - x, min(one.bottom, other.bottom) - y
    return Box(x, y, width, height) if width >= 0 and height >= 0 and max(width, height) > 0 else None


def _is_cut_side(whole: Box, cut: Box) -> bool:
    """The upright side of a frame around what is none of the figure."""
    return whole.width <= _OVERLAP and whole.height - cut.height > _SUBSTANTIAL


def _substantial(graphics: Iterable[Graphic]) -> list[Box]:
    """Graphics that together are more than rules, in groups from top to bottom."""
    groups: list[list[Graphic]] = []
    bottom = float("-inf")
    for graphic in sorted(graphics, key=lambda graphic: graphic.box.y):
        if groups and graphic.box.y - bottom <= _JOIN:
            groups[-1].append(graphic)
        else:
            groups.append([graphic])
        bottom = max(bottom, graphic.box.bottom) if len(groups[-1]) > 1 else graphic.box.bottom
    covers = [(group, cover(graphic.box for graphic in group)) for group in groups]
    return [box for group, box in covers if min(box.width, box.height) >= _SUBSTANTIAL and not _is_ruled(group)]


def _is_ruled(group: Sequence[Graphic]) -> bool:
    return all(graphic.is_rule for graphic in group) and not any(graphic.shape is Shape.IMAGE for graphic in group)


def _belongs(thing: Box, box: Box, near: float, reach: float) -> bool:
    across = max(thing.x - box.right, box.x - thing.right)
    down = max(thing.y - box.bottom, box.y - thing.bottom)
    is_between = box.bottom <= thing.centre_y <= near or near <= thing.centre_y <= box.y
    return across <= reach and (down <= reach or is_between)

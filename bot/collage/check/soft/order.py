"""Owns the targets of order: columns that end together, few left edges on one grid, few distinct gaps."""

from collections.abc import Iterator
from itertools import combinations

from bot.collage.box import Box, cover
from bot.collage.check.bounds import GRID_SLACK, Range
from bot.collage.check.reading import Passage, Reading, clusters, where
from bot.collage.check.report import Finding, Measure
from bot.collage.frame import PlacedPanel
from bot.collage.themes import tokens_of

_TOUCH = 1.0  # design units two boxes must share to be in each other's way


def columns(reading: Reading) -> Finding:
    """S6: how far apart the cards at the foot of the columns end, and how much of the least filled column is used."""
    boxes = [panel.box for panel in reading.frame.panels]
    if not boxes:
        return Finding("S6")
    last = [box for box in boxes if not any(_is_below(other, box) for other in boxes)]
    carded = [box for box in last if any(card.box.holds(box, slack=_TOUCH) for card in reading.cards)]
    bottoms = [box.bottom for box in carded] or [0.0]
    used, room = [_used(reading, panel) for panel in reading.frame.panels], cover(boxes)
    filled = [_utilisation([box for box in used if _share_columns(box, end)], room) for end in last]
    measures = (
        Measure("bottoms differ by", max(bottoms) - min(bottoms), reading.bounds.bottoms),
        Measure("least used column", min(filled), reading.bounds.utilisation),
    )
    return Finding("S6", measures)


def edges(reading: Reading) -> Finding:
    """S7: distinct left edges of panels and of the texts in them, and panels that do not start on the grid."""
    panels = [panel.box.x for panel in reading.frame.panels]
    texts = [passage.box.x for passage in reading.prose if passage.panel and _is_flush(passage)]
    found = clusters([*panels, *texts], GRID_SLACK)
    grid = _grid(reading)
    off = [panel.box for panel in reading.frame.panels if min(abs(panel.box.x - x) for x in grid) > GRID_SLACK]
    measures = (
        Measure("left edges", len(found), reading.bounds.left_edges),
        Measure("off grid", len(off), Range(high=0)),
    )
    return Finding("S7", measures, tuple(f"a panel {where(box)} starts beside the grid" for box in off))


def gaps(reading: Reading) -> Finding:
    """S16: distinct gaps between neighbouring panels."""
    found = clusters(_gaps([panel.box for panel in reading.frame.panels]), GRID_SLACK)
    shown = ", ".join(f"{sum(group) / len(group):.0f}" for group in found)
    return Finding("S16", (Measure("gaps", len(found), reading.bounds.gaps),), (f"gaps of {shown}",) if shown else ())


def _used(reading: Reading, panel: PlacedPanel) -> Box:
    """The part of a panel that is seen: all of it when it wears a card, else down to its last line."""
    inside = [item.box for item in reading.frame.items if reading.panel_of(item) is panel]
    if not inside:
        return panel.box
    seen = cover(inside)
    return Box(panel.box.x, panel.box.y, panel.box.width, max(seen.bottom, panel.box.y) - panel.box.y)


def _share_columns(one: Box, other: Box) -> bool:
    return min(one.right, other.right) - max(one.x, other.x) > _TOUCH


def _share_rows(one: Box, other: Box) -> bool:
    return min(one.bottom, other.bottom) - max(one.y, other.y) > _TOUCH


def _is_below(one: Box, other: Box) -> bool:
    return one is not other and _share_columns(one, other) and one.y > other.y + _TOUCH


def _utilisation(column: list[Box], room: Box) -> float:
    """The share of the column's height that its panels fill; gaps of the usual width do not count as empty."""
    allowed = 2 * (len(column) - 1) * _TOUCH
    spans = sorted((box.y, box.bottom) for box in column)
    filled, reached = 0.0, room.y
    wasted: list[float] = []
    for top, bottom in spans:
        wasted.append(max(0.0, top - reached))
        filled += max(0.0, bottom - max(top, reached))
        reached = max(reached, bottom)
    usual = min((gap for gap in wasted if gap > _TOUCH), default=0.0)
    used = filled + sum(min(gap, usual) for gap in wasted) + allowed
    return min(1.0, used / room.height)


def _grid(reading: Reading) -> list[float]:
    tokens = tokens_of(reading.frame.canvas)
    return [
        tokens.margin + tokens.span(column) + tokens.gutter if column else tokens.margin
        for column in range(tokens.columns)
    ]


def _is_flush(passage: Passage) -> bool:
    """True for lines that start together; a line in the middle of its panel is centred."""
    lefts = [line.box.x for line in passage.lines]
    if max(lefts) - min(lefts) > GRID_SLACK:
        return False
    return passage.panel is not None and abs(passage.box.centre_x - passage.panel.box.centre_x) > GRID_SLACK


def _gaps(boxes: list[Box]) -> Iterator[float]:
    """The distances of panels that face each other with nothing between."""
    for one, other in combinations(boxes, 2):
        between = _between(one, other)
        if between and not any(between[0].overlap(box) for box in boxes if box is not one and box is not other):
            yield between[1]


def _between(one: Box, other: Box) -> tuple[Box, float] | None:
    """The room between two panels that share rows or columns, and how wide it is."""
    if _share_columns(one, other):
        upper, lower = sorted((one, other), key=lambda box: box.y)
        x, right = max(one.x, other.x), min(one.right, other.right)
        gap = lower.y - upper.bottom
        return Box(x, upper.bottom, right - x, max(gap, _TOUCH)), gap
    if _share_rows(one, other):
        left, after = sorted((one, other), key=lambda box: box.x)
        y, bottom = max(one.y, other.y), min(one.bottom, other.bottom)
        gap = after.x - left.right
        return Box(left.right, y, max(gap, _TOUCH), bottom - y), gap
    return None

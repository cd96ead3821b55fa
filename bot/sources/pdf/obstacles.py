"""Owns what no figure reaches into: paragraphs, headings, captions, tables with captions of their own, footnotes."""

from collections.abc import Iterable, Sequence

from bot.collage.box import Box, cover
from bot.sources.pdf.captions import Caption, Kind
from bot.sources.pdf.layout import Layout
from bot.sources.pdf.page import Graphic
from bot.sources.pdf.typography import Column, Typography

_EDGE = 0.12  # of the height of a page, where running heads stand
_SAME_EDGE = 4.0  # points between the ends of the rules of one table
_HIGHEST_CELL = 420.0  # points between two rules of one table
_NEAR = 40.0  # points from a table to its caption
_BESIDE = 15.0  # points above and below a row, within which a figure makes it a row beside that figure
_SMALLEST = 12.0  # points, of a graphic that text is wrapped around
_FOOTNOTE = 0.6  # of the width of a column: a longer rule belongs to something else


def obstacles_of(layout: Layout, typography: Typography) -> list[Box]:
    """Collect what no figure of a page reaches into."""
    texts = [row.box for block in (*layout.paragraphs, *layout.headings) for row in block.rows]
    found = [_widened(box, layout) for box in texts]
    found += [caption.box for caption in layout.captions]
    found += [_furniture(box, layout) for box in layout.page.furniture]
    found += tables_of(layout, found)
    found += _footnotes(layout, typography)
    return found


def _widened(box: Box, layout: Layout) -> Box:
    """Give a short row the width of its column, unless a figure or a caption stands beside it."""
    column = next((column for column in layout.columns if column.holds(box)), None)
    if column is None:
        return box
    beside = Box(column.left, box.y - _BESIDE, column.width, box.height + 2 * _BESIDE)
    things = [
        graphic.box for graphic in layout.page.graphics if min(graphic.box.width, graphic.box.height) >= _SMALLEST
    ]
    things += [caption.box for caption in layout.captions]
    for thing in things:
        is_beside = thing.x >= box.right or thing.right <= box.x
        if is_beside and beside.overlap(thing):
            return box
    x, right = min(box.x, column.left), max(box.right, column.right)
    return Box(x, box.y, right - x, box.height)


def _furniture(box: Box, layout: Layout) -> Box:
    """Let running heads go from side to side."""
    page = layout.page
    is_at_edge = box.bottom <= _EDGE * page.height or box.y >= (1 - _EDGE) * page.height
    return Box(0, box.y, page.width, box.height) if is_at_edge else box


def tables_of(layout: Layout, obstacles: Sequence[Box]) -> list[Box]:
    """The ruled blocks that stand next to the caption of a table."""
    blocks = _ruled(layout.page.graphics, [*obstacles])
    captions = [caption for caption in layout.captions if caption.kind is Kind.OTHER]
    return [block for block in blocks if any(_is_next(block, caption, obstacles) for caption in captions)]


def _ruled(graphics: Iterable[Graphic], obstacles: Sequence[Box]) -> list[Box]:
    """Blocks between horizontal rules of one length."""
    blocks: list[Box] = []
    rules = sorted((graphic.box for graphic in graphics if graphic.is_rule), key=lambda box: box.y)
    for rule in rules:
        for i, block in enumerate(blocks):
            between = Box(block.x, block.bottom, block.width, rule.y - block.bottom)
            is_like = abs(block.x - rule.x) <= _SAME_EDGE and abs(block.right - rule.right) <= _SAME_EDGE
            if is_like and between.height <= _HIGHEST_CELL and not any(between.overlap(box) for box in obstacles):
                blocks[i] = cover([block, rule])
                break
        else:
            blocks.append(rule)
    return [block for block in blocks if block.height > _SMALLEST]


def _is_next(block: Box, caption: Caption, obstacles: Sequence[Box]) -> bool:
    if min(block.right, caption.box.right) <= max(block.x, caption.box.x):
        return False
    if caption.box.bottom <= block.y + 1:
        gap = Box(block.x, caption.box.bottom, block.width, block.y - caption.box.bottom)
    elif block.bottom <= caption.box.y + 1:
        gap = Box(block.x, block.bottom, block.width, caption.box.y - block.bottom)
    else:
        return False
    return gap.height <= _NEAR and not any(gap.overlap(box) > 1 for box in obstacles)


def _footnotes(layout: Layout, typography: Typography) -> list[Box]:
    """Where a short rule has small text below it, all of the column from there on."""
    small = [line.box for line in layout.labels if line.size < typography.size - 0.5 and not line.is_drawn]
    small += [block.box for block in layout.paragraphs if block.rows[0].size < typography.size - 0.5]
    found: list[Box] = []
    for column in layout.columns:
        for graphic in layout.page.graphics:
            if graphic.is_rule and _is_footnote_rule(graphic.box, column, small):
                found.append(Box(column.left, graphic.box.y, column.width, layout.page.height - graphic.box.y))
    return found


def _is_footnote_rule(rule: Box, column: Column, small: Sequence[Box]) -> bool:
    if abs(rule.x - column.left) > _SAME_EDGE or rule.width > _FOOTNOTE * column.width:
        return False
    return any(0 <= box.y - rule.y <= _BESIDE and box.x < rule.right for box in small)
